import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workshop } from '../author/testing.ts';
import { COMPONENTS, SITE } from '../author/testing.ts';
import { commitFiles, NEW, OLD, packageOf, Shelf } from '../upgrade/testing.ts';

let shelf: Shelf;
beforeEach(() => void (shelf = new Shelf()));
afterEach(() => shelf[Symbol.asyncDispose]());

const upgrade = (project: Workshop, ...args: string[]) => project.run(['upgrade', ...args]);
const head = (project: Workshop): string => project.git('rev-parse', 'HEAD');
const files = (project: Workshop): string[] => project.git('ls-files').split('\n');

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

/** What a refused or a dry upgrade must not have touched. */
const everything = (project: Workshop): string =>
  ['for-each-ref', 'status --porcelain --ignored', 'ls-files --stage', 'count-objects -v']
    .map((command) => project.git(...command.split(' ')))
    .join('\n');

describe('upgrade', () => {
  it('replaces everything but the places of the owner, in one commit', async () => {
    const project = await shelf.repository({ ...OLD, 'content/incidents/mine.md': 'mine\n', 'own/note.txt': 'mine\n' });
    const before = head(project);
    const release = await shelf.folder(NEW);
    const { out, err, code } = upgrade(project, release.folder);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(files(project)).toEqual([
      '.ci/run',
      '.github/CODEOWNERS',
      '.gitignore',
      'content/components.yml',
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
      'Ada: Upgrade Candor to 0.2.0\n\nIt was 0.1.0. It comes from an unpacked copy.',
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
    const { out } = upgrade(project, (await shelf.folder({ ...NEW, 'package-lock.json': '{ }\n' })).folder);
    expect(out).toContain(
      'The new version has 2 files for your own folders that you do not have. Copy what you like:\n' +
        '  content/templates/late.md\n  public/robots.txt\n',
    );
    expect(out).toContain('Next: npm ci && npm run check (the dependencies have changed)\n');
  });

  it('leaves the issue forms of the owner, and brings none of the example', async () => {
    const form = '.github/ISSUE_TEMPLATE/report-incident.yml';
    const release = await shelf.folder({ ...NEW, [form]: 'of the example\n' });
    const [having, lacking] = [await shelf.repository({ ...OLD, [form]: 'mine\n' }), await shelf.repository(OLD)];
    for (const project of [having, lacking]) expect(upgrade(project, release.folder).code).toBe(0);
    expect(await having.read(form)).toBe('mine\n');
    expect(files(lacking)).not.toContain(form);
  });

  it('can be taken back with git revert', async () => {
    const project = await shelf.repository(OLD);
    const tree = project.git('rev-parse', 'HEAD^{tree}');
    upgrade(project, (await shelf.folder(NEW)).folder);
    project.git('revert', '--no-edit', 'HEAD');
    expect(project.git('rev-parse', 'HEAD^{tree}')).toBe(tree);
  });

  it('leaves a file of the owners away that the owner took away', async () => {
    const project = await shelf.repository(OLD);
    await commitFiles(project, { '.github/CODEOWNERS': undefined, 'public/_headers': undefined });
    expect(upgrade(project, (await shelf.folder(NEW)).folder).code).toBe(0);
    expect(files(project).filter((path) => /CODEOWNERS|public/.test(path))).toEqual([]);
  });

  it('keeps what is not committed in content/ and public/, staged or not', async () => {
    const project = await shelf.repository(OLD);
    await project.write('content/site.yml', `${SITE}locale: en\n`);
    await project.write('content/components.yml', `${COMPONENTS}\n`);
    await project.write('public/new.svg', '<svg/>');
    project.git('add', 'content/components.yml');
    const before = project.git('status', '--porcelain');
    expect(upgrade(project, (await shelf.folder(NEW)).folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('status', '--porcelain')).toBe(before);
    expect(await project.read('content/components.yml')).toBe(`${COMPONENTS}\n`);
  });

  it('leaves files alone that Git does not have', async () => {
    const project = await shelf.repository(OLD);
    await project.write('.env', 'SECRET=1\n');
    await project.write('node_modules/x/index.js', 'mine\n');
    const release = await shelf.folder({ ...NEW, 'node_modules/x/index.js': 'theirs\n', 'dist/x.html': 'theirs\n' });
    expect(upgrade(project, release.folder).code).toBe(0);
    expect(await project.read('.env')).toBe('SECRET=1\n');
    expect(await project.read('node_modules/x/index.js')).toBe('mine\n');
    expect(files(project).filter((path) => /^(node_modules|dist)/.test(path))).toEqual([]);
  });

  it('brings executable files, ignored files and line ends as they are', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.folder({ ...NEW, 'src/dos.txt': 'a\r\nb\r\n', 'src/kept.log': 'log\n' });
    project.git('config', 'core.autocrlf', 'input');
    project.git('config', 'core.excludesFile', join(release.folder, '.gitignore'));
    expect(upgrade(project, release.folder).code).toBe(0);
    expect((await stat(join(project.folder, '.ci/run'))).mode & 0o111).toBe(0o111);
    expect(project.git('ls-files', '--stage', '.ci/run')).toMatch(/^100755 /);
    expect(await project.read('src/dos.txt')).toBe('a\r\nb\r\n');
    expect(await project.read('src/kept.log')).toBe('log\n');
    expect(project.git('ls-files', '--eol', 'src/dos.txt')).toMatch(/^i\/crlf/);
  });

  it('follows the line ends that the new version states', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.folder({ ...NEW, '.gitattributes': '* text=auto eol=lf\n', 'src/dos.txt': 'a\r\n' });
    expect(upgrade(project, release.folder).code).toBe(0);
    expect(await project.read('src/dos.txt')).toBe('a\n');
    expect(project.git('status', '--porcelain')).toBe('');
  });

  it('takes what is committed in a folder that is a working tree of Git', async () => {
    const project = await shelf.repository(OLD);
    const release = await shelf.repository(NEW);
    await release.write('src/same.ts', 'not committed\n');
    await release.write('src/secret.ts', 'not committed\n');
    const { out } = upgrade(project, release.folder);
    const commit = head(release);
    expect(out).toContain(`as it is committed there (${commit.slice(0, 12)}); what is not committed is left out.`);
    expect(await project.read('src/same.ts')).toBe('same\n');
    expect(files(project)).not.toContain('src/secret.ts');
    expect(project.git('log', '-1', '--format=%b')).toBe(`It was 0.1.0. It comes from commit ${commit}.`);
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
    const { out } = upgrade(project, (await shelf.folder(NEW)).folder);
    expect(out).toContain(
      `1 of these files was changed in this repository since the commit ${first.slice(0, 7)}: scripts/cli.ts.`,
    );
    const upgraded = head(project);
    await commitFiles(project, { 'src/same.ts': 'mine\n', 'src/own.ts': 'mine\n' });
    const next = await shelf.folder({ ...NEW, 'package.json': packageOf('0.3.0') });
    expect(upgrade(project, next.folder).out).toContain(
      `2 of these files were changed in this repository since the commit ${upgraded.slice(0, 7)}: src/own.ts and src/same.ts.`,
    );
  });
});

describe('upgrade to the same version', () => {
  it('brings back what was changed in the project', async () => {
    const project = await shelf.repository({ ...OLD, 'src/same.ts': 'mine\n' });
    const release = await shelf.repository(OLD);
    expect(upgrade(project, release.folder).out).toContain('  changed  src/same.ts\n\n1 file: ');
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
    const { out, err, code } = upgrade(project, name, '--from', upstream.folder);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain(`Candor 0.1.0 becomes ${version}, from the ${kind} ${name} of ${upstream.folder}, commit `);
    const commit = upstream.git('-C', upstream.folder, 'rev-parse', `${name}^{commit}`);
    expect(project.git('log', '-1', '--format=%B')).toBe(
      `Upgrade Candor to ${version}\n\nIt was 0.1.0. It comes from the ${kind} ${name} of a local repository, commit ${commit}.`,
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
    expect(upgrade(project, 'v0.2.0', '--from', upstream.folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('rev-list', '--count', 'HEAD')).toBe('2');
    expect(project.git('fsck', '--no-dangling')).toBe('');
    await rm(project.folder, { recursive: true });
    origin.git('worktree', 'add', '--quiet', '-b', 'try', project.folder);
    expect(upgrade(project, 'v0.2.0', '--from', upstream.folder)).toMatchObject({ err: '', code: 0 });
    expect(project.git('log', '-1', '--format=%s', 'try')).toBe('Upgrade Candor to 0.2.0');
  });

  it('takes the address from package.json, and --from from where it is started', async () => {
    const upstream = await shelf.upstream();
    const project = await shelf.repository({
      ...OLD,
      'package.json': packageOf('0.1.0', { repository: `file://${upstream.folder}` }),
    });
    expect(upgrade(project, 'v0.2.0', '--dry-run')).toMatchObject({ err: '', code: 0 });
    project.git('clone', '--quiet', '--bare', upstream.folder, 'near.git');
    expect(upgrade(project, 'v0.2.0', '--from', 'near.git')).toMatchObject({ err: '', code: 0 });
  });

  it('says what to give when nothing names a repository', async () => {
    const project = await shelf.repository(OLD);
    expect(upgrade(project, 'v0.2.0')).toEqual({
      out: '',
      err:
        'There is no folder v0.2.0, and nothing says which repository it could be a tag of. ' +
        'Add --from ADDRESS, or write into package.json: "repository": "ADDRESS".\nNothing was written.\n',
      code: 1,
    });
  });

  it('finds no tag for a hostile name, and does nothing else with it', async () => {
    const project = await shelf.repository(OLD);
    const upstream = await shelf.upstream();
    const before = everything(project);
    for (const name of HOSTILE) {
      const { err, code } = upgrade(project, '--from', upstream.folder, '--', name);
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
    const { err, code } = upgrade(project, 'v0.2.0', '--from=--upload-pack=touch pwned;');
    expect(err).toMatch(/^git ls-remote failed: .*--upload-pack=touch pwned;.*\nNothing was written\.\n$/s);
    expect(code).toBe(1);
    expect(everything(project)).toBe(before);
  });

  it('runs no program that an address names', async () => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    expect(upgrade(project, 'v0.2.0', '--from', 'ext::sh -c "touch pwned"').code).toBe(1);
    expect(everything(project)).toBe(before);
  });
});

describe('upgrade changes nothing', () => {
  it('when the version is the same', async () => {
    const project = await shelf.repository({ ...OLD, 'content/site.yml': `${SITE}locale: en\n` });
    const before = everything(project);
    const { out, code } = upgrade(project, (await shelf.repository(OLD)).folder);
    expect(out).toMatch(/^This project is Candor 0\.1\.0 already, just as in the folder .*\. Nothing changed\.\n$/);
    expect(code).toBe(0);
    expect(everything(project)).toBe(before);
  });

  it('in a dry run', async () => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    const { out, code } = upgrade(project, 'v0.2.0', '--from', (await shelf.upstream()).folder, '--dry-run');
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
    const { err, code } = upgrade(project, (await shelf.folder(NEW)).folder);
    expect(err).toBe(
      `Upgrade would replace changes that are not committed: ${named}. ` +
        'Commit them, or drop them with git restore --staged --worktree FILE.\nNothing was written.\n',
    );
    expect(code).toBe(1);
    expect(everything(project)).toBe(before);
  });

  it('when a deletion is not committed', async () => {
    const project = await shelf.repository(OLD);
    await rm(join(project.folder, 'src/gone.ts'));
    expect(upgrade(project, (await shelf.folder(NEW)).folder).err).toContain('not committed: src/gone.ts.');
  });

  it.each([
    ['that Git does not have', 'src/deep/come.ts'],
    ['that Git ignores', 'src/run.log'],
  ])('when a file %s is in the way', async (_what, path) => {
    const project = await shelf.repository(OLD);
    await project.write(path, 'mine\n');
    const before = head(project);
    const { err, code } = upgrade(project, (await shelf.folder({ ...NEW, [path]: 'theirs\n' })).folder);
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
  ])('when the folder is no Candor: %s', async (_what, other) => {
    const project = await shelf.repository(OLD);
    const before = everything(project);
    const all = Object.entries({ ...NEW, ...other }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const wrong = Object.fromEntries(all);
    for (const { folder } of [await shelf.folder(wrong), await shelf.repository(wrong)]) {
      const { err, code } = upgrade(project, folder);
      expect(err).toBe(
        `The folder ${folder} is no Candor: one has a package.json with the name candor, a folder src and a file scripts/cli.ts.\nNothing was written.\n`,
      );
      expect(code).toBe(1);
    }
    expect(everything(project)).toBe(before);
  });

  it('when a tag is no Candor', async () => {
    const project = await shelf.repository(OLD);
    const other = await shelf.repository({ 'package.json': '{}' });
    const { err } = upgrade(project, 'main', '--from', other.folder);
    expect(err).toMatch(/^The branch main is no Candor: /);
  });

  it('when the folder is the project itself, or is not there', async () => {
    const project = await shelf.repository(OLD);
    expect(upgrade(project, '.').err).toContain('is this project itself. Name the folder of another version');
    expect(upgrade(project, '../nowhere-to-be-found').err).toBe(
      'There is no folder ../nowhere-to-be-found.\nNothing was written.\n',
    );
  });

  it('outside Git, before the first commit, and off a branch', async () => {
    const release = await shelf.folder(NEW);
    const project = await shelf.folder(OLD);
    expect(upgrade(project, release.folder)).toMatchObject({
      err: 'This folder is in no Git repository. Upgrade needs one, so that what it replaces can be brought back. Run git init first. Then run git add --all and git commit, and start again.\nNothing was written.\n',
      code: 1,
    });
    project.git('init', '--quiet');
    expect(upgrade(project, release.folder).err).toContain('The repository has no commit yet.');
    await commitFiles(project, {});
    project.git('switch', '--quiet', '--detach');
    expect(upgrade(project, release.folder).err).toContain('No branch is checked out.');
    expect(await project.read('scripts/cli.ts')).toBe('old\n');
  });

  it('in a repository that is no Candor', async () => {
    const project = await shelf.repository({ 'package.json': '{ "name": "shop", "version": "1.0.0" }' });
    const { err } = upgrade(project, (await shelf.folder(NEW)).folder);
    expect(err).toMatch(/^The last commit of this project is no Candor: /);
  });
});

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
    const { err, code } = upgrade(project, release.folder);
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
    expect(err).toContain('content/ and public/ are as they were. This finishes it:');
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
    const { out, code } = upgrade(project, release.folder, '--json');
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
    expect(JSON.parse(upgrade(project, release.folder, '--json').out)).toMatchObject({ written: false, changed: [] });
  });

  it('prints why nothing was done', async () => {
    const project = await shelf.repository(OLD);
    const { out, err, code } = upgrade(project, 'v9', '--json');
    expect(JSON.parse(out)).toMatchObject({
      error: expect.stringContaining('Add --from ADDRESS'),
      state: 'Nothing was written.',
    });
    expect(err).toBe('');
    expect(code).toBe(1);
  });
});

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
