import type { DateSlip } from '../../core/limits.ts';
import type { Definition, FootnoteDefinition, Heading, Nodes, RootContent } from 'mdast';
import { millisecondsInDay } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import { CLOCKS_DIFFER, LIMITS, DATE_PARTS, findDateSlip } from '../../core/limits.ts';
import type { Body } from '../../core/model.ts';
import { formatTime } from '../../core/time-text.ts';
import type { HeadingContext, Section } from './headings.ts';
import { headingLine, headingWord, readHeading, timeNow } from './headings.ts';
import { takeLabels } from './labels.ts';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { positionOf, walk } from '../markdown/markdown.ts';
import { reportNearMisses } from './near-misses.ts';
import { cleanProse } from '../markdown/prose.ts';
import type { Position, Report } from '../rules.ts';
import { ignore } from '../rules.ts';
import type { Instant } from '../../core/days.ts';
import { formatTimeIn } from '../../core/human-time.ts';

/** The longest time between updates of one group. */
const TOGETHER = milliseconds({ days: 60 });

/**
 * Reports updates of an incident whose date is clearly wrong: last year in a new incident, or more than a year after the
 * one before.
 * @param sections in the order of the file
 * @returns the same sections; wrong dates are corrected, and marked as guesses
 */
export function correctDates(sections: readonly Section[], context: HeadingContext, report: Report): Section[] {
  const right = mainGroup(sections, context.fileDay);
  const corrected = sections.map((section, index): Section => {
    const found = section.isGuess ? undefined : slipOf(section, sections, index, right, context.fileDay);
    if (!found) return section;
    const { slip, evidence } = found;
    const reason = `The ${slip.part} looks wrong: the update is dated ${formatTime(section.at)}, but ${evidence}.`;
    const line = headingLine(section.word, formatTimeIn(slip.instant, context.zone), section.pinned);
    report('time-implausible', section.position, reason, slip.instant > context.now + CLOCKS_DIFFER ? undefined : line);
    return { ...section, at: slip.instant, isGuess: true };
  });
  if (corrected.every((section, index) => section === sections[index])) reportSilence(sections, report);
  return corrected;
}

interface Found {
  slip: DateSlip;
  /** The evidence, as the end of a sentence. */
  evidence: string;
}

function slipOf(
  { at, word }: Section,
  sections: readonly Section[],
  index: number,
  right: readonly Instant[],
  fileDay: Instant | undefined,
): Found | undefined {
  const [above, below] = [sections[index - 1]?.at, sections[index + 1]?.at];
  if (above !== undefined && below !== undefined && Math.abs(above - below) <= TOGETHER) {
    const near = nearestTo(at, [above, below]);
    const slip = near === undefined ? undefined : findDateSlip(at, near, DATE_PARTS);
    if (slip) return { slip, evidence: `it is between the updates of ${dayOf(above)} and ${dayOf(below)}` };
  }
  // The file is named when an incident begins, so no update can be earlier. A later update proves nothing.
  if (fileDay !== undefined && at < fileDay) {
    const slip = findDateSlip(at, fileDay, DATE_PARTS);
    if (slip) return { slip, evidence: `the file name says ${dayOf(fileDay)}` };
  }
  if (right.includes(at)) return undefined;
  const near = nearestTo(at, right);
  // A postmortem, and updates to it, can come long after the end.
  const isOver = sections.some((other) => other.word === 'resolved' && other.at < at);
  const isAdded = word === 'postmortem' || (word === 'update' && isOver);
  if (near === undefined || (isAdded && at > near)) return undefined;
  const slip = findDateSlip(at, near, ['year']);
  return slip && { slip, evidence: `the nearest update is from ${dayOf(near)}` };
}

/** The times that count as right: those near the day in the file's name, else the largest group, else the newest. */
function mainGroup(sections: readonly Section[], fileDay: Instant | undefined): Instant[] {
  const times = sections.flatMap(({ at, word, isGuess }) => (isGuess || word === 'postmortem' ? [] : [at]));
  const groups: Instant[][] = [];
  for (const time of times.sort((a, b) => a - b)) {
    const last = groups.at(-1);
    if (last && time - (last.at(-1) ?? 0) <= TOGETHER) last.push(time);
    else groups.push([time]);
  }
  if (fileDay !== undefined) {
    const named = groups.find((group) => group.some((time) => Math.abs(time - fileDay) <= TOGETHER));
    const isOlder = groups.every((group) => group.every((time) => time < fileDay));
    if (named || isOlder) return named ?? [];
  }
  return groups.toReversed().sort((a, b) => b.length - a.length)[0] ?? [];
}

