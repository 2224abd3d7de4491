import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { isError, sortDiagnostics } from '../../src/core/diagnostic.ts';
import { buildLedger, startOf } from '../../src/core/ledger.ts';
import type { Content, Maintenance, StatusEvent, TimeWindow } from '../../src/core/model.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import { missingTranslations } from '../../src/core/translations.ts';
import { readContent } from '../../src/reader/content.ts';
import type { KnownFile, KnownFiles, SourceFile, SourceFolder } from '../../src/reader/files.ts';
import { readFolder, isSetting } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import type { Repository } from '../lib/git.ts';
import { findRepository, git } from '../lib/git.ts';
import type { FileChange } from './compare.ts';
import type { Scheduled } from '../lib/scheduled.ts';
import { scheduledIn } from '../lib/scheduled.ts';
import { comparePages } from './compare.ts';
import type { Preview } from './outline.ts';
import type { Instant } from '../../src/core/days.ts';
import { writeWindow } from '../../src/reader/events/labels.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import { isOver, maintenancePhases, phaseAt, plannedAt } from '../../src/core/maintenance.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { WINDOW_EDITED } from '../../src/reader/rules.ts';
import { exceptionValue } from '../authoring/draft.ts';
import { updateText } from '../authoring/edit.ts';

/**
 * Warns if somebody edits the times of a maintenance that is already published, because subscribers got the old times,
 * and suggests the update that moves it. A series gets one warning, for its next occurrence.
 * @param published the published content
 * @param content the content to publish
 * @param source the files that `content` was read from
 */
export function editedWindows(
  published: Pick<Content, 'maintenance'>,
  content: Content,
  { files }: SourceFolder,
  now: Instant,
): Diagnostic[] {
  if (content.site.warnings.off.includes(WINDOW_EDITED)) return [];
  const current = new Map(content.maintenance.map((one) => [one.id, one]));
  const warned = new Map<string, Diagnostic>();
  for (const before of published.maintenance) {
    const after = current.get(before.id);
    if (!after || isOver(phaseAt(maintenancePhases(before), now).status)) continue;
    const [was, is] = [firstPlan(before), firstPlan(after)];
    if (was.from === is.from && was.to === is.to) continue;
    const text = files.find(({ path }) => path === after.file)?.text ?? '';
    // Newest first, so that the next occurrence of a series comes last.
    warned.set(after.file, warning(after, was, is, lineOf(text, was.from === is.from ? 'until' : 'scheduled'), now));
  }
  return [...warned.values()];
}

function firstPlan(maintenance: Maintenance): TimeWindow {
  return plannedAt(maintenance, -Infinity);
}

function lineOf(text: string, key: string): number {
  return Math.max(1, text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1);
}

function warning(
  { file, id, series }: Maintenance,
  was: TimeWindow,
  is: TimeWindow,
  line: number,
  now: Instant,
): Diagnostic {
  const at = minuteOf(now);
  const [plan, moved] = [writeWindow(was), writeWindow(is)];
  const reason =
    series === undefined
      ? `This maintenance was announced for ${plan}, but the front matter now says ${moved}. Restore scheduled and until, and move it with an update, so that subscribers hear of it.`
      : `The occurrence “${id}” was announced for ${plan}, but the front matter now says ${moved}. Restore the times, and move this occurrence with an exception. To move all later ones too, end this series with UNTIL in repeat, and create a new file.`;
  const expected =
    series === undefined
      ? updateText({
          word: 'update',
          at,
          message: `The maintenance will now start at ${formatTime(is.from)}.`,
          window: is,
        })
      : `except:\n  ${id.slice(series.length + 1)}: ${exceptionValue({ moved: is.from, announced: at })}`;
  return { file, line, column: 1, ruleId: WINDOW_EDITED, severity: 'warning', reason, expected };
}

/**
 * Compares a content folder with a commit. A file with errors counts in its earlier version, as in `--last-good` builds:
 * otherwise a typo would look like a deleted incident.
 * @param wanted a commit; by default, where this branch left the default branch, or what was last pushed to it
 * @throws {CommandError} if there is no repository, or no such commit
 */
