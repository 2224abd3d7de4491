import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COMPONENTS, SITE } from '../../src/__tests__/support/authoring.ts';
import { commitFiles, Shelf } from '../../src/__tests__/support/upgrade.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

describe('upgrade of this very project', () => {
  const ROOT = join(import.meta.dirname, '../..');

  /** The files of this project that Git has or would take, as they are on disk. */
  async function copyTo(folder: string): Promise<void> {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const paths = spawnSync('git', args, { cwd: ROOT }).stdout.toString().split('\0').filter(Boolean);
    for (const path of new Set(paths)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await cp(join(ROOT, path), join(folder, path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  it('leaves a project whose new check reads the old content', async () => {
    const [project, release] = [await shelf.repository({}), await shelf.repository({})];
    for (const { folder } of [project, release]) await copyTo(folder);
    await symlink(join(ROOT, 'node_modules'), join(project.folder, 'node_modules'));
    await writeFile(join(project.folder, '.git/info/exclude'), 'node_modules\n');
    await commitFiles(project, { 'content/site.yml': SITE, 'content/components.yml': COMPONENTS });
    const packageText = await readFile(join(ROOT, 'package.json'), 'utf8');
    const check = await readFile(join(ROOT, 'scripts/commands/check.ts'), 'utf8');
    await commitFiles(release, {
      'package.json': packageText.replace(/"version": ".*"/, '"version": "99.0.0"'),
      'scripts/commands/check.ts': check.replace('const reading', "out('New.\\n');\n      const reading"),
      LICENSE: undefined,
    });
    const own = (...args: string[]) => {
      const words = ['scripts/cli.ts', ...args];
      const env = { ...process.env, STATUS_CONTENT: '', STATUS_NOW: '', GIT_AUTHOR_NAME: 'A', GIT_COMMITTER_NAME: 'A' };
      const emails = { GIT_AUTHOR_EMAIL: 'a@acme.example', GIT_COMMITTER_EMAIL: 'a@acme.example' };
      const { stdout, stderr } = spawnSync(process.execPath, words, {
        cwd: project.folder,
        env: { ...env, ...emails },
      });
      return `${stdout}${stderr}`;
    };
    expect(own('check')).not.toContain('New.');
    expect(own('upgrade', release.folder)).toContain('3 files: 0 added, 2 changed, 1 removed.');
    expect(own('check')).toMatch(/^New\.\n/);
    expect(project.git('status', '--porcelain')).toBe('');
    expect(await project.read('content/site.yml')).toBe(SITE);
  });
});
