import { randomUUID } from 'node:crypto';
import { rmSync, statfsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError, diskReason } from './errors.ts';

/**
 * Deletes a folder and never fails. If another process still writes there or the disk refuses, the next build deletes
 * what is left. The folder is renamed first, so that a process that writes to the old name does not block this.
 */
export async function clearAway(folder: string): Promise<void> {
  const away = `${folder}-${randomUUID()}`;
  const moved = await rename(folder, away).then(
    () => true,
    () => false,
  );
  try {
    // In parallel: one after the other, the files of ten years take seconds.
    rmSync(moved ? away : folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch {
    return;
  }
}

const MEMORY = '/dev/shm';
const ROOM = 2 * 1024 ** 3;

/** A folder that is kept in memory, where there is one with room. */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process of this machine still runs, be it somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 asks, and does nothing.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** What a file is called until it is whole: hidden, so that nothing reads it as content. */
const UNFINISHED = /^\..*\.(\d+)\.candor\.tmp$/;

/** The text of a file, byte order mark and line ends included. */
export async function readWhole(path: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
}

/** Everything on the standard input. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The text of a file, or nothing where there is no file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readWhole(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file so that at every moment the old text or the new one is there whole, also when the power fails. The one
 * way in which commands write content.
 * @param before what the file held when the new text was made; nothing for a file that is new
 * @throws {CommandError} when the file has changed since, or the disk refuses; it is as it was then
 */
export async function writeWhole(path: string, text: string, before?: string): Promise<void> {
  await writeTogether([{ path, text, before }]);
}

/** A file as {@link writeWhole} takes it. */
export interface Writing {
  path: string;
  text: string;
  before?: string | undefined;
}

/**
 * Writes files that belong together as {@link writeWhole} writes one. None is replaced before all are on the disk.
 * @param files first the one that the others need, should the power fail in between
 * @throws {CommandError} when one of them has changed, or the disk refuses; all are as they were then
 */
export async function writeTogether(files: readonly Writing[]): Promise<void> {
  const staged: Staged[] = [];
  try {
    for (const file of files) staged.push(await stage(file));
    for (const { path, temporary, target } of staged) {
      await rename(temporary, target).catch((error: unknown) => {
        throw refused(path, error);
      });
      await syncFolder(dirname(target));
    }
  } finally {
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => undefined);
  }
}

interface Staged {
  path: string;
  /** Where links lead. */
  target: string;
  temporary: string;
}

async function stage({ path, text, before }: Writing): Promise<Staged> {
  const target = await realpath(path).catch(() => path);
  const folder = dirname(target);
  // The end of the name tells a translation from its original.
  const temporary = join(folder, `.${basename(target).slice(-100)}.${process.pid}.candor.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await clearUnfinished(folder);
    // Somebody who was killed may have had the same number.
    await rm(temporary, { force: true });
    const file = await open(temporary, 'wx');
    try {
      if (before !== undefined) await file.chmod((await stat(target)).mode & 0o777);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await readIfThere(target)) !== before) {
      throw new CommandError(
        `${path} was changed by somebody else in the meantime. Nothing was overwritten. Start again.`,
      );
    }
    return { path, target, temporary };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw refused(path, error);
  }
}

/**
 * Takes away a file, or a folder with all that is in it.
 * @throws {CommandError} when the disk refuses
 */
export async function removeWhole(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
    throw refused(path, error, 'deleted');
  });
}

/** Folders that were looked through. */
const cleared = new Set<string>();

/** Takes away what commands left that were killed. What a running one writes stays. */
async function clearUnfinished(folder: string): Promise<void> {
  if (cleared.has(folder)) return;
  cleared.add(folder);
  for (const name of await readdir(folder)) {
    const pid = Number(UNFINISHED.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { force: true });
  }
}

/** Has the disk keep the new name of a file, where the system can do that. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders; the file is whole there all the same.
  }
}

function refused(path: string, error: unknown, done = 'written'): unknown {
  const reason = diskReason(error);
  return reason === undefined ? error : new CommandError(`${path} cannot be ${done}: ${reason}.`);
}
