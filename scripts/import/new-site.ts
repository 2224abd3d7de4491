import type { SiteAnswers } from '../authoring/questions.ts';
import type { Day } from '../../src/core/days.ts';
import { access, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { assignIds, componentsText } from './components.ts';
import { explainSettings } from './explain-settings.ts';
import type { ImportedGroup, ImportedNode } from './model.ts';
import { siteText } from './site-text.ts';
import { CommandError } from '../lib/errors.ts';
import { readLine } from '../authoring/answers.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readContent } from '../../src/reader/content.ts';
import { ALERTS } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import type { OpenedFolder } from '../lib/content.ts';
import { placeOf } from '../lib/content.ts';
import { readWhole, removeWhole, writeWhole } from '../lib/files.ts';
import { findRepository, unsavedFiles } from '../lib/git.ts';

/** The files of a new page, by path below the content folder. */
interface SiteFiles {
  'site.yml': string;
  'components.yml': string;
}

/**
 * The files of a page that has no history yet.
 * @param today the day from which uptime is counted; its year is part of the page's id
 * @throws {CommandError} when an answer cannot be understood
 */
export function draftSite({ name, url, timeZone = 'UTC', component }: SiteAnswers, today: Day): SiteFiles {
  const tree = treeOf(component, today);
  const page = { name: readLine(name, 'name'), url: addressOf(url), timeZone: readLine(timeZone, 'time zone') };
  const { text, missing } = siteText(page, Number(today.slice(0, 4)));
  if (missing.length > 0) throw new CommandError('A page needs a name and a URL.');
  return { 'site.yml': explainSettings(text), 'components.yml': componentsText(tree, assignIds(tree, []), 'UTC') };
}

/** With `https://` in front where no scheme stands. */
export function addressOf(text: string): string {
  const url = readLine(text, 'address');
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}

function treeOf(names: readonly string[], since: Day): ImportedNode[] {
  if (names.length === 0) throw new CommandError('A page needs at least one component: something that customers use.');
  const tree: ImportedNode[] = [];
  const groups = new Map<string, ImportedNode[]>();
  const keys = new Set<string>();
  for (const written of names) {
    const text = readLine(written, 'name of a component');
    const [, group, name = text] = /^(.+?): +(.+)$/.exec(text) ?? [];
    const key = `${group ?? ''}: ${name}`;
    if (keys.has(key.toLowerCase())) throw new CommandError(`The component “${text}” is listed twice.`);
    keys.add(key.toLowerCase());
    listOf(group, tree, groups).push({ kind: 'component', key, name, since });
  }
  return tree;
}

function listOf(group: string | undefined, tree: ImportedNode[], groups: Map<string, ImportedNode[]>): ImportedNode[] {
  if (group === undefined) return tree;
  const known = groups.get(group);
  if (known) return known;
  const children: ImportedNode[] = [];
  const node: ImportedGroup = { kind: 'group', name: group, children };
  tree.push(node);
  groups.set(group, children);
  return children;
}

/** What goes away when a new page begins. */
export interface Leaving {
  incidents: number;
  maintenance: number;
  /** Paths below the content folder, or beside it; `.example` last, so that it stays until all else is gone. */
  paths: readonly string[];
}

/**
 * Makes sure that a new page takes nobody's work away.
 * @throws {CommandError} when the content is not the example, or parts of it are nowhere else
 */
export async function refuseToLose({ folder, source }: OpenedFolder, env: CommandContext['env']): Promise<void> {
  const isExample = source.files.some(({ path }) => path === '.example');
  const isThere = source.files.some(
    ({ path }) => path === 'site.yml' || /^(incidents|maintenance|announcements)\//.test(path),
  );
  if (isThere && !isExample) {
    throw new CommandError(
      `${folder} contains your own content. To change the name, URL or components, edit site.yml and components.yml there. --force deletes all of it and starts again.`,
    );
  }
  const place = await realpath(folder);
  const repository = await findRepository(place, env);
  const unsaved = typeof repository === 'string' ? [] : await unsavedFiles(repository, ['.']);
  if (unsaved.length === 0) return;
  const some = unsaved.slice(0, 3).join(', ');
  const more = unsaved.length > 3 ? ` and ${unsaved.length - 3} more` : '';
  throw new CommandError(
    `Some content is not committed, and init would delete it: ${some}${more}. Commit it, or add --force.`,
  );
}

/** What of a content folder a new page does not keep. */
export async function leavingOf({ folder, source }: OpenedFolder): Promise<Leaving> {
  const count = (kind: string) => source.files.filter(({ path }) => path.startsWith(`${kind}/`)).length;
  const isExample = source.files.some(({ path }) => path === '.example');
  const logo = isExample ? await logoOf({ folder, source }) : undefined;
  const [incidents, maintenance] = [count('incidents'), count('maintenance')];
  return {
    incidents,
    maintenance,
    paths: [
      ...(incidents > 0 ? ['incidents'] : []),
      ...(maintenance > 0 ? ['maintenance'] : []),
      ...(count('announcements') > 0 ? ['announcements'] : []),
      // Its rules name the components that were here.
      ...(source.files.some(({ path }) => path === ALERTS) ? [ALERTS] : []),
      ...(logo === undefined ? [] : [logo]),
      ...(isExample ? ['.example'] : []),
    ],
  };
}

/** The example's own logo, seen from the content folder. */
async function logoOf({ folder, source }: Pick<OpenedFolder, 'folder' | 'source'>): Promise<string | undefined> {
  const site = source.files.find(({ path }) => path === 'site.yml')?.text ?? '';
  const logo = /^logo: *["']?(\/[\w./-]+)["']? *$/m.exec(site)?.[1];
  if (logo === undefined || !source.publicFiles.has(logo)) return undefined;
  return relative(await realpath(folder), join(await realpath('public'), logo));
}

/**
 * What a new page's files would be warned of.
 * @throws {CommandError} when the page would refuse them
 */
export function approveSite(files: SiteFiles, { source, now }: OpenedFolder): Diagnostic[] {
  const written = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { diagnostics } = readContent({ ...source, files: written }, { now, catalogs: CATALOGS });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new CommandError('These settings are not valid.', { diagnostics: errors });
  return diagnostics;
}

/**
 * Writes a new page's files, then takes away what leaves.
 * @param begun is called once something is no longer as it was
 */
export async function replaceContent(
  opened: OpenedFolder,
  files: SiteFiles,
  leaving: Leaving,
  begun: () => void,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const place = placeOf(opened, path);
    const before = await access(place).then(
      () => readWhole(place),
      () => undefined,
    );
    await writeWhole(place, text, before);
    begun();
  }
  for (const path of leaving.paths) await removeWhole(placeOf(opened, path));
}
