import { parseDocument } from 'yaml';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import type { Component } from '../../src/core/model.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import { readSite } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { reporter } from '../../src/reader/rules.ts';
import { wrongAddress } from './address.ts';
import type { Change } from './changes.ts';
import { readComponentList } from './component-past.ts';
import type { History, Version } from './history.ts';
import { isError } from './trial.ts';
import { Problem } from '../problem.ts';

/** A file in the newest version that reads. */
export interface Settled<T> {
  text: string;
  value: T;
  change?: Change;
}

export interface SiteReadingOptions {
  /** The languages that there are words for. */
  locales: readonly string[];
  /** Where the page will be served, when that is known. */
  address?: URL;
}

/** Turns a text into a value, or says what is wrong with it. */
type Read<T> = (text: string) => { value?: T | undefined; errors: readonly Diagnostic[] };

/**
 * `site.yml` in its newest version that reads. A logo that `public/` once served is no reason for an older one.
 * @throws {Problem} when it never read
 */
export async function settleSite(
  source: SourceFolder,
  history: History,
  options: SiteReadingOptions,
): Promise<Settled<SiteSettings>> {
  const strict = siteReading(source.publicFiles, options);
  const missing = presentReading(source, 'site.yml', strict).errors.find(({ ruleId }) => ruleId === 'logo-missing');
  if (!missing) return settle(source, history, 'site.yml', strict);

  const served = source.publicFiles.union(await history.servedOnce());
  const settled = await settle(source, history, 'site.yml', siteReading(served, options));
  const { logo, ...site } = settled.value;
  if (logo === undefined || source.publicFiles.has(logo)) return settled;
  return {
    text: withoutKey(settled.text, 'logo'),
    value: site,
    change: settled.change ?? { kind: 'logo', line: missing.line },
  };
}

/**
 * `components.yml` in its newest version that reads.
 * @throws {Problem} when it never read
 */
export function settleComponents(
  source: SourceFolder,
  history: History,
  zone: string,
): Promise<Settled<ReadonlyMap<string, Component>>> {
  return settle(source, history, 'components.yml', (text) => readComponentList(text, zone));
}

function siteReading(publicFiles: ReadonlySet<string>, { locales, address }: SiteReadingOptions): Read<SiteSettings> {
  return (text) => {
    const errors: Diagnostic[] = [];
    const source = { files: [{ path: 'site.yml', text }], publicFiles };
    const value = readSite(source, locales, reporter('site.yml', errors));
    const elsewhere = value && address && wrongAddress(value.url, address, text);
    return { value, errors: [...errors.filter(isError), ...(elsewhere ? [elsewhere] : [])] };
  };
}

async function settle<T>(source: SourceFolder, history: History, path: string, read: Read<T>): Promise<Settled<T>> {
  const { text, value, errors } = presentReading(source, path, read);
  if (text !== undefined && value !== undefined && errors.length === 0) return { text, value };
  const { line = 1, reason = `The file ${path} cannot be read.` } = errors[0] ?? {};
  const advice = errors[0] && adviceOf(errors[0]);
  for await (const older of olderTexts(history, path)) {
    const reading = read(older.text);
    if (reading.value === undefined || reading.errors.length > 0) continue;
    const change: Change = { kind: 'older', file: path, line, reason, version: older.version };
    return { text: older.text, value: reading.value, change };
  }
  const write = advice ? `\n\n  ${advice.text.replaceAll('\n', '\n  ')}` : ' To see all errors, run: npm run check';
  throw new Problem(
    `Nothing can be published: ${path} cannot be used, and Git knows no version of it that can. ${reason}${write}`,
  );
}

function presentReading<T>(source: SourceFolder, path: string, read: Read<T>): ReturnType<Read<T>> & { text?: string } {
  const file = source.files.find((one) => one.path === path);
  if (file?.text !== undefined) return { text: file.text, ...read(file.text) };
  const errors: Diagnostic[] = [];
  const reason = file?.problem?.reason ?? `The file ${path} is missing.`;
  reporter(path, errors)(file?.problem?.ruleId ?? 'file-missing', { line: 1, column: 1 }, reason);
  return { errors };
}

/** Older versions of a file with their texts, read a few at a time. */
async function* olderTexts(history: History, path: string): AsyncGenerator<{ version: Version; text: string }> {
  const versions = history.versions(path, 'and-deleted');
  for (let start = 0; start < versions.length; start += 16) {
    const some = versions.slice(start, start + 16);
    const texts = await history.texts(some.map(({ blob }) => blob));
    for (const version of some) {
      const text = texts.get(version.blob);
      if (text !== undefined) yield { version, text };
    }
  }
}

function withoutKey(text: string, key: string): string {
  const document = parseDocument(text, { schema: 'failsafe', merge: false });
  document.delete(key);
  return document.toString({ lineWidth: 0 });
}
