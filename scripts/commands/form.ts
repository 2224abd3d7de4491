import type { Command } from 'commander';
import { Argument } from 'commander';
import type { CommandContext } from '../lib/context.ts';
import { answerIssue, answerRun } from '../forms/answer.ts';
import { issueEvent, manualEvent, readEvent } from '../forms/read-issue.ts';
import type { FormName } from '../forms/forms.ts';
import { WORKFLOW_FORMS } from '../forms/forms.ts';
import type { Sleep } from '../lib/retry.ts';
import { openGitHub } from '../lib/github.ts';
import { addToSummary } from '../lib/output.ts';

const SOURCES = ['issue', ...WORKFLOW_FORMS] as const;

/** `form`: one filled form, as workflows publish it. @param sleep waits for so many milliseconds */
export function registerForm(program: Command, context: CommandContext, sleep?: Sleep): void {
  program
    .command('form')
    .description('publish a form submitted on GitHub; for workflows')
    .addArgument(new Argument('<source>', 'an issue, or the inputs of a workflow').choices([...SOURCES]))
    .action(async (source: (typeof SOURCES)[number]) => {
      context.out(`${await publishForm(source, context, sleep)}\n`);
    });
}

async function publishForm(source: 'issue' | FormName, context: CommandContext, sleep?: Sleep): Promise<string> {
  const github = openGitHub(context.env, sleep);
  if (source === 'issue') return answerIssue(await readEvent(issueEvent, context.env), github, context);
  const event = await readEvent(manualEvent, context.env);
  return answerRun(source, event, github, context, async (markdown) => {
    if (!(await addToSummary(markdown, context.env))) context.out(`${markdown}\n`);
  });
}
