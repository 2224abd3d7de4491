import type { Instant } from '../../../src/core/days.ts';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { isPublicAddress, pageName } from '../site-text.ts';
import { CommandError } from '../../lib/errors.ts';
import { type ImportedContent, type ImportedEvent, type ImportedPage, lastNamed } from '../model.ts';
import { listFiles, readFiles, type TextFile } from '../source-files.ts';
import { type Kind, listFile, loseEvent, note, type Report, teller } from '../report.ts';
import { readBlocks } from './blocks.ts';
import { type Configuration, indexComponents, readConfiguration } from './configuration.ts';
import { fieldText, readPage, tellOfRepairs } from '../page.ts';
import { fieldsOf, readIssue, type Zoneless } from './issue.ts';
import { counted, cleanLine } from '../../lib/text.ts';
import { instantOf, readRepaired, shiftOf } from '../written-time.ts';

interface CstateOptions {
  /** Zone of times that state none: an IANA name. */
  zone?: string;
  now: Instant;
}

/**
 * What a cState site says. What it does not say, or cannot, goes into the report.
 * @throws {CommandError} when times state no zone, and neither the configuration nor `zone` says which is meant
 */
export function readCstate(files: CstateFiles, options: CstateOptions, report: Report): ImportedContent {
  for (const { path } of files.configuration) listFile(report, path, 'configuration');
  const configuration = readConfiguration(files.configuration, report);
  report.read.components = configuration.systems.length;
  const zone = options.zone ?? configuration.zone;
  const isZoneGiven = options.zone !== undefined || configuration.isZoneStated;
  const components = indexComponents(configuration, report);
  const base = URL.canParse(configuration.baseUrl) ? configuration.baseUrl : undefined;
  const zoneless: Zoneless[] = [];
  const shifts = new Set(files.pages.flatMap(({ text }) => sureShift(text)));
  const events: ImportedEvent[] = [];
  for (const file of files.pages) {
    const read = readIncidentPage(file, configuration, zone, options.now, report);
    listFile(report, file.path, read ? 'incident' : 'not read');
    if (!read) continue;
    if ('problem' in read.page) {
      const tell = teller(report, { file: file.path, line: read.page.line }, { subject: file.path });
      loseEvent('incident', read.page.problem, tell, report);
      continue;
    }
    tellOfRepairs(read.page, file.path, teller(report, { file: file.path }, { subject: file.path }));
    const event = readIssue({
      file: file.path,
      page: read.page,
      identity: read.identity,
      zone,
      isZoneGiven,
      shifts,
      zoneless,
      now: options.now,
      components,
      base,
      report,
    });
    if (event) events.push(event);
  }
  for (const path of files.others) listFile(report, path, 'not read');
  if (zone === undefined) refuseZoneless(zoneless);
  else reportZone(zoneless, zone, report);
  return {
    source: 'cstate',
    page: pageOf(configuration, files.configuration[0]?.path ?? 'config.yml', zone, report),
    tree: components.tree(lastNamed(events)),
    events,
  };
}

interface IncidentPage {
  page: ReturnType<typeof readPage>;
  identity: string;
}

