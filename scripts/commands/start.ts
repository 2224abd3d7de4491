import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { siteOptions } from '../../src/site/options.ts';
import { buildSite } from '../publish/build-site.ts';
import type { CommandContext } from '../lib/context.ts';
import { serve } from '../lib/serve.ts';

const PORT = 4321;

interface Options {
  outDir: string;
  host?: string;
  port: number;
  build: boolean;
}

/** `start`: the site, built and served. */
export function registerStart(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('build the site and serve it on this machine')
    .option('--outDir <dir>', 'the output folder', 'dist')
    .option('--host <name>', 'the host to listen on')
    .option('--port <number>', 'the first port to try', readPort, PORT)
    .option('--no-build', 'serve the existing build')
    .action(async ({ outDir, build, ...options }: Options) => {
      const code = build ? await buildSite(outDir, context.env) : 0;
      if (code === 0)
        context.out(`The page is at ${await serve(outDir, { ...siteOptions(context.env), ...options })}\n`);
      else process.exitCode = code;
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Use a number up to 65535.');
  return port;
}
