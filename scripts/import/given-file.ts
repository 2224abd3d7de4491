import { readFile } from 'node:fs/promises';
import { ImportError } from './import-error.ts';

/**
 * The text of a file that was named on the command line.
 * @throws {ImportError} when it cannot be read; `expected` says in a full sentence what was expected
 */
export async function readGivenFile(path: string, expected: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`;
    throw new ImportError(`${what}\nNothing was written. ${expected}`);
  }
}
