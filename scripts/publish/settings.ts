import { readSite } from '../../src/reader/settings.ts';
import type { Day, Instant } from '../../src/core/days.ts';
import { type Document, isMap, isScalar, isSeq, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf, isError } from '../../src/core/diagnostic.ts';
import type { Component } from '../../src/core/model.ts';
import { componentsByName } from '../../src/core/ledger.ts';
import type { SiteSettings } from '../../src/core/schema/site.ts';
import { localesOf } from '../../src/core/schema/site.ts';
import type { LocalizedLine } from '../../src/core/schema/fields.ts';
import type { SourceFile, SourceFolder } from '../../src/reader/files.ts';
import { isWords } from '../../src/reader/files.ts';
import { FIRST, reporter } from '../../src/reader/rules.ts';
import { wrongAddress } from '../lib/published.ts';
import type { Change } from './report.ts';
import type { History, Version } from './history.ts';
import { CommandError } from '../lib/errors.ts';
import { addDays, dayOf } from '../../src/core/days.ts';
import { readComponents } from '../../src/reader/components.ts';
import { checkText } from '../../src/reader/markdown/source.ts';
import type { Catalog, Catalogs } from '../../src/core/catalogs.ts';
import { knownLocales, readWords } from '../../src/reader/words/catalog.ts';
import { readYaml } from '../../src/reader/yaml/yaml.ts';

/** A version of `components.yml` that reads. */
export interface PastList {
  version: Version;
  text: string;
  components: ReadonlyMap<string, Component>;
}

/** A name that `components.yml` once knew and no longer knows. */
interface LostName {
  name: string;
  /** What it named. */
  component: Component;
  /** When it was taken out. */
  removed: Instant;
}

/** All readable versions of `components.yml`, newest first. */
export async function pastLists(history: History, site: SiteSettings): Promise<PastList[]> {
  const versions = history.versions('components.yml', 'and-deleted');
  const texts = await history.texts([...new Set(versions.map(({ blob }) => blob))]);
  return versions.flatMap((version) => {
    const text = texts.get(version.blob);
    const fitting = text === undefined ? undefined : withLanguages(text, localesOf(site));
    const reading = fitting === undefined ? undefined : readComponentList(fitting, site);
    if (fitting === undefined || !reading?.value || reading.errors.length > 0) return [];
    return [{ version, text: fitting, components: reading.value }];
  });
}

/** The components of a text, and what is wrong with it. */
export function readComponentList(text: string, site: SiteSettings) {
  const errors: Diagnostic[] = [];
  const report = reporter('components.yml', errors);
  const yaml = checkText(text, report) ? readYaml(text, 1, report) : undefined;
  const list = yaml && readComponents(yaml, site.time_zone, report, localesOf(site));
  return { list, value: list?.components, errors: errors.filter(isError) };
}

/**
 * Ids and aliases that older lists know and the present one does not, by name.
 * @param now when a name was removed that the newest commit still has
 */
export function lostNames(
  present: ReadonlyMap<string, Component>,
  past: readonly PastList[],
  now: Instant,
): Map<string, LostName> {
  const known = componentsByName(present.values());
  const lost = new Map<string, LostName>();
  let removed = now;
  for (const { components, version } of past) {
    for (const [name, component] of componentsByName(components.values())) {
      if (!known.has(name) && !lost.has(name)) lost.set(name, { name, component, removed });
    }
    removed = version.committed;
  }
  return lost;
}

/** A file in the newest version that reads. */
interface Settled<T> {
  text: string;
  value: T;
  change?: Change;
}

export interface SiteReadingOptions {
  /** The words of the page that are shipped. */
  catalogs: Catalogs;
  /** Where the page will be served, when that is known. */
  address?: URL;
}

/** Turns a text into a value, or says what is wrong with it. */
type Read<T> = (text: string) => { value?: T | undefined; errors: readonly Diagnostic[] };

/**
 * `site.yml` in its newest version that reads. A logo or icon that `public/` once served is no reason for an older one.
 * @throws {CommandError} when it never read
 */
