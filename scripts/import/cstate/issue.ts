import type { Instant } from '../../../src/core/model.ts';
import type { ComponentStatus, IncidentWord, MaintenanceWord } from '../../../src/core/vocabulary.ts';
import { cleanLine } from '../site-text.ts';
import type { ImportedEvent, ImportedMaintenance, ImportedUpdate } from '../model.ts';
import { note, type Report } from '../report.ts';
import { type Block, readBlocks, withoutShortcodes } from './blocks.ts';
import type { Components } from './components.ts';
import type { Page } from '../front-matter.ts';
import { type FieldReader, fieldsOf, onDayOf, type Zoneless } from './issue-fields.ts';
import { readSeverity, saysOver, type Severity, whyPlanned } from './signs.ts';
import { readTimeline } from './timeline.ts';
import { instantOf, shiftOf } from './times.ts';
import { markdownToBody } from '../markdown/html-to-markdown.ts';
import { toSecond } from '../times.ts';
import { withLabel } from './marks.ts';
import type { MarkWord } from './marks.ts';
import type { TimedBlock, Timeline } from './timeline.ts';
import { counted } from '../../lib/text.ts';

/** A post with its text told apart. */
interface Told {
  context: IssueContext;
  about: { id: string; subject: string };
  start: Instant;
  end?: Instant;
  isOver: boolean;
  timeline: Timeline;
}

const NEAR = 600_000;
const MINUTE = 60_000;

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

/** The updates of an incident, oldest first. */
function incidentUpdates(told: Told, isNotice: boolean): ImportedUpdate<IncidentWord>[] {
  const { context, about, end, timeline } = told;
  const words = timeline.blocks.map(({ word, hint }): IncidentWord => {
    const said = word ?? (hint === 'resolved' || hint === 'postmortem' ? undefined : hint);
    return said === undefined ? 'update' : INCIDENT[said];
  });
  const newest = words.findLastIndex((word) => word !== 'postmortem');
  const last = timeline.blocks[newest];
  if (last && words[newest] !== 'resolved' && (endsIt(last, told) || (isNotice && told.isOver))) {
    words[newest] = 'resolved';
    if (!isNotice) note(context.report, 'last-text-ends', placeOf(last, told), about);
  }
  reopen(words, told);
  const endedAt = last && words[newest] === 'resolved' ? endedBefore(timeline.blocks, newest, told) : undefined;
  context.report.read.updates += timeline.blocks.length;
  return timeline.blocks.map((block, index) => ({
    ...updateOf(block, told, INCIDENT[block.word ?? 'update'] !== words[index]),
    word: words[index] ?? 'update',
    ...(index === newest && endedAt !== undefined && endedAt === end && { ended: toSecond(endedAt) }),
  }));
}

