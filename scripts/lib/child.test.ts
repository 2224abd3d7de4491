import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PARENT } from './child.ts';
import { buildSite } from '../publish/build-site.ts';
import { clearAway, isRunning } from './files.ts';
import { buildEnvironment } from '../../src/__tests__/support/sites.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'candor-child-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Waits for what comes, however slow the machine is: what never comes ends at the time-out of the test. */
async function until(comes: () => boolean): Promise<void> {
  while (!comes()) await pause(50);
}

/** Whether a process of the group is left. */
function groupRuns(leader: number): boolean {
  return isRunning(-leader);
}

it('a script that is busy ends when the process that started it is killed', async () => {
  const here = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const pid = join(folder, 'pid');
  writeFileSync(
    join(folder, 'busy.ts'),
    `import { endWithParent } from ${here('child.ts')};
import { writeFileSync } from 'node:fs';
endWithParent();
setTimeout(() => {
  writeFileSync(${JSON.stringify(pid)}, String(process.pid));
  for (;;) Math.sqrt(2);
}, 0);`,
  );
  const parent = `import { runChild } from ${here('child.ts')};
await runChild(${JSON.stringify(join(folder, 'busy.ts'))}, [], process.env);`;
  writeFileSync(join(folder, 'parent.ts'), parent);
  const { pid: started = 0 } = spawn(process.execPath, [join(folder, 'parent.ts')], {
    stdio: 'ignore',
    detached: true,
  });
  await until(() => existsSync(pid) && readFileSync(pid, 'utf8') !== '');
  process.kill(started, 'SIGKILL');
  await until(() => !isRunning(Number(readFileSync(pid, 'utf8'))));
});

it('a script that starts when its parent is gone already ends at once', async () => {
  const script = join(folder, 'late.ts');
  const child = JSON.stringify(new URL('child.ts', import.meta.url).href);
  writeFileSync(script, `import { endWithParent } from ${child};\nendWithParent();\nfor (;;) Math.sqrt(2);`);
  const { pid: gone } = spawnSync(process.execPath, ['--version']);
  const { signal } = spawnSync(process.execPath, [script], { env: { ...process.env, [PARENT]: String(gone) } });
  expect(signal).toBe('SIGKILL');
});

it('a killed build leaves no process that writes, and the next build works and cleans up', async () => {
  const content = join(folder, 'content');
  await mkdir(join(content, 'incidents'), { recursive: true });
  writeFileSync(join(content, 'site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
  writeFileSync(join(content, 'components.yml'), '- id: website\n  name: Website\n');
  const env = buildEnvironment({ STATUS_CONTENT: content });
  const args = ['scripts/cli.ts', 'build', '--outDir', join(folder, 'site')];
  const { pid = 0 } = spawn(process.execPath, args, { env, stdio: 'ignore', detached: true });
  const leftBehind = () => readdirSync(folder).filter((name) => name.startsWith('.site-'));
  await until(() => leftBehind().length > 0);
  process.kill(pid, 'SIGKILL');
  await until(() => !groupRuns(pid));
  expect(await buildSite(join(folder, 'site'), env)).toBe(0);
  expect(existsSync(join(folder, 'site', 'index.html'))).toBe(true);
  expect(leftBehind()).toEqual([]);
});

it('a folder is cleared away while another process writes into it, and when it is not there', async () => {
  const place = join(folder, 'work');
  const writer = `const { mkdirSync, writeFileSync } = require('node:fs');
for (let n = 0; ; n++) try { mkdirSync(process.argv[1] + '/a', { recursive: true }); writeFileSync(process.argv[1] + '/a/' + n, ''); } catch {}`;
  const child = spawn(process.execPath, ['-e', writer, place], { stdio: 'ignore' });
  try {
    for (let round = 0; round < 20; round++) {
      await until(() => existsSync(place));
      await clearAway(place);
    }
  } finally {
    child.kill('SIGKILL');
  }
  await clearAway(join(folder, 'nowhere'));
});
