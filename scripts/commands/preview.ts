import type { Command } from 'commander';
import { Option } from 'commander';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { runAddress } from '../lib/github.ts';
import { addToSummary, usesColour } from '../lib/output.ts';
import { paragraph } from '../preview/blocks.ts';
import { postComment } from '../preview/comment.ts';
import type { Preview } from '../preview/outline.ts';
import { outlineOf } from '../preview/outline.ts';
import { printJson, printMarkdown, printTerminal } from '../preview/print.ts';
import { readPreview } from '../preview/sides.ts';

const PUBLIC = 'public';
const FORMATS = ['terminal', 'markdown', 'json'] as const;

interface Options {
  base?: string;
  format: (typeof FORMATS)[number];
  json?: boolean;
  github?: boolean;
}

/** `preview`: shows what customers will see when the content folder is published. Exits with 1 if it has errors. */
export function registerPreview(program: Command, context: CommandContext): void {
  program
    .command('preview')
    .description('show what changes for customers when the content folder is published')
    .option('--base <commit>', 'commit to compare with (default: where this branch left the default branch)')
    .addOption(new Option('--format <format>', 'output format').choices([...FORMATS]).default('terminal'))
    .option('--json', 'the same as --format json')
    .option('--github', 'post the preview as a comment on the pull request of this job')
    .action(async (options: Options) => {
      await runPreview(options, context);
    });
}

async function runPreview({ base, format, json, github }: Options, context: CommandContext): Promise<void> {
  const preview = await readPreview(contentFolder(context.env), PUBLIC, base, context.env);
  const run = runAddress(context.env);
  if (github) await publish(printMarkdown(outlineOf({ ...preview, ...(run && { run }) })), context);
  else context.out(printed(preview, json ? 'json' : format, context.env));
  if (preview.errors.length > 0) process.exitCode = 1;
}

function printed(preview: Preview, format: Options['format'], env: CommandContext['env']): string {
  if (format === 'json') return `${printJson(preview)}\n`;
  const outline = outlineOf(preview);
  if (format === 'markdown') return printMarkdown(outline);
  return printTerminal(
    { ...outline, foot: [...outline.foot, paragraph(`Compared with commit ${preview.commit}.`)] },
    usesColour(env),
  );
}

/** Posts the comment, or else writes it to the job summary. */
async function publish(markdown: string, { env, out }: CommandContext): Promise<void> {
  const posted = await postComment(markdown, env);
  if ('url' in posted) return out(`Posted the comment: ${posted.url}\n`);
  if (!(await addToSummary(markdown, env))) return out(`${posted.refused}\n\n${markdown}`);
  out(`${posted.refused} See the preview in the summary of this job.\n`);
}
