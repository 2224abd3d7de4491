import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyReport } from '../report.ts';
import { kindsOf } from '../../../src/__tests__/support/import.ts';
import { readGitLog } from './history.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-upptime-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('commits are read newest first, with the time at which each was written', async () => {
  git('init', '--quiet');
  commit('🟥 Shop is down (503 in 120 ms)', '2026-01-10T10:00:00+01:00');
  commit('🟩 Shop is up\tagain (200 in 1 ms)', '2026-01-10T11:00:00+01:00');
  const log = await readGitLog(folder, emptyReport(folder, 'content', false));
  expect(log?.map(({ time, message }) => [time, message])).toEqual([
    ['2026-01-10T11:00:00+01:00', '🟩 Shop is up again (200 in 1 ms)'],
    ['2026-01-10T10:00:00+01:00', '🟥 Shop is down (503 in 120 ms)'],
  ]);
});

test('a folder that is no repository of its own has none, and one without a commit says why', async () => {
  const report = emptyReport(folder, 'content', false);
  expect(await readGitLog(folder, report)).toBeUndefined();
  expect(report.entries).toEqual([]);
  git('init', '--quiet');
  expect(await readGitLog(folder, report)).toBeUndefined();
  expect(kindsOf(report)).toEqual({ 'file-unreadable': 1 });
});

function commit(message: string, date: string): void {
  git(
    '-c',
    'user.name=A',
    '-c',
    'user.email=a@example.org',
    'commit',
    '--quiet',
    '--allow-empty',
    `--date=${date}`,
    '-m',
    message,
  );
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: folder });
}
