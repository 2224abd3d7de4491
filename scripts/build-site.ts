import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rename } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runChild } from './child.ts';
import { clearAway } from './clear-away.ts';
import type { CommandContext } from './context.ts';
import { diskReason } from './disk-reason.ts';
import { Problem } from './problem.ts';
import { isRunning } from './running.ts';

const ASTRO = fileURLToPath(new URL('astro.ts', import.meta.url));
const WORK = resolve('node_modules/.cache/candor');

/**
 * Builds the site and puts it in place when it is whole, so that a build that fails or is stopped leaves the
 * old one as it was. Builds in a folder of its own inside the project: Astro keeps what it works with beside the
 * result or, where that lies outside, in one place for all builds, from which it cannot move files to another disk.
 * @returns the exit code of Astro
 * @throws when the folder holds something that is no site of ours, which would be lost
 */
export async function buildSite(outDir: string, env: CommandContext['env']): Promise<number> {
  await refuseForeign(outDir);
  await mkdir(WORK, { recursive: true });
  await clearDead(WORK, (name) => clearAway(join(WORK, name)));
  await takeUp(resolve(outDir));
  const work = join(WORK, `${process.pid}-${randomUUID()}`);
  await mkdir(work, { recursive: true });
  try {
    const code = await runChild(ASTRO, ['build', '--outDir', work], env);
    if (code === 0) await replaceFolder(work, resolve(outDir)).catch((error: unknown) => refuse(outDir, error));
    return code;
  } finally {
    await clearAway(work);
  }
}

function refuse(outDir: string, error: unknown): never {
  const reason = diskReason(error);
  if (reason === undefined) throw error;
  throw new Problem(`The site is built, and cannot be put into ${outDir}: ${reason}. What was there is as it was.`);
}

async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0 || names.includes('build.json')) return;
  throw new Error(`The folder ${folder} holds other files, and a build replaces the whole folder. Name an empty one.`);
}

/** Puts a folder in the place of another one, which is there whole until the new one is. */
async function replaceFolder(folder: string, place: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const beside = await mkdtemp(join(dirname(place), `.${basename(place)}-${process.pid}-`));
  try {
    await moveFolder(folder, join(beside, 'new'));
    await rename(place, join(beside, 'old')).catch(ignoreMissing);
    await rename(join(beside, 'new'), place);
  } finally {
    await clearAway(beside);
  }
}

/** Takes away what builds left that were killed. @param clear is handed a name below the folder */
async function clearDead(folder: string, clear: (name: string) => Promise<void>, before = ''): Promise<void> {
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const pid = Number(/^(\d+)-/.exec(name.startsWith(before) ? name.slice(before.length) : '')?.[1]);
    if (pid > 0 && !isRunning(pid)) await clear(name);
  }
}

/** Puts the old site back where a build was killed between taking it away and putting the new one there. */
async function takeUp(place: string): Promise<void> {
  const folder = dirname(place);
  const clear = async (name: string): Promise<void> => {
    await rename(join(folder, name, 'old'), place).catch(() => undefined);
    await clearAway(join(folder, name));
  };
  await clearDead(folder, clear, `.${basename(place)}-`);
}

async function moveFolder(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await cp(from, to, { recursive: true });
  }
}

function ignoreMissing(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
