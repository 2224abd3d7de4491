import type { Command } from 'commander';
import { readAddress } from '../lib/published.ts';
import { buildSite } from '../publish/build-site.ts';
import type { CommandContext } from '../lib/context.ts';

interface Options {
  outDir: string;
  lastGood?: boolean;
  strict?: boolean;
  address?: URL;
}

/** `build`: the site from the content folder. */
export function registerBuild(program: Command, context: CommandContext): void {
  program
    .command('build')
    .description('build the site from the content folder')
    .option('--outDir <dir>', 'the output folder', 'dist')
    .option('--last-good', 'publish the last valid version of each file that has errors, and list what was replaced')
    .option('--strict', 'with --last-good: exit with 3 if the page does not show everything in the files')
    .option(
      '--address <url>',
      'with --last-good: where the page will be served; must match “url” in site.yml',
      readAddress,
    )
    .action(async ({ outDir, lastGood, ...options }: Options) => {
      const publish = lastGood ? (await import('../publish/build-last-good.ts')).buildLastGood : undefined;
      process.exitCode = await (publish ? publish(outDir, options, context) : buildSite(outDir, context.env));
    });
}
