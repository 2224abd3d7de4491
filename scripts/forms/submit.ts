import { join, relative } from 'node:path';
import { z } from 'zod';
import { contentFolder } from '../../src/reader/files.ts';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Change, PushResult, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush } from '../lib/commit-and-push.ts';
import { startWorkflow } from '../lib/github.ts';
import type { Filled } from './forms.ts';
import { readId, readNext, readReport, readStand, wantsReview } from './read-issue.ts';
import { findContent, readAs } from '../lib/content.ts';
import { eventAddress, eventIdOf } from '../../src/core/events.ts';
import { git } from '../lib/git.ts';
import { ownersOf } from '../lib/mentions.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { approve } from '../authoring/approve.ts';
import { chooseEvent, onlyOne, stageOf, whatIsOpen } from '../authoring/choose-event.ts';
import type { FoundContent } from '../lib/content.ts';
import type { Answers as Said } from '../authoring/answers.ts';
import { draftIncident, draftUpdate } from '../authoring/draft.ts';
import { noNews } from '../authoring/no-news.ts';
import { commitMessage, post } from '../authoring/post.ts';
import type { Post } from '../authoring/post.ts';
import type { Prepared } from '../authoring/translate.ts';
import { NONE, preparedWords, translateDraft, withFiles } from '../authoring/translate.ts';
import { howToSay, messageOf, readWords } from '../authoring/template.ts';
import { labelOf, STANDS } from './forms.ts';
import type { Stand } from './read-issue.ts';

/** What was written to the content folder. */
interface Written {
  id: string;
  /** Its address on the page. */
  address: string;
  /** Paths below the content folder, including translations. */
  paths: readonly string[];
  /** The commit message. */
  message: string;
  /** Whether it closes the event. */
  ends: boolean;
  /** When the next update is promised. */
  nextUpdate?: Instant;
  /** The owners of affected components. */
  owners: readonly string[];
  warnings: readonly Diagnostic[];
  hints: readonly string[];
}

/**
 * Writes the content of a form, like `new`, `update` and `resolve`.
 * @throws {CommandError} if an answer is invalid. Then nothing is written
 */
async function writeForm(filled: Filled, env: CommandContext['env']): Promise<Written> {
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
  const { answers, prepared } = updateAnswers(filled, stand, event, found);
  const draft = draftUpdate(answers, event, text, found);
  const translated = translateDraft(prepared, draft, found, event);
  const warnings = approve(withFiles(found, translated.files), draft, event);
  const post = { draft, before: text, warnings, translations: translated.files };
  return written({ ...post, hints: [...hints, ...translated.hints] }, event, found, env);
}

/** The update, and the texts in it that come from templates. */
interface Worded {
  answers: Said;
  prepared: Prepared;
}

function updateAnswers(filled: Filled, stand: Stand, event: StatusEvent, found: FoundContent): Worded {
  const { message } = filled.answers;
  const next = stand === 'over' ? {} : readNext(filled.answers, event, found);
  if (stand === 'nothing') return holdingAnswers(message, next, event, found);
  if (message === undefined) throw new CommandError(`Missing: “${labelOf(filled.form, 'message')}”.`);
  if (stand === 'over' && stageOf(event, found.now) === 'over') {
    throw new CommandError(`“${event.id}” has already ended. To add to it, choose “${STANDS.same}”.`);
  }
  return { answers: { message, status: statusFor(stand, event.kind), ...next }, prepared: NONE };
}

/** The answers with the holding template, as with `update --no-news`. */
function holdingAnswers(
  doing: string | undefined,
  next: { next?: string },
  event: StatusEvent,
  found: FoundContent,
): Worded {
  const { next: _, ...chosen } = noNews(doing, {}, event, found);
  const words = readWords(chosen, { kind: event.kind, found, event });
  const said = { ...next, ...(words.template && { status: words.template.status }) };
  const filled = messageOf(words, said, true);
  if (filled.message === undefined) throw new CommandError(`Missing: ${howToSay(words, said)}.`);
  const answers = { ...said, ...filled };
  return { answers, prepared: preparedWords(words, answers) };
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
  throw new CommandError(`“${STANDS[stand]}” is for incidents, but this is maintenance. Choose “${STANDS.same}”.`);
}

async function written(
  approved: Post,
  event: StatusEvent,
  found: FoundContent,
  env: CommandContext['env'],
): Promise<Written> {
  const silent = { env, out: () => undefined, err: () => undefined };
  await post(approved, { commit: false, json: true }, found, silent, { state: '' });
  const { draft, warnings, hints = [], translations = [] } = approved;
  const { path, title, update } = draft;
  return {
    id: event.id,
    address: eventAddress(found.content.site.url, event),
    paths: [path, ...translations.map((one) => one.path)],
    message: commitMessage(update.word, title, path),
    ends: update.word === WORDS.over[event.kind],
    ...(update.nextUpdate !== undefined && { nextUpdate: update.nextUpdate }),
    owners: ownersOf(event, found.content).owners,
    warnings,
    hints,
  };
}

