import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { contentFolder } from '../../src/reader/files.ts';
import type { BuildTask } from '../../src/site/cache/bundle.ts';
import {
  BUILD_SCRIPT,
  BUNDLE_ONLY,
  CACHE,
  codeDigest,
  digestOf,
  ENGINE,
  engineFolder,
  findBundle,
  keepBundle,
} from '../../src/site/cache/bundle.ts';
import { compareWithDisk, putInPlace, readOutput, STATE } from '../../src/site/cache/output.ts';
import { readChecked, writeChecked } from '../../src/site/cache/checksum.ts';
import { runChild } from '../lib/child.ts';
import { clearAway } from '../lib/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError, diskReason } from '../lib/errors.ts';

const ASTRO = fileURLToPath(new URL('./astro.ts', import.meta.url));
const READ_AHEAD = fileURLToPath(new URL('./read-ahead.ts', import.meta.url));

/** Milliseconds between looks at whether another build into the same folder has ended. */
const LOCK_CHECK = 50;
const SQLITE_BUSY = 5;

/** What {@link randomUUID} gives. */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/**
 * Builds the site into a folder, of which only files that differ are written, when all of them are made: a build that
 * fails or is stopped leaves the old site as it was.
 * @returns an exit code
 * @throws when the folder holds something that is no site of ours
 */
export async function buildSite(outDir: string, env: CommandContext['env']): Promise<number> {
  const folder = existsSync(outDir) ? realpathSync(outDir) : resolve(outDir);
  const cache = join(CACHE, 'sites', digestOf([folder]));
  mkdirSync(cache, { recursive: true });
  // The system takes the lock away from a process that is killed.
  using lock = new DatabaseSync(join(cache, 'lock'));
  while (!isTaken(lock)) await pause(LOCK_CHECK);
  const state = join(cache, STATE);
  try {
    await finishInterrupted(folder, state);
    refuseOtherFolders(folder);
    const code = codeDigest(env);
    const bundle = await bundleFor(code, cache, env);
    if (typeof bundle === 'number') return bundle;
    const prepared = join(dirname(folder), `.${basename(folder)}-${randomUUID()}`);
    mkdirSync(prepared, { recursive: true });
    const task: BuildTask = { assets: join(bundle, 'client'), cache, code, prepared };
    const script = join(bundle, 'server', BUILD_SCRIPT);
    const differences = () => compareWithDisk(folder, readOutput(state));
    const exitCode = await runChild(
      script,
      [JSON.stringify(task)],
      { ...env, [ENGINE]: engineFolder(env) },
      differences,
    );
    // Where this is broken off, the next build goes on with it.
    if (exitCode === 0) putInPlace(prepared, folder, state);
    await clearAway(prepared);
    return exitCode;
  } catch (error) {
    const reason = diskReason(error);
    if (reason === undefined) throw error;
    throw new CommandError(`The site cannot be moved to ${outDir}: ${reason}. The next build tries again.`);
  }
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error;
    return false;
  }
}

function refuseOtherFolders(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.length === 0 || names.includes('build.json')) return;
  throw new CommandError(
    `The folder ${folder} contains other files, and a build would replace them. Choose an empty folder.`,
  );
}

/** Puts in place what a build had prepared that was killed, and clears up after it. */
async function finishInterrupted(folder: string, state: string): Promise<void> {
  const [parent, start] = [dirname(folder), `.${basename(folder)}-`];
  for (const name of existsSync(parent) ? readdirSync(parent) : []) {
    if (!name.startsWith(start) || !UUID.test(name.slice(start.length))) continue;
    putInPlace(join(parent, name), folder, state);
    await clearAway(join(parent, name));
  }
}

/** The folder of the bundle that belongs to the code as it is. @returns Astro's exit code where it cannot make one */
async function bundleFor(code: string, cache: string, env: CommandContext['env']): Promise<string | number> {
  const name = await bundleName(code, join(cache, 'bundle'), env);
  const kept = findBundle(name);
  if (kept !== undefined) return kept;
  // Inside the project: Astro cannot move files to another disk.
  const work = resolve(CACHE, `bundle-${randomUUID()}`);
  try {
    const args = ['build', '--silent', '--outDir', join(work, 'site')];
    const [exitCode] = await Promise.all([
      runChild(ASTRO, args, { ...env, [BUNDLE_ONLY]: join(work, 'bundle') }),
      runChild(READ_AHEAD, [code, cache], env),
    ]);
    return exitCode === 0 ? keepBundle(join(work, 'bundle'), name) : exitCode;
  } finally {
    await clearAway(work);
  }
}

/** Kept with what it depends on: to load what reads `site.yml` takes longer than the rest of the start. */
async function bundleName(code: string, place: string, env: CommandContext['env']): Promise<string> {
  const site = join(contentFolder(env), 'site.yml');
  const madeOf = digestOf([code, existsSync(site) ? readFileSync(site, 'latin1') : '']);
  const kept = readChecked(place);
  if (kept?.startsWith(madeOf)) return kept.slice(madeOf.length);
  const options = (await import('../../src/site/options.ts')).siteOptions(env);
  const name = digestOf([code, options.site, options.base, options.accent, options.appearance]);
  writeChecked(place, madeOf + name);
  return name;
}
