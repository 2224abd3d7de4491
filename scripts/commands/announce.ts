import type { Command } from 'commander';
import { minuteOf } from '../../src/core/human-time.ts';
import type { Answers } from '../authoring/answers.ts';
import { readAreas, readComponents, readLine, readTimeOption } from '../authoring/answers.ts';
import { readWithoutErrors } from '../authoring/approve.ts';
import { frontMatterText } from '../authoring/edit.ts';
import type { AuthoringOptions } from '../authoring/pipeline.ts';
import { collect, readMessage, TIMES_HELP, withMessage, withPublishing } from '../authoring/pipeline.ts';
import { askLine, askText, isTerminal } from '../authoring/prompts.ts';
import { TRAILER } from '../authoring/post.ts';
import { publish } from '../authoring/publish.ts';
import { eventIdOf } from '../../src/core/events.ts';
import { complete } from '../authoring/questions.ts';
import type { FoundContent } from '../lib/content.ts';
import { findContent, placeOf } from '../lib/content.ts';
import type { CommandContext } from '../lib/context.ts';
import { runAuthoring } from '../lib/failure.ts';
import { writeTogether } from '../lib/files.ts';
import { withoutSkips } from '../lib/git.ts';
import { claim, slug } from '../lib/text.ts';

interface Options extends AuthoringOptions {
  from?: string;
  pinned?: boolean;
}

const MESSAGE = 'What do you want to say?';

/** `announce`: the file of an announcement that is no incident. */
export function registerAnnounce(program: Command, context: CommandContext): void {
  const command = program
    .command('announce')
    .description('write an announcement that is no incident')
    .argument('[title]', 'what customers should know')
    .option('--from <time>', 'when it is published (default: now)')
    .option('--until <time>', 'until when the home page shows it, such as 30d (default: 14 days)')
    .option('--pinned', 'show it directly below the status')
    .option('--component <id>', 'a component or group that it is about; can be repeated', collect)
    .option('--area <area>', 'a region or group of customers that it is about; can be repeated', collect);
  [withMessage, withPublishing].forEach((add) => add(command));
  command.addHelpText('after', TIMES_HELP).action((title: string | undefined, options: Options) =>
    runAuthoring(context, options, async (progress) => {
      const found = await findContent(context.env, () => false);
      const given = { ...(title !== undefined && { title }), ...(await readMessage(options)) };
      const needed = { title: 'a title', message: '-m or --message-file' };
      const asks = !options.json && isTerminal();
      const said = await complete(given, needed, asks ? () => ask(given) : undefined);
      const { path, title: heading, text } = draft({ ...options, ...said }, found);
      const { diagnostics: warnings } = readWithoutErrors(found, path, text);
      const file = placeOf(found, path);
      const { site } = found.content;
      const change = {
        shown: [{ place: `${file} (new)`, lines: text }],
        warnings,
        hints: [],
        write: () => writeTogether([{ path: file, text, before: undefined }]),
        written: `Wrote ${file}.`,
        paths: [path],
        message: `${withoutSkips(`Announcement: ${heading}`)}\n\n${TRAILER}: ${eventIdOf(path)}\n`,
        name: `announcement ${heading}`,
        page: { url: site.url, address: site.url.href, zone: site.time_zone },
      };
      return { file, added: text, warnings, ...(await publish(change, options, found.folder, context, progress)) };
    }),
  );
}

async function ask(given: Partial<Said>): Promise<Said> {
  const title =
    given.title ??
    (await askLine('What should customers know?', (text) => readLine(text, 'title'), {
      example: 'Support is closed on 25 December',
    }));
  return {
    title,
    message: given.message ?? (await askText(MESSAGE, (text) => readLine(text.split('\n', 1)[0] ?? '', 'text'))),
  };
}

type Said = Required<Pick<Answers, 'title' | 'message'>>;

/** The file of a new announcement. @throws {CommandError} when an answer cannot be understood */
function draft({ title: written, message, pinned, ...options }: Options & Said, found: FoundContent) {
  const title = readLine(written, 'title');
  const now = minuteOf(found.now);
  const from = options.from === undefined ? now : readTimeOption(options.from, '--from', 'after', found);
  const until =
    options.until === undefined ? undefined : readTimeOption(options.until, '--until', 'after', found, from);
  const components = Object.keys(readComponents(options.component ?? [], found.content, 'operational'));
  const areas = readAreas(options.area);
  const front = frontMatterText({
    title,
    from,
    ...(until !== undefined && { until }),
    ...(pinned && { pinned }),
    components,
    areas,
  });
  const taken = new Set(found.source.files.map(({ path }) => path.replace(/^announcements\/|\.md$/g, '')));
  const path = `announcements/${claim(slug(title, 80) || 'announcement', taken)}.md`;
  return {
    path,
    title,
    text: `---\n${front}---\n\n${message}\n`,
  };
}
