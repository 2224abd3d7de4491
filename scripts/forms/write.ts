import { ownersOf } from '../lib/mentions.ts';
import type { Instant } from '../../src/core/days.ts';
import { eventAddress } from '../../src/core/events.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { approve } from '../authoring/approve.ts';
import { CommandError } from '../lib/errors.ts';
import { chooseEvent, onlyOne, stageOf, whatIsOpen } from '../authoring/choose-event.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, readAs } from '../lib/content.ts';
import type { Answers as Said } from '../authoring/answers.ts';
import { draftIncident, draftUpdate } from '../authoring/draft.ts';
import { noNews } from '../authoring/no-news.ts';
import { commitMessage, post } from '../authoring/post.ts';
import type { Post } from '../authoring/post.ts';
import { howToSay, messageOf, readWords } from '../authoring/template.ts';
import type { CommandContext } from '../lib/context.ts';
import type { Filled } from './forms.ts';
import { labelOf, STANDS } from './forms.ts';
import type { Stand } from './read-issue.ts';
import { readId, readNext, readReport, readStand } from './read-issue.ts';

/** What came into the content folder. */
export interface Written {
  id: string;
  /** Where customers will read it. */
  address: string;
  /** Below the content folder. */
  path: string;
  /** Of the commit. */
  message: string;
  /** Whether it ends the event, so that nothing more is to be said. */
  ends: boolean;
  /** The promise that was made. */
  nextUpdate?: Instant;
  /** Who answers for what is affected. */
  owners: readonly string[];
  warnings: readonly Diagnostic[];
  hints: readonly string[];
}

/**
 * Writes what a filled form says, as `new`, `update` and `resolve` do.
 * @throws {CommandError} when an answer cannot be understood, or the page would refuse it; nothing is written then
 */
export async function writeForm(filled: Filled, env: CommandContext['env']): Promise<Written> {
  return filled.form === 'report-incident' ? writeReport(filled, env) : writeUpdate(filled, env);
}

async function writeReport(filled: Filled, env: CommandContext['env']): Promise<Written> {
  const found = await findContent(env, () => false);
  const answers = readReport(filled, found);
  const draft = draftIncident(answers, found);
  const warnings = approve(found, draft);
  // What is approved is one incident.
  const [event] = readAs(found, draft.path, draft.text).events as [StatusEvent];
  return written({ draft, warnings }, event, found, env);
}

async function writeUpdate(filled: Filled, env: CommandContext['env']): Promise<Written> {
  const stand = readStand(filled);
  const id = readId(filled.answers);
  const choose = stand === 'over' ? onlyOne() : ([newest]: readonly StatusEvent[]) => newest;
  const { found, event, text, hints } = await chooseEvent(env, id, choose, (content) => whatIsOpen(undefined, content));
  const draft = draftUpdate(updateAnswers(filled, stand, event, found), event, text, found);
  const warnings = approve(found, draft, event);
  return written({ draft, before: text, warnings, hints }, event, found, env);
}

function updateAnswers(filled: Filled, stand: Stand, event: StatusEvent, found: FoundContent): Said {
  const { message } = filled.answers;
  const next = stand === 'over' ? {} : readNext(filled.answers, event, found);
  if (stand === 'nothing') return holdingAnswers(message, next, event, found);
  if (message === undefined) throw new CommandError(`Still needed: “${labelOf(filled.form, 'message')}”.`);
  if (stand === 'over' && stageOf(event, found.now) === 'over') {
    throw new CommandError(`“${event.id}” is over already. To add something to it, choose “${STANDS.same}”.`);
  }
  return { message, status: statusFor(stand, event.kind), ...next };
}

/** The words of the holding template, as `update --no-news` has them. */
function holdingAnswers(
  doing: string | undefined,
  next: { next?: string },
  event: StatusEvent,
  found: FoundContent,
): Said {
  const { next: _, ...chosen } = noNews(doing, {}, event, found);
  const words = readWords(chosen, { kind: event.kind, found, event });
  const said = { ...next, ...(words.template && { status: words.template.status }) };
  const filled = messageOf(words, said, true);
  if (filled.message === undefined) throw new CommandError(`Still needed: ${howToSay(words, said)}.`);
  return { ...said, ...filled };
}

const WORDS = {
  same: { incident: 'update', maintenance: 'update' },
  identified: { incident: 'identified' },
  monitoring: { incident: 'monitoring', maintenance: 'verifying' },
  over: { incident: 'resolved', maintenance: 'completed' },
} as const satisfies Record<Exclude<Stand, 'nothing'>, Partial<Record<StatusEvent['kind'], string>>>;

function statusFor(stand: Exclude<Stand, 'nothing'>, kind: StatusEvent['kind']): string {
  const words: Partial<Record<StatusEvent['kind'], string>> = WORDS[stand];
  const word = words[kind];
  if (word !== undefined) return word;
  throw new CommandError(
    `“${STANDS[stand]}” is said of an incident, and this is a maintenance. Choose “${STANDS.same}”.`,
  );
}

async function written(
  approved: Post,
  event: StatusEvent,
  found: FoundContent,
  env: CommandContext['env'],
): Promise<Written> {
  const silent = { env, out: () => undefined, err: () => undefined };
  await post(approved, { commit: false, json: true }, found, silent, { state: '' });
  const { draft, warnings, hints = [] } = approved;
  const { path, title, update } = draft;
  return {
    id: event.id,
    address: eventAddress(found.content.site.url, event),
    path,
    message: commitMessage(update.word, title, path),
    ends: update.word === WORDS.over[event.kind],
    ...(update.nextUpdate !== undefined && { nextUpdate: update.nextUpdate }),
    owners: ownersOf(event, found.content).owners,
    warnings,
    hints,
  };
}
