import type { Alert } from '../../src/core/alerts/rule.ts';
import type { AlertMessage } from '../../src/core/alerts/record.ts';
import type { CommandContext } from '../lib/context.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, placeOf } from '../lib/content.ts';
import { removeWhole, writeWhole } from '../lib/files.ts';
import { recall, ruleNamed, rulesByKey, rulesWithNews } from './rule-state.ts';
import type { Sorted } from './sort.ts';
import { sortAlerts } from './sort.ts';
import type { Taken } from './take.ts';
import { take } from './take.ts';

/** What came of one rule's messages in the content folder. */
export interface HereOutcome extends Pick<Taken, 'said' | 'next' | 'failure'> {
  rule: string;
  /** Below the content folder. */
  files: readonly string[];
  /** Whether the rule wants somebody to look at it before it is committed. */
  review: boolean;
}

/** Finds the rule of each alert by what the content folder remembers. */
export async function sortHere(alerts: readonly Alert[], env: CommandContext['env']): Promise<Sorted> {
  const found = await findContent(env, () => false);
  const rules = await rulesByKey(found);
  return sortAlerts(alerts, found.content, (key) => rules.get(key));
}

/** The rules that are due to be looked at, each without a message. */
export async function dueHere(env: CommandContext['env']): Promise<Sorted['messages']> {
  const found = await findContent(env, () => false);
  return new Map((await rulesWithNews(found)).map((name) => [name, []]));
}

/**
 * Takes messages into the content folder, without Git.
 * @param write whether files are written, or it is only said what would be
 * @param begun is called once something is no longer as it was
 * @throws {CommandError} when the settings of the page have errors, or the disk refuses
 */
export async function takeHere(
  messages: Sorted['messages'],
  env: CommandContext['env'],
  write: boolean,
  begun: () => void,
): Promise<HereOutcome[]> {
  const outcomes: HereOutcome[] = [];
  for (const [name, list] of messages) {
    // Read anew for each, since the one before may have written.
    const found = await findContent(env, () => false);
    outcomes.push(...(await takeRule(name, list, found, write, begun)));
  }
  return outcomes;
}

async function takeRule(
  name: string,
  messages: readonly AlertMessage[],
  found: FoundContent,
  write: boolean,
  begun: () => void,
): Promise<HereOutcome[]> {
  const rule = ruleNamed(name, found.content.alerts);
  const memory = await recall(found, name);
  const { files, said, next, failure } = take(rule, messages, memory, found);
  for (const [path, text] of write ? files : []) {
    const place = placeOf(found, path);
    if (text === undefined) await removeWhole(place);
    else await writeWhole(place, text, memory.published.get(path));
    begun();
  }
  const review = said.some(({ what }) => (what === 'over' ? rule.clear : rule.then) === 'review');
  return [
    {
      rule: name,
      files: [...files.keys()],
      said,
      review,
      ...(next !== undefined && { next }),
      ...(failure && { failure }),
    },
  ];
}