export async function settleSite(
  source: SourceFolder,
  history: History,
  options: SiteReadingOptions,
): Promise<Settled<SiteSettings>> {
  const strict = siteReading(source, options);
  const missing = presentReading(source, 'site.yml', strict).errors.find(({ ruleId }) => ruleId === 'logo-missing');
  if (!missing) return settle(source, history, 'site.yml', strict);

  const served = source.publicFiles.union(await history.servedOnce());
  const settled = await settle(source, history, 'site.yml', siteReading({ ...source, publicFiles: served }, options));
  const { logo, darkLogo, favicon, ...site } = settled.value;
  const isGone = (file: string | undefined) => file !== undefined && !source.publicFiles.has(file);
  const gone = [...(isGone(logo) || isGone(darkLogo) ? ['logo'] : []), ...(isGone(favicon) ? ['favicon'] : [])];
  if (gone.length === 0) return settled;
  return {
    text: gone.reduce(withoutKey, settled.text),
    value: {
      ...site,
      ...(!gone.includes('logo') && { logo, ...(darkLogo !== undefined && { darkLogo }) }),
      ...(!gone.includes('favicon') && favicon !== undefined && { favicon }),
    },
    change: settled.change ?? { kind: 'logo', line: missing.line },
  };
}

/**
 * `components.yml` in its newest version that reads. Names in other languages than the page’s are no reason for an older
 * one.
 * @throws {CommandError} when it never read
 */
export async function settleComponents(
  source: SourceFolder,
  history: History,
  site: SiteSettings,
): Promise<Settled<ReadonlyMap<string, Component>>> {
  const fit = (text: string) => withLanguages(text, localesOf(site));
  const settled = await settle(source, history, 'components.yml', (text) => readComponentList(fit(text), site));
  const text = fit(settled.text);
  if (text === settled.text) return settled;
  const { line = 1, reason = '' } = readComponentList(settled.text, site).errors[0] ?? {};
  return { ...settled, text, change: settled.change ?? { kind: 'languages', line, reason } };
}

const LOCALIZED: readonly unknown[] = ['name', 'description', 'group'];

/** A list of components whose names are in the languages of the page: the others left out, the main one filled in. */
function withLanguages(text: string, locales: readonly string[]): string {
  const document = open(text);
  let isChanged = false;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || !LOCALIZED.includes(key.value) || !isMap(value)) return;
      const texts = value.items.filter((one) => isScalar(one.key) && isScalar(one.value));
      const [main = '', anything = ''] = [locales[0], (texts[0]?.value as Scalar | undefined)?.value];
      const others = texts.map((one) => (one.key as Scalar).value).filter((one) => !locales.includes(String(one)));
      for (const locale of others) value.delete(locale);
      if (!value.has(main)) value.set(main, anything);
      else if (others.length === 0) return;
      isChanged = true;
    },
  });
  return isChanged ? document.toString({ lineWidth: 0 }) : text;
}

/**
 * The owner's words: of a file with errors the texts that are right, else its newest version without an error. What
 * neither says is in the words that are shipped.
 */
export async function settleWords(
  source: SourceFolder,
  history: History,
  catalogs: Catalogs,
): Promise<{ files: SourceFile[]; changes: Change[] }> {
  const files: SourceFile[] = [];
  const changes: Change[] = [];
  for (const file of source.files.filter(({ path }) => isWords(path))) {
    const { path } = file;
    const { catalog, error } = wordsReading(file, catalogs);
    if (!error) {
      files.push(file);
      continue;
    }
    const { line, reason } = error;
    const older = catalog && Object.keys(catalog).length === 0 ? await olderWords(path, history, catalogs) : undefined;
    if (older) changes.push({ kind: 'older', file: path, line, reason, version: older.version });
    else changes.push({ kind: catalog ? 'words' : 'left-out', file: path, line, reason });
    if (catalog) files.push({ path, text: older?.text ?? JSON.stringify(catalog) });
  }
  return { files, changes };
}

/** What a file says that is right; nothing for one that belongs to no language. */
function wordsReading(file: SourceFile, catalogs: Catalogs): { catalog: Catalog | undefined; error?: Diagnostic } {
  const found: Diagnostic[] = [];
  const [catalog] = readWords([file], undefined, catalogs, (path) => reporter(path, found)).values();
  const error = found.find(isError);
  return { catalog, ...(error && { error }) };
}

async function olderWords(path: string, history: History, catalogs: Catalogs) {
  for await (const older of olderTexts(history, path))
    if (!wordsReading({ path, text: older.text }, catalogs).error) return older;
  return undefined;
}

function siteReading(
  { files, publicFiles }: SourceFolder,
  { catalogs, address }: SiteReadingOptions,
): Read<SiteSettings> {
  const locales = knownLocales(files, catalogs);
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
  throw new CommandError(
    `Nothing can be published: ${path} has errors, and Git has no earlier version without errors. ${reason}${write}`,
  );
}

