import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entriesAt } from './project.ts';
import type { Project, Workbench } from './project.ts';
import { enumerate, EXAMPLE, KEPT, MARKS, noCandor, OFFERED, readPackage, REPLACED, withRepository } from './candor.ts';
import { fetchRelease } from './release.ts';
import type { Release } from './release.ts';
import { git } from '../lib/git.ts';
import { printable } from '../../src/core/printable.ts';
import { counted, plural } from '../lib/text.ts';

/** Lets `package.json` in the index say where the next version can be found: as the version, this upgrade or the project has it. */
async function nameRepository({ repository }: Workbench, project: Project, release: Release): Promise<void> {
  const read = (tree: string) => git(repository, 'cat-file', 'blob', `${tree}:package.json`);
  const before = await read(release.tree);
  const { repository: own } = JSON.parse(await read(project.tree)) as { repository?: unknown };
  const after = withRepository(before, release.repository ?? own);
  if (after === before) return;
  await writeFile(join(repository.folder, 'package.json'), after);
  const id = await git(repository, 'hash-object', '-w', '--no-filters', '--', 'package.json');
  await git(repository, 'update-index', '--cacheinfo', `100644,${id},package.json`);
}

/** Paths below the project's folder. */
interface Changes {
  added: readonly string[];
  changed: readonly string[];
  removed: readonly string[];
}

/** What differs between two trees. */
async function changesBetween({ repository }: Workbench, before: string, after: string): Promise<Changes> {
  return readNameStatus(await git(repository, 'diff-tree', '-r', '-z', '--no-renames', '--name-status', before, after));
}

/** Reads what `git diff-tree -z --no-renames --name-status` prints. */
export function readNameStatus(text: string): Changes {
  const parts = text.split('\0');
  const entries = parts.flatMap((part, at) => (at % 2 === 1 ? [{ status: parts[at - 1] ?? '', path: part }] : []));
  const of = (wanted: (status: string) => boolean) =>
    entries.filter(({ status }) => wanted(status)).map(({ path }) => path);
  return {
    added: of((status) => status === 'A'),
    changed: of((status) => status !== 'A' && status !== 'D'),
    removed: of((status) => status === 'D'),
  };
}

/** Files of a version that would lie in the owner's places and that the owner does not have. */
async function offeredFiles(bench: Workbench, project: string, release: string): Promise<string[]> {
  const [mine, theirs] = [await filesBelow(bench, project, OFFERED), await filesBelow(bench, release, OFFERED)];
  return theirs.filter((path) => !mine.includes(path) && !EXAMPLE.test(path));
}

/** Files that were changed in this repository since some commit of it. */
interface OwnChanges {
  since: string;
  paths: readonly string[];
}

/** Beginning of the message of every upgrade. */
const UPGRADED = 'Upgrade Candor to ';

/**
 * What was changed of the project's own files since the last upgrade or, before the first, since the first commit.
 * Nothing where the history does not say.
 */
async function ownChanges({ repository, head, shallow }: Project): Promise<OwnChanges | undefined> {
  const last = await git(repository, 'rev-list', '-1', '--basic-regexp', `--grep=^${UPGRADED}`, head);
  const roots = last || shallow ? [] : (await git(repository, 'rev-list', '--max-parents=0', head)).split('\n');
  const since = last || (roots.length === 1 ? roots[0] : undefined);
  if (!since) return undefined;
  const args = ['diff', '--name-only', '-z', '--no-renames', '--relative', since, head, '--', ...REPLACED];
  return { since, paths: (await git(repository, ...args)).split('\0').filter(Boolean) };
}

/** An upgrade that is ready to be done. */
interface Plan {
  /** Versions, as in `package.json`. */
  from: string;
  to: string;
  /** Where the new version comes from. */
  source: string;
  sourceCommit?: string;
  changes: Changes;
  /** Files that are changed or removed, and that were changed in this repository since the commit `base` of it. */
  changedHere: readonly string[];
  base?: string;
  head: string;
  /** Files below `content/templates/` and `public/` that only the new version has. They are left alone. */
  offered: readonly string[];
  /** What the repository holds afterwards. */
  tree: string;
  /** Paragraphs of the commit's message. */
  message: readonly string[];
}

/**
 * Lays an upgrade out on the workbench. The project is not touched.
 * @param wanted a folder or, with `from`, a tag or branch of the repository there
 */
export async function planUpgrade(
  bench: Workbench,
  project: Project,
  wanted: string,
  from: string | undefined,
): Promise<Plan> {
  const mine = await versionIn(bench, project.tree, 'The last commit of this project', { renamed: true });
  const release = await fetchRelease(bench, project, wanted, from);
  const { source, publicSource, commit } = release;
  const version = await versionIn(bench, release.tree, release.subject);
  const tree = await upgradedTree(bench, project, release);
  const changes = await changesBetween(bench, project.tree, tree);
  const own = await ownChanges(project);
  const touched = new Set([...changes.changed, ...changes.removed]);
  const subject = version === mine ? `${version} (${commit?.slice(0, 12) ?? 'another copy'})` : version;
  return {
    from: mine,
    to: version,
    source,
    ...(commit && { sourceCommit: commit }),
    changes,
    changedHere: own?.paths.filter((path) => touched.has(path)) ?? [],
    ...(own && { base: own.since }),
    head: project.head,
    offered: await offeredFiles(bench, project.tree, release.tree),
    tree: await wholeTree(bench, project, tree),
    message: [`${UPGRADED}${subject}`, `The previous version was ${mine}. The new one comes from ${publicSource}.`],
  };
}

