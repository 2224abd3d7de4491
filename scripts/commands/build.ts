import type { Command } from 'commander';
import { buildSite } from '../build-site.ts';
import type { CommandContext } from '../context.ts';

/** `build`: the site from the content folder. */
export function registerBuild(program: Command, { env }: CommandContext): void {
  program
    .command('build')
    .description('build the site from the content folder')
    .option('--outDir <dir>', 'where the site goes', 'dist')
    .action(async ({ outDir }: { outDir: string }) => {
      process.exitCode = await buildSite(outDir, env);
    });
}
