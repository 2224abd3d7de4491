import type { Instant } from '../core/days.ts';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Diagnostic } from '../core/diagnostic.ts';
import { adviceOf, isError } from '../core/diagnostic.ts';
import type { Ledger } from '../core/ledger.ts';
import { buildLedger } from '../core/ledger.ts';
import type { Body, Content } from '../core/model.ts';
import { localesOf } from '../core/schema/site.ts';
import { contentIn, isShared, rootUrl } from '../core/locales.ts';
import { loggable, printable } from '../core/printable.ts';
import { upcomingChanges } from '../core/upcoming-changes.ts';
import type { Dates } from '../i18n/dates.ts';
import { datesFor } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';
import { CATALOGS, wordsOf } from '../i18n/words.ts';
import { readClock } from '../reader/clock.ts';
import { readContent } from '../reader/content.ts';
import type { SourceFile, SourceFolder } from '../reader/files.ts';
import { contentFolder, isSetting, readFolder, withoutPrepared, withPartialFiles } from '../reader/files.ts';
import { bodyText, renderBody } from '../reader/markdown/html.ts';
import { CACHE, codeDigest, digestOf } from './cache/bundle.ts';
import { IncidentLog } from './cache/incidents.ts';
import { CAN_DRAW } from './pictures.ts';
import { NEUTRAL } from '../core/git-settings.ts';

/** The commit that a folder's repository is at; `undefined` outside of one. */
function contentCommit(folder: string): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const answer = (error: Error | null, stdout: string) => resolve(error ? undefined : stdout.trim());
  execFile('git', [...NEUTRAL, 'rev-parse', 'HEAD'], { cwd: folder }, answer);
  return promise;
}

/** Width and height of a picture, in its own units. */
interface Size {
  width: number;
  height: number;
}

/** The size of a logo, where its format says so plainly: SVG and PNG. */
export async function logoSize(publicDir: string, logo: string | undefined): Promise<Size | undefined> {
  if (!logo) return undefined;
  const bytes = await readFile(join(publicDir, logo)).catch(() => Buffer.alloc(0));
  return logo.endsWith('.svg') ? svgSize(bytes.toString()) : pngSize(bytes);
}

