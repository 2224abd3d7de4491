import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { firingOf } from '../../src/core/alerts/record.ts';
import type { AlertMessage } from '../../src/core/alerts/record.ts';
import type { AlertRule } from '../../src/core/alerts/rule.ts';
import { affectedComponents, incidentState } from '../../src/core/incident.ts';
import type { CommandContext } from '../context.ts';
import type { FoundContent } from '../author/content.ts';
import { findContent, placeOf } from '../author/content.ts';
import { writeWhole } from '../author/file.ts';
import type { GitHub } from '../github/client.ts';
import type { Landed, Made, Workplace } from '../github/land.ts';
import { land } from '../github/land.ts';
import { closePullRequest, deleteBranch } from '../github/pull-request.ts';
import type { Reviewed } from './review.ts';
import { readReview, reviewBranch } from './review.ts';
import { reviewText } from './review-text.ts';
import type { RuleMemory } from './rule-memory.ts';
import { mergeRecords, recall } from './rule-memory.ts';
import type { Taken } from './take.ts';
import { messageFor, take } from './take.ts';

/** What came of one rule's messages. */
export interface RuleOutcome extends Pick<Taken, 'said' | 'next'> {
  rule: string;
  landed: Landed;
  /** A pull request that was closed, since what it was to say is no longer so. */
  closed?: true;
}

/**
 * Brings messages of one rule's alerts into the repository, at once or by a pull request; without messages, what is due.
 * @param name of the rule
 * @throws {Problem} when Git or GitHub refuses
 * @throws {AuthorError} when a template is missing or broken
 */
export async function landRule(
  name: string,
  messages: readonly AlertMessage[],
  github: GitHub,
  context: CommandContext,
): Promise<RuleOutcome> {
  const branch = reviewBranch(name);
  const last: { taken?: Taken; review?: Reviewed | undefined; isStale: boolean } = { isStale: false };
  const change = async (workplace: Workplace): Promise<Made | undefined> => {
    const found = await findContent(workplace.env, () => false);
    const rule = found.content.alerts.find((one) => one.name === name);
    if (!rule) return undefined;
    const review = await reviewOf(workplace, rule, found, github);
    const taken = take(rule, messages, withReview(await recall(found, name), review), found);
    Object.assign(last, { taken, review, isStale: review?.open === true && isOvertaken(rule, taken, review) });
    if (taken.files.size === 0) return undefined;
    return {
      paths: await write(taken, found, workplace),
      message: messageFor(taken, rule),
      publishes: taken.said.length > 0,
      way: wayOf(rule, taken, review),
      body: reviewText(rule, taken, github.page),
      reviewers: ownersOf(taken, found),
    };
  };
  const landed = await land({ branch, change }, github, context);
  const closed = last.isStale && landed.how !== 'review';
  if (closed) await closePullRequest(github, branch, OVERTAKEN);
  if (last.review && !last.review.open && landed.how !== 'review') await deleteBranch(github, branch);
  const { said = [], next } = last.taken ?? {};
  return { rule: name, landed, said, ...(next !== undefined && { next }), ...(closed && { closed }) };
}

const OVERTAKEN =
  'What this was to say is no longer so: the alerts have changed since. It is closed, and nothing of it was published.';

async function reviewOf(
  { root, env, reviewed }: Workplace,
  rule: AlertRule,
  found: FoundContent,
  github: GitHub,
): Promise<Reviewed | undefined> {
  if (reviewed === undefined) return undefined;
  const place = relative(root, found.folder);
  return readReview({ repository: { folder: root, env }, place, github }, rule.name, reviewed, found);
}

/** What is known along with what is reviewed. What somebody refused to publish is remembered all the same. */
function withReview(main: RuleMemory, review: Reviewed | undefined): RuleMemory {
  if (!review) return main;
  const records = mergeRecords(main.records, review.records);
  return review.open && review.file ? { ...main, records, file: review.file } : { ...main, records };
}

/** Memory goes in at once; words by the rule. What is being reviewed stays on its branch. */
function wayOf({ then, clear }: AlertRule, { said, file }: Taken, review: Reviewed | undefined): Made['way'] {
  const [first] = said;
  if (review?.open && review.file) {
    const isOver = file !== undefined && !incidentState(file.incident).open;
    return isOver || !first ? 'keep' : 'review';
  }
  if (!first) return 'push only';
  return (first.what === 'over' ? clear : then) === 'review' ? 'review' : 'push';
}

/** Whether an open pull request says what is no longer so: that it is over while something fires, or the reverse. */
function isOvertaken({ clear }: AlertRule, { records }: Taken, { isOver }: Reviewed): boolean {
  const fires = firingOf(records).length > 0;
  return isOver ? fires : !fires && clear !== 'nothing';
}

async function write({ files }: Taken, found: FoundContent, { root }: Workplace): Promise<string[]> {
  for (const [path, text] of files) {
    const place = placeOf(found, path);
    await rm(place, { force: true });
    if (text !== undefined) await writeWhole(place, text);
  }
  return [...files.keys()].map((path) => relative(root, join(found.folder, path)));
}

function ownersOf({ file }: Taken, { content }: FoundContent): string[] {
  const owners = file ? affectedComponents(file.incident).map((id) => content.components.get(id)?.owner) : [];
  return [...new Set(owners.filter((owner) => owner !== undefined))];
}
