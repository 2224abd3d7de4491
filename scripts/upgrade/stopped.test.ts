import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { SITE } from '../../src/__tests__/support/authoring.ts';
import { head, NEW, OLD, Shelf, upgrade } from '../../src/__tests__/support/upgrade.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

describe('upgrade, stopped in the middle', () => {
  /** Makes Git fail while it writes the new files. */
  async function stopped(): Promise<{ project: Workshop; err: string; before: string }> {
    const project = await shelf.repository(OLD);
    project.git('config', 'filter.broken.smudge', 'false');
    project.git('config', 'filter.broken.required', 'true');
    await project.write('content/site.yml', `${SITE}locale: en\n`);
    project.git('add', 'content');
    const before = project.git('rev-parse', 'HEAD^{tree}');
    const release = await shelf.folder({ ...NEW, '.gitattributes': 'src/deep/come.ts filter=broken\n' });
    const { err, code } = await upgrade(project, release.folder);
    expect(code).toBe(1);
    expect(project.git('status', '--porcelain', 'src')).not.toBe('');
    project.git('config', '--remove-section', 'filter.broken');
    return { project, err, before };
  }

  const commands = (err: string): string[] => err.split('\n').filter((line) => line.startsWith('  git '));
  const inShell = ({ folder }: Workshop, command: string): void => {
    const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: folder });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  };

  it('says what finishes it', async () => {
    const { project, err } = await stopped();
    expect(err).toContain('content/ and public/ did not change. To finish, run:');
    for (const command of commands(err).slice(0, 2)) inShell(project, command);
    expect(project.git('status', '--porcelain')).toBe('M  content/site.yml');
    expect(project.git('log', '-1', '--format=%s')).toBe('Upgrade Candor to 0.2.0');
    expect(await project.read('src/deep/come.ts')).toBe('new\n');
    expect(await project.read('content/site.yml')).toBe(`${SITE}locale: en\n`);
  });

  it('says what takes it back', async () => {
    const { project, err, before } = await stopped();
    for (const command of [0, 2].map((at) => commands(err)[at] ?? '')) inShell(project, command);
    expect(project.git('status', '--porcelain')).toBe('M  content/site.yml');
    expect(project.git('rev-parse', 'HEAD^{tree}')).toBe(before);
    expect(await project.read('src/gone.ts')).toBe('old\n');
  });
});

describe('upgrade --json', () => {
  it('prints what was done', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.repository(NEW);
    const { out, code } = await upgrade(project, release.folder, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      from: '0.1.0',
      to: '0.2.0',
      source: expect.stringContaining(release.folder),
      sourceCommit: head(release),
      added: ['src/deep/come.ts'],
      changed: ['package.json', 'scripts/cli.ts'],
      removed: ['src/gone.ts'],
      changedHere: [],
      offered: ['content/templates/late.md', 'public/robots.txt'],
      written: true,
      commit: head(project),
    });
    expect(JSON.parse((await upgrade(project, release.folder, '--json')).out)).toMatchObject({
      written: false,
      changed: [],
    });
  });

  it('prints why nothing was done', async () => {
    const project = await shelf.repository(OLD);
    const { out, err, code } = await upgrade(project, 'v9', '--json');
    expect(JSON.parse(out)).toMatchObject({
      error: expect.stringContaining('Add --from URL'),
      state: 'Nothing was written.',
    });
    expect(err).toBe('');
    expect(code).toBe(1);
  });
});