/** Reports long gaps between updates. After the end, updates can come at any time. */
function reportSilence(sections: readonly Section[], report: Report): void {
  const inTime = sections.filter(({ isGuess }) => !isGuess).sort((a, b) => a.at - b.at);
  let isOver = false;
  inTime.forEach((section, index) => {
    const before = inTime[index - 1];
    const isAdded = section.word === 'postmortem' || (section.word === 'update' && isOver);
    isOver = isAdded ? isOver : section.word === 'resolved';
    if (!before || isAdded || section.at - before.at <= LIMITS.silence) return;
    const days = Math.round((section.at - before.at) / millisecondsInDay);
    const reason = `This update is dated ${formatTime(section.at)}, ${days} days after the one before it. Correct the wrong date. If both are right, create a new incident for what happened later.`;
    report('time-implausible', section.position, reason);
  });
}

function nearestTo(instant: Instant, others: readonly Instant[]): Instant | undefined {
  return [...others].sort((a, b) => Math.abs(a - instant) - Math.abs(b - instant))[0];
}

function dayOf(instant: Instant): string {
  return formatTime(instant).slice(0, 10);
}

/** Suggested texts for statuses that say enough. For others, only the author knows what customers notice. */
const SENTENCES: Readonly<Record<string, string>> = {
  resolved: 'This incident has been resolved.',
  in_progress: 'The maintenance has started.',
  completed: 'The maintenance has been completed.',
  cancelled: 'The maintenance has been cancelled.',
};

const EXAMPLE = 'Some customers in Europe cannot pay. We are looking for the cause.';

/** Reports an update without text. Labelled lines do not count, because they are shown next to the text. */
function reportEmpty({ body, word, position, isGuess }: Section, report: Report): void {
  if (hasText(body)) return;
  const reason = `This “${headingWord(word)}” update has no text. Below the heading, say what customers notice and what you are doing.`;
  // The lines of a heading with an error change once it is corrected, so nothing can be added below it yet.
  const sentence = isGuess ? undefined : SENTENCES[word];
  report(
    'update-empty',
    position,
    reason,
    sentence === undefined ? { example: EXAMPLE } : { text: sentence, edit: 'below' },
  );
}

/** Whether a text has words, or an image with a description. */
export function hasText(body: Body): boolean {
  return body.children.some(isReadable);
}

function isReadable(node: Nodes): boolean {
  if (node.type === 'definition' || node.type === 'footnoteDefinition') return false;
  if (node.type === 'image' || node.type === 'imageReference') return true;
  if (node.type === 'html') return /[^\s\p{C}]/u.test(node.value.replace(/<[^>]*>/g, ''));
  if ('value' in node) return /[^\s\p{C}]/u.test(node.value);
  return 'children' in node && node.children.some(isReadable);
}

/** The parts of a file's text. */
export interface Sections {
  /** The text before the first update, if any. */
  preface?: { body: Body; position: Position };
  /** Oldest first. */
  updates: Section[];
  /** Whether there is any update, even with errors. */
  begun: boolean;
  /** Whether a heading is invalid, so that the order of updates is unknown. */
  isDoubtful: boolean;
}

