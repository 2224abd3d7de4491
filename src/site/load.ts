import { createHash } from 'node:crypto';
import type { Diagnostic } from '../core/diagnostic.ts';
import { adviceOf } from '../core/diagnostic.ts';
import type { Ledger } from '../core/ledger.ts';
import { buildLedger } from '../core/ledger.ts';
import type { Body, Instant } from '../core/model.ts';
import { loggable, printable } from '../core/printable.ts';
import { turningInstants } from '../core/turning.ts';
import type { Dates } from '../i18n/dates.ts';
import { datesFor } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';
import { LOCALES, wordsFor } from '../i18n/words.ts';
import { readClock } from '../reader/clock.ts';
import { readContent } from '../reader/content.ts';
import type { SourceFile, SourceFolder } from '../reader/files.ts';
import { contentFolder, readFolder, withoutPrepared, withPartialFiles } from '../reader/files.ts';
import { bodyText, renderBody } from '../reader/html.ts';
import { contentCommit } from './commit.ts';
import { codeDigest, digestOf, openKnownIncidents, settingsOf } from './kept.ts';
import type { Size } from './logo.ts';
import { logoSize } from './logo.ts';
import { remembered } from './memo.ts';

const PUBLIC = 'public';

/** Everything that routes need, of one reading and one instant; page models take it as it is. */
export interface Site {
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
  /** By which a build knows what the last one made of the same. */
  digests: Digests;
  logo?: Size;
  /** What is not quite right in the content, a text each. */
  warnings: readonly string[];
}

/** Change with what they are of. */
export interface Digests {
  /** Of what every page depends on: the code, `site.yml`, `components.yml`, the logo and, in an example, its instant. */
  common: string;
  /** Of the text of each file, by its path below the content folder. */
  files: ReadonlyMap<string, string>;
}

/** What there is to say about one build. */
export interface BuildFacts {
  built: Instant;
  commit?: string;
  /** Changes with everything that pages could show. */
  version: string;
  /** Why the clock stands still, if it does. */
  frozen?: 'example' | 'environment';
}

/**
 * The site, read once per build and anew after a change.
 * @throws {ContentProblem} that lists everything wrong in the content folder
 */
export function loadSite(): Promise<Site> {
  return remembered(readSite);
}

async function readSite(): Promise<Site> {
  const folder = contentFolder(process.env);
  const source = withPartialFiles(withoutPrepared(await readFolder(folder, PUBLIC)), process.env);
  const now = readClock(process.env, source);
  const code = codeDigest();
  const { known, keep } = openKnownIncidents(source, code);
  const { content, diagnostics } = readContent(source, { now, locales: LOCALES, known });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!content || errors.length > 0) throw new ContentProblem(errors, folder);

  keep();
  const ledger = buildLedger(content, now);
  const logo = await logoSize(PUBLIC, content.site.logo);
  const words = wordsFor(content.site.locale);
  const { url } = content.site;
  const commit = contentCommit(folder);
  const version = versionOf(source, now, commit);
  const frozen = process.env['STATUS_NOW'] ? 'environment' : content.exampleNow === undefined ? undefined : 'example';
  const labels = { tableLabel: words.say('body.table'), footnotesLabel: words.say('body.footnotes') };
  const footnoteBackLabel = (reference: string) => words.say('body.footnote_back', { reference });
  return {
    ledger,
    words,
    dates: datesFor(content.site.locale, content.site.time_zone),
    instants: turningInstants(ledger),
    html: (body, place) => renderBody(body, { ...place, root: url.pathname, ...labels, footnoteBackLabel }),
    text: bodyText,
    href: (path) => url.pathname + path.slice(1),
    absolute: (path) => url.href + path.slice(1),
    build: { built: now, version, ...(commit && { commit }), ...(frozen && { frozen }) },
    digests: {
      common: digestOf([code, settingsOf(source), JSON.stringify([logo, frozen === 'example' && now])]),
      files: new Map(source.files.map((file) => [file.path, digestOf(madeOf(file))])),
    },
    ...(logo && { logo }),
    warnings: diagnostics.map((warning) => inWords(warning, folder)),
  };
}

function versionOf(source: SourceFolder, now: number, commit: string | undefined): string {
  const hash = createHash('sha256').update(`${now} ${commit ?? ''}`);
  for (const file of source.files) hash.update(`\0${file.path}\0${madeOf(file).join('\0')}`);
  return hash.digest('hex').slice(0, 12);
}

/** The input of the pages about a file. */
function madeOf({ text = '', partial }: SourceFile): string[] {
  return partial ? [text, JSON.stringify(partial)] : [text];
}

/** What is wrong in the content folder. Has no stack, since nothing in the code is at fault. */
export class ContentProblem extends Error {
  override stack = '';

  constructor(errors: readonly Diagnostic[], folder: string) {
    const list = errors.map((error) => `  ${inWords(error, folder)}`);
    super(['The content cannot be published as it is:', ...list].join('\n'));
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