export async function readPreview(
  folder: string,
  publicDir: string,
  wanted: string | undefined,
  env: CommandContext['env'],
): Promise<Preview> {
  const source = await readFolder(folder, publicDir);
  const base = await readBase(folder, publicDir, source, wanted, env);
  const now = readClock(env, source);
  const known = haveSameSettings(base.source, source) ? rememberFiles() : undefined;
  const [current, old] = [source, base.source].map((side) => readContent(side, { now, catalogs: CATALOGS, known }));
  if (!current || !old) throw new RangeError('Both sides are read.');

  const errors = current.diagnostics.filter(isError);
  const earlier = new Set(old.diagnostics.map((one) => identityOf(one, base.source)));
  const added = current.diagnostics.filter((one) => !isError(one) && !earlier.has(identityOf(one, source)));
  const edited = old.content && current.content ? editedWindows(old.content, current.content, source, now) : [];

  const [unread, broken] = [brokenFiles(old.diagnostics), brokenFiles(errors)];
  const before = hasSettings(unread) && old.content ? replaceEvents(old.content, unread) : undefined;
  const kept = before ? eventsOf(before).filter(({ file }) => broken.has(file)) : [];
  const keptFiles = new Set(kept.map(({ file }) => file));
  const after = hasSettings(broken) && current.content ? replaceEvents(current.content, keptFiles, kept) : undefined;
  const comparison = after && comparePages(before && buildLedger(before, now), buildLedger(after, now), base.files);
  const textOf = ({ in: { target, head }, text }: Scheduled) => [target, head, text].join('\n');
  const was = new Set(scheduledIn(old).map(textOf));
  return {
    ...(comparison && { comparison }),
    errors,
    warnings: sortDiagnostics([...added, ...edited]),
    untranslated: current.content ? missingTranslations(current.content, now, broken) : [],
    scheduled: scheduledIn(current).filter((one) => !was.has(textOf(one))),
    unreadBefore: [...unread],
    kept: [...keptFiles],
    folder,
    commit: base.commit,
  };
}

function haveSameSettings(before: SourceFolder, after: SourceFolder): boolean {
  const settingsIn = ({ files }: SourceFolder) =>
    JSON.stringify(files.flatMap(({ path, text }) => (isSetting(path) ? [[path, text]] : [])));
  return (
    settingsIn(before) === settingsIn(after) && before.publicFiles.symmetricDifference(after.publicFiles).size === 0
  );
}

/** A cache for both sides, because most of a long history is the same. */
function rememberFiles(): KnownFiles {
  const found = new Map<string, KnownFile>();
  const keyOf = ({ path, digest }: SourceFile) => `${path} ${digest}`;
  return {
    unchanged: () => undefined,
    get: (file) => found.get(keyOf(file)),
    add: (file, one) => void found.set(keyOf(file), one),
  };
}

/** Identifies a diagnostic by the text of its line, because line numbers change. */
function identityOf({ file, line, ruleId, reason }: Diagnostic, { files }: SourceFolder): string {
  const text = files.find(({ path }) => path === file)?.text?.split('\n')[line - 1];
  return JSON.stringify([file, ruleId, reason, text]);
}

function brokenFiles(diagnostics: readonly Diagnostic[]): Set<string> {
  return new Set(diagnostics.filter(isError).map(({ file }) => file));
}

function hasSettings(broken: ReadonlySet<string>): boolean {
  return !broken.has('site.yml') && !broken.has('components.yml');
}

/** Replaces the events of some files. */
function replaceEvents(content: Content, files: ReadonlySet<string>, events: readonly StatusEvent[] = []): Content {
  const all = [...eventsOf(content).filter(({ file }) => !files.has(file)), ...events];
  all.sort((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? -1 : 1));
  return {
    ...content,
    incidents: all.filter((event) => event.kind === 'incident'),
    maintenance: all.filter((event) => event.kind === 'maintenance'),
  };
}

function eventsOf({ incidents, maintenance }: Content): StatusEvent[] {
  return [...incidents, ...maintenance];
}

interface Base {
  /** Its short hash. */
  commit: string;
  source: SourceFolder;
  /** Changes in `public/` since. */
  files: FileChange[];
}

async function readBase(
  folder: string,
  publicDir: string,
  after: SourceFolder,
  wanted: string | undefined,
  env: CommandContext['env'],
): Promise<Base> {
  const top = await openTop(folder, env);
  if (typeof top === 'string') {
    throw new CommandError(`${top} A preview needs a repository, because it compares with an earlier version.`);
  }
  const commit = wanted === undefined ? await ownBase(top) : await commitOf(top, wanted);
  if (commit === undefined) {
    throw new CommandError(
      wanted === undefined
        ? 'The repository has no commit yet to compare with. Commit first.'
        : `There is no commit “${wanted}” here. If this is a shallow clone, run: git fetch --unshallow`,
    );
  }
  const served = pathIn(top, await realpath(publicDir).catch(() => resolve(publicDir)));
  const files = served === undefined ? [] : await changedFiles(top, commit, served);
  const publicFiles = new Set(after.publicFiles);
  for (const { kind, path } of files) {
    if (kind === 'added') publicFiles.delete(path);
    if (kind === 'removed') publicFiles.add(path);
  }
  const content = await contentAt(top, commit, pathIn(top, await realpath(folder)) ?? '');
  return { commit: await git(top, 'rev-parse', '--short', commit), source: { files: content, publicFiles }, files };
}

