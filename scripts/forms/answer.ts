import { z } from 'zod';
import { CommandError } from '../lib/errors.ts';
import type { CommandContext } from '../lib/context.ts';
import type { GitHub } from '../lib/github.ts';
import type { Asked } from './submit.ts';
import { submitForm, mayWrite } from './submit.ts';
import type { IssueEvent, manualEvent } from './read-issue.ts';
import type { Filled, FormName } from './forms.ts';
import { readIssueBody } from './read-issue.ts';
import { failureReply, inWordsOf, outcomeReply, refusalReply, thanks } from './reply.ts';
import { tidyMessage } from '../authoring/answers.ts';
import { FORMS } from './forms.ts';

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
  if (event.action === 'edited' && event.changes?.body === undefined) return `The text of #${number} is as it was.`;
  const say = (comment: string) => github.request('POST', `/issues/${number}/comments`, { body: comment });
  try {
    if (!(await maySend(event, github))) {
      if (event.action === 'opened') await say(thanks());
      return `Nothing is published: who wrote #${number} may not write to this repository.`;
    }
    if (!(await isOpen(number, github))) return `The issue #${number} is closed, so nothing is done.`;
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
      return `Nothing is published: #${number} says what is wrong.`;
    }
    await say(outcomeReply(outcome, github.page, { editable: true }));
    await github.request('PATCH', `/issues/${number}`, { state: 'closed', state_reason: 'completed' });
    if (outcome.how === 'earlier') return `What #${number} said was published by an earlier run; later words are not.`;
    return `What #${number} says is ${outcome.how === 'review' ? 'in a pull request' : 'published'}.`;
  } catch (error) {
    throw await told(error, 'This could not be finished.', say, context.env);
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
  if (!data) throw new CommandError('GitHub does not say whether the issue is open.', { isTransient: true });
  return data.state === 'open';
}

/** Says in the issue that something failed, if GitHub takes that, and gives the failure back. */
async function told(error: unknown, state: string, say: Say, env: CommandContext['env']): Promise<unknown> {
  if (!(error instanceof CommandError)) return error;
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
  const where = server && repository && run ? ` ${server}/${repository}/actions/runs/${run}` : '';
  const again = `To try again, run this job again; nothing is published twice.${where}`;
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
    throw new CommandError(
      `Nothing is published: run it on the branch ${repository.default_branch}, which is the page.`,
    );
  }
  const asked = { address: `${github.page}/actions/runs/${run}`, name: `run-${run}`, by };
  const outcome = await submitForm({ form, answers: answersIn(form, inputs ?? {}) }, asked, github, context);
  if (outcome.how !== 'refused') {
    await summarise(outcomeReply(outcome, github.page));
    return outcome.how === 'review' ? 'It is in a pull request.' : 'It is published.';
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
