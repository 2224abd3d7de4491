import { basename } from 'node:path/posix';
import { nearest } from './yaml/suggest.ts';

/**
 * Why a path leads to no file of `public/`, and the file that was probably meant.
 * @param publicFiles with a leading `/`
 */
export function missingFile(path: string, publicFiles: ReadonlySet<string>): { problem: string; meant?: string } {
  const inside = [...publicFiles].filter((file) => file.startsWith(`${path.replace(/\/$/, '')}/`));
  if (inside.length > 0) {
    const logo = inside.find((file) => basename(file).startsWith('logo')) ?? inside[0];
    return { problem: `public${path} is a folder.`, ...(logo && { meant: logo }) };
  }
  const sameName = [...publicFiles].find((file) => basename(file).toLowerCase() === basename(path).toLowerCase());
  const meant = sameName ?? nearest(path, publicFiles);
  return { problem: `There is no file public${path}.`, ...(meant && { meant }) };
}
