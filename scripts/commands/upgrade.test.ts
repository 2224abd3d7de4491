import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { COMPONENTS, SITE } from '../../src/__tests__/support/authoring.ts';
import { commitFiles, head, NEW, OLD, packageOf, Shelf, upgrade } from '../../src/__tests__/support/upgrade.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

const files = (project: Workshop): string[] => project.git('ls-files').split('\n');

describe('upgrade', () => {
  it('replaces everything but the places of the owner, in one commit', async () => {
    const project = await shelf.repository({
      ...OLD,
      'content/incidents/mine.md': 'mine\n',
      'content/i18n/en.json': '{}\n',
      'own/note.txt': 'mine\n',
    });
    const before = head(project);
    const release = await shelf.folder(NEW);
    const { out, err, code } = project.run(['upgrade', release.folder]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(files(project)).toEqual([
      '.ci/run',
      '.github/CODEOWNERS',
      '.gitignore',
      'content/components.yml',
      'content/i18n/en.json',
      'content/incidents/mine.md',
      'content/site.yml',
      'content/templates/holding.md',
      'package-lock.json',
      'package.json',
      'public/_headers',
      'scripts/cli.ts',
      'src/deep/come.ts',
      'src/same.ts',
    ]);
    expect(project.git('diff', '--name-only', before, 'HEAD', '--', 'content', 'public', '.github')).toBe('');
    expect(await project.read('package.json')).toBe(packageOf('0.2.0'));
    expect(project.git('status', '--porcelain')).toBe('');
    expect(project.git('rev-list', '--parents', '-1', 'HEAD')).toBe(`${head(project)} ${before}`);
    expect(project.git('log', '-1', '--format=%an: %B')).toBe(
      'Ada: Upgrade Candor to 0.2.0\n\nThe previous version was 0.1.0. The new one comes from an unpacked copy.',
    );
    expect(out).toContain(
      [
        '  removed  own/note.txt',
        '  changed  package.json',
        '  changed  scripts/cli.ts',
        '  added    src/deep/come.ts',
        '  removed  src/gone.ts',
        '',
        '6 files: 1 added, 3 changed, 2 removed. content/, public/, .github/CODEOWNERS and .github/ISSUE_TEMPLATE/ stay as they are.',
      ].join('\n'),
    );
  });

  it('names the files that it offers, and what to do next', async () => {
    const project = await shelf.repository(OLD);
    const { out } = await upgrade(project, (await shelf.folder({ ...NEW, 'package-lock.json': '{ }\n' })).folder);
    expect(out).toContain(
      'The new version has 2 files for your own folders that you do not have. Copy what you need:\n' +
        '  content/templates/late.md\n  public/robots.txt\n',
    );
    expect(out).toContain('Next: npm ci && npm run check (the dependencies have changed)\n');
  });

  it('leaves the issue forms of the owner, and brings none of the example', async () => {
    const form = '.github/ISSUE_TEMPLATE/report-incident.yml';
    const release = await shelf.folder({ ...NEW, [form]: 'of the example\n' });
    const [having, lacking] = [await shelf.repository({ ...OLD, [form]: 'mine\n' }), await shelf.repository(OLD)];
    for (const project of [having, lacking]) expect((await upgrade(project, release.folder)).code).toBe(0);
    expect(await having.read(form)).toBe('mine\n');
    expect(files(lacking)).not.toContain(form);
  });

  it('can be taken back with git revert', async () => {
    const project = await shelf.repository(OLD);
    const tree = project.git('rev-parse', 'HEAD^{tree}');
    await upgrade(project, (await shelf.folder(NEW)).folder);
    project.git('revert', '--no-edit', 'HEAD');
    expect(project.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  });

  it('leaves a file of the owners away that the owner took away', async () => {
    const project = await shelf.repository(OLD);
    await commitFiles(project, { '.github/CODEOWNERS': undefined, 'public/_headers': undefined });
    expect((await upgrade(project, (await shelf.folder(NEW)).folder)).code).toBe(0);
    expect(files(project).filter((path) => /CODEOWNERS|public/.test(path))).toEqual([]);
  });

  it('keeps what is not committed in content/ and public/, staged or not', async () => {
    const project = await shelf.repository(OLD);
    await project.write('content/site.yml', `${SITE}locale: en\n`);
    await project.write('content/components.yml', `${COMPONENTS}\n`);
    await project.write('public/new.svg', '<svg/>');
    project.git('add', 'content/components.yml');
    const before = project.git('status', '--porcelain');
    expect(await upgrade(project, (await shelf.folder(NEW)).folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('status', '--porcelain')).toBe(before);
    expect(await project.read('content/components.yml')).toBe(`${COMPONENTS}\n`);
  });

  it('leaves files alone that Git does not have', async () => {
    const project = await shelf.repository(OLD);
    await project.write('.env', 'SECRET=1\n');
    await project.write('node_modules/x/index.js', 'mine\n');
    const release = await shelf.folder({ ...NEW, 'node_modules/x/index.js': 'theirs\n', 'dist/x.html': 'theirs\n' });
    expect((await upgrade(project, release.folder)).code).toBe(0);
    expect(await project.read('.env')).toBe('SECRET=1\n');
    expect(await project.read('node_modules/x/index.js')).toBe('mine\n');
    expect(files(project).filter((path) => /^(node_modules|dist)/.test(path))).toEqual([]);
  });

  it('brings executable files, ignored files and line ends as they are', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.folder({ ...NEW, 'src/dos.txt': 'a\r\nb\r\n', 'src/kept.log': 'log\n' });
    project.git('config', 'core.autocrlf', 'input');
    project.git('config', 'core.excludesFile', join(release.folder, '.gitignore'));
    expect((await upgrade(project, release.folder)).code).toBe(0);
    expect((await stat(join(project.folder, '.ci/run'))).mode & 0o111).toBe(0o111);
    expect(project.git('ls-files', '--stage', '.ci/run')).toMatch(/^100755 /);
    expect(await project.read('src/dos.txt')).toBe('a\r\nb\r\n');
    expect(await project.read('src/kept.log')).toBe('log\n');
    expect(project.git('ls-files', '--eol', 'src/dos.txt')).toMatch(/^i\/crlf/);
  });

  it('follows the line ends that the new version states', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.folder({ ...NEW, '.gitattributes': '* text=auto eol=lf\n', 'src/dos.txt': 'a\r\n' });
    expect((await upgrade(project, release.folder)).code).toBe(0);
    expect(await project.read('src/dos.txt')).toBe('a\n');
    expect(project.git('status', '--porcelain')).toBe('');
  });

  it('takes what is committed in a folder that is a working tree of Git', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.repository(NEW);
    await release.write('src/same.ts', 'not committed\n');
    await release.write('src/secret.ts', 'not committed\n');
    const { out } = await upgrade(project, release.folder);
    const commit = head(release);
    expect(out).toContain(`at its latest commit (${commit.slice(0, 12)}), without uncommitted changes.`);
    expect(await project.read('src/same.ts')).toBe('same\n');
    expect(files(project)).not.toContain('src/secret.ts');
    expect(project.git('log', '-1', '--format=%b')).toBe(
      `The previous version was 0.1.0. The new one comes from commit ${commit}.`,
    );
  });

  it('upgrades a project in a folder of a larger repository, and nothing beside it', async () => {
    const project = await shelf.repository({ 'package.json': '{}\n', 'src/other.ts': 'other\n' });
    for (const [path, text] of Object.entries(OLD)) await project.write(`status/${path}`, text);
    await commitFiles(project, {});
    const before = head(project);
    const cli = join(import.meta.dirname, '../cli.ts');
    const args = [cli, 'upgrade', (await shelf.folder(NEW)).folder];
    const env = { ...process.env, GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@acme.example' };
    const who = { GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@acme.example' };
    const { stderr, status } = spawnSync(process.execPath, args, {
      cwd: join(project.folder, 'status'),
      env: { ...env, ...who },
    });
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
    expect(project.git('diff', '--name-only', '--no-renames', before, 'HEAD').split('\n')).toEqual([
      'status/.ci/run',
      'status/package.json',
      'status/scripts/cli.ts',
      'status/src/deep/come.ts',
      'status/src/gone.ts',
    ]);
    expect(project.git('status', '--porcelain')).toBe('');
  });

  it('says which replaced files were changed in this repository, since the first commit and since an upgrade', async () => {
    const project = await shelf.repository(OLD);
    const first = head(project);
    await commitFiles(project, { 'scripts/cli.ts': 'mine\n', 'content/site.yml': `${SITE}\n` });
    const { out } = await upgrade(project, (await shelf.folder(NEW)).folder);
    expect(out).toContain(
      `1 of these files was changed in this repository since commit ${first.slice(0, 7)}: scripts/cli.ts.`,
    );
    const upgraded = head(project);
    await commitFiles(project, { 'src/same.ts': 'mine\n', 'src/own.ts': 'mine\n' });
    const next = await shelf.folder({ ...NEW, 'package.json': packageOf('0.3.0') });
    expect((await upgrade(project, next.folder)).out).toContain(
      `2 of these files were changed in this repository since commit ${upgraded.slice(0, 7)}: src/own.ts and src/same.ts.`,
    );
  });
});
