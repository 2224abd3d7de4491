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
  writeFileSync(beside, checksum(text) + text);
  renameSync(beside, path);
}

/** What {@link writeChecked} wrote; nothing if there is no such file, or if it was damaged. */
export function readChecked(path: string): string | undefined {
  try {
    const all = readFileSync(path, 'utf8');
    const text = all.slice(DIGITS);
    return checksum(text) === all.slice(0, DIGITS) ? text : undefined;
  } catch {
    return undefined;
  }
}
