import type { Heading, RootContent } from 'mdast';
import type { Node } from 'unist';
import type { Body, Instant } from '../core/model.ts';
import { parseTime } from '../core/time-text.ts';
import { updateIdAt } from '../core/update-id.ts';
import type { EventContext } from './event.ts';
import type { HeadingContext } from './headings.ts';
import { CLOCKS_DIFFER, parseHeading, readHeading } from './headings.ts';
import type { LabelFields } from './label-values.ts';
import { readLabels } from './label-values.ts';
import { correctDates } from './implausible-dates.ts';
import { takeLabels } from './labels.ts';
import type { MarkdownBody } from './markdown.ts';
import { parseMarkdown, positionOf, visibleText } from './markdown.ts';
import type { LooseParts } from './partial-front-matter.ts';
import { ignore } from './partial-front-matter.ts';
import { splitPinnedId } from './pinned-id.ts';
import { checkProse } from './prose.ts';
import type { Report, RuleId } from './rules.ts';
import { checkLines, checkParagraphs } from './source.ts';
import { nearest } from './suggest.ts';
import type { Section } from './updates.ts';
import { bodyOf, groupByHeading, nestedHeadings } from './updates.ts';

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
