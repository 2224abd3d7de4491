import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceFolder } from '../../src/reader/files.ts';
import { PARTIAL_FILES } from '../../src/reader/files.ts';

/**
 * Writes files into a folder of their own, hands `use` the variables with which they are built, and removes the folder
 * whatever happens. Files that cannot be read in full are next to the content, so that only that build reads them.
 */
export async function withFolder<T>(
  source: SourceFolder,
  use: (env: Readonly<Record<string, string>>) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'candor-last-good-'));
  const content = join(root, 'content');
  const partial = join(root, 'partial.json');
  try {
    const whole = source.files.filter((file) => !file.partial);
    const folders = new Set(whole.map(({ path }) => dirname(join(content, path))));
    for (const one of folders) await mkdir(one, { recursive: true });
    for (const { path, text } of whole) {
      if (text !== undefined) await writeFile(join(content, path), text);
    }
    await writeFile(partial, JSON.stringify(source.files.filter((file) => file.partial)));
    return await use({ STATUS_CONTENT: content, [PARTIAL_FILES]: partial });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
