import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unsavedFiles } from '../lib/git.ts';
import { openRepository } from './history.ts';
import { incident, TestRepository } from '../../src/__tests__/support/publish.ts';

const A = 'content/incidents/a.md';

function shallowClone(repository: TestRepository): string {
  const clone = join(repository.root, 'clone');
  repository.git('clone', '--quiet', '--depth', '1', `file://${repository.root}`, clone);
  return clone;
}

it('a shallow clone fetches the history that it lacks', async () => {
  using repository = new TestRepository({ [A]: incident('First.') });
  repository.commit({ [A]: incident('Second.') });
  const clone = shallowClone(repository);
  const { history, lack } = await openRepository(join(clone, 'content'), 'public', process.env);
  expect(lack).toBeUndefined();
  expect(history.isWhole).toBe(true);
  expect(history.versions('incidents/a.md')).toHaveLength(2);
});

it('a shallow clone without a remote has the versions that are in it, and says what to write for all', async () => {
  using repository = new TestRepository({ [A]: incident('First.') });
  repository.commit({});
  const clone = shallowClone(repository);
  repository.git('-C', clone, 'remote', 'remove', 'origin');
  const { history, lack } = await openRepository(join(clone, 'content'), 'public', process.env);
  expect(lack).toMatch(/This clone is shallow.*\n\n {2}with:\n {4}fetch-depth: 0\n/s);
  expect(history.isWhole).toBe(false);
  expect(history.versions('incidents/a.md')).toHaveLength(1);
});

it('a folder outside of a repository has no versions, and says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-bare-'));
  const { history, lack } = await openRepository(folder, 'public', process.env);
  expect(lack).toContain('is not in a Git repository');
  expect(history.versions('site.yml')).toEqual([]);
  rmSync(folder, { recursive: true });
});

it('a repository without a commit has no versions', async () => {
  using repository = new TestRepository();
  repository.git('checkout', '--quiet', '--orphan', 'empty');
  const { history } = await openRepository(repository.content, 'public', process.env);
  expect(history.versions('site.yml')).toEqual([]);
});

it('names with spaces, quotes and letters of any script have their versions', async () => {
  const name = 'incidents/ä "b"\n語.md';
  using repository = new TestRepository({ [`content/${name}`]: incident('First.') });
  const { history } = await openRepository(repository.content, join(repository.root, 'public'), process.env);
  const [version] = history.versions(name);
  expect(version).toMatchObject({ path: name, order: 0 });
  expect([...(await history.texts([version?.blob ?? ''])).values()]).toEqual([incident('First.')]);
});

it('settings of whoever runs it change nothing', async () => {
  using repository = new TestRepository({ [A]: incident('First.') });
  repository.commit({ [A]: incident('Second.') });
  for (const setting of ['log.showSignature=true', 'log.follow=true', 'diff.renames=false', 'core.quotePath=true']) {
    repository.git('config', ...setting.split('='));
  }
  const { history } = await openRepository(repository.content, join(repository.root, 'public'), process.env);
  expect(history.versions('incidents/a.md')).toHaveLength(2);
});

it('a file that was moved and broken at once has the versions from before', async () => {
  using repository = new TestRepository({ [A]: incident('First.\n'.repeat(20)) });
  repository.commit({
    [A]: undefined,
    'content/incidents/b.md': `${incident('First.\n'.repeat(20))}\n- **Next:** soon`,
  });
  const { history } = await openRepository(repository.content, join(repository.root, 'public'), process.env);
  expect(history.versions('incidents/b.md').map(({ path }) => path)).toEqual(['incidents/b.md', 'incidents/a.md']);
  expect(history.versions('incidents/a.md')).toEqual([]);
});

it('a file that was moved to where another one had been keeps its own versions', async () => {
  using repository = new TestRepository({ [A]: incident('First.') });
  repository.commit({ 'content/incidents/b.md': incident('Another.') });
  repository.commit({ 'content/incidents/b.md': undefined });
  repository.commit({ [A]: undefined, 'content/incidents/b.md': incident('First.') });
  const { history } = await openRepository(repository.content, join(repository.root, 'public'), process.env);
  expect(history.versions('incidents/b.md').map(({ path }) => path)).toEqual(['incidents/b.md', 'incidents/a.md']);
});

/** Personal settings that would change what Git prints. */
const SETTINGS = {
  'log.showRoot': 'false', 'log.showSignature': 'true', 'log.follow': 'true', 'log.diffMerges': 'first-parent', 'log.decorate': 'full', 'format.pretty': 'fuller',
  'core.quotePath': 'true', 'core.pager': 'false', 'color.ui': 'always', 'diff.noprefix': 'true', 'diff.mnemonicPrefix': 'true', 'diff.relative': 'true',
  'diff.renames': 'false', 'diff.renameLimit': '1', 'diff.external': 'false', 'diff.orderFile': '/dev/zero', 'status.relativePaths': 'false', 'status.short': 'true', 'status.branch': 'true',
  'status.showUntrackedFiles': 'no', 'i18n.logOutputEncoding': 'UTF-16', 'core.autocrlf': 'true', 'core.abbrev': '4', 'core.fsmonitor': 'true',
}; // prettier-ignore

it('personal Git settings do not change what is read', async () => {
  const [old, name] = ['content/incidents/old.md', 'content/incidents/ä.md'];
  using repository = new TestRepository({ [old]: incident('First.') });
  repository.commit({ [old]: undefined, [name]: incident('First.') });
  repository.commit({ [name]: incident('Second.') });
  repository.write({ 'content/incidents/new é.md': incident('New.') });
  const read = async () => {
    const { history } = await openRepository(repository.content, join(repository.root, 'public'), process.env);
    const versions = ['site.yml', 'incidents/ä.md', 'incidents/old.md'].map((path) => history.versions(path));
    const texts = await history.texts(versions.flat().map(({ blob }) => blob));
    const unsaved = await unsavedFiles({ folder: repository.root, env: process.env }, ['content']);
    return { versions, texts: [...texts], unsaved };
  };
  const before = await read();
  expect(before.versions.map((list) => list.length)).toEqual([1, 3, 0]);
  expect(before.unsaved).toEqual(['content/incidents/new é.md']);
  for (const [setting, value] of Object.entries(SETTINGS)) repository.git('config', setting, value);
  expect(await read()).toEqual(before);
});
