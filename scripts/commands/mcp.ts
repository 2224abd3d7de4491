import type { Command } from 'commander';
import { isTerminal } from '../authoring/prompts.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { registerAnnounce } from './announce.ts';
import { registerMaintenance } from './maintenance.ts';
import { registerNew } from './new.ts';
import { registerResolve } from './resolve.ts';
import { registerUpdate } from './update.ts';

const POSTING = [registerNew, registerUpdate, registerResolve, registerMaintenance, registerAnnounce];

/** `mcp`: the page for assistants. @see https://modelcontextprotocol.io/specification */
export function registerMcp(program: Command, context: CommandContext): void {
  program
    .command('mcp')
    .description('let an assistant read the status, and draft, propose or publish posts')
    .action(async () => {
      if (isTerminal())
        throw new CommandError('Assistants start this command. To tell yours how, see docs/assistants.md.');
      // It takes as long to load as a whole command.
      const { serveAssistant } = await import('../mcp/server.ts');
      serveAssistant(POSTING, context);
    });
}
