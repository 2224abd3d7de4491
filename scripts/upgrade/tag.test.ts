import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SITE } from '../../src/__tests__/support/authoring.ts';
import { commitFiles, everything, head, OLD, packageOf, Shelf, upgrade } from '../../src/__tests__/support/upgrade.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

const HOSTILE = [
  '; touch pwned',
  '$(touch pwned)',
  '--upload-pack=touch pwned',
  '-c core.sshCommand=x',
  'v0.*',
  'v0.2.0:refs/heads/main',
  '../tags/v0.2.0',
  '',
];

describe('upgrade to the same version', () => {
  it('brings back what was changed in the project', async () => {
    const project = await shelf.repository({ ...OLD, 'src/same.ts': 'mine\n' });
    const release = await shelf.repository(OLD);
    expect((await upgrade(project, release.folder)).out).toContain('  changed  src/same.ts\n\n1 file: ');
    expect(project.git('log', '-1', '--format=%s')).toBe(`Upgrade Candor to 0.1.0 (${head(release).slice(0, 12)})`);
  });
});

describe('upgrade to a tag', () => {
  it.each([
    ['v0.2.0', 'tag', '0.2.0'],
    ['next', 'branch', '0.3.0'],
  ])('takes %s from the repository at --from', async (name, kind, version) => {
    const project = await shelf.repository(OLD);
    const upstream = await shelf.upstream();
    const { out, err, code } = await upgrade(project, name, '--from', upstream.folder);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain(
      `Upgrade from Candor 0.1.0 to ${version}, from the ${kind} ${name} of ${upstream.folder}, commit `,
    );
    const commit = upstream.git('-C', upstream.folder, 'rev-parse', `${name}^{commit}`);
    expect(project.git('log', '-1', '--format=%B')).toBe(
      `Upgrade Candor to ${version}\n\nThe previous version was 0.1.0. The new one comes from the ${kind} ${name} of a local repository, commit ${commit}.`,
    );
    expect(await project.read('package.json')).toBe(packageOf(version));
    expect(project.git('rev-parse', '--is-shallow-repository')).toBe('false');
    expect(project.git('rev-list', '--count', '--all')).toBe('2');
  });

  it('works in a shallow clone and in a further working tree', async () => {
    const origin = await shelf.repository(OLD);
    await commitFiles(origin, { 'content/site.yml': `${SITE}\n` });
    const upstream = await shelf.upstream();
    const project = await shelf.folder({});
    for (const path of ['content', 'public']) await rm(join(project.folder, path), { recursive: true, force: true });
    project.git('clone', '--quiet', '--depth=1', `file://${origin.folder}`, '.');
    expect(await upgrade(project, 'v0.2.0', '--from', upstream.folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('rev-list', '--count', 'HEAD')).toBe('2');
    expect(project.git('fsck', '--no-dangling')).toBe('');
    await rm(project.folder, { recursive: true });
    origin.git('worktree', 'add', '--quiet', '-b', 'try', project.folder);
    expect(await upgrade(project, 'v0.2.0', '--from', upstream.folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('log', '-1', '--format=%s', 'try')).toBe('Upgrade Candor to 0.2.0');
  });

  it('takes the address from package.json, and --from from where it is started', async () => {
    const upstream = await shelf.upstream();
    const project = await shelf.repository({
      ...OLD,
      'package.json': packageOf('0.1.0', { repository: `file://${upstream.folder}` }),
    });
    expect(await upgrade(project, 'v0.2.0', '--dry-run')).toMatchObject({ err: '', code: 0 });
    project.git('clone', '--quiet', '--bare', upstream.folder, 'near.git');
    expect(await upgrade(project, 'v0.2.0', '--from', 'near.git')).toMatchObject({ err: '', code: 0 });
  });

  it('remembers where it found a version that does not say it', async () => {
    const upstream = await shelf.upstream();
    const project = await shelf.repository(OLD);
    const address = 'https://git.example/candor.git';
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.file://${upstream.folder}.insteadOf`,
      GIT_CONFIG_VALUE_0: address,
    };
    const given = ['upgrade', 'v0.2.0', '--from', address.replace('git.', 'ada:secret@git.')];
    const reached = { ...env, GIT_CONFIG_VALUE_0: given.at(-1) ?? '' };
    expect(await project.call(given, { env: reached })).toMatchObject({ err: '', code: 0 });
    expect(await project.read('package.json')).toBe(packageOf('0.2.0', { repository: address }));
    expect(await project.call(['upgrade', 'next'], { env })).toMatchObject({ err: '', code: 0 });
    expect(await project.read('package.json')).toBe(packageOf('0.3.0', { repository: address }));
    expect((await project.call(['upgrade', 'next'], { env })).out).toContain('Nothing changed.');
  });

  it('asks for the repository at a terminal', async () => {
    const upstream = await shelf.upstream();
    const project = await shelf.repository(OLD);
    const steps = [['What is the URL of Candor', upstream.folder, '\r']] as const;
    const { screen, code } = await project.drive(['upgrade', 'v0.2.0'], steps);
    expect(screen).toContain('Upgrade from Candor 0.1.0 to 0.2.0');
    expect(code).toBe(0);
    expect(await project.read('package.json')).toBe(packageOf('0.2.0'));
  });

  it('says what to give when nothing names a repository', async () => {
    const project = await shelf.repository(OLD);
    expect(await upgrade(project, 'v0.2.0')).toEqual({
      out: '',
      err: 'There is no folder v0.2.0, and no repository is set in which it could be a tag. Add --from URL, or add to package.json: "repository": "URL".\nNothing was written.\n',
      code: 1,
    });
  });

  it('finds no tag for a hostile name, and does nothing else with it', async () => {
    const project = await shelf.repository(OLD);
    const upstream = await shelf.upstream();
    const before = everything(project);
    for (const name of HOSTILE) {
      const { err, code } = await upgrade(project, '--from', upstream.folder, '--', name);
      expect(err).toBe(
        `There is no tag or branch ${name} in ${upstream.folder}. Its tags are v0.2.0 and v0.1.0.\nNothing was written.\n`,
      );
      expect(code).toBe(1);
    }
    expect(everything(project)).toBe(before);
  });

  it('takes an option for no address', async () => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    const { err, code } = await upgrade(project, 'v0.2.0', '--from=--upload-pack=touch pwned;');
    expect(err).toMatch(/^git ls-remote failed: .*--upload-pack=touch pwned;.*\nNothing was written\.\n$/s);
    expect(code).toBe(1);
    expect(everything(project)).toBe(before);
  });

  it('runs no program that an address names', async () => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    expect((await upgrade(project, 'v0.2.0', '--from', 'ext::sh -c "touch pwned"')).code).toBe(1);
    expect(everything(project)).toBe(before);
  });
});