/** What an earlier job published for the same issue or run. */
interface Earlier {
  commit: string;
  id: string;
  /** Where customers read it. */
  address: string;
}

/** The last line of a commit message: the address of the issue or run, so that a re-run job posts nothing twice. */
function requestLine(address: string): string {
  return `Asked-In: ${address}`;
}

/** Finds an earlier commit for the same issue or run. @param line see {@link requestLine} */
async function findEarlier(line: string, { root, env }: WorkingCopy): Promise<Earlier | undefined> {
  const repository = { folder: root, env };
  const pattern = `^${line.replace(/[.[\]*^$\\]/g, '\\$&')}$`;
  const commit = await git(repository, 'log', '-1', '--format=%h', '--basic-regexp', `--grep=${pattern}`);
  if (commit === '') return undefined;
  const paths = (await git(repository, 'show', '--format=', '--name-only', commit)).split('\n');
  const events = paths.filter((one) => /(?:^|\/)(?:incidents|maintenance)\//.test(one));
  // The names of its translations are longer.
  const [path = ''] = events.sort((a, b) => a.length - b.length);
  const kind = /(?:^|\/)maintenance\//.test(path) ? 'maintenance' : 'incident';
  const { content } = await findContent(env, () => false);
  const id = eventIdOf(path);
  return { commit, id, address: eventAddress(content.site.url, { kind, id }) };
}

/** The source of a form. */
export interface Asked {
  /** The address of the issue or workflow run. */
  address: string;
  /** For the name of the branch: `issue-12`. */
  name: string;
  /** The account of the author. */
  by: string;
}

/** The result of a form. */
export type Outcome =
  | { how: 'published'; commit: string; written: Written }
  | { how: 'review'; url: string; why?: string; written: Written }
  /** Published by an earlier run for the same issue. */
  | { how: 'earlier'; earlier: Earlier }
  /** Nothing is published, because an answer is invalid. */
  | { how: 'refused'; error: CommandError };

/**
 * Publishes a form directly, or with a pull request if a review is requested or the branch is protected.
 * @throws {CommandError} if Git or GitHub fails. A second run continues, and posts nothing twice
 */
export async function submitForm(
  filled: Filled,
  asked: Asked,
  github: GitHub,
  context: CommandContext,
): Promise<Outcome> {
  const line = requestLine(asked.address);
  const known: { earlier?: Earlier | undefined; written?: Written; refusal?: CommandError } = {};
  const change = async (place: WorkingCopy): Promise<Change | undefined> => {
    known.earlier = await findEarlier(line, place);
    if (known.earlier) return undefined;
    const written = await writeForm(filled, place.env).catch((error: unknown) => {
      if (error instanceof CommandError) known.refusal = error;
      throw error;
    });
    known.written = written;
    return {
      paths: written.paths.map((path) => relative(place.root, join(contentFolder(place.env), path))),
      message: `${written.message}\n${line}\n`,
      publishes: true,
      way: wantsReview(filled) ? 'review' : 'push',
      body: `Submitted by ${asked.by}: ${asked.address}\n\nMerge this pull request to publish it.`,
      reviewers: written.owners,
    };
  };
  let result: PushResult;
  try {
    result = await commitAndPush({ branch: `status/${asked.name}`, change }, github, context);
  } catch (error) {
    // Git's own failures are of the same class, and no other answer would do better.
    const isRefusal = error instanceof CommandError && (error === known.refusal || error.diagnostics.length > 0);
    if (isRefusal) return { how: 'refused', error };
    throw error;
  }
  const { earlier, written } = known;
  if (result.how === 'nothing' && earlier) {
    // The run before may have ended before it could.
    await startWorkflow(github, 'deploy.yml');
    return { how: 'earlier', earlier };
  }
  if (result.how === 'pushed' && written) return { how: 'published', commit: result.commit, written };
  if (result.how !== 'review' || !written) throw new RangeError('A form is always pushed or reviewed.');
  return { how: 'review', url: result.url, ...(result.why !== undefined && { why: result.why }), written };
}

/** GitHub maps all roles to four permissions: maintain is write, triage is read, and custom roles are their base role. */
const answerSchema = z.object({ permission: z.string() });
const WRITERS = ['admin', 'write'];

/**
 * Whether an account has write access to the repository.
 * @throws {CommandError} if GitHub does not answer
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayWrite(login: string, { request }: GitHub): Promise<boolean> {
  const path = `/collaborators/${encodeURIComponent(login)}/permission`;
  const { status, body } = await request('GET', path, undefined, [404]);
  // GitHub does not list this account, for example most bots.
  if (status === 404) return false;
  const { data } = answerSchema.safeParse(body);
  if (!data) throw new CommandError('GitHub did not return who can write to this repository.', { isTransient: true });
  return WRITERS.includes(data.permission);
}
