import { hash } from 'node:crypto';
import type { Dirent, Stats } from 'node:fs';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Incident, Translation } from '../core/model.ts';
import { FIRST } from './rules.ts';
import type { Report, RuleId } from './rules.ts';
import { normalizeText } from './markdown/source.ts';

/** A file of `content/`: its text with `\n` line ends, or why it has none. */
export interface SourceFile {
  /** Below the content folder, with `/`. */
  path: string;
  text?: string;
  /** Changes with the text. */
  digest?: string;
  /** Its file system stats. */
  stats?: Stats;
  /** What the cache holds of an unchanged file, which is not read again. */
  known?: KnownFile;
  problem?: { ruleId: RuleId; reason: string };
  /** Set if the file has errors and is read as far as possible, which only `build --last-good` asks for. */
  partial?: PartialReading;
}

/** How a file with errors is read. */
export interface PartialReading {
  /** Its errors leave no data uncertain, so it is read as it is. */
  isCertain?: true;
  /** When it was published. Used for updates with an invalid time. */
  posted?: number;
  /** The text of its newest version without errors, which stays complete. */
  older?: string | undefined;
}

/** The files of `content/`, and the names of files in `public/`. */
export interface SourceFolder {
  /** By path. */
  files: readonly SourceFile[];
  /** With a leading `/`. */
  publicFiles: ReadonlySet<string>;
}

/** A hundred pages of text. Larger files are not written by hand, and would slow down every build. */
const LARGEST = 512 * 1024;

/** Links to folders can lead out of the content folder, or into endless loops. */
const LINKED_FOLDER =
  'This is a symbolic link to a folder, which Candor does not follow. Replace it with a real folder that contains the files.';

/** The content folder: `STATUS_CONTENT`, else `content`. */
export function contentFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env['STATUS_CONTENT'] || 'content';
}

/** What the cache holds of a file. It depends on no other incident or translation. */
export type KnownFile = Incident | Translation;

/** A cache of incidents and translations from files without diagnostics. */
export interface KnownFiles {
  /** The cached file, if its stats are the same. */
  unchanged: (path: string, stats: Stats) => SourceFile | undefined;
  /** What a file with the same text says. */
  get: (file: SourceFile) => KnownFile | undefined;
  /** Keeps what a file says. Can replace its texts with equal ones that take less memory. */
  add: (file: SourceFile, found: KnownFile) => void;
}

/** Whether a file affects how all others are read. */
export function isSetting(path: string): boolean {
  return ['.example', 'components.yml', 'site.yml'].includes(path) || isWords(path);
}

/** Whether a path is that of the owner's words of the page. */
export function isWords(path: string): boolean {
  return /^i18n\/.+\.(json|ya?ml)$/.test(path);
}

/**
 * Reads a content folder from disk. Names that begin with `_` or `.`, `README.md` and
 * `AGENTS.md` are ignored, except `.example`.
 * @param open opens the cache of files that were read with the same settings
 * @throws if the content folder cannot be listed
 */
export async function readFolder<Known extends KnownFiles | undefined = undefined>(
  contentDir: string,
  publicDir: string,
  open?: (settings: SourceFolder) => Known,
): Promise<SourceFolder & { known: Known }> {
  const root = await realpath(contentDir);
  const served = await listFiles(publicDir).catch(() => []);
  const publicFiles = new Set(served.map((path) => `/${path}`));
  const entries = listOwnEntries(root).filter(({ path }) => path === '.example' || isContent(path));
  const [settings = [], others = []] = [true, false].map((is) => entries.filter(({ path }) => isSetting(path) === is));
  const first = settings.map((entry) => readSource(root, entry));
  const known = open?.({ files: first, publicFiles }) as Known;
  const files = [...first, ...others.map((entry) => readSource(root, entry, known))];
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), publicFiles, known };
}

/** Whether a path of the content folder is that of a template. */
export function isTemplate(path: string): boolean {
  return path === 'templates' || path.startsWith('templates/');
}

/** The rules for alerts, by which monitors begin incidents. */
export const ALERTS = 'alerts.yml';

/** The folder of updates that are published later. */
export const SCHEDULED = 'scheduled';

/** Whether a path is that of updates that are published later. */
export function isScheduled(path: string): boolean {
  return path === SCHEDULED || path.startsWith(`${SCHEDULED}/`);
}

