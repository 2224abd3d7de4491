import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SITE } from '../../src/__tests__/support/authoring.ts';
import { commitFiles, everything, head, NEW, OLD, Shelf, upgrade } from '../../src/__tests__/support/upgrade.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

describe('upgrade changes nothing', () => {
  it('when the version is the same', async () => {
    const project = await shelf.repository({ ...OLD, 'content/site.yml': `${SITE}locale: en\n` });
    const before = everything(project);
    const { out, code } = await upgrade(project, (await shelf.repository(OLD)).folder);
    expect(out).toMatch(/^This project already is Candor 0\.1\.0, the same as in the folder .*\. Nothing changed\.\n$/);
    expect(code).toBe(0);
    expect(everything(project)).toBe(before);
  });

  it('in a dry run', async () => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    const { out, code } = await upgrade(project, 'v0.2.0', '--from', (await shelf.upstream()).folder, '--dry-run');
    expect(out).toContain('  removed  src/gone.ts\n');
    expect(out).toMatch(/\nThis was a dry run\. Nothing was written\.\n$/);
    expect(code).toBe(0);
    expect(everything(project)).toBe(before);
  });

  it.each([
    ['a changed file', { 'src/same.ts': 'mine\n', 'content/site.yml': 'x\n' }, 'src/same.ts'],
    ['a staged file', { 'src/staged.ts': 'mine\n' }, 'src/staged.ts'],
    ['a CODEOWNERS beside it', { '.github/workflows/x.yml': '', '.github/CODEOWNERS': 'x' }, '.github/workflows/x.yml'],
  ])('when %s is not committed', async (_what, changed, named) => {
    const project = await shelf.repository(OLD);
    for (const [path, text] of Object.entries(changed)) await project.write(path, text);
    project.git('add', '--intent-to-add', '--all');
    const before = everything(project);
    const { err, code } = await upgrade(project, (await shelf.folder(NEW)).folder);
    expect(err).toBe(
      `The upgrade would overwrite changes that are not committed: ${named}. ` +
        'Commit them, or discard them with git restore --staged --worktree FILE.\nNothing was written.\n',
    );
    expect(code).toBe(1);
    expect(everything(project)).toBe(before);
  });

  it('when a deletion is not committed', async () => {
    const project = await shelf.repository(OLD);
    await rm(join(project.folder, 'src/gone.ts'));
    expect((await upgrade(project, (await shelf.folder(NEW)).folder)).err).toContain('not committed: src/gone.ts.');
  });

  it.each([
    ['that Git does not have', 'src/deep/come.ts'],
    ['that Git ignores', 'src/run.log'],
  ])('when a file %s is in the way', async (_what, path) => {
    const project = await shelf.repository(OLD);
    await project.write(path, 'mine\n');
    const before = head(project);
    const { err, code } = await upgrade(project, (await shelf.folder({ ...NEW, [path]: 'theirs\n' })).folder);
    expect(err).toContain(path);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    expect(await project.read(path)).toBe('mine\n');
    expect(await project.read('src/gone.ts')).toBe('old\n');
    expect(head(project)).toBe(before);
    expect(project.git('diff', 'HEAD')).toBe('');
  });

  it.each([
    ['another name', { 'package.json': '{ "name": "x", "version": "1.0.0" }' }],
    ['no scripts/cli.ts', { 'scripts/cli.ts': undefined }],
    ['a broken package.json', { 'package.json': '{' }],
    ['no package.json', { 'package.json': undefined }],
  ])('when the folder is not Candor. %s', async (_what, other) => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    const all = Object.entries({ ...NEW, ...other }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const wrong = Object.fromEntries(all);
    for (const { folder } of [await shelf.folder(wrong), await shelf.repository(wrong)]) {
      const { err, code } = await upgrade(project, folder);
      expect(err).toBe(
        `The folder ${folder} is not Candor. Candor has a package.json with the name candor, a folder src and a file scripts/cli.ts.\nNothing was written.\n`,
      );
      expect(code).toBe(1);
    }
    expect(everything(project)).toBe(before);
  });

  it('when a tag is no Candor', async () => {
    const project = await shelf.repository(OLD);
    const other = await shelf.repository({ 'package.json': '{}' });
    const { err } = await upgrade(project, 'main', '--from', other.folder);
    expect(err).toMatch(/^The branch main is not Candor. /);
  });

  it('when the folder is the project itself, or is not there', async () => {
    const project = await shelf.repository(OLD);
    expect((await upgrade(project, '.')).err).toContain('is this project itself. Use the folder of another version');
    expect((await upgrade(project, '../nowhere-to-be-found')).err).toBe(
      'There is no folder ../nowhere-to-be-found.\nNothing was written.\n',
    );
  });

  it('outside Git, before the first commit, and off a branch', async () => {
    const release = await shelf.folder(NEW);
    const project = await shelf.folder(OLD);
    expect(await upgrade(project, release.folder)).toMatchObject({
      err: 'This folder is not in a Git repository. The upgrade needs one so that you can undo it. Run git init first. Then run git add --all and git commit, and start again.\nNothing was written.\n',
      code: 1,
    });
    project.git('init', '--quiet');
    expect((await upgrade(project, release.folder)).err).toContain('The repository has no commit yet.');
    await commitFiles(project, {});
    project.git('switch', '--quiet', '--detach');
    expect((await upgrade(project, release.folder)).err).toContain('No branch is checked out.');
    expect(await project.read('scripts/cli.ts')).toBe('old\n');
  });

  it('in a repository that is no Candor', async () => {
    const project = await shelf.repository({ 'package.json': '{ "name": "shop", "version": "1.0.0" }' });
    const { err } = await upgrade(project, (await shelf.folder(NEW)).folder);
    expect(err).toMatch(/^The last commit of this project is not Candor. /);
  });
});
