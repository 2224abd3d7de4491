import type { Instant } from '../../src/core/days.ts';
import { realpath } from 'node:fs/promises';
import type { AlertMessage } from '../../src/core/alerts/record.ts';
import type { Alert } from '../../src/core/alerts/rule.ts';
import { findContent, placeOf } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { removeWhole, writeTogether } from '../lib/files.ts';
import { authenticated, git } from '../lib/git.ts';
import type { GitHub } from '../lib/github.ts';
import { receivedAt } from './received.ts';
import type { RuleFailure, RuleOutcome } from './report.ts';
import { localLines, outcomeLines } from './report.ts';
import { reviewBranch } from './review.ts';
import { isUnended, loadRuleState, recordsIn, ruleNamed, rulesByKey, rulesWithNews } from './rule-state.ts';
import type { Sorted } from './sort.ts';
import { sortAlerts } from './sort.ts';
import { submitRule } from './submit-rule.ts';
import { applyMessages } from './apply.ts';

/** Where records and announcements are stored: the content folder, or its repository on GitHub. */
export interface AlertStore {
  env: CommandContext['env'];
  /** Keys of alerts with records on branches for review, by rule. */
  reviewedKeys: () => Promise<ReadonlyMap<string, readonly string[]>>;
  /** When the messages were received. Undefined for now. */
  receivedAt: () => Promise<Instant | undefined>;
  /** Applies messages by rule. Without messages for a rule, makes its due announcements. */
  apply: (messages: Sorted['messages']) => Promise<Results>;
  /** The lines about one rule for the log. */
  linesOf: (outcome: RuleOutcome) => string[];
}

interface Results {
  outcomes: RuleOutcome[];
  failures: RuleFailure[];
}

/** Finds the rule of each alert, with the store's records. */
export async function sortFor(store: AlertStore, alerts: readonly Alert[]): Promise<Sorted> {
  const found = await findContent(store.env, () => false);
  const rules = await rulesByKey(found);
  for (const [name, keys] of await store.reviewedKeys()) for (const key of keys) rules.set(key, name);
  return sortAlerts(alerts, found.content, (key) => rules.get(key), await store.receivedAt());
}

/** The rules with due announcements, without messages. */
export async function dueIn(store: AlertStore): Promise<Sorted['messages']> {
  const found = await findContent(store.env, () => false);
  const names = new Set([...(await rulesWithNews(found)), ...(await store.reviewedKeys()).keys()]);
  return new Map([...names].map((name) => [name, []]));
}

/**
 * The content folder, without Git.
 * @param isDryRun whether to write nothing
 * @param begun called after the first change
 */
export function localStore(env: CommandContext['env'], isDryRun: boolean, begun: () => void): AlertStore {
  return {
    env,
    reviewedKeys: async () => new Map(),
    receivedAt: async () => undefined,
    apply: async (messages) => {
      const outcomes: RuleOutcome[] = [];
      for (const [name, list] of messages) outcomes.push(await applyLocally(name, list, env, isDryRun, begun));
      return { outcomes, failures: [] };
    },
    linesOf: localLines,
  };
}

async function applyLocally(
  name: string,
  messages: readonly AlertMessage[],
  env: CommandContext['env'],
  isDryRun: boolean,
  begun: () => void,
): Promise<RuleOutcome> {
  // Read again for each rule, because the one before can have written files.
  const found = await findContent(env, () => false);
  const rule = ruleNamed(name, found.content.alerts);
  const state = await loadRuleState(found, name);
  const { files, said, next, failure } = applyMessages(rule, messages, state, found);
  if (!isDryRun && files.size > 0) {
    const written = [...files].flatMap(([path, text]) =>
      text === undefined ? [] : [{ path: placeOf(found, path), text, before: state.published.get(path) }],
    );
    await writeTogether(written);
    begun();
    for (const [path, text] of files) if (text === undefined) await removeWhole(placeOf(found, path));
  }
  return {
    rule: name,
    files: [...files.keys()],
    said,
    review: said.some(({ what }) => (what === 'over' ? rule.clear : rule.then) === 'review'),
    ...(next !== undefined && { next }),
    ...(failure && { failure }),
  };
}

/** The repository with its branches for review. If a rule fails, the others are still applied. */
export function gitHubStore(github: GitHub, context: CommandContext): AlertStore {
  const { env } = context;
  return {
    env,
    reviewedKeys: async () => reviewedKeys((await findContent(env, () => false)).folder, env),
    receivedAt: () => receivedAt(github, env),
    apply: async (messages) => {
      const results: Results = { outcomes: [], failures: [] };
      for (const [rule, list] of messages) {
        try {
          results.outcomes.push(await submitRule(rule, list, github, context));
        } catch (error) {
          if (!(error instanceof CommandError)) throw error;
          results.failures.push({ rule, error });
        }
      }
      return results;
    },
    linesOf: outcomeLines,
  };
}

/** Keys with records on branches for review, by rule. */
async function reviewedKeys(folder: string, env: CommandContext['env']): Promise<Map<string, string[]>> {
  const repository = { folder: await realpath(folder), env: authenticated(env) };
  const branches = `refs/remotes/origin/${reviewBranch('*')}`;
  await git(
    repository,
    'fetch',
    '--quiet',
    '--no-tags',
    '--prune',
    'origin',
    `+refs/heads/${reviewBranch('*')}:${branches}`,
  );
  const refs = await git(repository, 'for-each-ref', '--format=%(refname)', branches.replace(/\/\*$/, ''));
  const keys = new Map<string, string[]>();
  for (const ref of refs.split('\n').filter(Boolean)) {
    const name = ref.split('/').at(-1) ?? '';
    const lines = await git(repository, 'grep', '-h', '-E', '^[0-9a-f]{12} ', ref, '--', 'incidents').catch(() => '');
    const text = `<!-- Alerts of ${name}, kept by Candor.\n${lines}\n-->`;
    keys.set(
      name,
      (recordsIn(text)?.records ?? []).filter(isUnended).map(({ key }) => key),
    );
  }
  return keys;
}
