import { access, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { LOCALES } from '../../src/i18n/words.ts';
import { readContent } from '../../src/reader/content.ts';
import { ALERTS } from '../../src/reader/files.ts';
import type { CommandContext } from '../context.ts';
import { AuthorError } from './author-error.ts';
import type { OpenedFolder } from './content.ts';
import { placeOf } from './content.ts';
import { readWhole, removeWhole, writeWhole } from './file.ts';
import { findRepository, unsavedFiles } from './git.ts';
import type { SiteFiles } from './new-site.ts';

/** What goes away when a new page begins. */
export interface Leaving {
  incidents: number;
  maintenance: number;
  /** Paths below the content folder, or beside it; `.example` last, so that it stays until all else is gone. */
  paths: readonly string[];
}

/**
 * Makes sure that a new page takes nobody's work away.
 * @throws {AuthorError} when the content is not the example, or parts of it are nowhere else
 */
export async function refuseToLose({ folder, source }: OpenedFolder, env: CommandContext['env']): Promise<void> {
  const isExample = source.files.some(({ path }) => path === '.example');
  const isThere = source.files.some(({ path }) => path === 'site.yml' || /^(incidents|maintenance)\//.test(path));
  if (isThere && !isExample) {
    throw new AuthorError(
      `${folder} holds content of your own. To change its name, address or components, edit site.yml and components.yml there; --force takes all of it away and begins anew.`,
    );
  }
  const place = await realpath(folder);
  const repository = await findRepository(place, env);
  const unsaved = typeof repository === 'string' ? [] : await unsavedFiles(repository, ['.']);
  if (unsaved.length === 0) return;
  const some = unsaved.slice(0, 3).join(', ');
  const more = unsaved.length > 3 ? ` and ${unsaved.length - 3} more` : '';
  throw new AuthorError(
    `Some of the content is not committed, and init would take it away: ${some}${more}. Commit it, or add --force.`,
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
 * @throws {AuthorError} when the page would refuse them
 */
export function approveSite(files: SiteFiles, { source, now }: OpenedFolder): Diagnostic[] {
  const written = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { diagnostics } = readContent({ ...source, files: written }, { now, locales: LOCALES });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new AuthorError('The page would refuse these settings.', errors);
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
