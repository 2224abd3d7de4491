import type { Instant } from '../../core/days.ts';
import { CLOCKS_DIFFER } from '../../core/limits.ts';
import type { Heading, RootContent } from 'mdast';
import type { Node } from 'unist';
import type { z } from 'zod';
import type { Body } from '../../core/model.ts';
import { parseTime } from '../../core/time-text.ts';
import { updateIdAt } from '../../core/identity.ts';
import type { EventContext } from './event.ts';
import type { HeadingContext, Section } from './headings.ts';
import { parseHeading, readHeading, splitPinnedId } from './headings.ts';
import type { LabelFields } from './label-values.ts';
import { readLabels } from './label-values.ts';
import { correctDates } from './dates.ts';
import { takeLabels } from './labels.ts';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { parseMarkdown, positionOf, visibleText } from '../markdown/markdown.ts';
import { bodyOf, groupByHeading, nestedHeadings } from './updates.ts';
import { checkProse } from '../markdown/prose.ts';
import type { Report, RuleId } from '../rules.ts';
import { checkLines, checkParagraphs } from '../markdown/source.ts';
import { nearest } from '../yaml/suggest.ts';
import { componentStatus } from '../../core/schema/event.ts';
import { line } from '../../core/schema/fields.ts';
import { checkTitle } from '../template.ts';
import { readYaml } from '../yaml/yaml.ts';

/** A file split into front matter and body, even if the lines between them are missing or broken. */
interface LooseParts {
  matter: string;
  body: string;
  /** The line of the file that the body begins on. */
  bodyLine: number;
}

/** Longer titles are cut. */
const LONGEST_TITLE = 300;
const FENCE = /^\s*(-{2,}|\+{3})/;
const SETTING = /^(\s|#(?!#)|- |[\w-]+\s*[:=])/;

/** Splits front matter from text if the lines between them are missing, broken or of another format. */
export function splitLoosely(text: string): LooseParts {
  const lines = text.split('\n');
  const first = lines.findIndex((one) => one.trim() !== '');
  const isOpened = FENCE.test(lines[first] ?? '');
  if (first < 0 || (!isOpened && !/^[a-z_]+:/.test(lines[first] ?? ''))) return { matter: '', body: text, bodyLine: 1 };
  const start = isOpened ? first + 1 : first;
  const closing = lines.findIndex((one, index) => index >= start && FENCE.test(one));
  const ending = lines.findIndex((one, index) => index >= start && (one.trim() === '' || !SETTING.test(one)));
  const end = closing >= 0 ? closing : ending >= 0 ? ending : lines.length;
  const from = closing >= 0 ? end + 1 : end;
  return {
    matter: lines.slice(start, end).join('\n'),
    body: lines.slice(from).join('\n'),
    bodyLine: from + 1,
  };
}

/** The fields of front matter that can be read one by one; of invalid YAML, only the title. */
export function readableFields<Shape extends z.ZodRawShape>(
  matter: string,
  schema: z.ZodObject<Shape>,
): Partial<z.output<z.ZodObject<Shape>>> {
  const value = readYaml(matter, 1, ignore)?.value;
  const written = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const loose = { ...written, title: titleOf(written['title'] ?? writtenTitle(matter)) };
  const fields = Object.entries(schema.shape).flatMap(([key, field]) => {
    const given = key === 'components' ? withKnownStatuses(written[key]) : loose[key as keyof typeof loose];
    const result = given === undefined ? undefined : (field as z.ZodType).safeParse(given);
    return result?.success ? [[key, result.data]] : [];
  });
  return Object.fromEntries(fields) as Partial<z.output<z.ZodObject<Shape>>>;
}

/** The title in a text that is not valid YAML. */
function writtenTitle(matter: string): string | undefined {
  const written = /^\s*title\s*[:=]\s*(.*)$/m.exec(matter)?.[1]?.trim();
  return /^(["'])(.+)\1$/.exec(written ?? '')?.[2] ?? written;
}

/** A title for customers: one line, without unfilled blanks. */
function titleOf(value: unknown): string | undefined {
  const { data } = line.safeParse(value);
  if (data === undefined) return undefined;
  let isBlankLeft = false;
  checkTitle(data, { line: 1, column: 1 }, () => (isBlankLeft = true));
  return isBlankLeft ? undefined : data.slice(0, LONGEST_TITLE).toWellFormed();
}

/** Components with a valid status. */
function withKnownStatuses(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, status]) => componentStatus.safeParse(status).success));
}

/** A report that nobody reads. */
export const ignore: Report = () => undefined;

