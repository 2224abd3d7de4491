import { join, relative } from 'node:path';
import { z } from 'zod';
import { contentFolder } from '../../src/reader/files.ts';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Change, PushResult, WorkingCopy } from '../lib/commit-and-push.ts';
import { commitAndPush } from '../lib/commit-and-push.ts';
import { startWorkflow } from '../lib/github.ts';
import type { Filled, FormName } from './forms.ts';
import {
  missing,
  readAnnouncement,
  readChange,
  readEventName,
  readNext,
  readReport,
  readStand,
  readStatuses,
  refuseGaps,
  wantsReview,
} from './read-issue.ts';
import { findContent, readAs } from '../lib/content.ts';
import { eventAddress, eventIdOf } from '../../src/core/events.ts';
import { git } from '../lib/git.ts';
import { ownersOf } from '../lib/mentions.ts';
import type { Instant } from '../../src/core/days.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { approve } from '../authoring/approve.ts';
import { changeMaintenance } from '../authoring/change-maintenance.ts';
import { chooseEvent, newestEvents, onlyOne, stageOf, whatIsAhead, whatIsOpen } from '../authoring/choose-event.ts';
import type { FoundContent } from '../lib/content.ts';
import type { Answers as Said } from '../authoring/answers.ts';
import { approveCorrection, draftCorrection, findUpdate } from '../authoring/correct.ts';
import type { Draft } from '../authoring/draft.ts';
import { draftIncident, draftMaintenance, draftUpdate } from '../authoring/draft.ts';
import { incidentState } from '../../src/core/incident.ts';
import { localesOf } from '../../src/core/schema/site.ts';
import { translationFile } from '../../src/core/translations.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { noNews } from '../authoring/no-news.ts';
import { commitMessage, post } from '../authoring/post.ts';
import type { Post } from '../authoring/post.ts';
import type { Prepared } from '../authoring/translate.ts';
import { NONE, preparedWords, translateDraft, withFiles } from '../authoring/translate.ts';
import { howToSay, messageOf, readWords } from '../authoring/template.ts';
import { labelOf, STANDS } from './forms.ts';
import type { Stand } from './read-issue.ts';

