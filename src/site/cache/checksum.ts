import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

/** Hexadecimal digits of a checksum. */
const DIGITS = 8;

/** Tells bytes that were damaged, or written in part, from whole ones. */
export function checksum(bytes: string | Buffer): string {
  return crc32(bytes).toString(16).padStart(DIGITS, '0');
}

/** Writes a text with a checksum before it in one step: whoever reads meanwhile finds the old file or the new one. */
export function writeChecked(path: string, text: string): void {
  const beside = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.from(text);
  writeFileSync(beside, Buffer.concat([Buffer.from(checksum(bytes)), bytes]));
  renameSync(beside, path);
}

/** What {@link writeChecked} wrote; nothing if there is no such file, or if it was damaged. */
export function readChecked(path: string): string | undefined {
  try {
    const all = readFileSync(path);
    const bytes = all.subarray(DIGITS);
    return checksum(bytes) === all.toString('latin1', 0, DIGITS) ? bytes.toString() : undefined;
  } catch {
    return undefined;
  }
}
