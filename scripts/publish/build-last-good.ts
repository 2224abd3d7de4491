import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { CATALOGS } from '../../src/i18n/words.ts';
import { readClock } from '../../src/reader/clock.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { contentFolder, PARTIAL_FILES, readFolder } from '../../src/reader/files.ts';
import { buildSite } from './build-site.ts';
import type { CommandContext } from '../lib/context.ts';
import { addToSummary } from '../lib/output.ts';
import { printDiagnostics } from '../lib/diagnostics.ts';
import type { Repository } from './history.ts';
import { openRepository } from './history.ts';
import type { LastGood } from './last-good.ts';
import { lastGood } from './last-good.ts';
import { changeDiagnostics, changeSummary } from './report.ts';
import { plural } from '../lib/text.ts';

/**
 * Writes files into a folder of their own, hands `use` the variables with which they are built, and removes the folder
 * whatever happens. Files that cannot be read in full are next to the content, so that only that build reads them.
 */
async function withFolder<T>(
  source: SourceFolder,
  use: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'candor-last-good-'));
  const content = join(root, 'content');
  const partial = join(root, 'partial.json');
  try {
    const whole = source.files.filter((file) => !file.partial);
    const folders = new Set(whole.map(({ path }) => dirname(join(content, path))));
    for (const one of folders) await mkdir(one, { recursive: true });
    for (const { path, text } of whole) {
      if (text !== undefined) await writeFile(join(content, path), text);
    }
    await writeFile(partial, JSON.stringify(source.files.filter((file) => file.partial)));
    return await use({ STATUS_CONTENT: content, [PARTIAL_FILES]: partial });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const PUBLIC = 'public';

/** The exit code of a strict build whose page does not show everything. */
const REPLACED = 3;

/**
 * Builds the last good content. The exit code is 0 when there is a page to publish, even if not everything on it is
 * as the files say, since many hosts publish nothing otherwise. Differences are printed and in the job's summary.
 * @param address where the page will be served, when that is known
 * @param strict exit with 3 in that case, so that a workflow can publish first and fail afterwards
 * @throws {CommandError} when there is nothing to publish
 */
export async function buildLastGood(
  outDir: string,
  { address, strict }: { address?: URL; strict?: boolean },
  context: CommandContext,
): Promise<number> {
  const { env } = context;
  const folder = contentFolder(env);
  const clock = (source: SourceFolder) => readClock(env, source);
  const options = { clock, catalogs: CATALOGS, ...(address && { address }) };
  let repository: Repository | undefined;
  const openHistory = async () => (repository = await openRepository(folder, PUBLIC, env)).history;
  const good = await lastGood(await readFolder(folder, PUBLIC), openHistory, options);
  const { gitDir, lack } = repository ?? {};
  print(good, folder, context);
  if (lack !== undefined && good.changes.length > 0) context.out(`${lack}\n`);
  // What it is built from then lies outside of the repository, and the page says which commit it shows.
  const { GITHUB_TOKEN: _, ...siteEnv } = env;
  const buildFrom = (from: Readonly<Record<string, string>>) =>
    buildSite(outDir, { ...siteEnv, ...from, ...(gitDir !== undefined && { GIT_DIR: gitDir }) });
  const code = await (good.changes.length === 0 ? buildSite(outDir, siteEnv) : withFolder(good.source, buildFrom));
  if (code === 0) {
    if (good.changes.length > 0) context.out(`${replacedText(good.changes)}\n`);
    await record(good, folder, env);
  }
  return code === 0 && strict && good.changes.length > 0 ? REPLACED : code;
}

function print({ changes, diagnostics }: LastGood, folder: string, { env, out }: CommandContext): void {
  const format = env['GITHUB_ACTIONS'] ? 'github' : 'terminal';
  const printList = (list: readonly Diagnostic[]) => {
    if (list.length > 0) out(`${printDiagnostics(list, format, { folder, colour: false })}\n`);
  };
  // First, because GitHub shows ten annotations of a step and no more.
  printList(changeDiagnostics(changes));
  printList(diagnostics);
}

/** The last word on what was built, for whoever does not read what stands above. */
function replacedText({ length }: LastGood['changes']): string {
  return `The page is built. ${plural(length, 'One thing on it is', `${length} things on it are`)} different from the files; see above.`;
}

/** Tells the job what was built. */
async function record({ source, changes }: LastGood, folder: string, env: CommandContext['env']): Promise<void> {
  const count = (kind: string) => source.files.filter(({ path }) => path.startsWith(`${kind}/`)).length;
  const built = `Built from ${count('incidents')} incidents and ${count('maintenance')} maintenance.`;
  await addToSummary(`### Status page\n\n${changeSummary(changes, folder, built)}`, env);
}
