import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build, builtPages, copyExample } from './support/sites.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-finished-'));
  const content = join(folder, 'content');
  await copyExample(content);
  git(content, 'init', '--quiet');
  for (const [dir, now] of [
    ['first', '2026-11-20T10:05:00Z'],
    ['later', '2026-11-20T10:11:00Z'],
    ['much-later', '2027-06-20T10:00:00Z'],
  ] as const) {
    git(content, 'commit', '--quiet', '--allow-empty', '--message', dir);
    await build(content, join(folder, dir), now);
  }
});

afterAll(() => rm(folder, { recursive: true }));

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@acme.example', ...args], { cwd });
}

/** The pages that say nothing of the build that they are from. */
const finished = () => builtPages(join(folder, 'first')).filter(({ html }) => !html.includes('data-version'));

it('most incidents and maintenance of the example, and all months before the present one, are finished', () => {
  const kinds = Map.groupBy(finished(), ({ path }) => path.split('/')[1]);
  expect(kinds.get('incidents')?.length).toBeGreaterThan(40);
  expect(kinds.get('maintenance')?.length).toBeGreaterThan(7);
  expect(kinds.get('history')?.length).toBe(24);
});

it.each(['later', 'much-later'])(
  'a build that is %s, of another commit, makes the same of every finished page',
  (dir) => {
    const differing = finished().filter(
      ({ path, html }) => readFileSync(join(folder, dir, path, 'index.html'), 'utf8') !== html,
    );
    expect(differing.map(({ path }) => path)).toEqual([]);
  },
);
