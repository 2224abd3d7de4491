import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readWhole, writeTogether, writeWhole } from './files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a file that is written whole', () => {
  it('is made with the folders above it, and nothing else is left', async () => {
    await writeWhole(join(folder, 'a/b/c.md'), 'new');
    expect(await readdir(folder, { recursive: true })).toEqual(['a', 'a/b', 'a/b/c.md']);
    expect(await readFile(join(folder, 'a/b/c.md'), 'utf8')).toBe('new');
  });

  it('keeps its rights, and stays where a link leads', async () => {
    const [real, link] = [join(folder, 'real.md'), join(folder, 'link.md')];
    await writeFile(real, '\uFEFFold');
    await chmod(real, 0o640);
    await symlink(real, link);
    await writeWhole(link, '\uFEFFnew', await readWhole(link));
    expect(await readFile(real, 'utf8')).toBe('\uFEFFnew');
    expect((await stat(real)).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['link.md', 'real.md']);
  });

  it.each([
    ['has changed meanwhile', 'what was read'],
    ['was not there before', undefined],
  ])('is left alone when it %s', async (_, before) => {
    const path = join(folder, 'a.md');
    await writeFile(path, 'by somebody else');
    await expect(writeWhole(path, 'new', before)).rejects.toThrow('was changed by somebody else in the meantime');
    expect(await readFile(path, 'utf8')).toBe('by somebody else');
    expect(await readdir(folder)).toEqual(['a.md']);
  });

  it('is left alone when another that belongs to it cannot be written', async () => {
    const [path, other] = [join(folder, 'a.md'), join(folder, 'a.de.md')];
    await writeFile(path, 'old');
    await writeFile(other, 'by somebody else');
    const files = [
      { path, text: 'new', before: 'old' },
      { path: other, text: 'neu', before: 'alt' },
    ];
    await expect(writeTogether(files)).rejects.toThrow(`${other} was changed by somebody else`);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.de.md', 'a.md']);
    await writeFile(other, 'alt');
    await writeTogether(files);
    expect([await readFile(path, 'utf8'), await readFile(other, 'utf8')]).toEqual(['new', 'neu']);
  });
});