/** Whether a path is that of a template, rules for alerts or an update that is published later, which no page shows. */
export function isPrepared(path: string): boolean {
  return path === ALERTS || isTemplate(path) || isScheduled(path);
}

/** Whether a path is that of one of the owner's own pages, or of a translation of one. */
export function isPage(path: string): boolean {
  return path.startsWith('pages/');
}

/** Whether a path is that of an announcement, or of a translation of one. */
export function isAnnouncement(path: string): boolean {
  return path.startsWith('announcements/');
}

/** The owner's style sheet. */
export const THEME = 'theme.css';

/** Whether a path is that of what the owner adds to the page: no error in it says anything about the status. */
export function isOwn(path: string): boolean {
  return path === THEME || isPage(path) || isAnnouncement(path);
}

/** The variable with the path of the file from `keepPartialFiles`, for a build in another process. */
export const PARTIAL_FILES = 'CANDOR_PARTIAL';

/** A folder with the partial readings of `build --last-good`. */
export function withPartialFiles(
  folder: SourceFolder,
  env: Readonly<Record<string, string | undefined>>,
): SourceFolder {
  const place = env[PARTIAL_FILES];
  if (!place) return folder;
  const partial = JSON.parse(readFileSync(place, 'utf8')) as SourceFile[];
  return { ...folder, files: [...folder.files, ...partial] };
}

/** A heading with a date, which templates do not have. */
const DATED_HEADING = /^ {0,3}##[ \t]*\p{L}.*\d{4}-\d{1,2}-\d{1,2}/mu;

/** Whether a file among the templates is an incident or maintenance in the wrong folder. */
export function isEventAmongTemplates({ path, text = '' }: SourceFile): boolean {
  return isTemplate(path) && DATED_HEADING.test(text) && !/^for:/m.test(text);
}

/** The files that pages need. Errors in what is only prepared must not block a build. */
export function withoutPrepared({ files, publicFiles }: SourceFolder): SourceFolder {
  return { files: files.filter((file) => !isPrepared(file.path) || isEventAmongTemplates(file)), publicFiles };
}

/** Whether a file could be read. Otherwise, reports why not. */
export function hasText(file: SourceFile, report: Report): file is SourceFile & { text: string } {
  if (file.problem) report(file.problem.ruleId, FIRST, file.problem.reason);
  return file.text !== undefined;
}

/** Notes for people and assistants who work in a folder. */
const FOR_READERS = new Set(['README.md', 'AGENTS.md']);

function isContent(path: string): boolean {
  const steps = path.split('/');
  return !steps.some((step) => /^[._]/.test(step)) && !FOR_READERS.has(steps.at(-1) ?? '');
}

interface OwnEntry {
  path: string;
  isLink: boolean;
}

/** All files, without following links to folders. */
function listOwnEntries(root: string, folder = ''): OwnEntry[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    return entry.isDirectory() ? listOwnEntries(root, `${path}/`) : [{ path, isLink: entry.isSymbolicLink() }];
  });
}

async function listFiles(root: string): Promise<string[]> {
  const entries: Dirent[] = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

function readSource(root: string, { path, isLink }: OwnEntry, known?: KnownFiles): SourceFile {
  const refuse = (ruleId: RuleId, reason: string): SourceFile => ({ path, problem: { ruleId, reason } });
  const place = `${root}/${path}`;
  try {
    if (isLink && !statSync(place).isDirectory() && !realpathSync(place).startsWith(root + sep)) {
      return refuse(
        'file-link',
        'This is a symbolic link to a file outside the content folder, which Candor does not read. Copy the file here.',
      );
    }
    const about = statSync(place);
    if (isLink && about.isDirectory()) return refuse('folder-link', LINKED_FOLDER);
    if (!about.isFile()) return refuse('file-unreadable', 'This is not a regular file. Delete it.');
    const before = isLink ? undefined : known?.unchanged(path, about);
    if (before) return before;
    const { size } = about;
    if (size > LARGEST) {
      return refuse(
        'file-too-large',
        `The file has ${size} bytes; the limit is ${LARGEST}. Shorten it, or split it in two.`,
      );
    }
    const bytes = readFileSync(place);
    const text = normalizeText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return { path, text, digest: hash('sha256', text, 'base64url'), ...(!isLink && { stats: about }) };
  } catch (error) {
    if (error instanceof TypeError) return refuse('not-utf8', 'The file is not encoded as UTF-8. Save it as UTF-8.');
    return refuse(
      'file-unreadable',
      `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}