/** The name of a file as a title: `2026-11-20-checkout-errors` becomes “Checkout errors”. */
export function titleFromName(path: string): string {
  const stem = (path.split('/').at(-1) ?? path).replace(/\.[A-Za-z]{1,10}$/, '');
  const words = (name: string) => name.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  const title = words(stem.replace(/^\d{4}-\d{2}-\d{2}(?!\d)/, '')) || words(stem) || stem;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** An update whose heading is valid, with those labelled lines that can be read. */
export interface ReadableUpdate {
  section: Section;
  fields: LabelFields;
}

/** The text of a file, of which not everything can be read. */
export interface ReadableText {
  /** Text before the first update. */
  preface: RootContent[];
  /** Oldest first. */
  updates: ReadableUpdate[];
  /** Headings that cannot be read, with the text below them. */
  rest: RootContent[];
  /** The statuses that those headings probably mean; nothing if that cannot be guessed. */
  meant: (string | undefined)[];
  /** The id that the first of them will probably have once corrected, from the time in it. */
  likelyId?: string | undefined;
  /** Makes a body of nodes of this text. */
  bodyOf: (nodes: RootContent[]) => Body;
}

/** How many characters are shown of a text that is too slow to parse. */
const SHOWN_PLAIN = 2000;

/** Reads what can be read of a file's text. @param known a text whose parts are left out, since they are shown already */
export function readLoosely(
  { body: text, bodyLine }: LooseParts,
  headings: HeadingContext,
  context: EventContext,
  started: Instant,
  known: string,
): ReadableText {
  const body = parseSafely(text, bodyLine, context);
  if (!body) return plainText(text);
  const groups = groupByHeading(body.tree.children);
  const isNew = (node: RootContent) => !known.includes(sourceOf(node, body));
  const result: ReadableText = {
    preface: groups.preface.filter(isNew),
    updates: [],
    rest: [],
    // Read first: `bodyOf` removes the positions of what it is given.
    meant: nestedHeadings(body)
      .filter(isNew)
      .map((heading) => parseHeading(splitPinnedId(visibleText(heading).trim()).text, headings).word),
    bodyOf: (nodes) => bodyOf(nodes, body),
  };
  const readable: { section: Section; heading: Heading; nodes: RootContent[] }[] = [];
  for (const { heading, nodes } of groups.sections) {
    if (!isNew(heading)) {
      result.rest.push(...nodes.filter(isNew));
      continue;
    }
    const head = readHeading(heading, body, headings, ignore);
    if (head && !head.isGuess && head.at <= context.now + CLOCKS_DIFFER) {
      const section = { ...head, position: positionOf(heading, body), labels: [], body: bodyOf([], body) };
      readable.push({ section, heading, nodes });
      continue;
    }
    const { text: said, id: pinned } = splitPinnedId(visibleText(heading).trim());
    const written = parseHeading(said, headings);
    result.rest.push(heading, ...nodes.filter(isNew));
    result.meant.push(written.word ?? nearest(written.written, headings.vocabulary));
    const likely = likelyTime(written.parsed, headings.zone);
    result.likelyId ??= pinned ?? (likely !== undefined && likely <= context.now ? updateIdAt(likely) : undefined);
  }
  const dated = correctDates(readable.map(({ section }) => section), headings, ignore); // prettier-ignore
  readable.forEach(({ heading, nodes, section }, index) => {
    const { isGuess, at } = dated[index] ?? {};
    if (!isGuess) {
      result.updates.push(readUpdate(section, nodes, body, { ...context, started }));
      return;
    }
    result.rest.push(heading, ...nodes.filter(isNew));
    result.meant.push(section.word);
    result.likelyId ??= section.pinned ?? (at !== undefined && at <= context.now ? updateIdAt(at) : undefined);
  });
  result.updates.sort((a, b) => a.section.at - b.section.at);
  return result;
}

/** Parses a text, unless that would take too long. */
function parseSafely(text: string, firstLine: number, context: EventContext): MarkdownBody | undefined {
  let isHeavy = false;
  const report: Report = (ruleId: RuleId) => {
    isHeavy ||= ruleId === 'nested-too-deep' || ruleId === 'line-too-long';
  };
  if (checkLines(text, report) || !checkParagraphs(text, firstLine, report)) return undefined;
  const body = parseMarkdown(text, firstLine);
  checkProse(body, context.publicFiles, report);
  return isHeavy ? undefined : body;
}

/** A labelled line that cannot be read stays in the text, where readers may understand it. */
function readUpdate(
  head: Omit<Section, 'body' | 'labels'>,
  nodes: RootContent[],
  body: MarkdownBody,
  context: EventContext & { started: Instant },
): ReadableUpdate {
  let isReadable = true;
  const report: Report = () => (isReadable = false);
  const { rest, labels } = takeLabels(nodes, body, new Set(), report);
  const fields = readLabels(
    { ...head, labels, body: { type: 'root', children: [] } },
    { ...context, siteZone: context.zone },
    report,
  );
  return isReadable
    ? { section: { ...head, labels, body: bodyOf(rest, body) }, fields }
    : { section: { ...head, labels: [], body: bodyOf(nodes, body) }, fields: {} };
}

/** The time that a heading says in another form, as the line to write instead says it. */
function likelyTime(parsed: ReturnType<typeof parseHeading>['parsed'], zone: string): Instant | undefined {
  if (!parsed) return undefined;
  if ('instant' in parsed) return parsed.instant;
  const { expected } = parsed.problem;
  const again = expected === undefined ? undefined : parseTime(expected, zone);
  return again && 'instant' in again ? again.instant : undefined;
}

function plainText(text: string): ReadableText {
  const paragraphs = text
    .slice(0, SHOWN_PLAIN)
    .toWellFormed()
    .split(/\n\s*\n/);
  return {
    preface: [],
    updates: [],
    rest: paragraphs
      .filter((value) => value.trim() !== '')
      .map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
    meant: [undefined],
    bodyOf: (nodes) => ({ type: 'root', children: nodes }),
  };
}

function sourceOf({ position }: Node, { lines }: MarkdownBody): string {
  return position ? lines.slice(position.start.line - 1, position.end.line).join('\n') : '';
}
