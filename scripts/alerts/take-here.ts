import { rm } from 'node:fs/promises';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { AlertMessage } from '../../src/core/alerts/record.ts';
import type { CommandContext } from '../context.ts';
import type { FoundContent } from '../author/content.ts';
import { findContent, placeOf } from '../author/content.ts';
import { readIfThere, writeWhole } from '../author/file.ts';
import { recall, rulesWithNews } from './rule-memory.ts';
import type { Sorted } from './sort.ts';
import { sortAlerts } from './sort.ts';
import type { Taken } from './take.ts';
import { take } from './take.ts';

/** What came of one rule's messages in the content folder. */
export interface HereOutcome extends Pick<Taken, 'said' | 'next'> {
  rule: string;
  /** Below the content folder. */
  files: readonly string[];
  /** Whether the rule wants somebody to look at it before it is committed. */
  review: boolean;
}

/** Finds the rule of each alert by what the content folder remembers. */
export async function sortHere(alerts: readonly Alert[], env: CommandContext['env']): Promise<Sorted> {
  const found = await findContent(env, () => false);
  const rules = new Map<string, string>();
  for (const { name } of found.content.alerts) {
    for (const { key } of (await recall(found, name)).records) rules.set(key, name);
  }
  return sortAlerts(alerts, found.content, (key) => rules.get(key));
}

/** The rules that are due to be looked at, each without a message. */
export async function dueHere(env: CommandContext['env']): Promise<Sorted['messages']> {
  const found = await findContent(env, () => false);
  return new Map((await rulesWithNews(found, found.content.alerts)).map((name) => [name, []]));
}

/**
 * Takes messages into the content folder, without Git.
 * @param write whether files are written, or it is only said what would be
 * @throws {AuthorError} when a template is missing or broken, or the disk refuses
 */
export async function takeHere(
  messages: Sorted['messages'],
  env: CommandContext['env'],
  write: boolean,
): Promise<HereOutcome[]> {
  const outcomes: HereOutcome[] = [];
  for (const [name, list] of messages) {
    // Read anew for each, since the one before may have written.
    const found = await findContent(env, () => false);
    outcomes.push(...(await takeRule(name, list, found, write)));
  }
  return outcomes;
}

async function takeRule(
  name: string,
  messages: readonly AlertMessage[],
  found: FoundContent,
  write: boolean,
): Promise<HereOutcome[]> {
  const rule = found.content.alerts.find((one) => one.name === name);
  if (!rule) return [];
  const { files, said, next } = take(rule, messages, await recall(found, name), found);
  for (const [path, text] of write ? files : []) {
    const place = placeOf(found, path);
    if (text === undefined) await rm(place, { force: true });
    else await writeWhole(place, text, await readIfThere(place));
  }
  const review = said.some(({ what }) => (what === 'over' ? rule.clear : rule.then) === 'review');
  return [{ rule: name, files: [...files.keys()], said, review, ...(next !== undefined && { next }) }];
}
