import { tidyMessage } from '../author/message.ts';
import type { CommandContext } from '../context.ts';
import type { GitHub } from '../github/client.ts';
import { Problem } from '../problem.ts';
import { carryOut } from './carry-out.ts';
import type { manualEvent } from './event.ts';
import type { Filled, FormName } from './fields.ts';
import { FORMS } from './fields.ts';
import { inWordsOf, outcomeReply, refusalReply } from './reply.ts';
import type { z } from 'zod';

const AGAIN = 'To try again, run the workflow again with other answers.';

/**
 * Carries out a form that was filled in as the inputs of a workflow. GitHub lets only those start one by hand who may
 * write to the repository.
 * @param summarise writes Markdown into the summary of the run
 * @throws {Problem} or {AuthorError} when nothing is published, or Git or GitHub refuses
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
    throw new Problem(`Nothing is published: run it on the branch ${repository.default_branch}, which is the page.`);
  }
  const asked = { address: `${github.page}/actions/runs/${run}`, name: `run-${run}`, by };
  const outcome = await carryOut({ form, answers: answersIn(form, inputs ?? {}) }, asked, github, context);
  if (outcome.how !== 'refused') {
    await summarise(outcomeReply(outcome, github.page));
    return outcome.how === 'review' ? 'It is in a pull request.' : 'It is published.';
  }
  const { error } = outcome;
  await summarise(refusalReply(error, form, AGAIN));
  const reasons = error.diagnostics.map(({ reason }) => `\n${reason}`).join('');
  throw new Problem(`Nothing is published. ${inWordsOf(form, error.message)}${reasons}`);
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
