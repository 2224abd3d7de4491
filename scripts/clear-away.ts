import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';

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
