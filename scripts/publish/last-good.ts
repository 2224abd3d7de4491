import type { Instant } from '../../src/core/days.ts';
import { affectedComponents } from '../../src/core/incident.ts';
import { isRetired, startOf } from '../../src/core/ledger.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { isError } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { localesOf } from '../../src/core/schema/site.ts';
import type { ReadingOptions } from '../../src/reader/content.ts';
import { eventContext, readContent } from '../../src/reader/content.ts';
import { translationFiles } from '../../src/reader/events/translation.ts';
import type { EventContext } from '../../src/reader/events/event.ts';
import { exampleInstant } from '../../src/reader/clock.ts';
import { probableId, probableKind } from '../../src/reader/events/file-name.ts';
import type { PartialReading, SourceFile, SourceFolder } from '../../src/reader/files.ts';
import { isOwn, isSetting, withoutPrepared } from '../../src/reader/files.ts';
import { readMaintenance } from '../../src/reader/events/maintenance.ts';
import { knownLocales } from '../../src/reader/words/catalog.ts';
import { mayShowOlder } from '../../src/reader/events/partial.ts';
import { isAt } from '../lib/published.ts';
import type { Change } from './report.ts';
import type { Mend, Need, SiteReadingOptions } from './settings.ts';
import {
  lostNames,
  mendComponents,
  pastLists,
  readComponentList,
  settleComponents,
  settleSite,
  settleWords,
  withNames,
} from './settings.ts';
import type { History, Version } from './history.ts';
import type { Found, TrialContext } from './newest.ts';
import { settleOwn } from './own.ts';
import { newestReadable, tryFiles } from './newest.ts';

/** What can be published of a content folder, whatever is wrong in it. */
export interface LastGood {
  /** Content without errors; files that cannot be read in full are marked. */
  source: SourceFolder;
  /** Empty when all of the folder is published as it stands. */
  changes: Change[];
  /** Everything wrong in the folder as it stands, sorted by file and line. */
  diagnostics: Diagnostic[];
}

interface LastGoodOptions extends SiteReadingOptions {
  /** What now is, given the files. */
  clock: (source: SourceFolder) => Instant;
}

/**
 * The newest content that can be published: `site.yml` and `components.yml` in the newest version that reads,
 * then every incident and maintenance in its newest version that reads against those. A component that
 * `components.yml` once knew becomes a retired one; a deleted file stays deleted. A file that was never valid is marked to be
 * read as far as possible, and so is a file whose newest text may report a problem that its last valid version does not.
 * Templates are not looked at, since no page shows them.
 * @param openHistory called only when there is an error, since opening it may mean fetching it
 * @throws {CommandError} when `site.yml` or `components.yml` never read
 */
export async function lastGood(
  whole: SourceFolder,
  openHistory: () => Promise<History>,
  { clock, ...options }: LastGoodOptions,
): Promise<LastGood> {
  const folder = withoutPrepared(whole);
  const { catalogs, address } = options;
  const { content, diagnostics } = readContent(folder, { now: clock(folder), catalogs });
  const served = !address || (content && isAt(content.site.url, address));
  if (served && !diagnostics.some(isError)) return { source: folder, changes: [], diagnostics };

  const history = await openHistory();
  const words = await settleWords(folder, history, catalogs);
  const example = await settleExample(folder, history);
  const now = clock(example.source);
  const site = await settleSite(folder, history, options);
  const components = await settleComponents(folder, history, site.value);
  const context: TrialContext = {
    site: site.text,
    components: components.text,
    publicFiles: folder.publicFiles,
    words: words.files,
    now,
    catalogs,
  };

  const translations = translationFiles(folder.files, localesOf(site.value), knownLocales(folder.files, catalogs)).map(
    ({ file }) => file,
  );
  const others = folder.files.filter((file) => !isSetting(file.path) && !translations.includes(file));
  const events = others.filter(({ path }) => !isOwn(path));
  const own = await settleOwn(
    others.filter(({ path }) => isOwn(path)),
    history,
    context,
  );
  const errors = site.change || components.change ? rereadErrors(events, context) : diagnostics;
  const broken = brokenFiles(events, errors);
  const past = await pastLists(history, site.value);
  const lost = lostNames(components.value, past, now);
  const tolerant: TrialContext = {
    ...context,
    components: withNames(components.text, lost.values(), site.value.locale),
    publicFiles: folder.publicFiles.union(await history.servedOnce()),
  };
  const found = await newestReadable(broken, history, tolerant, past);
  const tolerated = readComponentList(tolerant.components, site.value).list;
  const reading = eventContext(tolerated, site.value, { now, frozen: false }, tolerant);
  const { files, changes } = settleFiles(folder, history, events, found, errors, reading);

  const needs = neededNames(found.values(), components.value, lost);
  const mended = mendComponents(components.text, components.value, lost, [...needs.values()], site.value);
  const described = describeImages(files, found, { ...tolerant, publicFiles: folder.publicFiles });
  const originals = [
    { path: 'site.yml', text: site.text },
    { path: 'components.yml', text: needs.size > 0 ? mended.text : components.text },
    ...words.files,
    ...example.files,
    ...described.files,
    ...own.files,
  ];
  const translated = readableTranslations(originals, translations, folder, { now, catalogs });
  return {
    diagnostics,
    source: { publicFiles: folder.publicFiles, files: [...originals, ...translated.files] },
    changes: [
      ...example.changes,
      ...[site.change, components.change].filter((change) => change !== undefined),
      ...words.changes,
      ...mended.mends.map((mend) => ({ ...mend, files: filesNaming(mend, found.values()) })),
      ...changes,
      ...described.changes,
      ...own.changes,
      ...translated.changes,
    ],
  };
}

