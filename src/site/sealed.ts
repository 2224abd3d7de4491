import { hash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of the digest that a sealed file begins with. */
const SEAL = 32;

/**
 * Keeps bytes for the next build, with a digest before them, in one step: who reads at the same time finds the old
 * file or the new one. Where nothing can be written nothing is kept, which costs the next build time and no more.
 */
export function writeSealed(path: string, bytes: Buffer): void {
  const beside = `${path}.${randomUUID()}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    return;
  }
  try {
    writeFileSync(beside, Buffer.concat([sealOf(bytes), bytes]));
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
  }
}

/** What was kept there; nothing if there is no such file, or another than was written. */
export function readSealed(path: string): Buffer | undefined {
  try {
    const file = readFileSync(path);
    const bytes = file.subarray(SEAL);
    return sealOf(bytes).equals(file.subarray(0, SEAL)) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function sealOf(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}
