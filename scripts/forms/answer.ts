import { z } from 'zod';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import { runAddress } from '../lib/github.ts';
import type { Asked, Outcome } from './submit.ts';
import { mayWrite, submitForm } from './submit.ts';
import type { IssueEvent, manualEvent } from './read-issue.ts';
import type { Filled, FormName } from './forms.ts';
import { readIssueBody } from './read-issue.ts';
import { tidyMessage } from '../authoring/answers.ts';
import { FORMS, labelOf, STANDS } from './forms.ts';
import { formLink } from './links.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { adviceOf } from '../../src/core/diagnostic.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { Block, Inline } from '../preview/blocks.ts';
import { code, codeBlock, commentNodes, link, list, paragraph, strong, writeComment } from '../preview/blocks.ts';

/** A comment on GitHub is at most 65,536 characters long. */
const LIMITS = { text: 2_000, items: 15 };

/** What to say to somebody who may not publish. */
export function thanks(): string {
  return printed([
    paragraph('Thank you. Somebody on the team will look at this.'),
    paragraph('Nothing was published, because you do not have write access to this repository.'),
  ]);
}

/** What became of a form. @param page the repository on GitHub @param editable whether its text may have changed since */
function outcomeReply(
  outcome: Exclude<Outcome, { how: 'refused' }>,
  page: string,
  { editable = false }: { editable?: boolean } = {},
): string {
  if (outcome.how === 'earlier') {
    const { address, commit, id } = outcome.earlier;
    const later = paragraph(
      `Later edits are not on the page. To publish them, fill in “${FORMS['post-update'].name}” with the id `,
      code(id),
      ', or edit the file.',
    );
    return printed([
      publishedText('An earlier run published it.', address, commit, page),
      ...(editable ? [later] : []),
    ]);
  }
  const { written } = outcome;
  const lead =
    outcome.how === 'published'
      ? [publishedText('It is published.', written.address, outcome.commit, page)]
      : [
          paragraph('This needs a review. To publish it, merge ', link(outcome.url, 'this pull request'), '.'),
          ...(outcome.why === undefined ? [] : [paragraph(outcome.why)]),
        ];
  const { nextUpdate, id, ends, hints, warnings, said } = written;
  const promised =
    nextUpdate === undefined ? [] : [paragraph('The next update is due by ', code(formatTime(nextUpdate)), '.')];
  const more = ends
    ? []
    : [
        paragraph(
          'For the next update, fill in ',
          formText(page, 'post-update', { id }),
          ' with the id ',
          code(id),
          '.',
        ),
      ];
  const correct =
    outcome.how === 'published' && said
      ? [
          paragraph(
            'To correct a word, fill in ',
            formText(page, 'correct-text', { id: said.address, message: said.text }),
            '.',
          ),
        ]
      : [];
  const look: Block[] =
    warnings.length === 0 ? [] : [paragraph('Please check:'), list(warnings.map(({ reason }) => [reason]))];
  return printed([...lead, ...promised, ...more, ...correct, ...hints.map((hint) => paragraph(hint)), ...look]);
}

/** The name of a form, which opens it with answers filled in. */
function formText(page: string, form: FormName, answers: Readonly<Record<string, string>>): Inline {
  return link(formLink(page, form, answers), FORMS[form].name);
}

/** Why nothing was published, and what to write. @param again how to try once more */
export function refusalReply(error: CommandError, form: FormName, again: string): string {
  const [head = '', ...rest] = inWordsOf(form, error.message).split('\n');
  const below = rest.join('\n').replace(/^\n+/, '').trimEnd();
  return printed([
    paragraph(strong('Nothing is published.'), ` ${head}`),
    ...(below === '' ? [] : [codeBlock(below)]),
    ...complaints(error.diagnostics),
    paragraph(again),
  ]);
}

/** What to say when Git or GitHub did not do its part. @param state whether something may be published */
function failureReply(reason: string, state: string): string {
  return printed([paragraph(strong(state), ` ${reason}`)]);
}

/** A problem with the options of commands in it, in the words of a form. */
function inWordsOf(form: FormName, message: string): string {
  return message.replaceAll(/--(no-news|next|started|message|scheduled|until)\b/g, (_, option: string) =>
    option === 'no-news' ? `“${STANDS.nothing}”` : `“${labelOf(form, option)}”`,
  );
}

function publishedText(lead: string, address: string, commit: string, page: string): Block {
  const change = link(`${page}/commit/${commit}`, commit);
  return paragraph(`${lead} It will be on the page in a minute or two: `, link(address), ' (commit ', change, ').');
}

function complaints(diagnostics: readonly Diagnostic[]): Block[] {
  return diagnostics.slice(0, LIMITS.items).flatMap((diagnostic): Block[] => {
    const advice = adviceOf(diagnostic);
    return [list([[diagnostic.reason]]), ...(advice ? [paragraph(advice.how), codeBlock(advice.text)] : [])];
  });
}

/** Blocks as a comment: whatever texts hold, it tells nobody and marks nothing up. */
function printed(blocks: readonly Block[]): string {
  return writeComment(blocks.flatMap((block) => commentNodes([block], LIMITS)));
}

const EDIT_AGAIN =
  'To try again, edit the text above and save it: the dots at its top right, then “Edit”. Leave the headings as they are.';

const stateSchema = z.object({ state: z.string() });