/** The translations without an error; what the others say is shown in the first language. */
function readableTranslations(
  originals: readonly SourceFile[],
  translations: readonly SourceFile[],
  { publicFiles }: SourceFolder,
  options: ReadingOptions,
): { files: SourceFile[]; changes: Change[] } {
  if (translations.length === 0) return { files: [], changes: [] };
  const { diagnostics } = readContent({ files: [...originals, ...translations], publicFiles }, options);
  const wrong = new Map(diagnostics.filter(isError).map((one) => [one.file, one]));
  return {
    files: translations.filter(({ path }) => !wrong.has(path)),
    changes: translations.flatMap(({ path }): Change[] => {
      const { line, reason } = wrong.get(path) ?? {};
      return line === undefined || reason === undefined ? [] : [{ kind: 'untranslated', file: path, line, reason }];
    }),
  };
}
/** The instant that the examples are frozen at: an error in its file is no reason to let time run. */
async function settleExample(folder: SourceFolder, history: History) {
  const file = folder.files.find(({ path }) => path === '.example');
  const only = (...files: SourceFile[]): SourceFolder => ({ files, publicFiles: folder.publicFiles });
  if (!file) return { source: only(), files: [], changes: [] };
  if (exampleInstant(only(file)) !== undefined) return { source: only(file), files: [file], changes: [] };
  const reason = 'The file does not contain a time.';
  const versions = history.versions('.example');
  const texts = await history.texts(versions.map(({ blob }) => blob));
  for (const version of versions) {
    const text = texts.get(version.blob);
    const older: SourceFile = { path: '.example', ...(text !== undefined && { text }) };
    if (exampleInstant(only(older)) === undefined) continue;
    const change: Change = { kind: 'older', file: '.example', line: 1, reason, version };
    return { source: only(older), files: [older], changes: [change] };
  }
  return { source: only(), files: [], changes: [{ kind: 'left-out', file: '.example', line: 1, reason } as const] };
}

function rereadErrors(events: readonly SourceFile[], { site, components, words, publicFiles, ...rest }: TrialContext) {
  const files = [{ path: 'site.yml', text: site }, { path: 'components.yml', text: components }, ...words, ...events];
  return readContent({ files, publicFiles }, rest).diagnostics;
}

function brokenFiles(events: readonly SourceFile[], errors: readonly Diagnostic[]): SourceFile[] {
  const paths = new Set(errors.filter((one) => isError(one) && one.ruleId !== 'id-taken').map(({ file }) => file));
  return events.filter(({ path }) => paths.has(path));
}

/**
 * The files to publish, each whole or as far as it can be read. No two that are whole have one address: of two that do,
 * the one that Git knew first stays whole.
 */
function settleFiles(
  folder: SourceFolder,
  history: History,
  events: readonly SourceFile[],
  found: ReadonlyMap<string, Found>,
  errors: readonly Diagnostic[],
  context: EventContext,
): { files: Map<string, SourceFile>; changes: Change[] } {
  const broken = new Set(brokenFiles(events, errors).map(({ path }) => path));
  const occurrences = occurrenceNames(events, found, context);
  const age = ({ path }: SourceFile) => history.versions(path).at(-1)?.order ?? -1;
  const oldestFirst = events.toSorted((a, b) => age(b) - age(a));
  const present = new Set(folder.files.map(({ path }) => path));
  const taken = new Set<string>();
  const files = new Map<string, SourceFile>();
  const changes: Change[] = [];
  for (const file of oldestFirst) {
    const accepted = found.get(file.path);
    const path = accepted && !present.has(accepted.path) ? accepted.path : file.path;
    const wrong = errors.find((one) => one.file === file.path && isError(one));
    const { line, reason } = wrong ?? {
      line: 1,
      reason: 'Another file has the same name, so both would have one address.',
    };
    const kind = probableKind(file);
    if ((broken.has(file.path) && !accepted) || isTaken(path, taken, occurrences)) {
      changes.push({ kind: kind ? 'partial' : 'left-out', file: file.path, line, reason });
      if (kind) files.set(file.path, { ...file, partial: postedIn(history, file.path) });
      continue;
    }
    const version = accepted?.version;
    if (!accepted || !version) {
      if (accepted?.error) {
        const { line, reason } = accepted.error;
        changes.push({ kind: 'certain', file: file.path, line, reason });
      }
      files.set(file.path, accepted ? asFound(path, accepted) : file);
      continue;
    }
    const place = kind && { kind, id: probableId(path) };
    const rules = errors.filter((one) => one.file === file.path && isError(one)).map(({ ruleId }) => ruleId);
    const isOlder = !place || mayShowOlder(file, accepted.text, place, context, rules);
    const posted = postedIn(history, file.path, version);
    const partly: SourceFile = { ...file, path, partial: { ...posted, older: accepted.text } };
    changes.push({ kind: isOlder ? 'older' : 'partial', file: file.path, line, reason, version });
    files.set(file.path, isOlder ? asFound(path, accepted) : partly);
  }
  return { files, changes: changes.sort((a, b) => (fileOf(a) < fileOf(b) ? -1 : 1)) };
}

