import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { AlertMessage, AlertRecord } from '../../src/core/alerts/record.ts';
import { firingOf, mergeRecords } from '../../src/core/alerts/record.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { incidentState } from '../../src/core/incident.ts';
import type { CommandContext } from '../lib/context.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, placeOf } from '../lib/content.ts';
import { writeWhole } from '../lib/files.ts';
import { ownersOf } from '../lib/mentions.ts';
import type { GitHub } from '../lib/github.ts';
import type { Change, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush } from '../lib/commit-and-push.ts';
import { closePullRequest, deleteBranch } from '../lib/github.ts';
import type { Reviewed } from './review.ts';
import { readReview, reviewBranch, reviewText } from './review.ts';
import type { RuleState } from './rule-state.ts';
import { loadRuleState, ruleNamed } from './rule-state.ts';
import type { Said, Applied } from './apply.ts';
import type { RuleOutcome } from './report.ts';
import { messageFor, applyMessages } from './apply.ts';

/**
 * Applies messages to a rule, and commits and pushes the result, directly or with a pull request. Without messages, makes
 * the due announcements.
 * @param name of the rule
 * @throws {CommandError} if Git or GitHub fails, the settings have errors, or the written files have errors
 */
export async function submitRule(
  name: string,
  messages: readonly AlertMessage[],
  github: GitHub,
  context: CommandContext,
): Promise<RuleOutcome> {
  const branch = reviewBranch(name);
  const last: { taken?: Applied; isStale: boolean; isDone: boolean } = { isStale: false, isDone: false };
  const change = async (copy: WorkingCopy): Promise<Change | undefined> => {
    const found = await findContent(copy.env, () => false);
    const review = await reviewOf(copy, name, found, github);
    const rule = ruleNamed(name, found.content.alerts, review?.isUnreadable);
    const main = await loadRuleState(found, name);
    let memory = withReview(main, review);
    let taken = applyMessages(rule, messages, memory, found);
    if (memory.isReviewed && review?.isPublished && isForMain(rule, taken, review)) {
      memory = { ...main, records: restaged(main.records, review.records) };
      taken = applyMessages(rule, messages, memory, found);
    }
    Object.assign(last, { taken, isStale: review?.state === 'asked' && isOvertaken(rule, taken, review) });
    last.isDone = review !== undefined && review.state !== 'asked';
    const way = wayOf(rule, taken, memory, review);
    const isLate = way === 'review' && review?.isUnasked === true;
    if (!taken.changed && !isLate) return undefined;
    const owners = taken.file ? ownersOf(taken.file.incident, found.content).owners : [];
    return {
      paths: await write(taken, found, copy),
      message: messageFor(taken, rule),
      publishes: taken.said.length > 0,
      way,
      body: reviewText(rule, owners, github.page),
      reviewers: owners,
    };
  };
  const result = await commitAndPush({ branch, change }, github, context);
  const closed = last.isStale && result.how !== 'review';
  if (closed) await closePullRequest(github, branch, OVERTAKEN);
  if (last.isDone && result.how !== 'review') await deleteBranch(github, branch);
  const { said = [], next, failure } = last.taken ?? {};
  return {
    rule: name,
    result,
    said,
    ...(next !== undefined && { next }),
    ...(closed && { closed }),
    ...(failure && { failure }),
  };
}

const OVERTAKEN =
  'This update is no longer true, because the alerts have changed since. This pull request was closed without publishing anything.';

async function reviewOf(
  { root, env, reviewed }: WorkingCopy,
  rule: string,
  found: FoundContent,
  github: GitHub,
): Promise<Reviewed | undefined> {
  if (reviewed === undefined) return undefined;
  const place = relative(root, found.folder);
  return readReview({ repository: { folder: root, env }, place, github }, rule, reviewed, found);
}

/** Adds the state of the branch for review. The records of a refused pull request are kept. */
function withReview(main: RuleState, review: Reviewed | undefined): RuleState {
  if (!review || review.state === 'merged') return main;
  const records = mergeRecords(main.records, review.records);
  if (review.state === 'refused' || review.isUnreadable) return { ...main, records };
  if (review.file) return { ...main, records, file: review.file, isReviewed: true, known: review.texts };
  // Somebody has written on since: what is reviewed is worded anew on top of that.
  if (review.isPublished) return { ...main, records: restaged(main.records, review.records) };
  return { ...main, records, known: review.texts };
}

/** Merges the records. Only those announced on `main` count as announced. */
function restaged(main: readonly AlertRecord[], reviewed: readonly AlertRecord[]): AlertRecord[] {
  const stages = new Map(main.map(({ key, stage, since }) => [`${key} ${since}`, stage]));
  return mergeRecords(main, reviewed).map((record) => {
    const stage = stages.get(`${record.key} ${record.since}`) ?? (record.stage === 'told' ? 'waiting' : record.stage);
    return { ...record, stage };
  });
}

/** Whether an update goes to `main` directly, or replaces the reviewed ones. */
function isForMain(rule: AlertRule, { said }: Applied, { incident }: Reviewed): boolean {
  const [first] = said;
  const isOver = incident !== undefined && !incidentState(incident).open;
  return first !== undefined && (!asksFor(rule, first) || (isOver && first.what !== 'over'));
}

/** How to push: records directly, announcements as the rule says, and reviewed ones on their branch. */
function wayOf(
  rule: AlertRule,
  taken: Applied,
  { isReviewed }: RuleState,
  review: Reviewed | undefined,
): Change['way'] {
  const [first] = taken.said;
  if (!isReviewed) return !first ? 'push only' : asksFor(rule, first) ? 'review' : 'push';
  const isOver = taken.file !== undefined && !incidentState(taken.file.incident).open;
  const isNeedless = isOver && review?.isPublished === false;
  return (first || review?.isUnasked) && !isNeedless ? 'review' : 'keep';
}

function asksFor({ then, clear }: AlertRule, { what }: Said): boolean {
  return (what === 'over' ? clear : then) === 'review';
}

/** Whether the reviewed update is out of date: it says resolved while an alert fires, or the reverse. */
function isOvertaken({ clear }: AlertRule, { records }: Applied, { incident }: Reviewed): boolean {
  if (!incident) return false;
  const fires = firingOf(records).length > 0;
  return incidentState(incident).open ? !fires && clear !== 'nothing' : fires;
}

async function write({ files }: Applied, found: FoundContent, { root }: WorkingCopy): Promise<string[]> {
  for (const [path, text] of files) {
    const place = placeOf(found, path);
    await rm(place, { force: true });
    if (text !== undefined) await writeWhole(place, text);
  }
  return [...files.keys()].map((path) => relative(root, join(found.folder, path)));
}
