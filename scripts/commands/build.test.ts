import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMPONENTS, incident, SITE } from '../../src/__tests__/support/publish.ts';
import { buildEnvironment } from '../../src/__tests__/support/sites.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-build-command-'));
  mkdirSync(join(folder, 'content', 'incidents'), { recursive: true });
  writeFileSync(join(folder, 'content', 'site.yml'), SITE);
  writeFileSync(join(folder, 'content', 'components.yml'), COMPONENTS);
  writeFileSync(join(folder, 'content', 'incidents', 'a.md'), incident('We are looking.').replace(' UTC', ''));
});

afterAll(() => rmSync(folder, { recursive: true }));

function build(...args: string[]) {
  const env = buildEnvironment({ STATUS_CONTENT: join(folder, 'content'), STATUS_NOW: '2026-11-20T12:00:00Z' });
  const all = ['scripts/cli.ts', 'build', '--outDir', join(folder, 'site'), ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, all, { env });
  return { printed: `${stdout.toString()}${stderr.toString()}`, status };
}

it('A file with an error stops a build, and one with --last-good publishes it in a folder without Git and ends with 0', () => {
  expect(build().status).toBe(1);
  const { printed, status } = build('--last-good');
  expect(status).toBe(0);
  expect(printed).toContain('is not in a Git repository');
  expect(printed).toContain('content/incidents/a.md:7');
  const home = readFileSync(join(folder, 'site', 'index.html'), 'utf8');
  expect(home).toContain('Something may be wrong');
  expect(home).toContain('We are looking.');
  expect(home).not.toContain('All systems operational');
});
