import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';

/**
 * Deletes a folder, and never fails: who still writes there, or a disk that refuses, leaves something behind that the
 * next build clears away. The folder has another name first, so that who writes into it by its old one does not hold this up.
 */
export async function clearAway(folder: string): Promise<void> {
  const away = `${folder}-${randomUUID()}`;
  const moved = await rename(folder, away).then(
    () => true,
    () => false,
  );
  try {
    // At once: one after the other, the files of ten years take seconds.
    rmSync(moved ? away : folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch {
    return;
  }
}