/** The published versions of maintenance files that changed since. Empty without a repository. */
export async function publishedMaintenance(
  folder: string,
  env: CommandContext['env'],
): Promise<{ path: string; text: string }[]> {
  const top = await openTop(folder, env);
  const commit = typeof top === 'string' ? undefined : await ownBase(top);
  if (typeof top === 'string' || commit === undefined) return [];
  const path = pathIn(top, await realpath(folder)) ?? '';
  const changed = await changedFiles(top, commit, `${path}maintenance/`);
  return Promise.all(
    changed
      .filter(({ kind }) => kind === 'changed')
      .map(async (file) => ({
        path: `maintenance${file.path}`,
        text: await git(top, 'show', `${commit}:${path}maintenance${file.path}`),
      })),
  );
}

/** The top of the repository that has this folder, or a sentence that says why there is none. */
async function openTop(folder: string, env: CommandContext['env']): Promise<Repository | string> {
  const repository = await findRepository(folder, env);
  if (typeof repository === 'string') return repository;
  return { folder: await realpath(await git(repository, 'rev-parse', '--show-toplevel')), env };
}

/** Possible names of the default branch, best first. */
const DEFAULT_BRANCHES = ['origin/HEAD', 'origin/main', 'main'];

async function ownBase(repository: Repository): Promise<string | undefined> {
  for (const branch of DEFAULT_BRANCHES) {
    const base = await find(repository, 'merge-base', branch, 'HEAD');
    if (base) return base;
  }
  return commitOf(repository, 'HEAD');
}

function commitOf(repository: Repository, name: string): Promise<string | undefined> {
  return find(repository, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
}

/** The output of a Git command that fails if it finds nothing. */
async function find(repository: Repository, ...args: readonly string[]): Promise<string | undefined> {
  const found = await git(repository, ...args).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
  });
  return found || undefined;
}

/** A folder's path in a repository, ending with a slash; empty for its top, and undefined outside of it. */
function pathIn({ folder: top }: Repository, folder: string): string | undefined {
  const steps = relative(top, folder).split(sep);
  if (steps[0] === '..') return undefined;
  return steps.map((step) => step && `${step}/`).join('');
}

/** Reads the content folder of a commit from a temporary copy, with its own index: the working tree stays untouched. */
async function contentAt({ folder, env }: Repository, commit: string, path: string): Promise<SourceFolder['files']> {
  const copy = await mkdtemp(join(tmpdir(), 'candor-preview-'));
  try {
    const repository = { folder, env: { ...env, GIT_INDEX_FILE: join(copy, 'index') } };
    const tree = await find(repository, 'rev-parse', '--verify', '--quiet', `${commit}:${path.replace(/\/$/, '')}`);
    if (!tree) return [];
    await git(repository, 'read-tree', tree);
    await git(repository, 'checkout-index', '--all', '--force', `--prefix=${copy}/content/`);
    return (await readFolder(join(copy, 'content'), join(copy, 'public'))).files;
  } finally {
    await rm(copy, { recursive: true });
  }
}

const KINDS: Readonly<Record<string, FileChange['kind']>> = { A: 'added', D: 'removed' };

/** Files below a path that differ between a commit and the working tree, including untracked ones. */
async function changedFiles(repository: Repository, commit: string, path: string): Promise<FileChange[]> {
  const list = async (...args: readonly string[]) => {
    const below = path === '' ? [] : [path];
    const out = await git(repository, '--literal-pathspecs', ...args, '-z', '--', ...below);
    return out.split('\0').filter(Boolean);
  };
  const diff = await list('diff', '--name-status', '--no-renames', '--no-ext-diff', commit);
  const unknown = await list('ls-files', '--others', '--exclude-standard');
  const kinds = [...diff.filter((_, index) => index % 2 === 0).map((kind) => KINDS[kind] ?? 'changed')];
  const paths = [...diff.filter((_, index) => index % 2 === 1), ...unknown];
  return paths.map((one, index) => ({ kind: kinds[index] ?? 'added', path: `/${one.slice(path.length)}` }));
}
