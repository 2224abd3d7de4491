import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AuthorError } from './author-error.ts';

/** Why the disk refuses, by the operating system's code. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'the folder may not be written to',
  EPERM: 'the folder may not be written to',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'no more may be written to the disk',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
};

/** The text of a file, byte order mark and line ends included. */
export async function readWhole(path: string): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
}

/** The same, or nothing where there is no file. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readWhole(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file so that at every moment the old text or the new one is there whole.
 * @param before what the file held when the new text was made; nothing for a file that is new
 * @throws {AuthorError} when the file has changed since, or the disk refuses; it is as it was then
 */
export async function writeWhole(path: string, text: string, before?: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.tmp`);
  try {
    await mkdir(dirname(target), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      if (before !== undefined) await file.chmod((await stat(target)).mode & 0o777);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await readIfThere(target)) !== before) {
      throw new AuthorError(`${path} has changed while this was being written. Start again, so that nothing is lost.`);
    }
    await rename(temporary, target);
  } catch (error) {
    throw refused(path, error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function refused(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new AuthorError(`${path} cannot be written: ${REASONS[code] ?? 'the system refuses'} (${code}).`);
}
