import { InvalidArgumentError, type Command } from 'commander';
import { readClock } from '../../src/reader/clock.ts';
import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { exampleOf } from '../import/content-folder.ts';
import { readCstate, readCstateFiles } from '../import/cstate/read.ts';
import { reportText } from '../import/report.ts';
import type { Kind, Report } from '../import/report.ts';
import { runImport, type ReadSource } from '../import/run.ts';
import { isZone } from '../import/site-text.ts';
import { readStatusfySource } from '../import/statusfy/read.ts';
import { readStatuspageSource } from '../import/statuspage/read.ts';
import { readUpptimeSource } from '../import/upptime/read.ts';

interface Options {
  to?: string;
  zone?: string;
  issues?: string;
  closeOlderThan?: number;
  json?: boolean;
  dryRun?: boolean;
}

/** Adds `import` with one subcommand per kind of source to a program. */
export function registerImport(program: Command, context: CommandContext): void {
  const command = program
    .command('import')
    .description('import incidents and components from another status page into content/');
  withOptions(command.command('statuspage'))
    .description('import an Atlassian Statuspage from its API v2 (saved or live) or its history.atom')
    .argument(
      '<folder-or-address>',
      'a folder with api/v2/*.json, one such file, a history.atom, or the URL of the page',
    )
    .action(async (source: string, options: Options) => {
      await importFrom(source, (report) => readStatuspageSource(source, fetch, report), options, context);
    });
  withZone(withOptions(command.command('cstate')), 'required if the configuration has none')
    .description('import the configuration and incidents of a cState site')
    .argument('<folder>', 'folder of the site, with config.yml and content/, or its content/issues/')
    .action(async (folder: string, options: Options) => {
      const read: ReadSource = async (report, now) =>
        readCstate(await readCstateFiles(folder), { now, ...(options.zone && { zone: options.zone }) }, report);
      await importFrom(folder, read, options, context);
    });
  withZone(withOptions(command.command('statusfy')))
    .description('import the configuration and content of a Statusfy site')
    .argument('<folder>', 'folder of the site, with config.js and content/')
    .action(async (folder: string, options: Options) => {
      await importFrom(folder, (report) => readStatusfySource(folder, options.zone, report), options, context);
    });
  withZone(withOptions(command.command('upptime')))
    .description('import the configuration, history and issues of an Upptime repository')
    .argument('<folder>', 'clone of the repository, with .upptimerc.yml and history/')
    .option('--issues <file>', 'issues saved from GitHub (default: issues.json in the folder)')
    .action(async (folder: string, options: Options) => {
      await importFrom(
        folder,
        (report, _, words) => readUpptimeSource(folder, { ...options, words }, report),
        options,
        context,
      );
    });
}

/** The options that every kind of source has. */
function withOptions(command: Command): Command {
  return command
    .option('--to <folder>', 'content folder (default: $STATUS_CONTENT, else content)')
    .option('--close-older-than <days>', 'close open incidents that have had no update for this many days', readDays)
    .option('--dry-run', 'show what would be imported, without writing anything')
    .option('--json', 'print the report as JSON');
}

/** For sources in which times may stand without a zone. */
function withZone(command: Command, otherwise = 'default: UTC'): Command {
  return command.option(
    '--zone <name>',
    `time zone for times without one, such as Europe/Berlin (${otherwise})`,
    readZone,
  );
}

/**
 * Imports and prints the report. The exit code is 1 if an incident, an update or a component is missing afterwards, or
 * if the page still lacks its name or address.
 */
async function importFrom(from: string, read: ReadSource, options: Options, context: CommandContext): Promise<void> {
  const to = options.to ?? contentFolder(context.env);
  const report = await runImport(read, {
    from,
    to,
    now: readClock(context.env, await exampleOf(to)),
    dryRun: options.dryRun ?? false,
    ...(options.closeOlderThan !== undefined && { closeOlderThanDays: options.closeOlderThan }),
  });
  context.out(options.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
  if (isIncomplete(report)) process.exitCode = 1;
}

const INCOMPLETE = new Set<Kind>(['component-unreadable', 'components-not-written', 'site-incomplete']);

function isIncomplete({ notWritten, entries }: Report): boolean {
  const lost = notWritten.incidents + notWritten.maintenance + notWritten.updates;
  return lost > 0 || entries.some(({ kind }) => INCOMPLETE.has(kind));
}

function readDays(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Use a number of days, such as 30.');
  return Number(text);
}

function readZone(name: string): string {
  if (!isZone(name)) throw new InvalidArgumentError('Use the name of a time zone, such as Europe/Berlin.');
  return name;
}
