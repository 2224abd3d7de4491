import { enumerate } from './candor.ts';
import { printable } from '../../src/core/printable.ts';
import type { Changes, Plan } from './plan.ts';
import { counted, plural } from '../lib/text.ts';

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