/**
 * Carries out the form that an issue is, if who wrote it may write to the repository, and answers in a comment. Once
 * something is published, or waits for a check, the issue is closed; a closed one is left alone.
 * @returns what was done, as a sentence without any text of the issue
 * @throws {CommandError} when Git or GitHub refuses; the issue says so too, if GitHub takes that
 */
export async function answerIssue(event: IssueEvent, github: GitHub, context: CommandContext): Promise<string> {
  const { number, body } = event.issue;
  const filled = readIssueBody(body ?? '');
  if (!filled) return `Issue #${number} was not created from one of the forms.`;
  if (event.action === 'edited' && event.changes?.body === undefined) return `The text of #${number} did not change.`;
  const say = (comment: string) => github.request('POST', `/issues/${number}/comments`, { body: comment });
  try {
    if (!(await maySend(event, github))) {
      if (event.action === 'opened') await say(thanks());
      return `Nothing was published, because the author of #${number} does not have write access to this repository.`;
    }
    if (!(await isOpen(number, github))) return `Issue #${number} is closed, so nothing was done.`;
  } catch (error) {
    throw await told(error, 'Nothing is published.', say, context.env);
  }
  const asked = { address: `${github.page}/issues/${number}`, name: `issue-${number}`, by: event.sender.login };
  return publish(filled, asked, number, say, github, context);
}

type Say = (comment: string) => Promise<unknown>;

async function publish(
  filled: Filled,
  asked: Asked,
  number: number,
  say: Say,
  github: GitHub,
  context: CommandContext,
): Promise<string> {
  try {
    const outcome = await submitForm(filled, asked, github, context);
    if (outcome.how === 'refused') {
      await say(refusalReply(outcome.error, filled.form, EDIT_AGAIN));
      return `Nothing was published. See the comment on #${number}.`;
    }
    await say(outcomeReply(outcome, github.page, { editable: true }));
    await github.request('PATCH', `/issues/${number}`, { state: 'closed', state_reason: 'completed' });
    if (outcome.how === 'earlier') return `An earlier run published #${number}. Later edits were not published.`;
    return `#${number} is ${outcome.how === 'review' ? 'in a pull request' : 'published'}.`;
  } catch (error) {
    throw await told(error, 'This could not be completed.', say, context.env);
  }
}

/** Both who wrote the issue and who edited it: a stranger's text is not published because somebody mends a typo in it. */
async function maySend({ issue, sender }: IssueEvent, github: GitHub): Promise<boolean> {
  const author = issue.user?.login;
  if (author === undefined || !(await mayWrite(sender.login, github))) return false;
  return author === sender.login || mayWrite(author, github);
}

/** As it is now: the event may be of long ago, when a job is run again. */
async function isOpen(number: number, github: GitHub): Promise<boolean> {
  const { body } = await github.request('GET', `/issues/${number}`);
  const { data } = stateSchema.safeParse(body);
  if (!data) throw new CommandError('GitHub did not return whether the issue is open.', { isTransient: true });
  return data.state === 'open';
}

/** Says in the issue that something failed, if GitHub takes that, and gives the failure back. */
async function told(error: unknown, state: string, say: Say, env: CommandContext['env']): Promise<unknown> {
  if (!(error instanceof CommandError)) return error;
  const run = runAddress(env);
  const again = `To try again, run this job again; nothing is published twice.${run === undefined ? '' : ` ${run}`}`;
  await say(failureReply(`${error.message} ${again}`, state)).catch(() => undefined);
  return error;
}

const RUN_AGAIN = 'To try again, run the workflow again with other answers.';

/**
 * Carries out a form that was filled in as the inputs of a workflow. GitHub lets only those start one by hand who may
 * write to the repository.
 * @param summarise writes Markdown into the summary of the run
 * @throws {CommandError} when nothing is published, or Git or GitHub refuses
 */
export async function answerRun(
  form: FormName,
  { inputs, repository }: z.output<typeof manualEvent>,
  github: GitHub,
  context: CommandContext,
  summarise: (markdown: string) => Promise<void>,
): Promise<string> {
  const { GITHUB_RUN_ID: run = '', GITHUB_ACTOR: by = '' } = context.env;
  if (github.ref !== repository.default_branch) {
    throw new CommandError(`Nothing was published. Run the workflow on the branch ${repository.default_branch}.`);
  }
  const asked = { address: `${github.page}/actions/runs/${run}`, name: `run-${run}`, by };
  const outcome = await submitForm({ form, answers: answersIn(form, inputs ?? {}) }, asked, github, context);
  if (outcome.how !== 'refused') {
    await summarise(outcomeReply(outcome, github.page));
    return outcome.how === 'review' ? 'Opened a pull request.' : 'Published.';
  }
  const { error } = outcome;
  await summarise(refusalReply(error, form, RUN_AGAIN));
  const reasons = error.diagnostics.map(({ reason }) => `\n${reason}`).join('');
  throw new CommandError(`Nothing is published. ${inWordsOf(form, error.message)}${reasons}`);
}

function answersIn(form: FormName, inputs: Readonly<Record<string, unknown>>): Filled['answers'] {
  const answers: Record<string, string> = {};
  for (const { key } of FORMS[form].fields) {
    const written = inputs[key];
    const text = typeof written === 'string' ? tidyMessage(written).trim() : '';
    if (text !== '') answers[key] = text;
  }
  return answers;
}
