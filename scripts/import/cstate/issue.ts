import { millisecondsInDay, millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import type { Instant } from '../../../src/core/days.ts';
import type { IncidentWord, MaintenanceWord } from '../../../src/core/vocabulary.ts';
import type { ImportedEvent, SourcePlace } from '../model.ts';
import { bodyWithNotes, incidentFrom, maintenanceFrom, type Post } from '../pipeline.ts';
import { loseEvent, NO_TIME, type Kind, note, type Report, type Subject, type Tell, teller } from '../report.ts';
import { type Block, readBlocks, withoutShortcodes } from './blocks.ts';
import type { ComponentIndex } from '../components.ts';
import { type Field, type Fields, fieldText, flagOf, type Page, titleFrom } from '../page.ts';
import { type MarkWord, readSeverity, saysOver, type Severity, whyPlanned, withLabel } from './words.ts';
import { readTimeline, type TimedBlock, type Timeline } from './timeline.ts';
import { instantOf, offsetAt, readLeadingDay, readRepaired, shiftOf } from '../written-time.ts';
import { markdownToBody } from '../markdown.ts';
import { toSecond } from '../../lib/times.ts';
import { cleanLine, counted } from '../../lib/text.ts';

/** A time of a field with what its zone is. */
interface FieldTime {
  at: Instant;
  /** Minutes from UTC, when the field says it. */
  offset?: number;
}

/** A time that states no zone. */
export interface Zoneless {
  place: SourcePlace;
  text: string;
}

/** Reads the fields of one page, and reports what had to be guessed, with its line. */
interface FieldReader {
  title: string;
  text: (name: string) => string;
  /** Yes, no, or that it cannot be told; misspelt words count. */
  flag: (name: string) => boolean | undefined;
  /** Whether a field holds a plain yes or no. */
  isPlainFlag: (name: string) => boolean;
  time: (name: string) => FieldTime | undefined;
  list: (name: string) => { text: string; line: number }[];
  /** Midnight of the day that a field or the file's name begins with. */
  leadingDay: (text: string) => Instant | undefined;
  place: (name: string) => SourcePlace;
  /** Adds an entry with the line of a field. */
  tell: (kind: Kind, name: string, reason?: string) => void;
}

interface Options {
  file: string;
  page: Page;
  about: { id: string; subject: string };
  /** An IANA name; nothing when none is known, and then every time that needs one is collected. */
  zone: string | undefined;
  zoneless: Zoneless[];
  report: Report;
}

/** Makes the reader of a page's fields. */
export function fieldsOf({ file, page: { fields }, about, zone, zoneless, report }: Options): FieldReader {
  const place = (name: string): SourcePlace => {
    return { file, line: fields.get(name)?.line ?? 1 };
  };
  const say = (kind: Kind, name: string, reason?: string): void => note(report, kind, place(name), about, reason);
  const text = (name: string): string => textOf(fields.get(name));
  const stated = (): number | undefined => readRepaired(text('date'))?.time.offset;

  const times = new Map<string, FieldTime | undefined>();
  const time = (name: string): FieldTime | undefined => {
    if (!times.has(name)) times.set(name, readTime(name));
    return times.get(name);
  };
  const readTime = (name: string): FieldTime | undefined => {
    const written = text(name);
    const found = readRepaired(written);
    if (!found) {
      if (!/^(?:null|~|none|false|no|n\/a|-|)$/i.test(written))
        say('time-unreadable', name, `“${written}” is not a time.`);
      return undefined;
    }
    if (found.readAs !== undefined) say('time-mended', name, `“${written}” was read as ${found.readAs}.`);
    const offset = found.time.offset ?? (name === 'date' ? undefined : stated());
    if (offset === undefined) zoneless.push({ place: place(name), text: written });
    const at = instantOf(found.time, offset ?? zone ?? 'UTC', 1970);
    return at === undefined ? undefined : { at, ...(found.time.offset !== undefined && { offset: found.time.offset }) };
  };

  return {
    title: cleanLine(text('title')),
    text,
    flag: (name) => flagOf(text(name)),
    isPlainFlag: (name) => /^(?:true|false|yes|no|y|n|on|off|0|1)$/i.test(text(name)),
    time,
    list: (name) => listOf(fields, name),
    leadingDay: (written) => {
      const day = readLeadingDay(written);
      return day && instantOf(day, zone ?? 'UTC', 1970);
    },
    place,
    tell: say,
  };
}

/** The clock of one time on the day of another one, in the zone of the second. */
function onDayOf(clock: Instant, day: Instant, zone: string | number): Instant {
  const shift = (instant: Instant): number => offsetAt(instant, zone) * 60_000;
  const midnight = Math.floor((day + shift(day)) / millisecondsInDay) * millisecondsInDay - shift(day);
  return midnight + ((((clock + shift(clock)) % millisecondsInDay) + millisecondsInDay) % millisecondsInDay);
}

function textOf(field: Field | undefined): string {
  const value = field?.value;
  if (typeof value === 'string') return value.trim();
  return value === undefined ? '' : Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

function listOf(fields: Fields, name: string): { text: string; line: number }[] {
  const field = fields.get(name);
  if (!field) return [];
  const items = Array.isArray(field.value) ? (field.value as unknown[]).flat(9) : [field.value];
  return items.flatMap((item, index) => {
    const line = field.lines[index] ?? field.line;
    const words = typeof item === 'object' && item !== null ? pairs(item) : String(item);
    return cleanLine(words) === '' ? [] : [{ text: cleanLine(words), line }];
  });
}

/** A name with a colon and a space in it reads as a key and a value. */
function pairs(item: object): string {
  return Object.entries(item)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ');
}

/** An issue of cState's with its text told apart. */
interface Issue {
  context: IssueContext;
  tellAt: TellAt;
  start: Instant;
  end?: Instant;
  isOver: boolean;
  timeline: Timeline;
}

/** Adds an entry on the issue, with a line of its file. */
type TellAt = (kind: Kind, line: number, reason?: string) => void;

const NEAR = 600_000;

const INCIDENT: Readonly<Record<MarkWord, IncidentWord>> = {
  initial: 'investigating', investigating: 'investigating', identified: 'identified', monitoring: 'monitoring',
  in_progress: 'update', update: 'update', scheduled: 'update', final: 'resolved', resolved: 'resolved',
  cancelled: 'resolved', postmortem: 'postmortem',
}; // prettier-ignore

const MAINTENANCE: Readonly<Record<MarkWord, MaintenanceWord>> = {
  initial: 'scheduled', scheduled: 'scheduled', investigating: 'update', identified: 'update', monitoring: 'verifying',
  in_progress: 'in_progress', update: 'update', final: 'completed', resolved: 'completed', cancelled: 'cancelled',
  postmortem: 'update',
}; // prettier-ignore

/** The posts of an incident, oldest first. */
function incidentPosts(issue: Issue, isNotice: boolean): Post[] {
  const { tellAt, end, timeline } = issue;
  const words = timeline.blocks.map(({ word, hint }): IncidentWord => {
    const said = word ?? (hint === 'resolved' || hint === 'postmortem' ? undefined : hint);
    return said === undefined ? 'update' : INCIDENT[said];
  });
  const newest = words.findLastIndex((word) => word !== 'postmortem');
  const last = timeline.blocks[newest];
  if (last && words[newest] !== 'resolved' && (endsIt(last, issue) || (isNotice && issue.isOver))) {
    words[newest] = 'resolved';
    if (!isNotice) tellAt('last-text-ends', last.line);
  }
  reopen(words, issue);
  const endedAt = last && words[newest] === 'resolved' ? endedBefore(timeline.blocks, newest, issue) : undefined;
  return timeline.blocks.map((block, index) => ({
    ...postOf(block, issue, INCIDENT[block.word ?? 'update'] !== words[index]),
    word: words[index] ?? 'update',
    ...(index === newest && endedAt !== undefined && endedAt === end && { ended: toSecond(endedAt) }),
  }));
}

/** The posts of a maintenance, oldest first. What was said at no known time and lies ahead is its announcement. */
function maintenancePosts(issue: Issue): { posts: Post[]; announcement: string } {
  const { context, tellAt, start, timeline } = issue;
  const isAhead = ({ from, at, announces: isAnnouncement }: TimedBlock): boolean =>
    isAnnouncement === true || (from === 'start' && at > context.now + NEAR);
  const announced = timeline.blocks.filter(isAhead);
  const blocks = timeline.blocks.filter((block) => !isAhead(block));
  let begun = false;
  const words = blocks.map(({ word, at, from, text }): MaintenanceWord => {
    const said = word === undefined ? 'update' : MAINTENANCE[word];
    const early =
      at < start || (at === start && from !== 'begun' && (from === 'start' || said === 'scheduled' || announces(text)));
    const isOpen = said === 'update' || said === 'scheduled' || said === 'verifying' || said === 'in_progress';
    const meant = !isOpen
      ? said
      : early && !begun
        ? 'scheduled'
        : said === 'scheduled' || (said === 'update' && !begun)
          ? 'in_progress'
          : said;
    begun ||= meant === 'in_progress' || meant === 'verifying' || meant === 'completed' || meant === 'cancelled';
    return meant;
  });
  const last = blocks.at(-1);
  const isEnded = words.some((word) => word === 'completed' || word === 'cancelled');
  if (last && !isEnded && last.at > start && endsIt(last, issue)) {
    words[words.length - 1] = 'completed';
    tellAt('last-text-ends', last.line);
  }
  const announcement = announced.map((block) => postOf(block, issue, false).body).join('\n\n');
  const posts = blocks.map((block, index) => ({
    ...postOf(block, issue, MAINTENANCE[block.word ?? 'update'] !== words[index]),
    word: words[index] ?? 'update',
  }));
  return { posts, announcement };
}

/** Whether a text speaks of what is to come. */
function announces(text: string): boolean {
  const beginning = text.slice(0, 200);
  return (
    /\b(?:will|upcoming|going to|scheduled|plan(?:s|ned|ning)?)\b/i.test(beginning) &&
    !/\b(?:begun|under ?way|in progress|ongoing|started|now|currently)\b/i.test(beginning)
  );
}

/** Whether the newest text is the one that closed it: it stands at its end, or says so. */
function endsIt({ at, from, word, hint, text }: TimedBlock, { isOver, end, timeline }: Issue): boolean {
  if (!isOver || from === 'start' || timeline.blocks.length === 0) return false;
  if (from === 'end') return true;
  if (word === 'investigating' || word === 'identified' || word === 'monitoring') return false;
  const saysSo = hint === 'resolved' || saysOver(text);
  return end === undefined ? saysSo : at >= end - NEAR || (saysSo && at >= end - 6 * NEAR);
}

/** What comes between two ends is no update of something over: it was open again. */
function reopen(words: IncidentWord[], issue: Issue): void {
  const final = words.lastIndexOf('resolved');
  words.forEach((word, index) => {
    const before = words.slice(0, index).findLast((one) => one !== 'update' && one !== 'postmortem');
    const block = issue.timeline.blocks[index];
    if (word !== 'update' || before !== 'resolved' || index > final || !block) return;
    words[index] = 'investigating';
    issue.tellAt('reopened', block.line);
  });
}

/** When it was over, if only the text that says so came later. */
function endedBefore(blocks: readonly TimedBlock[], newest: number, { end, start }: Issue): Instant | undefined {
  const last = blocks[newest];
  if (end === undefined || !last || last.at - end < millisecondsInMinute || end < start) return undefined;
  return blocks.slice(0, newest).every(({ at }) => at <= end) ? end : undefined;
}

/** Marks that only begin a message, without a status. */
const SAYS_NO_STATUS = new Set<MarkWord>(['initial', 'update', 'final', 'postmortem']);

/** @param isOther whether its status differs from its mark, which is then kept in the text */
function postOf(block: TimedBlock, issue: Issue, isOther: boolean): Omit<Post, 'word'> {
  const { context, tellAt } = issue;
  const isNamed = isOther && block.word !== undefined && !SAYS_NO_STATUS.has(block.word);
  const { text, left } = withoutShortcodes(isNamed ? withLabel(block.name, block.text) : block.text);
  for (const shortcode of left) tellAt('shortcode-left-out', block.line + shortcode.line, shortcode.text);
  const tell: Tell = (kind, reason) => tellAt(kind, block.line, reason);
  const place = { file: context.file, line: block.line };
  return { at: toSecond(block.at), body: bodyWithNotes(markdownToBody(text, context.base), tell, place), place };
}

interface IssueContext {
  file: string;
  page: Page;
  identity: string;
  /** An IANA name; nothing when none is known. */
  zone: string | undefined;
  /** Whether this zone for times without one was given, by an option or by the page. */
  isZoneGiven: boolean;
  /** Certain shifts of other posts of the site, in minutes. */
  shifts: ReadonlySet<number>;
  zoneless: Zoneless[];
  now: Instant;
  components: ComponentIndex;
  /** What relative links start from. */
  base: string | undefined;
  report: Report;
}

const AHEAD = 600_000;

/** The address that Hugo gives to a post, as far as it follows from its file. */
function addressOf(identity: string): string | undefined {
  const [, path = ''] = /^(issues\/[\w/-]+)\.md$/.exec(identity.toLowerCase()) ?? [];
  return path === '' ? undefined : `/${path}`;
}

/** A post of cState's as an incident, a notice or a maintenance; nothing when it says no time, which is reported. */
export function readIssue(context: IssueContext): ImportedEvent | undefined {
  const { file, page, identity, now, report } = context;
  const title = cleanLine(fieldText(page, 'title')) || titleFrom(file);
  const about = { id: identity, subject: title };
  const tell = teller(report, { file, line: 1 }, about);
  const tellAt: TellAt = (kind, line, reason) => tell(kind, reason, { file, line });
  const fields = fieldsOf({ ...context, about });
  if (fields.title === '') fields.tell('title-added', 'title', `It was named “${title}” after its file.`);
  const blocks = readBlocks(page.body, page.bodyLine, title);
  const zone = zoneOf(context, fields, blocks, tellAt);
  const told = blocks.flatMap(({ time }) =>
    time?.day?.year && time.clock !== undefined ? [instantOf(time, zone, 0) ?? 0] : [],
  );
  const span = spanOf(fields, told, file, zone);
  if (!span) {
    return loseEvent('incident', NO_TIME, (kind, reason) => fields.tell(kind, 'date', reason), report);
  }
  const { start, end, until } = span;
  const informational = fields.flag('informational') === true;
  const severity = severityOf(fields, informational);
  const isOver = isResolved(fields, end !== undefined, informational);
  const hasWindow = until !== undefined && until > start;
  const signs = { title, text: page.body, isNotice: severity.isNotice, isAhead: start > now + AHEAD, hasWindow };
  const planned = informational && !hasWindow && !signs.isAhead ? undefined : whyPlanned(signs);

  const isPlanned = planned !== undefined;
  const timeline = readTimeline(blocks, { start, zone, isOver, isPlanned, ...(end !== undefined && { end }) });
  const issue: Issue = { context, tellAt, start, isOver, timeline, ...(end !== undefined && { end }) };
  tellOfTimeline(timeline, tellAt);
  const isPinned = fields.flag('pin') === true;
  if (isPinned)
    fields.tell('detail-left-out', 'pin', 'Candor does not pin incidents: open ones are always at the top.');
  const facts = {
    identity,
    address: addressOf(identity),
    place: { file, line: 1 },
    title,
    named: componentsOf(context, fields, about),
    tell,
    report,
  };
  if (planned !== undefined) {
    fields.tell('maintenance-guessed', 'title', planned);
    if (!hasWindow) fields.tell('window-missing', 'date');
    const window = { from: start, until: hasWindow ? until : start + millisecondsInHour, starts: [], ends: [] };
    return maintenanceFrom({ ...facts, ...maintenancePosts(issue), ...window, closed: isOver });
  }
  const isNotice = informational || (severity.impact === 'none' && facts.named.length === 0);
  if (informational) fields.tell('notice-guessed', 'informational');
  const closed = isOver || (informational && !isPinned);
  return incidentFrom({
    ...facts,
    impact: isNotice ? 'none' : facts.named.length === 0 ? severity.impact : undefined,
    status: informational ? 'operational' : severity.status,
    posts: incidentPosts({ ...issue, isOver: closed }, informational),
    started: start,
    startPlace: fields.place('date'),
    endedAt: isOver ? end : undefined,
    closed,
  });
}

/**
 * The zone of times in the text without one. An offset in the front matter is the writer's, but “Z” is often written by
 * programs.
 */
function zoneOf(
  { zone, isZoneGiven, shifts }: IssueContext,
  fields: FieldReader,
  blocks: readonly Block[],
  tellAt: TellAt,
): string | number {
  const start = fields.time('date');
  if (start?.offset !== undefined && start.offset !== 0) return start.offset;
  if (zone !== undefined && isZoneGiven) return zone;
  const shift = start?.offset === undefined ? undefined : shiftOf(blocks, start.at, fields.time('resolvedwhen')?.at);
  if (shift && (shift.isSure || shifts.has(shift.minutes))) {
    tellAt('zone-inferred', blocks.find(({ time }) => time)?.line ?? 1, shiftReason(shift.minutes / 60));
    return shift.minutes;
  }
  return start?.offset ?? zone ?? 'UTC';
}

function shiftReason(hours: number): string {
  const ahead = `${counted(Math.abs(hours), 'hour')} ${hours > 0 ? 'ahead of' : 'behind'}`;
  return `The times in its text are ${ahead} those in its front matter, so they were read as UTC${hours > 0 ? '+' : '−'}${Math.abs(hours)}.`;
}

interface Span {
  start: Instant;
  /** When it was over, if that is after its start. */
  end?: Instant;
  /** The same, also for what is not over yet. */
  until?: Instant;
}

/** From when to when, as far as fields, text and the file's name tell. */
function spanOf(fields: FieldReader, told: readonly Instant[], file: string, zone: string | number): Span | undefined {
  const ended = fields.time('resolvedwhen')?.at;
  const said = fields.time('date')?.at;
  const name = file.split('/').at(-1) ?? '';
  const start =
    said ??
    (told.length > 0
      ? Math.min(...told)
      : (ended ?? fields.leadingDay(fields.text('date')) ?? fields.leadingDay(name)));
  if (start === undefined) return undefined;
  if (said === undefined) fields.tell('start-missing', 'date', originOf(told, ended));
  if (ended === undefined) return { start };
  if (ended >= start) return { start, end: ended, until: ended };
  const sameDay = onDayOf(ended, start, zone);
  if (sameDay >= start && sameDay - start <= 12 * millisecondsInHour) {
    fields.tell(
      'ended-early',
      'resolvedwhen',
      'In the source it ends on a day before it starts. Its end time was used on the start day.',
    );
    return { start, end: sameDay, until: sameDay };
  }
  fields.tell('ended-early', 'resolvedwhen');
  return { start };
}

function originOf(told: readonly Instant[], ended: Instant | undefined): string {
  if (told.length > 0) return 'The source has no start time, so the first time in the text was used.';
  if (ended !== undefined) return 'The source has no start time, so the end time was used.';
  return `The source has no start time, so the day in its date or file name was used.`;
}

function severityOf(fields: FieldReader, informational: boolean): Severity {
  const written = fields.text('severity');
  const severity = readSeverity(written);
  if (severity.readAs !== undefined && !informational) {
    fields.tell(
      'severity-guessed',
      'severity',
      `${written === '' ? 'No severity' : `“${written}”`} was read as ${severity.readAs}.`,
    );
  }
  return severity;
}

function isResolved(fields: FieldReader, hasEnd: boolean, informational: boolean): boolean {
  const flag = fields.flag('resolved');
  if (flag === false && hasEnd) fields.tell('resolved-contradiction', 'resolvedwhen');
  const written = fields.text('resolved');
  if (flag !== undefined) {
    if (!fields.isPlainFlag('resolved'))
      fields.tell('resolved-guessed', 'resolved', `“${written}” was read as ${flag}.`);
    return flag;
  }
  if (!informational || written !== '') {
    const what = written === '' ? 'It does not say whether it is resolved' : `“${written}” is neither true nor false`;
    fields.tell(
      'resolved-guessed',
      'resolved',
      `${what}; it was read as ${hasEnd ? 'resolved, since it says when' : 'not resolved'}.`,
    );
  }
  return hasEnd;
}

/** Keys of what it names. */
function componentsOf({ file, components }: IssueContext, fields: FieldReader, about: Subject): string[] {
  return fields.list('affected').flatMap(({ text, line }) => components.keysOf(text, { place: { file, line }, about }));
}

/** Tells which times were taken from elsewhere, and which texts have none. */
function tellOfTimeline({ blocks, parted, joined }: Timeline, tellAt: TellAt): void {
  for (const { from, repaired, line } of blocks) {
    if (repaired !== undefined) tellAt('time-mended', line, repaired);
    const source = from === 'end' ? 'end' : from === 'begun' || (from && blocks.length > 1) ? 'start' : undefined;
    if (source) tellAt('update-time-guessed', line, `Its text has no time, so the time of the ${source} was used.`);
  }
  for (const line of parted) tellAt('first-message-parted', line);
  for (const { label, line } of joined)
    tellAt('update-time-unknown', line, `“${label}” has no time, so it was put into the next update.`);
}
