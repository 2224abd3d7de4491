import type { Instant } from '../../core/days.ts';
import { calendarDay } from '../../core/days.ts';
import type { StatusEvent } from '../../core/model.ts';
import { isOwn } from '../files.ts';
import type { Report, Suggestion } from '../rules.ts';
import { FIRST, nearest } from '../rules.ts';

const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,148}[A-Za-z0-9_-])?$/;
/** Names that Windows reserves for devices. A clone there would fail. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Files that are never meant as incidents. */
const PICTURE = /\.(png|jpe?g|gif|webp|avif|svg|ico|pdf|mp4|zip)$/i;
/** An update of an incident as people write it, at whatever level. */
const INCIDENT_HEADING = /^ {0,3}#{1,6}[ \t]*(investigating|identified|monitoring|resolved)\b/im;
const FRONT_MATTER = /^\s*---[ \t]*\n([\s\S]*?)(?:\n---|$)/;
const MAINTENANCE_KEY = /^(scheduled|until):/m;
const INCIDENT_KEY = /^(components|started|impact):/m;
const ANNOUNCEMENTS = 'announcements';
const FOLDERS = ['incidents', 'maintenance', ANNOUNCEMENTS];
const EXTENSION = /\.(md|markdown|mdx|txt|ya?ml)$/i;

/** The id from the file's name. Reports files in a wrong folder or with a wrong name. */
export function eventId(file: NamedFile, kind: StatusEvent['kind'] | undefined, report: Report): string | undefined {
  const { path } = file;
  const name = path.split('/').at(-1) ?? path;
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - extension.length);
  if (!kind) {
    const probable = probableKind(file);
    if (extension === '' && !probable) return undefined;
    const isAnnouncement = !probable && meantFolder(path) === ANNOUNCEMENTS;
    const folder = isAnnouncement ? ANNOUNCEMENTS : probable === 'maintenance' ? 'maintenance' : 'incidents';
    const known = nearest(name, ['site.yml', 'components.yml', 'alerts.yml']);
    const expected = /ya?ml$/i.test(extension) && !probable ? known : `${folder}/${tidy(stem)}.md`;
    report(
      'file-misplaced',
      FIRST,
      'Files in this folder are not read. Move it. To keep it here, start its name with an underscore.',
      expected && { text: expected, edit: 'rename' },
    );
    return undefined;
  }
  if (extension !== '.md') {
    const reason = 'Only .md files are read here. Put images in the folder public/.';
    report('file-misplaced', FIRST, reason, extension === '' ? undefined : renamed(path, stem));
    return undefined;
  }
  if (!NAME.test(stem) || RESERVED.test(stem)) {
    const reason = `The file name becomes part of a URL. Use only letters, digits, hyphens, underscores and dots, at most 150 characters.`;
    report('file-name', FIRST, reason, renamed(path, stem));
    return undefined;
  }
  return stem;
}

/** The name and text of a file. */
interface NamedFile {
  path: string;
  text?: string;
}

/**
 * The kind of event that a file probably is, by its folder, even if misspelt; otherwise by its front matter, headings, or a
 * name that begins with a day.
 */
export function probableKind({ path, text = '' }: NamedFile): StatusEvent['kind'] | undefined {
  if (PICTURE.test(path) || isOwn(path)) return undefined;
  const folder = meantFolder(path);
  if (folder === ANNOUNCEMENTS) return undefined;
  if (folder) return folder === 'maintenance' ? 'maintenance' : 'incident';
  const frontMatter = FRONT_MATTER.exec(text)?.[1] ?? '';
  if (MAINTENANCE_KEY.test(frontMatter)) return 'maintenance';
  const isDated = dayFromName(path) !== undefined;
  return isDated || INCIDENT_KEY.test(frontMatter) || INCIDENT_HEADING.test(text) ? 'incident' : undefined;
}

/** The folder that the first part of a path is, or nearly is. */
function meantFolder(path: string): string | undefined {
  const isFolder = FOLDERS.includes(path) || path.includes('/');
  return isFolder ? nearest(path.split('/')[0] ?? '', FOLDERS) : undefined;
}

/** The id that a file will have once its name is valid. */
export function probableId(path: string): string {
  const name = path.split('/').at(-1) ?? path;
  const stem = name.replace(EXTENSION, '');
  return NAME.test(stem) && !RESERVED.test(stem) ? stem : tidy(stem);
}

/** Midnight UTC of the day in the file's name: `2026-11-20-checkout.md`. */
export function dayFromName(path: string): Instant | undefined {
  const day = /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(path.split('/').at(-1) ?? '')?.[0];
  return day === undefined ? undefined : calendarDay(day);
}

/** The same folder with a name that works. */
function renamed(path: string, stem: string): Suggestion {
  return { text: `${path.slice(0, path.lastIndexOf('/') + 1)}${tidy(stem)}.md`, edit: 'rename' };
}

/** Turns any name into one that is valid in an address. */
function tidy(stem: string): string {
  const words =
    stem
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[A-Za-z0-9]+/g) ?? [];
  const name = words.join('-').slice(0, 100).replace(/-$/, '');
  return name === '' || RESERVED.test(name) ? `incident-${name}`.replace(/-$/, '') : name;
}
