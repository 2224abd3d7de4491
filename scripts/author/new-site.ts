import type { Day } from '../../src/core/model.ts';
import { componentsText } from '../import/component-tree.ts';
import { assignIds } from '../import/component-ids.ts';
import type { ImportedGroup, ImportedNode } from '../import/model.ts';
import { siteText } from '../import/site-text.ts';
import { AuthorError } from './author-error.ts';
import { readLine } from './options.ts';

/** Who a new page belongs to, as it was typed. */
export interface SiteAnswers {
  name: string;
  url: string;
  timeZone?: string;
  /** `Website`, or `Shop: Checkout` for one in a group. */
  component: readonly string[];
}

/** The files of a new page, by path below the content folder. */
export interface SiteFiles {
  'site.yml': string;
  'components.yml': string;
}

/**
 * The files of a page that has no history yet.
 * @param today the day from which uptime is counted; its year is part of the page's id
 * @throws {AuthorError} when an answer cannot be understood
 */
export function draftSite({ name, url, timeZone = 'UTC', component }: SiteAnswers, today: Day): SiteFiles {
  const tree = treeOf(component, today);
  const page = { name: readLine(name, 'name'), url: addressOf(url), timeZone: readLine(timeZone, 'time zone') };
  const { text, missing } = siteText(page, Number(today.slice(0, 4)));
  if (missing.length > 0) throw new AuthorError('A page needs a name and an address.');
  return { 'site.yml': text, 'components.yml': componentsText(tree, assignIds(tree, []), 'UTC') };
}

/** Names from one line, separated by commas. */
export function namesFrom(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** With `https://` in front where no scheme stands. */
function addressOf(text: string): string {
  const url = readLine(text, 'address');
  return /^[a-z]+:\/\//i.test(url) ? url : `https://${url}`;
}

function treeOf(names: readonly string[], since: Day): ImportedNode[] {
  if (names.length === 0) throw new AuthorError('A page has one component at least: something that customers use.');
  const tree: ImportedNode[] = [];
  const groups = new Map<string, ImportedNode[]>();
  const keys = new Set<string>();
  for (const written of names) {
    const text = readLine(written, 'name of a component');
    const [, group, name = text] = /^(.+?): +(.+)$/.exec(text) ?? [];
    const key = `${group ?? ''}: ${name}`;
    if (keys.has(key.toLowerCase())) throw new AuthorError(`The component “${text}” is named twice.`);
    keys.add(key.toLowerCase());
    listOf(group, tree, groups).push({ kind: 'component', key, name, since });
  }
  return tree;
}

function listOf(group: string | undefined, tree: ImportedNode[], groups: Map<string, ImportedNode[]>): ImportedNode[] {
  if (group === undefined) return tree;
  const known = groups.get(group);
  if (known) return known;
  const children: ImportedNode[] = [];
  const node: ImportedGroup = { kind: 'group', name: group, children };
  tree.push(node);
  groups.set(group, children);
  return children;
}
