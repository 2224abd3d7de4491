import type { Command } from 'commander';
import { Argument } from 'commander';
import { AuthorError } from '../author/author-error.ts';
import type { CommandContext } from '../context.ts';
import { answerIssue } from '../forms/answer-issue.ts';
import { answerRun } from '../forms/answer-run.ts';
import { issueEvent, manualEvent, readEvent } from '../forms/event.ts';
import type { FormName } from '../forms/fields.ts';
import { FORM_NAMES } from '../forms/fields.ts';
import type { Sleep } from '../github/client.ts';
import { openGitHub } from '../github/client.ts';
import { addToSummary } from '../github/job-summary.ts';
import { Problem } from '../problem.ts';
import { errorCommand } from '../publish/report.ts';

const SOURCES = ['issue', ...FORM_NAMES] as const;

/** `form`: one filled form, as workflows carry it out. @param sleep waits for so many milliseconds */
export function registerForm(program: Command, context: CommandContext, sleep?: Sleep): void {
  program
    .command('form')
    .description('publish what somebody filled in on GitHub; for workflows')
    .addArgument(new Argument('<source>', 'an issue, or the inputs of a workflow').choices([...SOURCES]))
    .action(async (source: (typeof SOURCES)[number]) => {
      try {
        context.out(`${await carryOut(source, context, sleep)}\n`);
      } catch (error) {
        if (!(error instanceof Problem) && !(error instanceof AuthorError)) throw error;
        context.err(`${context.env['GITHUB_ACTIONS'] ? errorCommand(error.message) : error.message}\n`);
        process.exitCode = 1;
      }
    });
}

async function carryOut(source: 'issue' | FormName, context: CommandContext, sleep?: Sleep): Promise<string> {
  const github = openGitHub(context.env, sleep);
  if (source === 'issue') return answerIssue(await readEvent(issueEvent, context.env), github, context);
  const event = await readEvent(manualEvent, context.env);
  return answerRun(source, event, github, context, async (markdown) => {
    if (!(await addToSummary(markdown, context.env))) context.out(`${markdown}\n`);
  });
}
