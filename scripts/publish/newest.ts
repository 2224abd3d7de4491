import type { Catalogs } from '../../src/core/catalogs.ts';
import type { Instant } from '../../src/core/days.ts';
import { isError } from '../../src/core/diagnostic.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import type { SourceFile } from '../../src/reader/files.ts';
import { isCertain } from '../../src/reader/events/partial.ts';
import type { PastList } from './settings.ts';
import type { History, Version } from './history.ts';
import { readContent } from '../../src/reader/content.ts';

/** What files are read against. */
export interface TrialContext {
  site: string;
  components: string;
  publicFiles: ReadonlySet<string>;
  /** The owner's words, by which the languages of `site.yml` are known. */
  words: readonly SourceFile[];
  now: Instant;
  catalogs: Catalogs;
}

/** A text that might be published at a path. */
interface Candidate {
  path: string;
  text: string;
}

/** What came of reading a candidate. */
interface Trial {
  errors: readonly Diagnostic[];
  event?: StatusEvent;
}

/**
 * Reads candidates in one pass, several versions of one file too; each is read as if it were alone, so that
 * names which are taken do not count.
 */
export function tryFiles(candidates: readonly Candidate[], context: TrialContext): Trial[] {
  const places = candidates.map(({ path }, index) =>
    path.replace(/\/|^(?=[^/]*$)/, (step) => `${step}${index}${step && '/'}`),
  );
  const files = candidates.map(({ text }, index) => ({ path: places[index] ?? '', text }));
  const source = {
    files: [
      { path: 'site.yml', text: context.site },
      { path: 'components.yml', text: context.components },
      ...context.words,
      ...files,
    ],
    publicFiles: context.publicFiles,
  };
  const { content, diagnostics } = readContent(source, context);
  const errors = Map.groupBy(
    diagnostics.filter((one) => isError(one) && one.ruleId !== 'id-taken'),
    ({ file }) => file,
  );
  const events = new Map(
    [...(content?.incidents ?? []), ...(content?.maintenance ?? [])].map((one) => [one.file, one]),
  );
  return places.map((place) => {
    const event = events.get(place);
    return { errors: errors.get(place) ?? [], ...(event && { event }) };
  });
}

/** The newest version of a file that reads. */
export interface Found extends Candidate {
  event?: StatusEvent;
  /** Nothing when it is the file as it stands. */
  version?: Version;
  /** The first error in it; none that it has leaves anything uncertain. */
  error?: Diagnostic;
}

interface Attempt extends Candidate {
  file: string;
  order: number;
  version?: Version;
}

/** Older versions of a file that are tried in one pass at most. */
const MOST_AT_ONCE = 64;

/**
 * Finds the newest version that reads of each file, by its path now; what never read is not in the map. A version
 * also counts as reading when it read against the components of its own time, or when its errors leave nothing uncertain.
 */
export async function newestReadable(
  files: readonly SourceFile[],
  history: History,
  context: TrialContext,
  past: readonly PastList[],
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  const take = (attempts: readonly Attempt[]) => {
    const trials = tryAll(attempts, context, past);
    attempts.forEach(({ file, path, text, version }, index) => {
      const trial = trials[index];
      if (!trial?.errors.every(isCertain) || found.has(file)) return;
      const { event, errors } = trial;
      const [error] = errors;
      found.set(file, { path, text, ...(event && { event }), ...(version && { version }), ...(error && { error }) });
    });
  };
  take(await present(files, history));
  let from = 0;
  for (let count = 1; ; count = Math.min(count * 2, MOST_AT_ONCE)) {
    const open = files.filter(({ path }) => !found.has(path) && history.versions(path).length > from);
    if (open.length === 0) return found;
    take(await older(open, history, from, count));
    from += count;
  }
}

/** The files as they stand, each as old as the commit that wrote it so. */
async function present(files: readonly SourceFile[], history: History): Promise<Attempt[]> {
  const newest = new Map(files.map(({ path }) => [path, history.versions(path)[0]]));
  const texts = await history.texts([...newest.values()].flatMap((version) => version?.blob ?? []));
  return files.flatMap(({ path, text }) => {
    if (text === undefined) return [];
    const version = newest.get(path);
    const order = version && texts.get(version.blob) === text ? version.order : -1;
    return [{ file: path, path, text, order }];
  });
}

async function older(files: readonly SourceFile[], history: History, from: number, count: number): Promise<Attempt[]> {
  const attempts = files.flatMap(({ path: file }) =>
    history
      .versions(file)
      .slice(from, from + count)
      .map((version) => ({ file, version })),
  );
  const texts = await history.texts(attempts.map(({ version }) => version.blob));
  return attempts.flatMap(({ file, version }) => {
    const text = texts.get(version.blob);
    return text === undefined ? [] : [{ file, path: version.path, text, order: version.order, version }];
  });
}

function tryAll(attempts: readonly Attempt[], context: TrialContext, past: readonly PastList[]): Trial[] {
  const trials = tryFiles(attempts, context);
  const refused = attempts.flatMap((attempt, index) =>
    trials[index]?.errors.some(({ ruleId }) => ruleId === 'component-retired') ? [{ attempt, index }] : [],
  );
  const lists = Map.groupBy(refused, ({ attempt }) => past.find(({ version }) => version.order >= attempt.order));
  for (const [list, group] of lists) {
    if (!list) continue;
    const again = tryFiles(
      group.map(({ attempt }) => attempt),
      { ...context, components: list.text },
    );
    group.forEach(({ index }, place) => {
      const trial = again[place];
      if (trial) trials[index] = trial;
    });
  }
  return trials;
}
