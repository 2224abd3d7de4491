import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import { note, type Report } from './report.ts';
import { cleanLine, cleanText } from './site-text.ts';

/**
 * The text of a file that was named on the command line.
 * @throws {CommandError} when it cannot be read; `expected` says in a full sentence what was expected
 */
export async function readGivenFile(path: string, expected: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`;
    throw new CommandError(`${what}\nNothing was written. ${expected}`);
  }
}

/** What no source keeps its content in. */
const SKIPPED = /(^|\/)(node_modules|\.git|\.cache|dist)(\/|$)/;
const AT_ONCE = 64;

/** A file of a source, by its path below the source's folder with `/`. */
export interface TextFile {
  path: string;
  text: string;
}

/**
 * Reads the files of a folder that `wanted` picks by their paths, in order of their paths.
 * @throws {CommandError} when it is no folder; `expected` says in a full sentence what was expected
 */
export async function readTextFiles(
  folder: string,
  wanted: (path: string) => boolean,
  expected: string,
): Promise<TextFile[]> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new CommandError(`There is no folder ${folder}.\n${expected}`);
  if (!found.isDirectory()) throw new CommandError(`${folder} is a file.\n${expected}`);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(join(folder, 'x').length - 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !SKIPPED.test(path) && wanted(path))
    .sort();
  const files: TextFile[] = [];
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = paths.slice(start, start + AT_ONCE);
    files.push(
      ...(await Promise.all(some.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })))),
    );
  }
  return files;
}

/**
 * What a file says in YAML, TOML or JSON, by the end of its name. In YAML every scalar is text, and the last of equal keys
 * counts. Nothing for a file that cannot be read, which is reported.
 */
export function parseFile({ path, text }: TextFile, report: Report): unknown {
  const clean = cleanText(text);
  try {
    if (path.endsWith('.json')) return JSON.parse(clean);
    if (path.endsWith('.toml')) return parseToml(clean);
    return parseYaml(clean, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  } catch (error) {
    const reason = cleanLine((error as Error).message.split('\n')[0] ?? '').replace(/[.:]?\s*$/, '.');
    const line = Number(/line (\d+)/.exec(reason)?.[1] ?? (error as { line?: number }).line);
    note(report, 'file-unreadable', { file: path, ...(line > 0 && { line }) }, { subject: path }, reason);
    return undefined;
  }
}
