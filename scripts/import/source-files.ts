import { cleanLine, cleanText } from '../lib/text.ts';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import { note, type Report } from './report.ts';

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
  return readFiles(folder, (await listFiles(folder)).filter(wanted));
}

/** The files below a folder by their paths in it, in order; without what no source keeps its content in. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !SKIPPED.test(path))
    .sort();
}

/** The texts of some files of a folder. */
export function readFiles(folder: string, paths: readonly string[]): Promise<TextFile[]> {
  return inTurns(paths, async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') }));
}

const AT_ONCE = 64;

/** Some at a time. When one fails, the others of its turn have ended before that is thrown. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const turn = await Promise.allSettled(items.slice(start, start + AT_ONCE).map(work));
    for (const one of turn) {
      if (one.status === 'rejected') throw one.reason;
      results.push(one.value);
    }
  }
  return results;
}

/** No parser of JSON takes the mark that some editors put first. */
export function withoutByteOrderMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

/** What a text says in JSON; nothing for one that is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(text));
  } catch {
    return undefined;
  }
}

/**
 * What a file says in YAML, TOML or JSON, by the end of its name. In YAML every scalar is text, and the last of equal keys
 * counts. Nothing for a file that cannot be read, which is reported.
 */
export function parseFile({ path, text }: TextFile, report: Report): unknown {
  const clean = cleanText(text);
  try {
    if (path.endsWith('.json')) return JSON.parse(withoutByteOrderMark(text));
    if (path.endsWith('.toml')) return parseToml(clean);
    return parseYaml(clean, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  } catch (error) {
    const reason = cleanLine((error as Error).message.split('\n')[0] ?? '').replace(/[.:]?\s*$/, '.');
    const line = Number(/line (\d+)/.exec(reason)?.[1] ?? (error as { line?: number }).line);
    note(report, 'file-unreadable', { file: path, ...(line > 0 && { line }) }, { subject: path }, reason);
    return undefined;
  }
}
