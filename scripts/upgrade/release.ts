import type { Project, Workbench } from './project.ts';
import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { CommandError } from '../lib/errors.ts';
import { git } from '../lib/git.ts';
import { printable } from '../../src/core/printable.ts';
import {
  fromEverywhere,
  isLocal,
  MARKS,
  noCandor,
  publicAddress,
  readPackage,
  repositoryAddress,
  withoutPassword,
  enumerate,
} from './candor.ts';

/** A version of Candor, laid out on the workbench. */
export interface Release {
  tree: string;
  /** What was asked for, as the beginning of a sentence. */
  subject: string;
  /** The commit that it is; nothing for a copy without Git. */
  commit?: string;
  /** Where it comes from, for the person who upgrades. */
  source: string;
  /** The same for the message of a commit, which everybody reads. */
  publicSource: string;
  /** The repository that it comes from, for `package.json`; nothing for a folder and a repository of this machine. */
  repository?: string;
}

/** What of an unpacked copy is not Candor's own. */
const NOT_TAKEN = ['node_modules', 'dist', '.astro'];
const FETCHED = 'refs/candor/release';

/**
 * The repository that the wanted version is a tag or branch of.
 * @param ask asks a person, when there is one and `package.json` names none
 * @returns nothing when a folder is wanted
 * @throws {CommandError} when nothing says which repository it is
 */
export async function findAddress(
  { repository: { folder } }: Project,
  wanted: string,
  ask: (() => Promise<string>) | undefined,
): Promise<string | undefined> {
  if (existsSync(resolve(folder, wanted))) return undefined;
  if (isAbsolute(wanted) || /^\.\.?[/\\]/.test(wanted))
    throw new CommandError(`There is no folder ${printable(wanted)}.`);
  const address = repositoryAddress(await readFile(join(folder, 'package.json'), 'utf8')) ?? (await ask?.());
  if (address) return address;
  throw new CommandError(
    `There is no folder ${printable(wanted)}, and no repository is set in which it could be a tag. ` +
      'Add --from URL, or add to package.json: "repository": "URL".',
  );
}

/**
 * Lays the wanted version out on the workbench.
 * @param wanted a folder or, if there is an address, a tag or branch of the repository there
 * @throws {CommandError} when there is no such version
 */
export async function fetchRelease(
  bench: Workbench,
  { repository: { folder } }: Project,
  wanted: string,
  address: string | undefined,
): Promise<Release> {
  if (address === undefined) return fromFolder(bench, resolve(folder, wanted), folder);
  return fromRepository(bench, fromEverywhere(address, folder), wanted);
}

async function fromFolder(bench: Workbench, given: string, project: string): Promise<Release> {
  const folder = await realpath(given);
  const shown = printable(given);
  const subject = `The folder ${shown}`;
  if (folder === (await realpath(project))) {
    throw new CommandError(
      `${shown} is this project itself. Use the folder of another version, or a tag with --from URL.`,
    );
  }
  const packageText = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '');
  const isWhole = MARKS.every((path) => existsSync(join(folder, path)));
  if (!isWhole || readPackage(packageText).name !== 'candor') throw noCandor(subject);
  if (existsSync(join(folder, '.git'))) {
    const fetched = await fetchCommit(bench, folder, 'HEAD');
    const publicSource = `commit ${fetched.commit}`;
    const source = `the folder ${shown}, at its latest commit (${short(fetched.commit)}), without uncommitted changes`;
    return { ...fetched, subject, source, publicSource };
  }
  const tree = await addFolder(bench, folder);
  const source = `the folder ${shown}, except ${enumerate(NOT_TAKEN)}`;
  return { tree, subject, source, publicSource: 'an unpacked copy' };
}

async function addFolder({ repository }: Workbench, folder: string): Promise<string> {
  const paths = ['.', ...NOT_TAKEN.map((path) => `:(exclude)${path}`)];
  const there = { folder, env: { ...repository.env, GIT_WORK_TREE: folder } };
  await git(there, 'add', '--force', '--all', '--', ...paths);
  return git(repository, 'write-tree');
}

async function fromRepository(bench: Workbench, address: string, name: string): Promise<Release> {
  const shown = printable(withoutPassword(address));
  const args = ['ls-remote', '--quiet', '--heads', '--tags', '--refs', '--sort=-version:refname', '--', address];
  const refs = (await git(bench.repository, ...args)).split('\n').map((line) => line.split('\t')[1] ?? '');
  const ref = [`refs/tags/${name}`, `refs/heads/${name}`].find((one) => refs.includes(one));
  if (ref === undefined) {
    const tags = refs.flatMap((one) => (one.startsWith('refs/tags/') ? [one.slice('refs/tags/'.length)] : []));
    const known = tags.length > 0 ? ` Its tags are ${enumerate(tags, 5)}.` : ' It has no tags.';
    throw new CommandError(`There is no tag or branch ${printable(name)} in ${shown}.${known}`);
  }
  const fetched = await fetchCommit(bench, address, ref);
  const kind = ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  return {
    ...fetched,
    subject: `The ${kind} ${printable(name)}`,
    source: `the ${kind} ${printable(name)} of ${shown}, commit ${short(fetched.commit)}`,
    publicSource: `the ${kind} ${name} of ${publicAddress(address)}, commit ${fetched.commit}`,
    ...(!isLocal(address) && { repository: withoutPassword(address) }),
  };
}

function short(commit: string): string {
  return commit.slice(0, 12);
}

async function fetchCommit(
  { repository }: Workbench,
  address: string,
  ref: string,
): Promise<{ commit: string; tree: string }> {
  await git(repository, 'fetch', '--quiet', '--no-tags', '--depth=1', '--', address, `+${ref}:${FETCHED}`);
  const commit = await git(repository, 'rev-parse', '--verify', `${FETCHED}^{commit}`);
  return { commit, tree: await git(repository, 'rev-parse', '--verify', `${FETCHED}^{tree}`) };
}
