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

/** A folder in memory, if there is one with enough space. */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ROOM ? MEMORY : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process on this machine is running, even another user's. */
export function isRunning(pid: number): boolean {
  try {
    // Signal 0 only checks.
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** The temporary name of a file while it is written: hidden, so that it is not read as content. */
const UNFINISHED = /^\..*\.(\d+)\.candor\.tmp$/;

/** The text of a file, with byte order mark and line ends. */
export async function readWhole(path: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
}

/** The text of standard input. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The text of a file. Undefined if it does not exist. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readWhole(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file atomically, even if the power fails. All commands write content with it.
 * @param before the text from which the new one was made; undefined for a new file
 * @throws {CommandError} if the file has changed since, or cannot be written. Then it is unchanged
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
 * Writes several files like {@link writeWhole}. None is replaced before all are on disk.
 * @param files the first is the one that the others need, in case the power fails in between
 * @throws {CommandError} if one of them has changed, or cannot be written. Then all are unchanged
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
  /** Resolves links. */
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
 * Deletes a file, or a folder with everything in it.
 * @throws {CommandError} if that fails
 */
export async function removeWhole(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch((error: unknown) => {
    throw refused(path, error, 'deleted');
  });
}

/** Folders that are already cleaned. */
const cleared = new Set<string>();

/** Deletes temporary files of killed commands, but not those of running ones. */
async function clearUnfinished(folder: string): Promise<void> {
  if (cleared.has(folder)) return;
  cleared.add(folder);
  for (const name of await readdir(folder)) {
    const pid = Number(UNFINISHED.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(join(folder, name), { force: true });
  }
}

/** Flushes the folder to disk, so that the new name of a file is kept. */
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