function asFound(path: string, { text, error }: Found): SourceFile {
  return { path, text, ...(error && { partial: { isCertain: true } }) };
}

/** When a file became public as it is, if that is known. @param good its newest version without an error */
function postedIn(history: History, path: string, good?: Version): PartialReading {
  const versions = history.versions(path);
  const count = good ? versions.findIndex(({ order }) => order === good.order) : versions.length;
  const first = versions[count - 1];
  return first && (good || history.isWhole) ? { posted: first.committed } : {};
}

/** The ids that the occurrences of series have, in small letters. */
function occurrenceNames(
  events: readonly SourceFile[],
  found: ReadonlyMap<string, Found>,
  context: EventContext,
): Set<string> {
  const ids = events.flatMap(({ path, text: written }) => {
    const text = found.get(path)?.text ?? written;
    if (probableKind({ path }) !== 'maintenance' || text === undefined) return [];
    const occurrences = readMaintenance({ path, text }, probableId(path), context, () => undefined);
    return occurrences.filter(({ series }) => series !== undefined).map(({ id }) => id.toLowerCase());
  });
  return new Set(ids);
}

/** Whether another file has the same address; if not, this one has it from now on. */
function isTaken(path: string, taken: Set<string>, occurrences: ReadonlySet<string>): boolean {
  if (!/^(incidents|maintenance)\/.*\.md$/.test(path)) return false;
  const id = probableId(path).toLowerCase();
  if (taken.has(id) || occurrences.has(id)) return true;
  taken.add(id);
  return false;
}

function fileOf(change: Change): string {
  return 'file' in change ? change.file : '';
}

/** The names of components that what was found needs, and the last event of each. */
function neededNames(
  found: Iterable<Found>,
  present: Awaited<ReturnType<typeof settleComponents>>['value'],
  lost: ReturnType<typeof lostNames>,
): Map<string, Need> {
  const needs = new Map<string, Need>();
  for (const { event } of found) {
    if (!event) continue;
    const start = startOf(event);
    for (const name of affectedComponents(event)) {
      const component = present.get(name);
      if (!lost.has(name) && !(component && isRetired(component, start))) continue;
      needs.set(name, { name, last: Math.max(start, needs.get(name)?.last ?? -Infinity) });
    }
  }
  return needs;
}

function filesNaming({ name }: Mend, found: Iterable<Found>): string[] {
  const names = (event: StatusEvent | undefined) => event !== undefined && affectedComponents(event).includes(name);
  return [...found].filter(({ event }) => names(event)).map(({ path }) => path);
}

/** Puts descriptions in the place of pictures that are gone, in the files that were replaced or kept for them. */
function describeImages(
  files: ReadonlyMap<string, SourceFile>,
  found: ReadonlyMap<string, Found>,
  context: TrialContext,
): { files: SourceFile[]; changes: Change[] } {
  const touched = [...files].filter(([path, { partial }]) => found.has(path) && (!partial || partial.isCertain));
  const candidates = touched.map(([, { path, text = '' }]) => ({ path, text }));
  const trials = tryFiles(candidates, context);
  const described = new Map(files);
  const changes: Change[] = [];
  touched.forEach(([path, file], index) => {
    const missing = trials[index]?.errors.filter(({ ruleId }) => ruleId === 'image-missing') ?? [];
    if (missing.length === 0) return;
    described.set(path, { ...file, text: withoutImages(file.text ?? '', missing) });
    changes.push({ kind: 'pictures', file: path, line: missing[0]?.line ?? 1 });
  });
  return { files: [...described.values()], changes };
}

const IMAGE = /!\[((?:[^\][\\]|\\.)*)\](\([^()]*\)|\[[^\][]*\])?/y;

/**
 * The text with the descriptions of pictures in the place of those that are missing.
 * @param missing where they stand
 */
function withoutImages(text: string, missing: readonly Pick<Diagnostic, 'line' | 'column'>[]): string {
  const lines = text.split('\n');
  const backwards = [...missing].sort((a, b) => b.line - a.line || b.column - a.column);
  for (const { line, column } of backwards) {
    const written = lines[line - 1] ?? '';
    IMAGE.lastIndex = column - 1;
    const match = IMAGE.exec(written);
    if (!match) continue;
    lines[line - 1] = written.slice(0, column - 1) + (match[1] ?? '') + written.slice(IMAGE.lastIndex);
  }
  return lines.join('\n');
}