function svgSize(svg: string): Size | undefined {
  const box = /<svg[^>]*\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(svg);
  const [width, height] = [Number(box?.[1]), Number(box?.[2])];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

// https://www.w3.org/TR/png-3/#11IHDR
function pngSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** The most by which one side of a logo is longer than the other where an icon is wanted. */
const MOST_OBLONG = 1.25;

/** The first of some pictures that can be the icon on the home screen of a phone: about as wide as high. */
async function markOf(publicDir: string, ...pictures: (string | undefined)[]): Promise<string | undefined> {
  for (const picture of pictures) {
    const size = await logoSize(publicDir, picture);
    if (!picture || !size || Math.max(size.width / size.height, size.height / size.width) > MOST_OBLONG) continue;
    const bytes = await readFile(join(publicDir, picture));
    return `data:image/${picture.endsWith('.svg') ? 'svg+xml' : 'png'};base64,${bytes.toString('base64')}`;
  }
  return undefined;
}

export const PUBLIC = 'public';

/** Everything that routes need of one reading and one instant, in one language; page models take it as it is. */
export interface Site {
  /** The site in each of its languages, the first language before others. */
  editions: readonly Site[];
  /** Where the files of the language lie below the site's folder: empty for the first, else `de/`. */
  folder: string;
  ledger: Ledger;
  words: Words;
  dates: Dates;
  /** The instants to come at which the page says something else by itself, soonest first. */
  instants: readonly Instant[];
  /** Sanitized HTML of an update's text. */
  html: (body: Body, place: { idPrefix: string; headingLevel: number }) => string;
  /** The same text without any markup. */
  text: (body: Body) => string;
  /** The address of a path of the site, such as `/history/`, on the host. */
  href: (path: string) => string;
  /** The same with the host. */
  absolute: (path: string) => string;
  build: BuildFacts;
  hasPictures: boolean;
  /** By which a build knows what the last one made of the same. */
  digests: Digests;
  /** Files that a build leaves as they are, below the site's folder: routes need no paths for them. */
  unchanged: Set<string>;
  logo?: Size;
  /** The owner's style sheet, with a path that changes with it. */
  theme?: { path: string; css: string };
  /** The owner's favicon or logo as a `data:` address, if it can be an icon. */
  mark?: string;
  /** What is not quite right in the content, a text each. */
  warnings: readonly string[];
}

/** Change with what they are of. */
interface Digests {
  /** Of what every page depends on: the code, `site.yml`, `components.yml`, the owner's words, links to the owner's pages, their style sheet, the logo and, in an example, its instant. */
  common: string;
  /** Of the text of each file, by its path below the content folder. */
  files: ReadonlyMap<string, string>;
}

/** What there is to say about one build. */
interface BuildFacts {
  built: Instant;
  commit?: string;
  /** Changes with everything that pages could show. */
  version: string;
  /** Why the clock stands still, if it does. */
  frozen?: 'example' | 'environment';
}

let loading: Promise<Site> | undefined;

/**
 * The site, read once per build and anew after a change.
 * @throws {ContentProblem} that lists everything wrong in the content folder
 */
export function loadSite(input?: Input): Promise<Site> {
  loading ??= (input ? readSite(input) : readInput().then(readSite)).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** What the integration sends to pages when the content folder changes. */
export const CONTENT_CHANGED = 'candor:content-changed';

import.meta.hot?.on(CONTENT_CHANGED, () => {
  loading = undefined;
});

/** The content folder, with what is known of its incidents. */
interface Input {
  source: SourceFolder;
  now: Instant;
  known: IncidentLog;
  /** A digest of the code. */
  code: string;
}

/** @param cache the folder of what is kept of the site */
export async function readInput(code = codeDigest(process.env), cache = CACHE): Promise<Input> {
  const open = (settings: SourceFolder) => {
    const against = digestOf([code, settingsOf(settings), ...[...settings.publicFiles].sort()]);
    return new IncidentLog(join(cache, 'incidents'), against, readClock(process.env, settings));
  };
  const { known, ...read } = await readFolder(contentFolder(process.env), PUBLIC, open);
  const source = withPartialFiles(withoutPrepared(read), process.env);
  return { source, now: readClock(process.env, source), known, code };
}

/** Reads incidents that are not known, so that a later reading knows them. @param half only every second name */
export function readAhead({ source, now, known }: Input, half?: 0 | 1): void {
  // A translation is read with what it translates, which has the same name up to the first dot.
  const nameOf = ({ path }: SourceFile) => path.split('.', 1)[0] ?? '';
  const unknown = source.files.filter(({ path, known: before }) => path.startsWith('incidents/') && !before);
  const names = [...new Set(unknown.map(nameOf))];
  const mine = new Set(half === undefined ? names : names.filter((_, index) => index % 2 === half));
  const isMine = (file: SourceFile) => !file.path.startsWith('incidents/') || mine.has(nameOf(file));
  readContent({ ...source, files: source.files.filter(isMine) }, { now, catalogs: CATALOGS, known });
  known.save();
}

async function readSite({ source, now, known, code }: Input): Promise<Site> {
  const folder = contentFolder(process.env);
  // Git runs while the content is read.
  const asked = contentCommit(folder);
  const { content, diagnostics } = readContent(source, { now, catalogs: CATALOGS, known });
  const errors = diagnostics.filter(isError);
  if (!content || errors.length > 0) throw new ContentProblem(errors, folder);

  known.save();
  const logo = await logoSize(PUBLIC, content.site.logo);
  const theme = themeOf(content);
  const mark = await markOf(PUBLIC, content.site.favicon, content.site.logo);
  const commit = await asked;
  const version = versionOf(source, now, commit);
  const isExample = content.exampleNow !== undefined;
  const frozen = process.env['STATUS_NOW'] ? ('environment' as const) : isExample ? ('example' as const) : undefined;
  const common = {
    build: { built: now, version, ...(commit && { commit }), ...(frozen && { frozen }) },
    digests: {
      common: digestOf([
        code,
        settingsOf(source),
        JSON.stringify([logo, CAN_DRAW, frozen === 'example' && now, linkedPages(content), theme?.path]),
      ]),
      files: new Map(source.files.map((file) => [file.path, digestOfFile(file)])),
    },
    hasPictures: CAN_DRAW,
    unchanged: new Set<string>(),
    ...(logo && { logo }),
    ...(theme && { theme }),
    ...(mark && { mark }),
    warnings: diagnostics.map((warning) => inWords(warning, folder)),
  };
  const editions: Site[] = [];
  for (const locale of localesOf(content.site))
    editions.push({ ...common, editions, ...inLanguage(contentIn(content, locale), now) });
  const [first] = editions;
  if (!first) throw new RangeError('A site has at least one language.');
  return first;
}

/** What differs from language to language. */
function inLanguage(content: Content, now: Instant) {
  const { locale, time_zone: zone, url } = content.site;
  const words = wordsOf(content);
  const root = rootUrl(content.site);
  const labels = { tableLabel: words.say('body.table'), footnotesLabel: words.say('body.footnotes') };
  const footnoteBackLabel = (reference: string) => words.say('body.footnote_back', { reference });
  const base = (path: string) => (isShared(path, content.site) ? root : url);
  const ledger = buildLedger(content, now);
  return {
    ledger,
    words,
    dates: datesFor(locale, zone),
    instants: upcomingChanges(ledger),
    folder: url.pathname.slice(root.pathname.length),
    html: (body: Body, place: Parameters<Site['html']>[1]) =>
      renderBody(body, { ...place, root: root.pathname, ...labels, footnoteBackLabel }),
    text: bodyText,
    href: (path: string) => base(path).pathname + path.slice(1),
    absolute: (path: string) => base(path).href + path.slice(1),
  };
}

/** The owner's style sheet, in the folder that browsers may keep forever. */
function themeOf({ theme }: Content): Site['theme'] {
  return theme === undefined
    ? undefined
    : { path: `/_astro/theme.${hash('sha256', theme).slice(0, 8)}.css`, css: theme };
}

/** What every page says of the owner's own pages. */
function linkedPages({ pages }: Content) {
  return pages
    .filter(({ nav }) => nav !== 'none')
    .map(({ id, title, nav, translations }) => [id, title, nav, [...translations].map(([to, own]) => [to, own.title])]);
}

/** Changes with everything that pages could show. */
function versionOf({ files }: SourceFolder, now: number, commit: string | undefined): string {
  const texts = [String(now), commit ?? '', ...files.flatMap((file) => [file.path, digestOfFile(file)])];
  return hash('sha256', JSON.stringify(texts)).slice(0, 12);
}

function digestOfFile({ digest = '', partial }: SourceFile): string {
  return partial ? digestOf([digest, JSON.stringify(partial)]) : digest;
}

/** The texts of `site.yml` and `components.yml`, which what incidents say is read against, and the owner's words. */
function settingsOf({ files }: SourceFolder): string {
  const settings = files.filter(({ path }) => isSetting(path) && path !== '.example');
  return JSON.stringify(settings.map(({ path, text }) => [path, text]));
}

/** What is wrong in the content folder. Has no stack, since nothing in the code is at fault. */
export class ContentProblem extends Error {
  override stack = '';

  constructor(errors: readonly Diagnostic[], folder: string) {
    const list = errors.map((error) => `  ${inWords(error, folder)}`);
    super(['The content has errors, so it cannot be published:', ...list].join('\n'));
  }
}

function inWords(diagnostic: Diagnostic, folder: string): string {
  const { file, line, column, reason } = diagnostic;
  // On GitHub, a line that looks like a workflow command would be one.
  const safe = process.env['GITHUB_ACTIONS'] ? loggable : printable;
  const advice = adviceOf(diagnostic);
  const text = advice ? `\n    ${advice.how}\n${safe(advice.text).replace(/^/gm, '      ')}` : '';
  return `${safe(`${folder}/${file}`).replaceAll('\n', '�')}:${line}:${column}  ${safe(reason)}${text}`;
}
