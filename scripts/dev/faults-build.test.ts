import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildEnvironment } from '../../src/__tests__/support/sites.ts';

const CLI = join(import.meta.dirname, '../cli.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-faults-'));
  await cp('src/__tests__/example', join(folder, 'content'), { recursive: true });
  await mkdir(join(folder, 'site'));
  await writeFile(join(folder, 'site', 'build.json'), 'old');
});
afterEach(() => rm(folder, { recursive: true }));

function start() {
  const env = buildEnvironment({ STATUS_CONTENT: join(folder, 'content') });
  return spawn(process.execPath, [CLI, 'build', '--outDir', join(folder, 'site')], { env, stdio: 'ignore' });
}

/** The folder in which a build prepares what is new. */
const preparedFolder = (): string | undefined => readdirSync(folder).find((name) => name.startsWith('.site-'));

/** Processes that still build into a folder. */
function builders(prepared: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`/${prepared}"`);
    } catch {
      return false;
    }
  });
}

/** Waits for what comes, however slow the machine is: what never comes ends at the time-out of the test. */
async function until(comes: () => boolean): Promise<void> {
  while (!comes()) await pause(50);
}

describe.runIf(existsSync('/proc/self/cmdline'))('a build', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
    'that %s ends leaves the old site, and nobody who builds on',
    async (signal) => {
      const build = start();
      await until(() => builders(preparedFolder() ?? 'none yet').length > 0);
      const prepared = preparedFolder() ?? '';
      build.kill(signal);
      await once(build, 'exit');
      await until(() => builders(prepared).length === 0);
      expect(readdirSync(join(folder, 'site'))).toEqual(['build.json']);
      expect(readFileSync(join(folder, 'site', 'build.json'), 'utf8')).toBe('old');
      if (signal !== 'SIGKILL') {
        expect(preparedFolder()).toBeUndefined();
        return;
      }
      // The next one clears up, even if it fails itself.
      await writeFile(join(folder, 'content', 'components.yml'), 'no list\n');
      await once(start(), 'exit');
      expect(preparedFolder()).toBeUndefined();
    },
  );
});
