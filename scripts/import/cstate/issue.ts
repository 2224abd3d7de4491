import type { Instant } from '../../../src/core/model.ts';
import type { ComponentStatus } from '../../../src/core/vocabulary.ts';
import { cleanLine } from '../clean.ts';
import type { ImportedEvent } from '../model.ts';
import { note, type Report } from '../report.ts';
import { readBlocks, type Block } from './blocks.ts';
import type { Components } from './components.ts';
import type { Page } from './front-matter.ts';
import { fieldsOf, onDayOf, type FieldReader, type Zoneless } from './issue-fields.ts';
import { incidentUpdates, maintenanceUpdates, type Told } from './issue-updates.ts';
import { whyPlanned } from './planned.ts';
import { readSeverity, type Severity } from './severity.ts';
import { readTimeline } from './timeline.ts';
import { instantOf } from './written-time.ts';
import { shiftOf } from './zone-shift.ts';

export interface IssueContext {
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
  const ahead = `${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'} ${hours > 0 ? 'ahead of' : 'behind'}`;
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
