import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { CommandContext } from '../context.ts';
import { readContentFolder } from '../read.ts';
import { printDiagnostics } from '../reporters/index.ts';

const ASTRO = fileURLToPath(import.meta.resolve('astro/package.json')).replace(/package\.json$/, 'bin/astro.mjs');

/** `build`: the site from the content folder. Refuses errors before anything is written. */
export function registerBuild(program: Command, { env, err }: CommandContext): void {
  program
    .command('build')
    .description('build the site from the content folder')
    .option('--outDir <dir>', 'where the site goes', 'dist')
    .action(async ({ outDir }: { outDir: string }) => {
      const { diagnostics, folder } = await readContentFolder(env);
      if (diagnostics.length > 0) {
        err(`${printDiagnostics(diagnostics, 'terminal', { folder, colour: Boolean(process.stderr.isTTY) })}\n`);
      }
      if (diagnostics.some(({ severity }) => severity === 'error')) {
        err('Nothing was built. The site that is published stays as it is.\n');
        process.exitCode = 1;
        return;
      }
      const child = spawn(process.execPath, [ASTRO, 'build', '--outDir', outDir], {
        stdio: 'inherit',
        env: { ...env },
      });
      const [code] = (await once(child, 'exit')) as [number | null];
      process.exitCode = code ?? 1;
    });
}
