import type { Definition, FootnoteDefinition, Heading, RootContent } from 'mdast';
import type { Body, Instant } from '../core/model.ts';
import { formatTime } from '../core/time-text.ts';
import type { HeadingContext } from './headings.ts';
import { headingLine, readHeading } from './headings.ts';
import type { LabelledLine } from './labels.ts';
import { takeLabels } from './labels.ts';
import type { MarkdownBody } from './markdown.ts';
import { positionOf, walk } from './markdown.ts';
import { reportNearly } from './nearly.ts';
import { cleanProse } from './prose.ts';
import type { Position, Report } from './rules.ts';

/** How far ahead of the clock an update may be: clocks differ. */
export const AHEAD = 10 * 60_000;

/** An update as it stands in a file, before its labelled lines are understood. */
export interface Section {
  word: string;
  at: Instant;
  /** The id that is pinned behind its heading. */
  pinned?: string;
  body: Body;
  labels: readonly LabelledLine[];
  position: Position;
}

/** A file's text in its parts. */
export interface Sections {
  /** What stands before the first update; `undefined` when nothing does. */
  preface?: { body: Body; position: Position };
  /** Oldest first. */
  updates: Section[];
  /** Whether there are second-level headings, readable or not. */
  begun: boolean;
}

/** Parts the text of a file into its updates; whatever is not one, or in no order, is reported. */
export function readSections(body: MarkdownBody, context: HeadingContext, report: Report): Sections {
  const taken = new Set<number>();
  const groups = groupByHeading(body.tree.children);
  walk(body.tree, (node) => {
    if (node.type === 'heading' && node.depth === 2) taken.add(positionOf(node, body).line);
  });
  const nested = nestedHeadings(body);
  for (const heading of nested) readHeading(heading, body, context, report);

  const parts = groups.sections.map(({ heading, nodes }) => ({
    position: positionOf(heading, body),
    head: readHeading(heading, body, context, report),
    ...takeLabels(nodes, body, taken, report),
  }));
  const preface = takeLabels(groups.preface, body, taken, report);
  for (const { position } of preface.labels) {
    const reason = 'Labelled lines belong to an update, and no update has begun here.';
    report('label-misplaced', position, reason, exampleHeading(context));
  }
  reportNearly(body, taken, context, report);

  const prefaceAt = preface.rest[0] && positionOf(preface.rest[0], body);
  const prefaceBody = bodyOf(preface.rest, body);
  const updates = parts.flatMap(({ head, labels, rest, position }): Section[] =>
    head ? [{ ...head, labels, position, body: bodyOf(rest, body) }] : [],
  );
  for (const { at, word, position, pinned } of updates) {
    if (at <= context.now + AHEAD) continue;
    const now = formatTime(context.now);
    if (context.frozen) {
      const reason = `The update is dated ${formatTime(at)}, but content/.example holds the clock at ${now}. Delete that file with the examples.`;
      report('time-in-future', position, reason);
      continue;
    }
    const reason = `The update is dated ${formatTime(at)}, and now it is ${now}. Write the time at which you say it.`;
    report('time-in-future', position, reason, headingLine(word, formatTime(minuteOf(context.now)), pinned));
  }
  return {
    updates: oldestFirst(updates, report),
    begun: parts.length > 0,
    ...(prefaceAt && prefaceBody.children.length > 0 && { preface: { body: prefaceBody, position: prefaceAt } }),
  };
}

/** A heading to show where one is missing. */
export function exampleHeading(context: HeadingContext): string {
  return headingLine(context.vocabulary[0] ?? '', formatTime(minuteOf(context.now)));
}

/** The minute that an instant lies in. */
export function minuteOf(instant: Instant): Instant {
  return Math.floor(instant / 60_000) * 60_000;
}

/** What stands before the first second-level heading, and what below each. */
export function groupByHeading(nodes: readonly RootContent[]) {
  const preface: RootContent[] = [];
  const sections: { heading: Heading; nodes: RootContent[] }[] = [];
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 2) sections.push({ heading: node, nodes: [] });
    else (sections.at(-1)?.nodes ?? preface).push(node);
  }
  return { preface, sections };
}

function nestedHeadings(body: MarkdownBody): Heading[] {
  const nested: Heading[] = [];
  for (const node of body.tree.children) {
    if (node.type === 'heading') continue;
    walk(node, (inner) => {
      if (inner.type === 'heading' && inner.depth === 2) nested.push(inner);
    });
  }
  return nested;
}

/** A body that stands alone: definitions that its links and footnotes need come along, its own before others. */
export function bodyOf(nodes: RootContent[], body: MarkdownBody): Body {
  const wanted = new Set<string>();
  for (const node of nodes) {
    walk(node, (inner) => {
      if (inner.type === 'linkReference' || inner.type === 'imageReference')
        wanted.add(`definition ${inner.identifier}`);
      if (inner.type === 'footnoteReference') wanted.add(`footnoteDefinition ${inner.identifier}`);
    });
  }
  if (wanted.size === 0) return { type: 'root', children: cleanProse(nodes.filter((node) => !isDefinition(node))) };
  const elsewhere = body.tree.children.filter((node) => isDefinition(node) && !nodes.includes(node));
  const needed = new Map<string, RootContent>();
  for (const node of [...nodes, ...elsewhere].filter(isDefinition)) {
    const key = `${node.type} ${node.identifier}`;
    if (wanted.has(key) && !needed.has(key)) needed.set(key, node);
  }
  const text = nodes.filter((node) => !isDefinition(node));
  return { type: 'root', children: cleanProse([...text, ...structuredClone([...needed.values()])]) };
}

function isDefinition(node: RootContent): node is Definition | FootnoteDefinition {
  return node.type === 'definition' || node.type === 'footnoteDefinition';
}

/** Updates stand oldest or newest first, in one order throughout; equal times keep the file's order. */
function oldestFirst(sections: readonly Section[], report: Report): Section[] {
  const pairs = sections.slice(1).map((section, index) => ({ section, step: section.at - (sections[index]?.at ?? 0) }));
  const direction = Math.sign(pairs.find(({ step }) => step !== 0)?.step ?? 1);
  for (const { section, step } of pairs) {
    if (Math.sign(step) !== -direction) continue;
    const order = direction > 0 ? 'oldest' : 'newest';
    const reason = `The updates above stand ${order} first, and this one breaks the order. Move it to its place, or mend its time.`;
    report('updates-mixed', section.position, reason);
  }
  return direction > 0 ? [...sections] : sections.toReversed();
}