/** All files of a tree below some paths. */
async function filesBelow({ repository }: Workbench, tree: string, paths: readonly string[]): Promise<string[]> {
  const args = ['ls-tree', '-r', '-z', '--name-only', '--full-tree', tree, '--'];
  const list = await git(repository, '--literal-pathspecs', ...args, ...paths);
  return list.split('\0').filter(Boolean);
}

/** The tree of a version, but with what the owner keeps as it is in the project's own tree. */
async function upgradedTree(bench: Workbench, project: Project, release: Release): Promise<string> {
  const { repository } = bench;
  await git(repository, 'read-tree', release.tree);
  await nameRepository(bench, project, release);
  await takeOut(bench, KEPT);
  for (const { mode, type, id, path } of await entriesAt(bench, project.tree, KEPT)) {
    if (type === 'tree') await git(repository, 'read-tree', `--prefix=${path}/`, id);
    else await git(repository, 'update-index', '--add', '--cacheinfo', `${mode},${id},${path}`);
  }
  return git(repository, 'write-tree');
}

/** The tree of the project's whole repository, with another tree in the project's place. */
async function wholeTree(bench: Workbench, { head, prefix }: Project, tree: string): Promise<string> {
  if (prefix === '') return tree;
  await git(bench.repository, 'read-tree', head);
  await takeOut(bench, [prefix]);
  await git(bench.repository, 'read-tree', `--prefix=${prefix}`, tree);
  return git(bench.repository, 'write-tree');
}

async function takeOut({ repository }: Workbench, paths: readonly string[]): Promise<void> {
  const args = ['rm', '-r', '--cached', '--force', '--quiet', '--ignore-unmatch', '--'];
  await git(repository, '--literal-pathspecs', ...args, ...paths);
}

/**
 * The version of the Candor in a tree.
 * @param what it is, as the beginning of a sentence
 * @param renamed whether its owner may have given it another name
 * @throws {CommandError} when it is none
 */
async function versionIn(bench: Workbench, tree: string, what: string, { renamed = false } = {}): Promise<string> {
  const there = await entriesAt(bench, tree, MARKS);
  if (there.length < MARKS.length) throw noCandor(what);
  const { name, version } = readPackage(await git(bench.repository, 'cat-file', 'blob', `${tree}:package.json`));
  if (!version || (name !== 'candor' && !renamed)) throw noCandor(what);
  return version;
}

/** More files than these are counted by folder. */
const FEW = 25;

/** What an upgrade changes, for a person. */
export function printPlan({ from, to, source, changes, changedHere, offered, base, head }: Plan): string {
  const { added, changed, removed } = changes;
  const parts = [
    `Upgrade from Candor ${from} to ${to}, from ${source}.`,
    printChanges(changes),
    `${counted(added.length + changed.length + removed.length, 'file')}: ${added.length} added, ${changed.length} changed, ${removed.length} removed. content/, public/, .github/CODEOWNERS and .github/ISSUE_TEMPLATE/ stay as they are.`,
  ];
  if (changedHere.length > 0 && base) {
    const were = plural(changedHere.length, 'was', 'were');
    parts.push(
      `${changedHere.length} of these files ${were} changed in this repository since commit ${base.slice(0, 7)}: ` +
        `${enumerate(changedHere, 5)}. Those changes are lost. To see them, run: git diff ${base.slice(0, 7)} ${head.slice(0, 7)} -- FILE`,
    );
  }
  if (offered.length > 0) {
    const bring = `The new version has ${counted(offered.length, 'file')} for your own folders that you do not have. Copy what you need:`;
    parts.push([bring, ...offered.map((path) => `  ${printable(path)}`)].join('\n'));
  }
  return parts.join('\n\n');
}

/** What is left to do after an upgrade. */
export function printNext(commit: string, lockChanged: boolean): string {
  const next = lockChanged
    ? 'Next: npm ci && npm run check (the dependencies have changed)'
    : 'Next: npm run check (the dependencies are the same)';
  return `Committed as ${commit.slice(0, 7)}. To publish it, run git push. To undo it, run git revert ${commit.slice(0, 7)}.\n${next}`;
}

/** One line per file or, if they are many, per folder. */
export function printChanges({ added, changed, removed }: Changes): string {
  const files = [
    ...added.map((path) => ({ path, kind: 'added' })),
    ...changed.map((path) => ({ path, kind: 'changed' })),
    ...removed.map((path) => ({ path, kind: 'removed' })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (files.length <= FEW)
    return files.map(({ path, kind }) => `  ${kind.padEnd('removed'.length)}  ${printable(path)}`).join('\n');
  const folders = Object.groupBy(files, ({ path }) => folderOf(path));
  const rows = Object.entries(folders).map(([folder, inside = []]) => [
    printable(folder),
    ...['added', 'changed', 'removed'].map((kind) => String(inside.filter((file) => file.kind === kind).length)),
  ]);
  const table = [['', 'added', 'changed', 'removed'], ...rows];
  const width = Math.max(...table.map(([folder = '']) => folder.length));
  return table
    .map(([folder = '', ...counts]) => `  ${folder.padEnd(width)}${counts.map((one) => one.padStart(9)).join('')}`)
    .join('\n');
}

/** The first two folders of a path: `src/view/` of `src/view/styles/props.css`. */
function folderOf(path: string): string {
  const folders = path.split('/').slice(0, -1).slice(0, 2);
  return folders.length === 0 ? './' : `${folders.join('/')}/`;
}
