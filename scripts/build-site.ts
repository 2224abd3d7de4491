import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from './context.ts';

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
  const work = join(WORK, randomUUID());
  await mkdir(work, { recursive: true });
  try {
    const child = spawn(process.execPath, [ASTRO, 'build', '--outDir', work], { stdio: 'inherit', env: { ...env } });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code === 0) await replaceFolder(work, resolve(outDir));
    return code ?? 1;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.length === 0 || names.includes('build.json')) return;
  throw new Error(`The folder ${folder} holds other files, and a build replaces the whole folder. Name an empty one.`);
}

/** Puts a folder in the place of another one, which is there whole until the new one is. */
async function replaceFolder(folder: string, place: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  const beside = await mkdtemp(join(dirname(place), `.${basename(place)}-`));
  try {
    await moveFolder(folder, join(beside, 'new'));
    await rename(place, join(beside, 'old')).catch(ignoreMissing);
    await rename(join(beside, 'new'), place);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
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
