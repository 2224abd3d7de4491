import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSite } from './build-site.ts';
import { buildEnvironment } from '../../src/__tests__/support/sites.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-build-'));
  await mkdir(join(folder, 'content', 'incidents'), { recursive: true });
  await writeFile(join(folder, 'content', 'site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
  await writeFile(join(folder, 'content', 'components.yml'), '- id: website\n  name: Website\n');
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'site', 'old.html'), 'old');
  await writeFile(join(folder, 'site', 'build.json'), '{}');
});

afterEach(() => rm(folder, { recursive: true }));

const build = (place = 'site', content = 'content') =>
  buildSite(join(folder, place), buildEnvironment({ STATUS_CONTENT: join(folder, content) }));

describe('a build', () => {
  it('replaces the site as a whole, for others to read, and leaves nothing beside it', async () => {
    expect(await build()).toBe(0);
    expect(existsSync(join(folder, 'site', 'index.html'))).toBe(true);
    expect(existsSync(join(folder, 'site', 'old.html'))).toBe(false);
    expect((await stat(join(folder, 'site'))).mode & 0o055).toBe(0o055);
    expect(await readdir(folder)).toEqual(['content', 'site']);
  });

  it('of content with an error leaves the old site as it was', async () => {
    await writeFile(join(folder, 'content', 'incidents', 'a.md'), 'no front matter');
    expect(await build()).not.toBe(0);
    expect(await readdir(join(folder, 'site'))).toEqual(['build.json', 'old.html']);
  });

  it('does not replace a folder of other files', async () => {
    await rm(join(folder, 'site', 'build.json'));
    await expect(build()).rejects.toThrow(/contains other files/);
    expect(await readdir(join(folder, 'site'))).toEqual(['old.html']);
  });

  it('may run beside another one', async () => {
    await cp(join(folder, 'content'), join(folder, 'other-content'), { recursive: true });
    await writeFile(join(folder, 'other-content', 'components.yml'), '- id: checkout\n  name: Checkout\n');
    expect(await Promise.all([build(), build('other', 'other-content')])).toEqual([0, 0]);
    expect(existsSync(join(folder, 'site', 'components', 'website', 'index.html'))).toBe(true);
    expect(existsSync(join(folder, 'other', 'components', 'checkout', 'index.html'))).toBe(true);
  });
});