/** Splits the text of a file into updates. Reports other text, and updates in the wrong order. */
export function readSections(body: MarkdownBody, context: HeadingContext, report: Report): Sections {
  const taken = new Set<number>();
  const groups = groupByHeading(body.tree.children);
  walk(body.tree, (node) => {
    if (node.type === 'heading' && node.depth === 2) taken.add(positionOf(node, body).line);
  });
  const nested = nestedHeadings(body);
  for (const heading of nested) {
    const head = readHeading(heading, body, context, report);
    if (!head || head.isGuess) continue;
    const reason =
      'This heading is inside a list or a quotation, so it does not start an update. Move it to the start of a line.';
    report(
      'heading-nearly',
      positionOf(heading, body),
      reason,
      headingLine(head.word, formatTime(head.at), head.pinned),
    );
  }

  const parts = groups.sections.map(({ heading, nodes }) => ({
    position: positionOf(heading, body),
    head: readHeading(heading, body, context, report),
    ...takeLabels(nodes, body, taken, report),
  }));
  const preface = takeLabels(groups.preface, body, taken, report);
  const isNearlyBegun = reportNearMisses(body, taken, context, report);
  const isDoubtful = isNearlyBegun || parts.some(({ head }) => !head);

  const prefaceAt = preface.rest[0] && positionOf(preface.rest[0], body);
  const prefaceBody = bodyOf(preface.rest, body);
  const hasPreface = prefaceBody.children.length > 0 && !isNearlyBegun;
  for (const { position } of hasPreface || isNearlyBegun ? [] : preface.labels) {
    const reason = 'Labels belong to an update, but there is no update heading above this line. Add one above it.';
    report('label-misplaced', position, reason, { example: exampleHeading(context) });
  }
  const written = parts.flatMap(({ head, labels, isRefused, rest, position }, index): Section[] => {
    if (!head) return [];
    const section = { ...head, labels, position, body: bodyOf(rest, body) };
    // What stands below a heading that cannot be read, or in a line that was refused, may be its text.
    const next = parts[index + 1];
    if (!isRefused && (!next || (next.head && !next.head.isGuess))) reportEmpty(section, report);
    return [section];
  });
  const updates = context.vocabulary.includes('resolved') ? correctDates(written, context, report) : written;
  for (const { at, word, position, pinned } of updates.filter(({ isGuess }) => !isGuess)) {
    if (at <= context.now + CLOCKS_DIFFER) continue;
    const now = formatTime(context.now);
    if (context.frozen) {
      const reason = `This update is dated ${formatTime(at)}, but the example is frozen at ${now}. Delete content/.example and the example incidents.`;
      report('time-in-future', position, reason);
      continue;
    }
    const reason = `This update is in the future: ${formatTime(at)}. It’s ${now} now. Write the time at which you publish it. To publish it then, write it to content/scheduled/.`;
    report('time-in-future', position, reason, headingLine(word, timeNow(context), pinned));
  }
  return {
    updates: oldestFirst(updates, isDoubtful ? ignore : report),
    begun: parts.length > 0 || isNearlyBegun,
    isDoubtful,
    ...(prefaceAt && hasPreface && { preface: { body: prefaceBody, position: prefaceAt } }),
  };
}

/** A heading for suggestions. */
export function exampleHeading(context: HeadingContext): string {
  return headingLine(context.vocabulary[0] ?? '', timeNow(context));
}

/** Groups nodes: those before the first second-level heading, then those below each. */
export function groupByHeading(nodes: readonly RootContent[]) {
  const preface: RootContent[] = [];
  const sections: { heading: Heading; nodes: RootContent[] }[] = [];
  for (const node of nodes) {
    if (node.type === 'heading' && node.depth === 2) sections.push({ heading: node, nodes: [] });
    else (sections.at(-1)?.nodes ?? preface).push(node);
  }
  return { preface, sections };
}

/** Second-level headings in lists and quotations, which do not start an update. */
export function nestedHeadings(body: MarkdownBody): Heading[] {
  const nested: Heading[] = [];
  for (const node of body.tree.children) {
    if (node.type === 'heading') continue;
    walk(node, (inner) => {
      if (inner.type === 'heading' && inner.depth === 2) nested.push(inner);
    });
  }
  return nested;
}

/** A separate body, with the definitions that its links and footnotes need. Its own definitions come first. */
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

/** Sorts updates, which a file can have oldest or newest first. Equal times keep the file's order. */
function oldestFirst(sections: readonly Section[], report: Report): Section[] {
  const pairs = sections.slice(1).map((section, index) => ({ section, step: section.at - (sections[index]?.at ?? 0) }));
  const direction = Math.sign(pairs.find(({ step }) => step !== 0)?.step ?? 1);
  for (const { section, step } of pairs) {
    if (Math.sign(step) !== -direction) continue;
    const order = direction > 0 ? 'oldest' : 'newest';
    const reason = `Updates in this file are ${order} first, but this one is out of order. Move it, or correct its time.`;
    report('updates-mixed', section.position, reason);
  }
  return direction > 0 ? [...sections] : sections.toReversed();
}
