import { readSealed, writeSealed } from './sealed.ts';

/** A file of the site as a build made it, and what it was made of. */
export interface PackedFile {
  /** Below the site's folder, with `/`. */
  file: string;
  /** Changes with everything that the file depends on. */
  key: string;
  bytes: Buffer;
}

type Index = [file: string, key: string, size: number][];

/** Where the bytes of the files begin stands first, as an unsigned integer of so many bytes. */
const HEAD = 4;

/** Keeps files in one: twenty thousand small ones are slower to find again than what they hold is to make. */
export function writePack(path: string, files: readonly PackedFile[]): void {
  const index: Index = files.map(({ file, key, bytes }) => [file, key, bytes.length]);
  const list = Buffer.from(JSON.stringify(index));
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(HEAD + list.length);
  writeSealed(path, Buffer.concat([head, list, ...files.map(({ bytes }) => bytes)]));
}

/** The files that a pack keeps; none if there is no such pack, or if it is not as it was written. */
export function readPack(path: string): PackedFile[] {
  const pack = readSealed(path);
  if (!pack) return [];
  let offset = pack.readUInt32LE();
  const index = JSON.parse(pack.toString('utf8', HEAD, offset)) as Index;
  return index.map(([file, key, size]) => ({ file, key, bytes: pack.subarray(offset, (offset += size)) }));
}
