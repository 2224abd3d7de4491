import type { Changes } from './changes.ts';
import { changesBetween, offeredFiles, ownChanges, UPGRADED } from './changes.ts';
import { versionIn } from './candor.ts';
import type { Project } from './project.ts';
import { fetchRelease } from './release.ts';
import { upgradedTree, wholeTree } from './tree.ts';
import type { Workbench } from './workbench.ts';

/** An upgrade that is ready to be done. */
export interface Plan {
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
 * @param wanted a folder, or a tag or branch of the repository at `from`
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
  const tree = await upgradedTree(bench, project, release.tree);
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
    message: [`${UPGRADED}${subject}`, `It was ${mine}. It comes from ${publicSource}.`],
  };
}
