import { statfsSync } from 'node:fs';

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