function presentReading<T>(source: SourceFolder, path: string, read: Read<T>): ReturnType<Read<T>> & { text?: string } {
  const file = source.files.find((one) => one.path === path);
  if (file?.text !== undefined) return { text: file.text, ...read(file.text) };
  const errors: Diagnostic[] = [];
  const reason = file?.problem?.reason ?? `The file ${path} is missing.`;
  reporter(path, errors)(file?.problem?.ruleId ?? 'file-missing', FIRST, reason);
  return { errors };
}

/** Older versions of a file with their texts, read a few at a time. */
export async function* olderTexts(history: History, path: string): AsyncGenerator<{ version: Version; text: string }> {
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

/** What older incidents need of `components.yml` that it no longer says. */
export interface Need {
  /** An id of the present list, or a name that it lost. */
  name: string;
  /** The start of the last event that names it. */
  last: Instant;
}

/** What became of a name. */
export type Mend =
  | { kind: 'retired'; name: string; retired: Day }
  | { kind: 'alias'; name: string; owner: string }
  | { kind: 'postponed'; name: string; retired: Day };

/** The list with every lost name as a component of its own, for a reading that accepts what was known once. */
export function withNames(text: string, lost: Iterable<LostName>, locale: string): string {
  const document = open(text);
  for (const { name, component } of lost) append(document, { id: name, ...textsOf(component, locale) });
  return document.toString({ lineWidth: 0 });
}

/**
 * Makes a list say again what older incidents need: a lost component comes back as a retired one, a lost alias
 * of a component that is still there is given back to it, and a day of retirement moves behind the last event.
 */
export function mendComponents(
  text: string,
  present: ReadonlyMap<string, Component>,
  lost: ReadonlyMap<string, LostName>,
  needs: readonly Need[],
  { time_zone: zone, locale }: SiteSettings,
): { text: string; mends: Mend[] } {
  const document = open(text);
  const owners = componentsByName(present.values());
  const dayAfter = (instant: Instant) => addDays(dayOf(instant, zone), 1);
  const mends = needs.map(({ name, last }): Mend => {
    const from = lost.get(name);
    if (!from) {
      entryOf(document, name)?.set('retired', dayAfter(last));
      return { kind: 'postponed', name, retired: dayAfter(last) };
    }
    const owner = owners.get(from.component.id)?.id;
    if (owner !== undefined) {
      addAlias(document, owner, name);
      return { kind: 'alias', name, owner };
    }
    const { component } = from;
    const retired = [dayOf(from.removed, zone), dayAfter(last)].sort().at(-1) as Day;
    append(document, {
      id: name,
      ...textsOf(component, locale),
      ...(component.since !== undefined && { since: dayOf(component.since, zone) }),
      retired,
    });
    return { kind: 'retired', name, retired };
  });
  return { text: document.toString({ lineWidth: 0 }), mends };
}

/** The name and the description of a component as its list says them, in all languages. */
function textsOf({ name, description, names }: Component, locale: string): Record<string, LocalizedLine> {
  const others = [...(names ?? [])];
  const written = (main: string, key: 'name' | 'description'): LocalizedLine => {
    const texts = others.flatMap(([language, { [key]: text }]) => (text === undefined ? [] : [[language, text]]));
    return texts.length > 0 ? (Object.fromEntries([[locale, main], ...texts]) as Record<string, string>) : main;
  };
  return {
    name: written(name, 'name'),
    ...(description !== undefined && { description: written(description, 'description') }),
  };
}

function open(text: string): Document {
  return parseDocument(text, { schema: 'failsafe', merge: false, logLevel: 'error' });
}

function append(document: Document, entry: Readonly<Record<string, LocalizedLine>>): void {
  const node = document.createNode(entry);
  if (isSeq(document.contents)) document.contents.add(node);
  else document.contents = document.createNode([node]);
}

function addAlias(document: Document, owner: string, alias: string): void {
  const entry = entryOf(document, owner);
  const aliases = entry?.get('aliases');
  if (isSeq(aliases)) aliases.add(document.createNode(alias));
  else entry?.set('aliases', document.createNode([alias]));
}

/** The entry of a component, at whatever depth. */
function entryOf(document: Document, id: string): YAMLMap | undefined {
  let found: YAMLMap | undefined;
  visit(document, {
    Map(_, node) {
      const own = node.get('id', true);
      if (!node.has('group') && isScalar(own) && own.value === id) found = node;
      return found ? visit.BREAK : undefined;
    },
  });
  return isMap(found) ? found : undefined;
}
