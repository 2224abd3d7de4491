import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPack, writePack } from './pack.ts';

const FILES = [
  { file: 'incidents/a/index.html', key: 'one', bytes: Buffer.from('<p>Grüße</p>') },
  { file: 'incidents/a.md', key: 'two', bytes: Buffer.alloc(0) },
  { file: 'history/2026-09/atom.xml', key: 'three', bytes: Buffer.from([0, 255, 10]) },
];

let folder: string;
const path = () => join(folder, 'kept/2026-09');
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-pack-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a pack', () => {
  it('gives back the files that were put in', () => {
    writePack(path(), FILES);
    expect(readPack(path())).toEqual(FILES);
    expect(readdirSync(join(folder, 'kept'))).toEqual(['2026-09']);
  });

  it.each<[what: string, spoil: (bytes: Buffer) => Buffer]>([
    ['one byte is another', (bytes) => bytes.fill(1, bytes.length - 1)],
    ['its list is another', (bytes) => bytes.fill(1, 40, 41)],
    ['it was cut off', (bytes) => bytes.subarray(0, bytes.length - 1)],
    ['it is empty', () => Buffer.alloc(0)],
    ['it is something else', () => Buffer.from('{"version":2}')],
  ])('gives nothing when %s', (_, spoil) => {
    writePack(path(), FILES);
    writeFileSync(path(), spoil(readFileSync(path())));
    expect(readPack(path())).toEqual([]);
  });

  it('gives nothing when there is none', () => {
    expect(readPack(join(folder, 'none'))).toEqual([]);
  });

  it('is left out where it cannot be written, which only costs time', () => {
    writeFileSync(join(folder, 'file'), '');
    writePack(join(folder, 'file/2026-09'), FILES);
    expect(readPack(join(folder, 'file/2026-09'))).toEqual([]);
  });
});
