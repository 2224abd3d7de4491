import type { DateSlip } from '../../core/limits.ts';
import type { List, ListItem, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { milliseconds } from 'date-fns/milliseconds';
import type { MarkdownBody } from '../markdown/markdown.ts';
import { positionOf, visibleText, withoutInvisible } from '../markdown/markdown.ts';
import type { Position, Report, RuleId, Suggestion } from '../rules.ts';
import { didYouMean, nearest } from '../rules.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABEL_NAMES, LABELS } from '../../core/labels.ts';
import type { Instant } from '../../core/days.ts';
import type { LabelledFacts, TimeWindow } from '../../core/model.ts';
import { formatTime, nearestClock, parseClock, parseTime, readWrittenTime } from '../../core/time-text.ts';
import { LIMITS, findDateSlip, findLoneSlip } from '../../core/limits.ts';
import { componentStatus } from '../../core/schema/event.ts';
import { formatTimeIn, readTimeWords, writeTimeNear } from '../../core/human-time.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { COMPONENT_STATUSES, STATUS_SYNONYMS } from '../../core/vocabulary.ts';
import type { ComponentNames, NamedValue } from '../components.ts';
import { componentValues } from '../components.ts';
import type { TimeProblem } from '../../core/time-text.ts';

/** Shorter labels are too similar to ordinary words to guess: “Added”, “Edit”, “Area”. */
const LONG = 8;

/** Labels by their synonyms. */
const SYNONYMS = new Map(
  LABEL_NAMES.flatMap((name) => (LABELS[name].synonyms ?? []).map((word) => [word, name] as const)),
);

/** The label in a text. Case and spacing are ignored. */
export function labelOf(text: string): LabelName | undefined {
  const written = text.trim().replace(/\s+/g, ' ').toLowerCase();
  return LABEL_NAMES.find((name) => LABELS[name].label.toLowerCase() === written);
}

/** The label in a text, even if misspelt. Short ones are guessed only in bold. */
export function nearMissLabel(text: string, bold: boolean): LabelName | undefined {
  const guessable = LABEL_NAMES.map((name) => LABELS[name].label).filter((label) => bold || label.length >= LONG);
  const written = text.trim().replace(/\s+/g, ' ');
  const meant = nearest(written, guessable, (label) => (label.length >= LONG ? 2 : 1));
  const synonym = bold ? SYNONYMS.get(written.toLowerCase()) : undefined;
  return labelOf(text) ?? synonym ?? (meant === undefined ? undefined : labelOf(meant));
}

/** Writes a labelled line. */
export function labelLine(name: LabelName, value: string): string {
  return `- **${LABELS[name].label}:** ${value}`;
}

/** A labelled line with its text and position. */
export interface LabelledLine {
  name: LabelName;
  value: string;
  position: Position;
  /** Where its value begins. */
  valuePosition: Position;
}

interface Taken {
  /** What is left of the text. */
  rest: RootContent[];
  labels: LabelledLine[];
  /** Whether text was left out because it contains labels. */
  isRefused: boolean;
}

/**
 * Removes the labelled lines from an update's text. Each must start a list item, or a line of a top-level paragraph that
 * has only labels. Labels in prose are reported.
 * @param taken collects the lines of the file that need no further check
 */
export function takeLabels(
  nodes: readonly RootContent[],
  body: MarkdownBody,
  taken: Set<number>,
  report: Report,
): Taken {
  const labels: LabelledLine[] = [];
  const take = (found: LabelledLine[]) => {
    labels.push(...found);
    for (const { position } of found) taken.add(position.line);
  };
  let isRefused = false;
  const refuse = (line: LabelledLine, suggestion: Suggestion) => {
    isRefused = true;
    taken.add(line.position.line);
    const reason = `“${LABELS[line.name].label}” is mixed with other text. Put it in its own list item, with an empty line before and after the list.`;
    report('label-mixed', line.position, reason, suggestion);
  };
  const rest = nodes.flatMap((node): RootContent[] => {
    if (node.type === 'list') return fromList(node, body, take, refuse);
    if (node.type === 'paragraph') return fromParagraph(node, body, take, refuse);
    return [node];
  });
  reportTwice(labels, report);
  return { rest, labels, isRefused };
}

type Take = (found: LabelledLine[]) => void;
type Refuse = (line: LabelledLine, suggestion: Suggestion) => void;

function fromList(list: List, body: MarkdownBody, take: Take, refuse: Refuse): RootContent[] {
  const children = list.children.filter((item) => {
    const line = labelOfItem(item, body);
    if (!line) return true;
    const [paragraph] = item.children as [Paragraph];
    if (item.children.length > 1 || linesOf(paragraph, body).length > 1) refuse(line, apart(line, item, body));
    else take([line]);
    return false;
  });
  if (children.length === list.children.length) return [list];
  return children.length > 0 ? [{ ...list, spread: isSpread(children), children }] : [];
}

/** Whether empty lines separate the items. One next to a removed labelled line does not count. */
function isSpread(items: readonly ListItem[]): boolean {
  return items.some(({ position }, index) => {
    const above = items[index - 1]?.position;
    return above && position && position.start.line > above.end.line + 1;
  });
}

function labelOfItem(item: ListItem, body: MarkdownBody): LabelledLine | undefined {
  const first = item.children[0];
  const line = first?.type === 'paragraph' ? linesOf(first, body)[0] : undefined;
  return line && readLine(line, body);
}

function fromParagraph(paragraph: Paragraph, body: MarkdownBody, take: Take, refuse: Refuse): RootContent[] {
  const lines = linesOf(paragraph, body).map((line) => readLine(line, body));
  const found = lines.filter((line) => line !== undefined);
  if (found.length === 0) return [paragraph];
  if (found.length === lines.length) take(found);
  else found.forEach((line) => refuse(line, withSpace(line, body)));
  return [];
}

/** Moves a label out of its list item; the rest of the item follows as text. */
function apart(line: LabelledLine, item: ListItem, body: MarkdownBody): Suggestion {
  const endLine = (item.position?.end.line ?? 1) + body.firstLine - 1;
  const rest = body.lines.slice(line.position.line - body.firstLine + 1, endLine - body.firstLine + 1);
  const text = rest
    .map((one) => one.replace(/^\s+/, ''))
    .join('\n')
    .trim();
  return { text: `${labelLine(line.name, line.value)}\n\n${text}`, endLine };
}

/** Moves a label out of its paragraph into a list item, with an empty line next to text. */
function withSpace({ name, value, position }: LabelledLine, body: MarkdownBody): string {
  const isText = (line: number) => /^\s*[^\s-]/.test(body.lines[line - body.firstLine] ?? '');
  const [above, below] = [isText(position.line - 1) ? '\n' : '', isText(position.line + 1) ? '\n' : ''];
  return `${above}${labelLine(name, value)}${below}`;
}

interface Line {
  children: PhrasingContent[];
  /** Counted from 1 in the body. */
  number: number;
}

/** A paragraph's content by line of the file. */
function linesOf(paragraph: Paragraph, body: MarkdownBody): Line[] {
  const first = paragraph.position?.start.line ?? 1;
  const lines: Line[] = [{ children: [], number: first }];
  const next = () => lines.push({ children: [], number: first + lines.length });
  for (const child of paragraph.children) {
    if (child.type === 'break') next();
    else if (child.type === 'text') {
      child.value.split('\n').forEach((value, index) => {
        if (index > 0) next();
        if (value.trim() !== '') lines.at(-1)?.children.push({ type: 'text', value });
      });
    } else lines.at(-1)?.children.push(child);
  }
  return lines.filter(({ children, number }) => children.length > 0 || (body.lines[number - 1] ?? '').trim() === '');
}

function readLine({ children, number }: Line, body: MarkdownBody): LabelledLine | undefined {
  const [label, ...value] = children;
  if (label?.type !== 'strong') return undefined;
  const name = labelOf(/^(.*):$/.exec(withoutInvisible(visibleText(label)).trim())?.[1] ?? '');
  if (!name) return undefined;
  const source = body.lines[number - 1] ?? '';
  const text = value.map(visibleText).join('').trim();
  const line = number + body.firstLine - 1;
  const column = positionOf(label, body).column;
  const valueColumn =
    text === '' ? -1 : source.indexOf(text.split(/\s/)[0] ?? text, (label.position?.end.column ?? 1) - 1);
  return {
    name,
    value: text,
    position: { line, column },
    valuePosition: { line, column: valueColumn < 0 ? column : valueColumn + 1 },
  };
}

function reportTwice(labels: readonly LabelledLine[], report: Report): void {
  labels.forEach(({ name, position }, index) => {
    const earlier = labels.findIndex((label) => label.name === name) < index;
    if (earlier) report('label-twice', position, `This update has two “${LABELS[name].label}” lines. Delete one.`);
  });
}

const HALF_DAY = milliseconds({ hours: 12 });

const FORM = 'YYYY-MM-DD HH:MM UTC – HH:MM UTC';

/** A hyphen needs spaces around it, because dates and offsets have hyphens too. */
const DASH = /\s*[–—]\s*|\s+-+\s+|\s+(?:to|until)\s+/iu;

/**
 * Reads `2026-12-02 02:00 UTC – 04:00 UTC`. Without a date, the start is the first such time after the update, at most
 * twelve hours later, and the end is the first such time after the start.
 */
function readWindowLine(line: LabelledLine, at: Instant, zone: string, report: Report): TimeWindow | undefined {
  const [start = '', end, ...more] = line.value.split(DASH).map((part) => part.trim());
  if (end === undefined || more.length > 0) {
    const reason = `“${line.value}” is not a valid window. Write the start and end times, separated by a dash.`;
    report('bad-value', line.valuePosition, reason, { example: labelLine('window', FORM) });
    return undefined;
  }
  const window = windowOf(start, end, at, zone);
  if ('from' in window) {
    const meant = plausible(window, at);
    if (meant) {
      const reason = `The ${meant.part} looks wrong: the window would be from ${formatTime(window.from)} until ${formatTime(window.to)}, but the update is from ${formatTime(at)}.`;
      report('time-implausible', line.valuePosition, reason, labelLine('window', writeWindow(meant)));
      return undefined;
    }
    if (window.to - window.from > LIMITS.maintenance) {
      const days = Math.round((window.to - window.from) / (2 * HALF_DAY));
      const reason = `The maintenance would last ${days} days. Correct the wrong date.`;
      report('time-implausible', line.valuePosition, reason);
      return undefined;
    }
    if (window.from < window.to) return window;
    const reason = `The maintenance would end at ${formatTime(window.to)}, before it starts at ${formatTime(window.from)}.`;
    report('times-reversed', line.valuePosition, reason);
    return undefined;
  }
  const meant = meantBy(start, end, at, zone);
  const suggestion = meant === undefined ? { example: labelLine('window', FORM) } : labelLine('window', meant);
  report(window.ruleId, line.valuePosition, window.reason, suggestion);
  return undefined;
}

/** Writes a window. */
export function writeWindow({ from, to }: TimeWindow): string {
  const end = formatTime(to);
  return `${formatTime(from)} – ${to - from <= HALF_DAY ? end.slice(end.indexOf(' ') + 1) : end}`;
}

/** Corrects a window if the year of both times is wrong, or the date of its end. */
function plausible({ from, to }: TimeWindow, at: Instant): (TimeWindow & Pick<DateSlip, 'part'>) | undefined {
  const start = findDateSlip(from, at, ['year'], 'after');
  const moved = start?.instant ?? from;
  const length = to - from;
  const end = findLoneSlip(start && length > 0 && length <= LIMITS.maintenance ? moved + length : to, moved, 'after');
  if (!start && !end) return undefined;
  const part = (start ?? end)?.part ?? 'year';
  return { from: moved, to: end?.instant ?? moved + length, part };
}

function windowOf(start: string, end: string, at: Instant, zone: string) {
  const from = readTime(start, at, zone);
  if ('problem' in from) return from.problem;
  const to = readTime(end, from.instant, zone);
  return 'problem' in to ? to.problem : { from: from.instant, to: to.instant };
}

type Problem = Omit<TimeProblem, 'ruleId'> & { ruleId: TimeProblem['ruleId'] | 'time-needs-date' };

function readTime(text: string, after: Instant, zone: string): { instant: Instant } | { problem: Problem } {
  const clock = parseClock(text);
  if (!clock) return parseTime(text, zone);
  const instant = nearestClock(clock, after, 'after');
  if (instant - after <= HALF_DAY) return { instant };
  const reason = `“${text}” is not within the twelve hours after ${formatTime(after)}. If it is right, add the date.`;
  return { problem: { ruleId: 'time-needs-date', reason, expected: formatTime(instant) } };
}

/** Corrects a window if one of its times has no zone or date. */
function meantBy(start: string, end: string, at: Instant, zone: string): string | undefined {
  const named = [end, start].map((text) => /(?:UTC|Z|[+-]\d\d:\d\d)$/.exec(text)?.[0]).find(Boolean) ?? 'UTC';
  const zoned = (text: string) => (/(?:UTC|Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text} ${named}`);
  const dated = (text: string) => {
    const result = readTime(text, at, zone);
    return 'problem' in result && result.problem.ruleId === 'time-needs-date'
      ? (result.problem.expected ?? text)
      : text;
  };
  const window = windowOf(dated(zoned(start)), zoned(end), at, zone);
  return 'from' in window && window.from < window.to ? writeWindow(window) : undefined;
}

/** A time of day this close on the wrong side of its update is an error, not a time on the next day. */
const SLIP = milliseconds({ hours: 6 });
/** The context for reading labelled lines. */
export interface LabelContext {
  /** The zone of the other times of the file. */
  zone: string;
  siteZone: string;
  now: Instant;
  names: ComponentNames;
  /** When the event began. Components that retired earlier are reported. */
  started: Instant;
  /** The components that the event names so far. Of a group that is operational again, only they change. */
  named?: ReadonlySet<string>;
}

/** Reads the labelled lines of an update. Reports invalid ones. */
export function readLabels(
  { at, labels }: { at: Instant; labels: readonly LabelledLine[] },
  context: LabelContext,
  report: Report,
): LabelledFacts {
  const fields: LabelledFacts = {};
  for (const written of labels) {
    // In names of areas, invisible characters join letters of Persian or parts of an emoji.
    const line = written.name === 'areas' ? written : { ...written, value: withoutInvisible(written.value).trim() };
    if (line.value === '') {
      report('label-empty', line.position, `“${LABELS[line.name].label}” is empty. Fill it in, or delete the line.`);
    } else if (line.name === 'components') {
      fields.components = readComponents(line, context, report);
    } else if (line.name === 'areas') {
      fields.areas = partsOf(line.value);
    } else if (line.name === 'window') {
      const window = readWindowLine(line, at, context.zone, report);
      if (window) fields.window = window;
    } else {
      const instant = readInstant(line, at, context, report);
      if (instant !== undefined) fields[line.name] = instant;
    }
  }
  return fields;
}

/** The parts of a list in one line. */
export function partsOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function readInstant(
  line: LabelledLine,
  updateAt: Instant,
  context: LabelContext,
  report: Report,
): Instant | undefined {
  const { label, isBefore = false, isPromise = false } = LABELS[line.name];
  const [side, wrongSide] = isBefore ? (['before', 'after'] as const) : (['after', 'before'] as const);
  const update = formatTime(updateAt);
  const refuse = (ruleId: RuleId, reason: string, suggestion?: string) =>
    void report(ruleId, line.valuePosition, reason, suggestion);
  const reversed = (instant: Instant) =>
    `“${label}” is ${formatTime(instant)}, ${wrongSide} the update itself at ${update}.`;

  const clock = parseClock(line.value);
  if (clock) {
    const instant = nearestClock(clock, updateAt, side);
    if (Math.abs(instant - updateAt) <= HALF_DAY) return instant;
    const other = nearestClock(clock, updateAt, wrongSide);
    if (Math.abs(other - updateAt) < SLIP) {
      return refuse('times-reversed', `${reversed(other)} If you mean another day, add the date.`);
    }
    const reason = `“${line.value}” is not within the twelve hours ${side} the update at ${update}. If it is right, add the date.`;
    return refuse('time-needs-date', reason, labelLine(line.name, formatTimeIn(instant, context.zone)));
  }
  const result = parseTime(line.value, context.zone);
  if ('problem' in result) return void report(...timeProblem(line, updateAt, context));
  const { instant } = result;
  const isReversed = isBefore ? instant > updateAt : instant < updateAt;
  const slip = isPromise || isReversed ? findLoneSlip(instant, updateAt, side) : undefined;
  if (slip ?? (isPromise && instant - updateAt > LIMITS.promise)) {
    const which = slip ? `The ${slip.part} looks wrong` : 'Correct the wrong date';
    const near = slip && labelLine(line.name, writeTimeNear(slip.instant, updateAt, side, context.zone));
    const reason = `${which}: “${label}” is ${formatTime(instant)}, but the update is from ${update}.`;
    return refuse('time-implausible', reason, near);
  }
  return isReversed ? refuse('times-reversed', reversed(instant)) : instant;
}

/** What is wrong with the time of a labelled line, and the corrected line. */
function timeProblem(line: LabelledLine, updateAt: Instant, context: LabelContext): Parameters<Report> {
  const day = formatTime(updateAt).slice(0, 10);
  const dated = /^\d{1,2}:\d{2}/.test(line.value) ? parseTime(`${day} ${line.value}`, context.zone) : undefined;
  const alone = parseTime(line.value, context.zone);
  const problem = dated && 'problem' in dated ? dated.problem : 'problem' in alone ? alone.problem : undefined;
  const { ruleId, reason } = problem ?? { ruleId: 'time-invalid' as const, reason: 'The time is not valid.' };
  const meant = labelTime(line.name, line.value, updateAt, context);
  const suggestion = meant === undefined ? { example: labelLine(line.name, '09:50 UTC') } : labelLine(line.name, meant);
  return [ruleId, line.valuePosition, reason.replace(`${day} `, ''), suggestion];
}

/**
 * Corrects the time of a labelled line: `30m`, `22:50 CET`, `10:50 pm`. A time without a zone is in the file's zone, UTC or
 * the site's zone, whichever is closest to the update.
 * @returns undefined if its meaning is unclear, or if it is on the wrong side of the update
 */
export function labelTime(
  name: LabelName,
  written: string,
  updateAt: Instant,
  { zone, siteZone, now }: Pick<LabelContext, 'zone' | 'siteZone' | 'now'>,
): string | undefined {
  const direction = LABELS[name].isBefore ? 'before' : 'after';
  const away = (instant: Instant) => (direction === 'after' ? instant - updateAt : updateAt - instant);
  const instants = [zone, 'UTC', siteZone].flatMap((one) => {
    const result = readTimeWords(written, { now, from: updateAt, direction, zone: one });
    return 'instant' in result && away(result.instant) >= 0 ? [result.instant] : [];
  });
  const read = readWrittenTime(written, formatTime(updateAt).slice(0, 10));
  const isClock = typeof read === 'object' && read.days.length === 0;
  const near = instants.filter((instant) => away(instant) <= HALF_DAY);
  const [meant] = isClock ? near : [...near, ...instants];
  return meant === undefined ? undefined : writeTimeNear(meant, updateAt, direction, zone);
}

function readComponents(
  line: LabelledLine,
  context: LabelContext,
  report: Report,
): NonNullable<LabelledFacts['components']> {
  const given: NamedValue<ComponentStatus>[] = [];
  const parts = partsOf(line.value).map(readPair);
  /** Corrects all statuses in the line, and replaces one name. */
  const rewrite = (from?: string, to?: string) => {
    const pairs = parts.map(
      ({ name, meant }) => meant && `${name === from ? to : name}: ${meant.replaceAll('_', ' ')}`,
    );
    return pairs.includes(undefined) ? undefined : labelLine('components', pairs.join(', '));
  };
  for (const { name, written, status } of parts) {
    if (!status) {
      const reason =
        written === ''
          ? `“${name}” has no status. Write each component with its status, separated by commas.`
          : `“${written}” is not a valid component status.${didYouMean(written, [...COMPONENT_STATUSES])}`;
      report('bad-value', line.valuePosition, reason, rewrite());
      continue;
    }
    const position = line.valuePosition;
    const named = context.names.resolve(name, context.started, position, report, (other) => rewrite(name, other));
    if (!named) continue;
    const isOver = named.isGroup && status === 'operational';
    const ids = isOver ? named.ids.filter((id) => context.named?.has(id)) : named.ids;
    given.push({ name, named: { ...named, ids }, value: status, position });
  }
  return componentValues(given, report);
}

/** Reads `checkout: major outage`. `meant` is the status, even if misspelt. */
function readPair(part: string) {
  const [name = '', ...rest] = part.split(':');
  const written = rest.join(':').trim();
  const status = componentStatus.safeParse(written).data;
  return {
    name: name.trim(),
    written,
    status,
    meant: status ?? STATUS_SYNONYMS[written.toLowerCase()] ?? nearest(written, COMPONENT_STATUSES),
  };
}
