import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFolder } from '../../src/reader/files.ts';

/** Writes files into a folder of their own, hands it to `use`, and removes it whatever happens. */
export async function withFolder<T>(source: SourceFolder, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-last-good-'));
  try {
    const folders = new Set(source.files.map(({ path }) => dirname(join(folder, path))));
    for (const one of folders) await mkdir(one, { recursive: true });
    for (const { path, text } of source.files) {
      if (text !== undefined) await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
