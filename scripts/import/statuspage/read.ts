import { basename, dirname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import { CommandError } from '../../lib/errors.ts';
import { type ImportedContent, type ImportedPage, lastNamed } from '../model.ts';
import { note, type Report } from '../report.ts';
import { isZone } from '../site-text.ts';
import { collect, type Collected } from './shape.ts';
import { indexComponents } from './components.ts';
import { readEvent } from './event.ts';
import type { Document, Located, RawEvent } from './shape.ts';
import { cleanLine } from '../../lib/text.ts';
import { listFiles, readFiles, readGivenFile, withoutByteOrderMark } from '../source-files.ts';
import type { SourcePlace } from '../model.ts';
import { isHistoryAtom, readHistoryAtom } from './history-atom.ts';

/** Statuspage's API v2 lists so many incidents, the newest. */
const SERVED = 50;

/**
 * What documents of a Statuspage's API v2 say. What they do not say, or cannot, goes into the report.
 * @throws {CommandError} when they say nothing at all
 */
export function readStatuspage(documents: readonly Document[], live: boolean, report: Report): ImportedContent {
  const collected = collect(documents, report);
  if (isEmpty(collected)) {
    throw new CommandError(
      `There is no status page in ${report.source}: no page, no component and no incident.\n` +
        "Nothing was written. Expected are the files of a Statuspage's api/v2, such as incidents.json and components.json.",
    );
  }
  const components = indexComponents(collected, report);
  const page = pageOf(collected, report);
  const options = { base: page.url, components, report };
  const events = [
    ...collected.incidents.map((event) => readEvent(event, 'incident', options)),
    ...collected.maintenance.map((event) => readEvent(event, 'maintenance', options)),
  ].filter((event) => event !== undefined);
  report.read.components = collected.components.filter(({ value }) => !value.group).length;
  if (live && collected.incidents.length >= SERVED) {
    note(report, 'newest-only', { file: 'incidents.json' }, { subject: page.url ?? 'incidents' });
  }
  return { source: 'statuspage', page, tree: components.tree(lastNamed(events)), events };
}

function isEmpty({ page, components, incidents, maintenance }: Collected): boolean {
  return !page && components.length + incidents.length + maintenance.length === 0;
}

function pageOf({ page, incidents }: Collected, report: Report): ImportedPage {
  const origin = page?.url ?? originOf(incidents);
  const name = page?.name ?? (origin && new URL(origin).hostname);
  const zone = page?.time_zone?.replace(/^Etc\/UTC$/, 'UTC');
  const guess = (subject: string, reason: string): void =>
    note(report, 'page-guessed', { file: 'site.yml' }, { subject }, reason);
  if (!page && origin) guess(origin, 'Its URL was taken from its incidents.');
  if (zone && !isZone(zone)) guess(zone, 'It is not a known time zone, so UTC was used.');
  return {
    ...(name && { name }),
    ...(origin && { url: origin }),
    ...(isZone(zone) && zone !== 'UTC' && { timeZone: zone }),
  };
}

function originOf(incidents: readonly Located<RawEvent>[]): string | undefined {
  const address = incidents.map(({ value }) => value.url).find((url) => url && URL.canParse(url));
  return address ? new URL(address).origin : undefined;
}

/** Files that say most come first: of two equal copies the first is taken. */
const ORDER = ['components.json', 'incidents.json', 'scheduled-maintenances.json', 'summary.json', 'status.json'];

/**
 * Reads a folder that holds `api/v2/…` or the files themselves, or one `.json` or `.jsonl` file.
 * @throws {CommandError} when there is nothing to read, or a file is no JSON
 */
export async function readDocuments(source: string): Promise<Document[]> {
  const found = await stat(source).catch(() => undefined);
  if (!found) throw new CommandError(`There is no file or folder ${source}.\n${EXPECTED}`);
  const api = join(source, 'api', 'v2');
  const isApi = (await stat(api).catch(() => undefined))?.isDirectory() ?? false;
  const folder = isApi ? api : found.isDirectory() ? source : dirname(source);
  const paths = found.isDirectory() ? await listFiles(folder) : [basename(source)];
  const files = await readFiles(folder, paths.filter((path) => /\.jsonl?$/.test(path)).sort(byRank));
  if (files.length === 0) throw new CommandError(`There is no JSON in ${source}.\n${EXPECTED}`);
  return files.flatMap(({ path, text }) => {
    const file = isApi ? `api/v2/${path}` : path;
    return path.endsWith('.jsonl') ? parseLines(text, file) : [parseDocument(text, { file })];
  });
}

function byRank(a: string, b: string): number {
  const rank = (path: string): number => (ORDER.includes(path) ? ORDER.indexOf(path) : ORDER.length);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

const EXPECTED =
  'Expected the files of a Statuspage: a folder with api/v2/incidents.json, api/v2/components.json and\n' +
  'api/v2/scheduled-maintenances.json, or with these files themselves; or an address such as https://status.acme.example.';

/**
 * Parses one document.
 * @throws {CommandError} when it is no JSON
 */
function parseDocument(text: string, place: SourcePlace): Document {
  try {
    return { place, value: JSON.parse(withoutByteOrderMark(text)) };
  } catch (error) {
    const where = place.line === undefined ? place.file : `${place.file}:${place.line}`;
    throw new CommandError(
      `${where} is not valid JSON: ${cleanLine((error as Error).message)}.\n` +
        'Nothing was written. Expected JSON from a Statuspage’s api/v2, an object such as {"page": {…}, "incidents": […]}.\n' +
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

/** What is asked for; the rest repeats it. Only the first two must be there. */
const PATHS = [
  'components.json',
  'incidents.json',
  'scheduled-maintenances.json',
  'summary.json',
  'incidents/unresolved.json',
];
const REQUIRED = new Set(PATHS.slice(0, 2));
const TIMEOUT = 20_000;

export type Fetch = (
  address: string,
  options: { signal: AbortSignal; headers: Record<string, string> },
) => Promise<Response>;

/** Whether a source is meant as an address and not as a folder. */
function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/**
 * Asks a live Statuspage, or whatever serves its API v2.
 * @param address of the page; one of an API file does as well
 * @throws {CommandError} when it does not answer, or not with JSON
 */
export async function fetchDocuments(address: string, fetch: Fetch): Promise<Document[]> {
  const base = address.replace(/[?#].*$/, '').replace(/(\/api(\/v2(\/.*)?)?)?\/*$/, '');
  const documents = await Promise.all(
    PATHS.map((path) => fetchDocument(`${base}/api/v2/${path}`, REQUIRED.has(path), fetch)),
  );
  return documents.filter((document) => document !== undefined);
}

/**
 * Asks for the Atom history of a live Statuspage.
 * @throws {CommandError} when it does not answer
 */
async function fetchHistoryAtom(address: string, fetch: Fetch): Promise<string> {
  const { response, text } = await ask(address, 'application/atom+xml', fetch);
  refuseUnlessOk(response, address);
  return text;
}

async function fetchDocument(address: string, required: boolean, fetch: Fetch): Promise<Document | undefined> {
  const { response, text } = await ask(address, 'application/json', fetch);
  if (response.status === 404 && !required) return undefined;
  refuseUnlessOk(response, address);
  return parseDocument(text, { file: address });
}

async function ask(address: string, accept: string, fetch: Fetch): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT), headers: { accept } });
    return { response, text: await response.text() };
  } catch (error) {
    throw new CommandError(
      `${address} could not be reached: ${causeOf(error)}.\nNothing was written. Check the address in a browser, or save the files and give the folder instead.`,
    );
  }
}

function refuseUnlessOk(response: Response, address: string): void {
  if (response.ok) return;
  throw new CommandError(
    `${address} returned ${response.status} ${response.statusText}.\nNothing was written. Expected the URL of a Statuspage, such as https://status.acme.example.`,
  );
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no response within ${TIMEOUT / 1000} seconds`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/**
 * Reads a Statuspage from a folder, a file, its address, or its Atom history.
 * @throws {CommandError} when it cannot be read, or says nothing
 */
export async function readStatuspageSource(source: string, fetch: Fetch, report: Report): Promise<ImportedContent> {
  const live = isAddress(source);
  if (!isHistoryAtom(source)) {
    return readStatuspage(live ? await fetchDocuments(source, fetch) : await readDocuments(source), live, report);
  }
  const text = live
    ? await fetchHistoryAtom(source, fetch)
    : await readGivenFile(source, 'Expected the /history.atom of a Statuspage.');
  return readStatuspage(readHistoryAtom(text, live ? source : basename(source), report), false, report);
}