/** A page if it is an incident that the site shows in its first language; why it is none is reported. */
function readIncidentPage(
  file: TextFile,
  configuration: Configuration,
  zone: string | undefined,
  now: Instant,
  report: Report,
): IncidentPage | undefined {
  const { path } = file;
  const page = readPage(file.text);
  const skip = (kind: Kind, line: number, reason?: string): undefined =>
    void note(report, kind, { file: path, line }, { subject: path }, reason);
  const inIssues = /(?:^|\/)issues\//i.test(path) || !/(?:^|\/)content\//.test(path);
  const section = 'problem' in page ? '' : fieldText(page, 'section').toLowerCase();
  const isIssue = /^issues?$/.test(section) || (inIssues && section === '');
  if (/(?:^|\/)_index\.\w+$/.test(path)) return skip('file-ignored', 1, 'It is a list page.');
  if (!isIssue) {
    const line = 'problem' in page ? page.line : (page.fields.get('section')?.line ?? 1);
    return skip(
      'file-ignored',
      line,
      inIssues ? 'Its section is not “issue”, so cState does not list it.' : 'It is a page, not an incident.',
    );
  }
  const { language, identity } = placeIn(path, configuration);
  if (language !== undefined && language !== configuration.language.toLowerCase()) {
    return skip('translation-left-out', 1, `Its language is ${language}, but the page’s is ${configuration.language}.`);
  }
  if ('problem' in page) return { page, identity };
  const about = { id: identity, subject: path };
  const fields = fieldsOf({ file: path, page, about, zone, zoneless: [], report });
  const lineOf = (name: string): number => page.fields.get(name)?.line ?? 1;
  if (fields.flag('draft') === true) return skip('draft-left-out', lineOf('draft'));
  if (fields.flag('published') === false) return skip('draft-left-out', lineOf('published'));
  const expired = fields.text('expirydate') === '' ? undefined : fields.time('expirydate')?.at;
  if (expired !== undefined && expired <= now) return skip('expired-left-out', lineOf('expirydate'));
  const published = fields.text('publishdate') === '' ? undefined : fields.time('publishdate')?.at;
  if (published !== undefined && published > now && !configuration.buildsFuture) {
    return skip('draft-left-out', lineOf('publishdate'), 'It is scheduled to be published later.');
  }
  return { page, identity };
}

/** The language of a page, if it says one, and its path without that. */
function placeIn(path: string, { languages }: Configuration): { language?: string; identity: string } {
  const below = path.replace(/^.*?(?:^|\/)content\//, '');
  for (const { code, folder } of languages) {
    const inFolder = folder === undefined || folder === 'content' ? '' : `${folder}/`;
    if (inFolder !== '' && path.startsWith(inFolder)) return { language: code, identity: path.slice(inFolder.length) };
    if (below.toLowerCase().startsWith(`${code}/`)) return { language: code, identity: below.slice(code.length + 1) };
    const ending = new RegExp(`\\.${RegExp.escape(code)}(\\.\\w+)$`, 'i');
    if (ending.test(below)) return { language: code, identity: below.replace(ending, '$1') };
  }
  return { identity: below };
}

/** @throws {CommandError} when there is any */
function refuseZoneless(zoneless: readonly Zoneless[]): void {
  const [first] = zoneless;
  if (!first) return;
  const files = new Set(zoneless.map(({ place }) => place.file)).size;
  throw new CommandError(
    `${counted(zoneless.length, 'time')} in ${counted(files, 'file')} without a zone, and the configuration has none.\n` +
      `The first: ${first.place.file}:${first.place.line ?? 1} “${first.text}”.\n` +
      'Add the time zone, for example --zone UTC or --zone Europe/Berlin. Nothing was written.',
  );
}

function reportZone(zoneless: readonly Zoneless[], zone: string, report: Report): void {
  for (const [file, [first, ...more]] of Map.groupBy(zoneless, ({ place }) => place.file)) {
    if (!first) continue;
    const also = more.length > 0 ? ` and ${more.length} more` : '';
    note(report, 'zone-given', first.place, { subject: file }, `“${first.text}”${also} in ${zone}.`);
  }
}

function pageOf(
  { title, baseUrl, description, locale }: Configuration,
  file: string,
  zone: string | undefined,
  report: Report,
): ImportedPage {
  const url = isPublicAddress(baseUrl) ? baseUrl : undefined;
  const words = cleanLine(description.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/<[^>]*>/g, ' '));
  const name = pageName(title);
  if (name !== title) note(report, 'page-guessed', { file }, { subject: title }, `Its name was read as “${name}”.`);
  return {
    ...(name !== '' && { name }),
    ...(url !== undefined && { url }),
    ...(words !== '' && { description: words }),
    locale,
    ...(zone !== undefined && !/^(?:Etc\/)?UTC$/.test(zone) && { timeZone: zone }),
  };
}

