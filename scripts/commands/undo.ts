import type { Command } from 'commander';
import { realpath } from 'node:fs/promises';
import { askNow, isTerminal } from '../authoring/prompts.ts';
import { pushCommit } from '../authoring/publish.ts';
import type { PostCommit, Seen } from '../authoring/undo.ts';
import { findPost, linesOf, removeCommit, revertCommit, seenText, whatWasSeen } from '../authoring/undo.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { findContent } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { CommandError } from '../lib/errors.ts';
import { runAuthoring } from '../lib/failure.ts';
import { findRepository, git } from '../lib/git.ts';
import { findUpstream } from '../lib/push.ts';

interface Options {
  yes?: boolean;
  wait?: boolean;
  json?: boolean;
}

type Way = 'undo' | 'correct' | 'nothing';

/** `undo`: takes back the last post, before or after it was pushed. */
export function registerUndo(program: Command, context: CommandContext): void {
  program
    .command('undo')
    .description('take back your last post, and say what subscribers have seen already')
    .argument('[commit]', 'the commit of another post (default: your last one on this branch)')
    .option('--yes', 'take it back without asking, also when it is pushed')
    .option('--wait', 'wait until the page no longer shows it')
    .option('--json', 'print the result as JSON, without asking questions')
    .action((commit: string | undefined, options: Options) =>
      runAuthoring(context, options, async (progress) => {
        progress.state = 'Nothing was taken back.';
        const say = options.json ? () => undefined : (text: string) => context.out(`${text}\n`);
        const found = await findContent(context.env, () => false);
        const { site } = found.content;
        const repository = await findRepository(await realpath(found.folder), context.env);
        if (typeof repository === 'string') throw new CommandError(repository);
        const post = await findPost(repository, commit);
        const when = datesFor('en', site.time_zone).near(post.at, found.now);
        say(`${post.subject} (${post.id}, ${when})\n\n${await linesOf(repository, post)}\n`);
        const branch = await git(repository, 'symbolic-ref', '--quiet', '--short', 'HEAD');
        if (!post.isPushed) {
          await removeCommit(repository, branch, post);
          say('Taken back. It was not pushed, so nobody has seen it.');
          return { undone: true, id: post.id, commit: post.commit };
        }

        const upstream = await findUpstream(repository);
        if (typeof upstream === 'string') throw new CommandError(upstream);
        const seen = await whatWasSeen(post, found, repository, upstream, context.env);
        say(`It is pushed. ${seenText(seen, site.time_zone)}\n`);
        const way = await chooseWay(options, post, seen);
        if (way === 'correct') {
          const { registerUpdate } = await import('./update.ts');
          registerUpdate(program, context);
          await program.parseAsync(['update', post.id], { from: 'user' });
        }
        if (way !== 'undo') return { undone: false, id: post.id, seen };
        const message = await revertCommit(repository, branch, post);
        progress.state = 'It is taken back in a commit that is not pushed. Run git push.';
        const page = { url: site.url, zone: site.time_zone, address: site.url.href };
        const change = { paths: [], page, message, name: `undo ${post.id}` };
        const pushed = await pushCommit(change, upstream, repository, { ...context, ...options, say, progress });
        return { undone: true, id: post.id, commit: post.commit, seen, ...pushed };
      }),
    );
}

/** What was said already is often better corrected than taken back. */
async function chooseWay({ yes, json }: Options, { id }: PostCommit, { channels, page }: Seen): Promise<Way> {
  if (yes) return 'undo';
  if (json || !isTerminal()) {
    throw new CommandError(
      `To take back what is pushed, add --yes. A correction is often better: npm run update -- ${id} "…"`,
    );
  }
  const undo = { value: 'undo', label: 'Take it back', hint: 'subscribers get no message about that' } as const;
  const correct = { value: 'correct', label: 'Post a correction instead', hint: `npm run update -- ${id}` } as const;
  const isSeen = page !== undefined || Object.keys(channels).length > 0;
  const ways = isSeen ? [correct, undo] : [undo, correct];
  return askNow<Way>('What do you want to do?', [...ways, { value: 'nothing', label: 'Leave it as it is' }]);
}
