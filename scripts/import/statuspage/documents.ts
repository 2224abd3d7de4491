import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cleanLine } from '../clean.ts';
import { ImportError } from '../import-error.ts';
import type { Place } from '../model.ts';

/** A JSON document, or a line of a JSONL file. */
export interface Document {
  place: Place;
  value: unknown;
}

/** Files that say most come first: of two equal copies the first is taken. */
const ORDER = ['components.json', 'incidents.json', 'scheduled-maintenances.json', 'summary.json', 'status.json'];

/**
 * Reads a folder that holds `api/v2/…` or the files themselves, or one `.json` or `.jsonl` file.
 * @throws {ImportError} when there is nothing to read, or a file is no JSON
 */
export async function readDocuments(source: string): Promise<Document[]> {
  const root = await rootOf(source);
  const paths = await filesBelow(root);
  if (paths.length === 0) {
    throw new ImportError(`There is no JSON in ${source}.\n${EXPECTED}`);
  }
  const documents: Document[] = [];
  for (const path of paths) {
    const file = root.isApi ? `api/v2/${path}` : path;
    const text = await readFile(join(root.folder, path), 'utf8');
    documents.push(...(path.endsWith('.jsonl') ? parseLines(text, file) : [parseDocument(text, { file })]));
  }
  return documents;
}

const EXPECTED =
  'Expected is what a Statuspage serves: a folder with api/v2/incidents.json, api/v2/components.json and\n' +
  'api/v2/scheduled-maintenances.json, or with these files themselves; or an address such as https://status.acme.example.';

/**
 * Parses one document.
 * @throws {ImportError} when it is no JSON
 */
export function parseDocument(text: string, place: Place): Document {
  try {
    return { place, value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    const where = place.line === undefined ? place.file : `${place.file}:${place.line}`;
    throw new ImportError(
      `${where} is no valid JSON: ${cleanLine((error as Error).message)}.\n` +
        'Nothing was written. Expected is what api/v2 of a Statuspage serves, an object such as {"page": {…}, "incidents": […]}.\n' +
        'The file may have been cut off or saved as a web page: save it again.',
    );
  }
}

function parseLines(text: string, file: string): Document[] {
  return text
    .split('\n')
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => parseDocument(line, { file, line: number }));
}

interface SourceRoot {
  folder: string;
  /** Whether the folder is `api/v2` inside of the one that was given. */
  isApi: boolean;
  /** The one file to read of it. */
  only?: string;
}

async function rootOf(source: string): Promise<SourceRoot> {
  const found = await stat(source).catch(() => undefined);
  if (!found) throw new ImportError(`There is no file or folder ${source}.\n${EXPECTED}`);
  if (!found.isDirectory()) return { folder: dirname(source), isApi: false, only: basename(source) };
  const api = join(source, 'api', 'v2');
  const hasApi = await stat(api).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  return { folder: hasApi ? api : source, isApi: hasApi };
}

async function filesBelow({ folder, only }: SourceRoot): Promise<string[]> {
  const paths = only === undefined ? await readdir(folder, { recursive: true }) : [only];
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.jsonl?$/.test(path) && !path.includes('node_modules/'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(path: string): number {
  const index = ORDER.indexOf(path);
  return index === -1 ? ORDER.length : index;
}