/** The shift between text and front matter, if the page shows it with certainty. */
function sureShift(source: string): number[] {
  const page = readPage(source);
  if ('problem' in page) return [];
  const [start, end] = ['date', 'resolvedwhen'].map((name) => readRepaired(fieldText(page, name))?.time);
  if (start?.offset !== 0) return [];
  const blocks = readBlocks(page.body, page.bodyLine, fieldText(page, 'title'));
  const shift = shiftOf(blocks, instantOf(start, 0, 1970) ?? 0, end && instantOf(end, 0, 1970));
  return shift?.isSure ? [shift.minutes] : [];
}

/** What is read of a cState repository, and what lies beside it. */
interface CstateFiles {
  configuration: TextFile[];
  /** Pages of the content folder: incidents and others. */
  pages: TextFile[];
  /** Files that are not read, by path. */
  others: string[];
}

const CONFIGURATION = /^(?:config|hugo)\.(?:ya?ml|toml|json)$/i;
const SPLIT_CONFIGURATION = /^config\/_default\/[^/]+\.(?:ya?ml|toml|json)$/i;
const PAGE = /\.(?:md|markdown|mdown)$/i;
/** What Hugo makes, what others made, and what is no content. */
const SKIPPED = /^(?:themes|public|resources|layouts|static|assets|archetypes|i18n|data|_?cstate)\/|(?:^|\/)\.[^/]*\//;

/**
 * Reads a cState repository, or a folder of its incidents; then the configuration is looked for above it.
 * @throws {CommandError} when there is nothing of the kind
 */
export async function readCstateFiles(source: string): Promise<CstateFiles> {
  const found = await stat(source).catch(() => undefined);
  if (!found?.isDirectory()) {
    const what = found ? 'is a file' : 'is not there';
    throw new CommandError(
      `${source} ${what}. Name the folder of a cState repository: the one with config.yml and content/.\n` +
        'Nothing was written.',
    );
  }
  const root = await rootOf(source);
  const paths = (await listFiles(root)).filter((path) => !SKIPPED.test(path));
  const within = `${relative(root, source).replaceAll('\\', '/')}/`.replace(/^\//, '');
  const isConfiguration = (path: string) => CONFIGURATION.test(path) || SPLIT_CONFIGURATION.test(path);
  const pages = pagesAmong(paths, within);
  if (pages.length === 0) {
    throw new CommandError(
      `There are no cState incidents in ${source}. Expected Markdown files such as content/issues/2026-01-10-outage.md.\n` +
        'Nothing was written.',
    );
  }
  return {
    configuration: await readFiles(root, paths.filter(isConfiguration)),
    pages: await readFiles(root, pages),
    others: paths.filter((path) => !isConfiguration(path) && !pages.includes(path)),
  };
}

/** Pages lie below a folder `content`; where there is none, everywhere but at the top beside a configuration. */
function pagesAmong(paths: readonly string[], within: string): string[] {
  const all = paths.filter(
    (path) => PAGE.test(path) && path.startsWith(within) && !/^readme\.md$/i.test(basename(path)),
  );
  const content = all.filter((path) => /(?:^|\/)content\//.test(path));
  return content.length > 0 ? content : all;
}

/** The folder that holds the configuration: the source itself, or one above its `content`. */
async function rootOf(source: string): Promise<string> {
  let folder = source;
  for (let level = 0; level < 4; level += 1) {
    const names = await readdir(folder);
    const isRoot = names.some((name) => CONFIGURATION.test(name)) || names.includes('config');
    if (isRoot) return folder;
    if (level === 0 && names.includes('content')) return folder;
    folder = dirname(folder);
  }
  return source;
}