/** The updates of a maintenance, oldest first. What was said at no known time and lies ahead is its announcement. */
function maintenanceUpdates(told: Told): Pick<ImportedMaintenance, 'updates' | 'announcement'> {
  const { context, about, start, timeline } = told;
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
  if (last && !isEnded && last.at > start && endsIt(last, told)) {
    words[words.length - 1] = 'completed';
    note(context.report, 'last-text-ends', placeOf(last, told), about);
  }
  context.report.read.updates += blocks.length;
  const announcement = announced.map((block) => updateOf(block, told, false).body).join('\n\n');
  return {
    updates: blocks.map((block, index) => ({
      ...updateOf(block, told, MAINTENANCE[block.word ?? 'update'] !== words[index]),
      word: words[index] ?? 'update',
    })),
    ...(announcement !== '' && { announcement }),
  };
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
function endsIt({ at, from, word, hint, text }: TimedBlock, { isOver, end, timeline }: Told): boolean {
  if (!isOver || from === 'start' || timeline.blocks.length === 0) return false;
  if (from === 'end') return true;
  if (word === 'investigating' || word === 'identified' || word === 'monitoring') return false;
  const saysSo = hint === 'resolved' || saysOver(text);
  return end === undefined ? saysSo : at >= end - NEAR || (saysSo && at >= end - 6 * NEAR);
}

/** What comes between two ends is no update of something over: it was open again. */
function reopen(words: IncidentWord[], told: Told): void {
  const final = words.lastIndexOf('resolved');
  words.forEach((word, index) => {
    const before = words.slice(0, index).findLast((one) => one !== 'update' && one !== 'postmortem');
    const block = told.timeline.blocks[index];
    if (word !== 'update' || before !== 'resolved' || index > final || !block) return;
    words[index] = 'investigating';
    note(told.context.report, 'reopened', placeOf(block, told), told.about);
  });
}

/** When it was over, if only the text that says so came later. */
function endedBefore(blocks: readonly TimedBlock[], newest: number, { end, start }: Told): Instant | undefined {
  const last = blocks[newest];
  if (end === undefined || !last || last.at - end < MINUTE || end < start) return undefined;
  return blocks.slice(0, newest).every(({ at }) => at <= end) ? end : undefined;
}

/** Marks that only begin a message, without a status. */
const SAYS_NO_STATUS = new Set<MarkWord>(['initial', 'update', 'final', 'postmortem']);

/** @param isOther whether its status differs from its mark, which is then kept in the text */
function updateOf(block: TimedBlock, told: Told, isOther: boolean): Omit<ImportedUpdate, 'word'> {
  const { context, about } = told;
  const place = placeOf(block, told);
  const isNamed = isOther && block.word !== undefined && !SAYS_NO_STATUS.has(block.word);
  const { text, left } = withoutShortcodes(isNamed ? withLabel(block.name, block.text) : block.text);
  for (const { text: shortcode, line } of left)
    note(context.report, 'shortcode-left-out', { ...place, line: block.line + line }, about, shortcode);
  const { markdown, notes } = markdownToBody(text, context.base);
  for (const { kind, detail } of notes) note(context.report, kind, place, about, detail);
  return { at: toSecond(block.at), body: markdown, place };
}

function placeOf({ line }: TimedBlock, { context }: Told): { file: string; line: number } {
  return { file: context.file, line };
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
  components: Components;
  /** What relative links start from. */
  base: string | undefined;
  report: Report;
}

const HOUR = 3_600_000;
const AHEAD = 600_000;

/** A post of cState's as an incident, a notice or a maintenance; nothing when it says no time, which is reported. */
export function readIssue(context: IssueContext): ImportedEvent | undefined {
  const { file, page, identity, now, report } = context;
  const title = titleOf(context);
  const about = { id: identity, subject: title };
  const fields = fieldsOf({ ...context, about });
  if (fields.title === '') fields.note('title-added', 'title', `It was named “${title}”, after its file.`);
  const blocks = readBlocks(page.body, page.bodyLine, title);
  const zone = zoneOf(context, fields, blocks, about);
  const told = blocks.flatMap(({ time }) =>
    time?.day?.year && time.clock !== undefined ? [instantOf(time, zone, 0) ?? 0] : [],
  );
  const span = spanOf(fields, told, file, zone);
  if (!span) {
    const reason = 'It has no time that can be read.';
    note(report, 'event-unreadable', fields.place('date'), about, reason);
    return undefined;
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
  const toldOf: Told = { context, about, start, isOver, timeline, ...(end !== undefined && { end }) };
  reportTimeline(toldOf);
  if (fields.text('pin') !== '' && fields.flag('pin'))
    fields.note('detail-left-out', 'pin', 'Candor pins nothing: what is open is at the top.');
  const common = { identity, place: { file, line: 1 }, title, closed: isOver };
  const named = (status: ComponentStatus) => componentsOf(context, fields, about, status);
  if (planned !== undefined) {
    fields.note('maintenance-guessed', 'title', planned);
    if (!hasWindow) fields.note('window-missing', 'date');
    const window = { scheduled: start, until: hasWindow ? until : start + HOUR };
    return {
      ...common,
      kind: 'maintenance',
      components: named('under_maintenance'),
      ...window,
      ...maintenanceUpdates(toldOf),
    };
  }
  const components = named(informational ? 'operational' : severity.status);
  const isNotice = informational || (severity.impact === 'none' && Object.keys(components).length === 0);
  const impact = isNotice ? ('none' as const) : Object.keys(components).length === 0 ? severity.impact : undefined;
  if (informational) fields.note('notice-guessed', 'informational');
  const isPinned = fields.flag('pin') === true && !isOver;
  const closed = isOver || (informational && !isPinned);
  return {
    ...common,
    kind: 'incident',
    closed,
    components,
    ...(impact && { impact }),
    ...(isOver && end !== undefined && { endedAt: end }),
    started: Math.min(start, ...timeline.blocks.map(({ at }) => at)),
    updates: incidentUpdates({ ...toldOf, isOver: closed }, informational),
  };
}

/**
 * The zone of times in the text without one. An offset in the front matter is the writer's, but “Z” is often written by
 * programs.
 */
function zoneOf(
  { zone, isZoneGiven, shifts, file, report }: IssueContext,
  fields: FieldReader,
  blocks: readonly Block[],
  about: { id: string; subject: string },
): string | number {
  const start = fields.time('date');
  if (start?.offset !== undefined && start.offset !== 0) return start.offset;
  if (zone !== undefined && isZoneGiven) return zone;
  const shift = start?.offset === undefined ? undefined : shiftOf(blocks, start.at, fields.time('resolvedwhen')?.at);
  if (shift && (shift.isSure || shifts.has(shift.minutes))) {
    const line = blocks.find(({ time }) => time)?.line ?? 1;
    note(report, 'zone-inferred', { file, line }, about, shiftReason(shift.minutes / 60));
    return shift.minutes;
  }
  return start?.offset ?? zone ?? 'UTC';
}

function shiftReason(hours: number): string {
  const ahead = `${counted(Math.abs(hours), 'hour')} ${hours > 0 ? 'ahead of' : 'behind'}`;
  return `The times in its text are ${ahead} those in its front matter, so they were read as UTC${hours > 0 ? '+' : '−'}${Math.abs(hours)}.`;
}

/** Its title, else the words of its file's name. */
function titleOf({ page, file }: IssueContext): string {
  const value = page.fields.get('title')?.value;
  const title = typeof value === 'string' ? cleanLine(value) : '';
  if (title !== '') return title;
  const [name = ''] = file
    .replace(/\/index\.\w+$/, '')
    .split('/')
    .slice(-1);
  const words = name
    .replace(/\.\w+$/, '')
    .replace(/^\d{4}-\d{2}-\d{2}[-_ ]*/, '')
    .replace(/[-_\s]+/g, ' ')
    .trim();
  return words === '' ? 'Untitled' : words.charAt(0).toUpperCase() + words.slice(1);
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
  if (said === undefined) fields.note('start-missing', 'date', whence(told, ended));
  if (ended === undefined) return { start };
  if (ended >= start) return { start, end: ended, until: ended };
  const sameDay = onDayOf(ended, start, zone);
  if (sameDay >= start && sameDay - start <= 12 * HOUR) {
    fields.note(
      'ended-early',
      'resolvedwhen',
      'The source has it end on a day before it began; the time of day was taken, on the day it began.',
    );
    return { start, end: sameDay, until: sameDay };
  }
  fields.note('ended-early', 'resolvedwhen');
  return { start };
}

function whence(told: readonly Instant[], ended: Instant | undefined): string {
  if (told.length > 0) return 'The source does not say when it started; the first time in its text counts.';
  if (ended !== undefined) return 'The source does not say when it started; the time it ended counts.';
  return `The source does not say when it started; the day counts that its date or its name begins with.`;
}

function severityOf(fields: FieldReader, informational: boolean): Severity {
  const written = fields.text('severity');
  const severity = readSeverity(written);
  if (severity.readAs !== undefined && !informational) {
    fields.note(
      'severity-guessed',
      'severity',
      `${written === '' ? 'No severity' : `“${written}”`} was read as ${severity.readAs}.`,
    );
  }
  return severity;
}

function isResolved(fields: FieldReader, hasEnd: boolean, informational: boolean): boolean {
  const flag = fields.flag('resolved');
  if (flag === false && hasEnd) fields.note('resolved-contradiction', 'resolvedwhen');
  const written = fields.text('resolved');
  if (flag !== undefined) {
    if (!fields.isPlainFlag('resolved'))
      fields.note('resolved-guessed', 'resolved', `“${written}” was read as ${flag}.`);
    return flag;
  }
  if (!informational || written !== '') {
    const what = written === '' ? 'It does not say whether it is resolved' : `“${written}” is neither true nor false`;
    fields.note(
      'resolved-guessed',
      'resolved',
      `${what}; it was read as ${hasEnd ? 'resolved, since it says when' : 'not resolved'}.`,
    );
  }
  return hasEnd;
}

function componentsOf(
  { file, components }: IssueContext,
  fields: FieldReader,
  about: { id: string; subject: string },
  status: ComponentStatus,
): Record<string, ComponentStatus> {
  const keys = fields
    .list('affected')
    .flatMap(({ text, line }) => components.keysOf(text, { place: { file, line }, about }));
  return Object.fromEntries(keys.map((key) => [key, status]));
}

/** Reports which times were taken from elsewhere, and which texts have none. */
function reportTimeline({ context: { file, report }, about, timeline }: Told): void {
  for (const { from, mended, line } of timeline.blocks) {
    if (mended !== undefined) note(report, 'time-mended', { file, line }, about, mended);
    if (from === 'end')
      note(report, 'update-time-guessed', { file, line }, about, 'Its text says no time; it took that of the end.');
    if (from === 'begun' || (from === 'start' && timeline.blocks.length > 1))
      note(report, 'update-time-guessed', { file, line }, about, 'Its text says no time; it took that of the start.');
  }
  for (const line of timeline.parted) note(report, 'first-message-parted', { file, line }, about);
  for (const { label, line } of timeline.joined)
    note(
      report,
      'update-time-unknown',
      { file, line },
      about,
      `“${label}” says no time; it stands in the update that follows it.`,
    );
}