/** What came into the content folder. */
interface Written {
  id: string;
  /** Where customers will read it. */
  address: string;
  /** Below the content folder; translations that say it too included. */
  paths: readonly string[];
  /** Of the commit. */
  message: string;
  /** Whether it ends the event, so that nothing more is to be said. */
  ends: boolean;
  /** The update that says it; nothing if there is none, or it is one that was there before. */
  said?: { address: string; text: string };
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
async function writeForm(filled: Filled, env: CommandContext['env']): Promise<Written> {
  refuseGaps(filled);
  return WRITERS[filled.form](filled, env);
}

type Write = (filled: Filled, env: CommandContext['env']) => Promise<Written>;

const WRITERS: Readonly<Record<FormName, Write>> = {
  'report-incident': (filled, env) => writeNew(env, (found) => draftIncident(readReport(filled, found), found)),
  'post-update': writeUpdate,
  'announce-maintenance': (filled, env) =>
    writeNew(env, (found) => draftMaintenance(readAnnouncement(filled, found), found)),
  'change-maintenance': writeChange,
  'correct-text': writeCorrection,
};

async function writeNew(env: CommandContext['env'], draftFrom: (found: FoundContent) => Draft): Promise<Written> {
  const found = await findContent(env, () => false);
  const draft = draftFrom(found);
  const warnings = approve(found, draft);
  // What is approved is one incident or maintenance.
  const [event] = readAs(found, draft.path, draft.text).events as [StatusEvent];
  return written({ draft, warnings }, event, found, env);
}

async function writeUpdate(filled: Filled, env: CommandContext['env']): Promise<Written> {
  const stand = readStand(filled);
  const { id, isListed } = readEventName(filled);
  const choose = stand === 'over' ? onlyOne() : ([newest]: readonly StatusEvent[]) => newest;
  const { found, event, text, hints } = await chooseEvent(env, id, choose, (content) => whatIsOpen(undefined, content));
  if (isListed) refuseOver(filled, event, found);
  const { answers, prepared } = updateAnswers(filled, stand, event, found);
  const draft = draftUpdate(answers, event, text, found);
  const translated = translateDraft(prepared, draft, found, event);
  const warnings = approve(withFiles(found, translated.files), draft, event);
  const post = { draft, before: text, warnings, translations: translated.files };
  return written({ ...post, hints: [...hints, ...translated.hints] }, event, found, env);
}

/** A form can have been opened while what it lists was still open. */
function refuseOver({ form }: Filled, event: StatusEvent, { now, content }: FoundContent): void {
  if (stageOf(event, now) !== 'over') return;
  const at = event.kind === 'incident' ? incidentState(event).resolvedAt : event.updates.at(-1)?.at;
  const dates = datesFor('en', content.site.time_zone);
  const since = at === undefined ? '' : ` since ${dates.dateTime(at)}`;
  throw new CommandError(
    `“${event.title}” has been over${since}. To add to it anyway, choose nothing under “${labelOf(form, 'event')}”, and write “${event.id}” under “${labelOf(form, 'id')}”.`,
  );
}

async function writeChange(filled: Filled, env: CommandContext['env']): Promise<Written> {
  const choose = onlyOne('Several are scheduled or running', 'you mean');
  const chosen = await chooseEvent(env, readEventName(filled).id, choose, whatIsAhead);
  const { message } = filled.answers;
  const { event, byException, draft, approve } = changeMaintenance(chosen, message !== undefined);
  const said = readChange(filled, event, byException);
  if (!byException && message === undefined) throw missing([labelOf(filled.form, 'message')]);
  const drafted = draft(said);
  const { text: before, found, hints } = chosen;
  return written({ draft: drafted, before, warnings: approve(drafted), hints }, event, found, env);
}

async function writeCorrection(filled: Filled, env: CommandContext['env']): Promise<Written> {
  const { id, anchor } = readEventName(filled);
  const { at, message = '' } = filled.answers;
  const none = 'No incident or maintenance has an update.';
  const told = ({ content }: FoundContent) => ({ events: newestEvents(content), none });
  const chosen = await chooseEvent(env, id, onlyOne('Several have updates', 'whose text is wrong'), told);
  const { event, found, text: before } = chosen;
  const update = findUpdate(event, { at, id: anchor }, found);
  const draft = draftCorrection(message, update, chosen);
  const warnings = approveCorrection(draft, update, chosen);
  const translations = localesOf(found.content.site).map((locale) => translationFile(draft.path, locale));
  const others = found.source.files.filter(({ path }) => translations.includes(path));
  const hints = others.map(({ path }) => `The translation ${path} still has the text as it was.`);
  return written({ draft, before, warnings, hints }, event, found, env);
}

/** What is said, and the prepared words in it. */
interface Worded {
  answers: Said;
  prepared: Prepared;
}

function updateAnswers(filled: Filled, stand: Stand, event: StatusEvent, found: FoundContent): Worded {
  const { message } = filled.answers;
  const component = readStatuses(filled, found);
  const next = { component, ...(stand === 'over' ? {} : readNext(filled.answers, event, found)) };
  if (stand === 'nothing') return holdingAnswers(message, next, event, found);
  if (message === undefined) throw missing([labelOf(filled.form, 'message')]);
  if (stand === 'over' && stageOf(event, found.now) === 'over') {
    throw new CommandError(`“${event.id}” has already ended. To add to it, choose “${STANDS.same}”.`);
  }
  return { answers: { message, status: statusFor(stand, event.kind), ...next }, prepared: NONE };
}

/** The words of the holding template, as `update --no-news` has them. */
function holdingAnswers(
  doing: string | undefined,
  next: Pick<Said, 'next' | 'component'>,
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
  const address = eventAddress(found.content.site.url, event);
  const after = readAs(found, path, draft.text).events.find(({ id }) => id === event.id);
  const said = after?.updates.findLast(({ at, word }) => at === update.at && word === update.word);
  return {
    id: event.id,
    address,
    ...(said && { said: { address: `${address}#${said.id}`, text: update.message } }),
    paths: [path, ...translations.map((one) => one.path)],
    message: commitMessage(update.word, title, path),
    ends: ['cancelled', 'corrected', WORDS.over[event.kind]].includes(update.word),
    ...(update.nextUpdate !== undefined && { nextUpdate: update.nextUpdate }),
    owners: ownersOf(event, found.content).owners,
    warnings,
    hints,
  };
}

/** What was published for the same issue or run before. */
interface Earlier {
  commit: string;
  id: string;
  /** Where customers read it. */
  address: string;
}

/** The last line of a commit, which says where it was asked for: so that a job that is run again posts nothing twice. */
function requestLine(address: string): string {
  return `Asked-In: ${address}`;
}

/** The commit that was made for an issue or a run already, if there is one. @param line see {@link requestLine} */
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

/** Where a form was filled in. */
export interface Asked {
  /** Of the issue, or of the run of the workflow. */
  address: string;
  /** What a branch is named after: `issue-12`. */
  name: string;
  /** The account that filled it in. */
  by: string;
}

/** What a filled form came to. */
export type Outcome =
  | { how: 'published'; commit: string; written: Written }
  | { how: 'review'; url: string; why?: string; written: Written }
  /** Published by an earlier run for the same issue. */
  | { how: 'earlier'; earlier: Earlier }
  /** Nothing is published: an answer cannot be understood, or the page would refuse it. */
  | { how: 'refused'; error: CommandError };

/**
 * Brings what a form says to the page, or into a pull request where that is wanted or the branch is protected.
 * @throws {CommandError} when Git or GitHub refuses; run again, it goes on and posts nothing twice
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

/** GitHub names one of four for every role: maintain counts as write, triage as read, a role of the owner's as what it is made from. */
const answerSchema = z.object({ permission: z.string() });
const MAY_WRITE = ['admin', 'write'];

/**
 * Whether somebody may write to the repository.
 * @throws {CommandError} when GitHub does not say
 * @see https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function mayWrite(login: string, { request }: GitHub): Promise<boolean> {
  const path = `/collaborators/${encodeURIComponent(login)}/permission`;
  const { status, body } = await request('GET', path, undefined, [404]);
  // Nobody that GitHub knows, as most bots.
  if (status === 404) return false;
  const { data } = answerSchema.safeParse(body);
  if (!data) throw new CommandError('GitHub did not return who can write to this repository.', { isTransient: true });
  return MAY_WRITE.includes(data.permission);
}
