import { realpath } from 'node:fs/promises';
import type { Alert } from '../../src/core/alerts/rule.ts';
import type { Instant } from '../../src/core/model.ts';
import type { CommandContext } from '../lib/context.ts';
import { findContent } from '../lib/content.ts';
import { authenticated, git } from '../lib/git.ts';
import type { GitHub } from '../lib/github.ts';
import { CommandError } from '../lib/errors.ts';
import type { RuleOutcome } from './land-rule.ts';
import { landRule } from './land-rule.ts';
import { reviewBranch } from './review.ts';
import { isUnended, recordsIn, rulesByKey, rulesWithNews } from './rule-state.ts';
import type { Sorted } from './sort.ts';
import { sortAlerts } from './sort.ts';

/** A rule whose messages could not be brought in, with the reason. */
export interface RuleFailure {
  rule: string;
  error: CommandError;
}

/** Finds the rule of each alert by what the newest commits remember, those on branches to be reviewed included. */
export async function sortOnGitHub(
  alerts: readonly Alert[],
  env: CommandContext['env'],
  received?: Instant,
): Promise<Sorted> {
  const found = await findContent(env, () => false);
  const rules = await rulesByKey(found);
  for (const [name, keys] of await reviewedKeys(found.folder, env)) for (const key of keys) rules.set(key, name);
  return sortAlerts(alerts, found.content, (key) => rules.get(key), received);
}

/** The rules that are due to be looked at. */
export async function dueOnGitHub(env: CommandContext['env']): Promise<Sorted['messages']> {
  const found = await findContent(env, () => false);
  const names = new Set(await rulesWithNews(found));
  for (const name of (await reviewedKeys(found.folder, env)).keys()) names.add(name);
  return new Map([...names].map((name) => [name, []]));
}

/** Brings in the messages of each rule; one that fails does not stop the others. */
export async function takeOnGitHub(
  messages: Sorted['messages'],
  github: GitHub,
  context: CommandContext,
): Promise<{ outcomes: RuleOutcome[]; failures: RuleFailure[] }> {
  const outcomes: RuleOutcome[] = [];
  const failures: RuleFailure[] = [];
  for (const [rule, list] of messages) {
    try {
      outcomes.push(await landRule(rule, list, github, context));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failures.push({ rule, error });
    }
  }
  return { outcomes, failures };
}

/** Keys that are remembered on branches that are reviewed, by rule. */
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
