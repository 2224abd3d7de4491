import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, builtFiles, builtPages, copyExample, SITES } from './support/sites.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-reports-'));
  await copyExample(join(folder, 'content'));
  const settings = join(folder, 'content', 'site.yml');
  await writeFile(settings, `${await readFile(settings, 'utf8')}reports: private\n`);
  await build(join(folder, 'content'), join(folder, 'dist'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The pages that lead to reports; a component of the example has the id `reports` too, below `/components/`. */
function pagesWithLink(dir: string): string[] {
  const link = new RegExp(`(?:"|${new URL(SITES.example.url).host})/reports/`);
  return builtPages(dir)
    .filter(({ html }) => link.test(html))
    .map(({ path }) => path);
}

it('private reports leave no file and no link behind', () => {
  const dist = join(folder, 'dist');
  expect(builtFiles(dist).filter((path) => path.startsWith('reports'))).toEqual([]);
  expect(builtPages(dist).length).toBeGreaterThan(40);
  expect(pagesWithLink(dist)).toEqual([]);
});

it('public reports have a page for every month of the history', () => {
  const paths = builtPages(SITES.example.dir).map(({ path }) => path);
  const months = (of: string) => paths.filter((path) => path.startsWith(`/${of}/2`)).map((path) => path.split('/')[2]);
  expect(months('reports')).toEqual(months('history'));
  expect(months('reports').length).toBeGreaterThan(20);
  expect(pagesWithLink(SITES.example.dir)).toContain('/history/');
});
