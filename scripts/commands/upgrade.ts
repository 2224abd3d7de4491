import type { Progress } from '../lib/output.ts';
import { openProject, withWorkbench } from '../upgrade/project.ts';
import type { Command } from 'commander';
import { runAuthoring } from '../lib/failure.ts';
import { readLine } from '../authoring/answers.ts';
import { askLine, isTerminal } from '../authoring/prompts.ts';
import type { CommandContext } from '../lib/context.ts';
import { commitOf, moveTo } from '../upgrade/apply.ts';
import { planUpgrade, printNext, printPlan } from '../upgrade/plan.ts';
import { findAddress } from '../upgrade/release.ts';

interface Options {
  from?: string;
  dryRun?: boolean;
  json?: boolean;
}

/** `upgrade`: another version of Candor around the same content. It replaces itself: nothing is imported later. */
export function registerUpgrade(program: Command, context: CommandContext): void {
  program
    .command('upgrade')
    .description('upgrade Candor to another version, in one commit; keeps content/ and public/')
    .argument('<tag-or-folder>', 'a tag or branch of Candor’s repository, or a folder with another version')
    .option(
      '--from <address>',
      'the repository of the tag; saved as "repository" in package.json, which is the default',
    )
    .option('--dry-run', 'show the changes without making them')
    .option('--json', 'print the result as JSON')
    .action((wanted: string, options: Options) =>
      runAuthoring(context, options, (progress) => upgrade(wanted, options, context, progress)),
    );
}

function askAddress(): Promise<string> {
  return askLine('What is the URL of Candor’s Git repository?', (answer) => readLine(answer, 'address'), {
    example: 'https://github.com/OWNER/candor.git',
  });
}

async function upgrade(
  wanted: string,
  { from, dryRun, json }: Options,
  { env, out }: CommandContext,
  progress: Progress,
): Promise<object> {
  const say = (text: string): void => (json ? undefined : out(`${text}\n`));
  const project = await openProject(process.cwd(), env);
  return withWorkbench(project, async (bench) => {
    const address = from ?? (await findAddress(project, wanted, !json && isTerminal() ? askAddress : undefined));
    const plan = await planUpgrade(bench, project, wanted, address);
    const { changes, changedHere, offered, source, sourceCommit, tree, message } = plan;
    const report = { from: plan.from, to: plan.to, source, sourceCommit, ...changes, changedHere, offered };
    const { added, changed, removed } = changes;
    if (added.length + changed.length + removed.length === 0) {
      say(`This project already is Candor ${plan.to}, the same as in ${source}. Nothing changed.`);
      return { ...report, written: false };
    }
    say(`${printPlan(plan)}\n`);
    if (dryRun) {
      say('This was a dry run. Nothing was written.');
      return { ...report, written: false };
    }
    const commit = await commitOf(bench, project, tree, message);
    await moveTo(project, commit, progress);
    progress.state = `Committed the upgrade as ${commit.slice(0, 7)}.`;
    say(printNext(commit, [...added, ...changed].includes('package-lock.json')));
    return { ...report, written: true, commit };
  });
}
