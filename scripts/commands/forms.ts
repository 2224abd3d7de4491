import { relative } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../lib/context.ts';
import { findDrift, syncFormsOnGitHub, syncForms, settledContent, UNSETTLED } from '../forms/sync.ts';
import { openGitHub } from '../lib/github.ts';
import { CommandError } from '../lib/errors.ts';
import { addToSummary } from '../lib/output.ts';
import { bookmarks } from '../forms/links.ts';
import { readContentFolder } from '../lib/content.ts';

/** `forms`: GitHub's issue forms, which list the components. */
export function registerForms(program: Command, context: CommandContext): void {
  program
    .command('forms')
    .description('write the GitHub issue forms, which list the components')
    .option('--github', 'update the existing forms on GitHub, as deployments do')
    .action(async ({ github }: { github?: boolean }) => {
      const done = github ? await syncAndLink(context) : await writeForms(context);
      context.out(`${done}\n`);
    });
}

/** Updates the forms on GitHub, and lists links to them in the summary of the job. */
async function syncAndLink(context: CommandContext): Promise<string> {
  const github = openGitHub(context.env);
  const done = await syncFormsOnGitHub(github, context);
  await addToSummary(bookmarks(github), context.env);
  return done;
}

async function writeForms({ env }: CommandContext): Promise<string> {
  const reading = await readContentFolder(env);
  const content = settledContent(reading);
  if (!content) throw new CommandError(UNSETTLED);
  const drift = await findDrift(reading.folder, content, reading.now, { all: true });
  await syncForms(drift);
  if (drift.length === 0) return 'The forms are up to date.';
  const places = drift.map(({ place }) => relative(process.cwd(), place));
  return `Written: ${new Intl.ListFormat('en').format(places)}.`;
}
