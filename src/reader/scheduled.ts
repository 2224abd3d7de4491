import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../core/days.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import { isError } from '../core/diagnostic.ts';
import { eventIdOf, isEventFile } from '../core/events.ts';
import { zoneSpoken } from '../core/human-time.ts';
import { incidentState } from '../core/incident.ts';
import { isOver, maintenancePhases, phaseAt } from '../core/maintenance.ts';
import type { Content, StatusEvent, Update } from '../core/model.ts';
import { formatTime } from '../core/time-text.ts';
import type { EventContext } from './events/event.ts';
import { headingContext } from './events/event.ts';
import { readHeading } from './events/headings.ts';
import { insertBlock } from './events/insert.ts';
import { groupByHeading } from './events/updates.ts';
import type { SourceFile, SourceFolder } from './files.ts';
import { hasText, isScheduled, isSetting, SCHEDULED } from './files.ts';
import { bodyText } from './markdown/html.ts';
import { parseMarkdown, positionOf } from './markdown/markdown.ts';
import { normalizeText } from './markdown/source.ts';
import type { Report } from './rules.ts';
import { FIRST, ignore } from './rules.ts';

/** An update that is published later. */
export interface ScheduledUpdate {
  at: Instant;
  /** What its heading says: `investigating`, `in_progress`. */
  word: string;
  /** Of its heading, counted from 1. */
  line: number;
  /** The heading and all below it, as it is written. */
  text: string;
}

/** A file of updates that are published later: `scheduled/incidents/ID.md` for `incidents/2026/ID.md`. */
export interface ScheduledFile {
  /** Path below the content folder, with `/`. */
  file: string;
  /** The file that the updates go to. Its path may be new. */
  target: string;
  /** What stands above the first update: the front matter of a new file. */
  head: string;
  /** Soonest first. */
  updates: readonly ScheduledUpdate[];
  /** Whether the time of every update can be read. */
  isRead: boolean;
}

/** An update that is later than this when it is published may not be true any more. GitHub’s clock is late by minutes, seldom by an hour. */
const TOO_LATE = milliseconds({ hours: 2 });

/** Reads files as if it were that instant. */
type Rehearsal = (
  files: readonly SourceFile[],
  now: Instant,
) => { content?: Content; diagnostics: readonly Diagnostic[] };

const AHEAD = milliseconds({ years: 1 });

const FRONT_MATTER = /^---[ \t]*\n[\s\S]*?\n---[ \t]*(?:\n|$)/;

/** Reads what is scheduled, and reports whatever would keep an update from being published at its time. */
export function readScheduled(
  source: SourceFolder,
  context: EventContext,
  read: Rehearsal,
  reportIn: (file: string) => Report,
  diagnostics: Diagnostic[],
): ScheduledFile[] {
  const found = source.files
    .filter(({ path }) => isScheduled(path))
    .flatMap((file) => readFile(file, source.files, context, reportIn(file.path)) ?? []);
  found.forEach(({ file, target }, index) => {
    const other = found.slice(0, index).find((one) => one.target === target);
    if (other) reportIn(file)('id-taken', FIRST, `${other.file} is for the same file. Move its updates here.`);
  });
  for (const files of Map.groupBy(found, ({ target }) => eventOf(target)).values())
    rehearse(files, source.files, context.now, read, reportIn, diagnostics);
  return found;
}

/** What changes on the disk when everything that is due is published: texts by path, nothing for a file that goes. */
export function publishDue(
  files: readonly ScheduledFile[],
  until: Instant,
  textOf: (path: string) => string | undefined,
): Map<string, string | undefined> {
  const changes = new Map<string, string | undefined>();
  for (const { file, target, head, updates } of files) {
    const due = updates.filter(({ at }) => at <= until);
    if (due.length === 0) continue;
    const start = changes.get(target) ?? textOf(target) ?? head;
    const later = updates.filter((update) => !due.includes(update)).map(({ text }) => text);
    changes.set(target, due.reduce(withUpdate(target), start));
    changes.set(file, later.length > 0 ? `${later.join('\n\n')}\n` : undefined);
  }
  return changes;
}

const withUpdate = (path: string) => (text: string, update: ScheduledUpdate) =>
  insertBlock(text, updatesIn(path, normalizeText(text)).updates, update.at, update.text);

/** The id of the event that a file belongs to, without regard to case; a translation belongs to that of its original. */
export function eventOf(path: string): string {
  return eventIdOf(path)
    .replace(/\.[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/, '')
    .toLowerCase();
}

function readFile(
  file: SourceFile,
  files: readonly SourceFile[],
  context: EventContext,
  report: Report,
): ScheduledFile | undefined {
  if (!hasText(file, report)) return undefined;
  const path = file.path.slice(SCHEDULED.length + 1);
  if (!isEventFile(path)) {
    const reason = `Updates are scheduled in ${SCHEDULED}/incidents/ID.md or ${SCHEDULED}/maintenance/ID.md, where ID is the name of the file that they belong to.`;
    report('file-misplaced', FIRST, reason);
    return undefined;
  }
  const isSame = (other: string) =>
    other.split('/')[0] === path.split('/')[0] && eventIdOf(other).toLowerCase() === eventIdOf(path).toLowerCase();
  const target = files.find((one) => isEventFile(one.path) && isSame(one.path));
  const { head, updates, isRead } = updatesIn(path, file.text, context, report);
  if (target && head.trim() !== '') {
    const reason = `${target.path} exists, so only updates can be scheduled here. Delete everything above the first update heading.`;
    report('text-before-updates', FIRST, reason);
  } else if (isRead && updates.length === 0) {
    report('updates-missing', FIRST, 'Nothing is scheduled here. Add an update whose heading has the time.', {
      example: `## Update · ${formatTime(context.now + milliseconds({ days: 1 }))}`,
    });
  }
  return { file: file.path, target: target?.path ?? path, head, updates, isRead };
}

/** The updates of a file as they are written. */
function updatesIn(path: string, text: string, context?: EventContext, report: Report = ignore) {
  const matter = FRONT_MATTER.exec(text)?.[0] ?? '';
  const body = parseMarkdown(text.slice(matter.length), matter.split('\n').length);
  const kind = path.startsWith('maintenance/') ? 'maintenance' : 'incident';
  // Suggestions keep a time that is ahead.
  const clock = context ? { ...context, now: context.now + AHEAD } : { zone: 'UTC', now: 0, frozen: false };
  const reading = headingContext({ path }, kind, clock, zoneSpoken(text));
  const { sections } = groupByHeading(body.tree.children);
  const starts = sections.map(({ heading }) => positionOf(heading, body).line);
  const lines = text.split('\n');
  const heads = sections.map(({ heading }) => readHeading(heading, body, reading, report));
  const updates = heads.flatMap((one, index): ScheduledUpdate[] => {
    const line = starts[index] ?? 1;
    const end = (starts[index + 1] ?? Infinity) - 1;
    return one
      ? [
          {
            at: one.at,
            word: one.word,
            line,
            text: lines
              .slice(line - 1, end)
              .join('\n')
              .trimEnd(),
          },
        ]
      : [];
  });
  const head = lines.slice(0, (starts[0] ?? Infinity) - 1).join('\n');
  return { head, updates: updates.sort((a, b) => a.at - b.at), isRead: updates.length === heads.length };
}

/** Reads the files of an event as they will be at each time at which something is published, one after the other. */
function rehearse(
  scheduled: readonly ScheduledFile[],
  files: readonly SourceFile[],
  now: Instant,
  read: Rehearsal,
  reportIn: (file: string) => Report,
  diagnostics: Diagnostic[],
): void {
  const ids = scheduled.map(({ target }) => eventOf(target));
  const settings = files.filter(({ path }) => isSetting(path));
  const own = files.filter(({ path }) => isEventFile(path) && ids.includes(eventOf(path)));
  const texts = new Map(own.map(({ path, text }) => [path, text]));
  const times = new Set(scheduled.flatMap(({ updates }) => updates.map(({ at }) => at)));
  const reported = new Set(diagnostics.map(placeOf));
  let before = read([...settings, ...own], now);
  for (const time of [...times].sort((a, b) => a - b)) {
    const at = Math.max(time, now);
    const changes = publishDue(scheduled, time, (path) => texts.get(path));
    const changed = [...changes].flatMap(([path, text]) => (isScheduled(path) ? [] : [{ path, text: text ?? '' }]));
    const after = read([...settings, ...own.filter(({ path }) => !changes.has(path)), ...changed], at);
    for (const one of after.diagnostics.filter(isError)) {
      const place = scheduled.find(({ target }) => target === one.file);
      const moved = place && inScheduled(one, place, changes.get(one.file) ?? '', time);
      if (!moved || reported.has(placeOf(moved))) continue;
      diagnostics.push(moved);
      reported.add(placeOf(moved));
    }
    for (const { file, target, updates } of scheduled) {
      for (const update of updates.filter((one) => one.at === time)) {
        const reason = whyStale(update, eventsIn(before, target), eventsIn(after, target), at, now);
        if (reason !== undefined) reportIn(file)('scheduled-stale', { line: update.line, column: 1 }, reason);
      }
    }
    before = after;
  }
}

const placeOf = ({ file, line, ruleId }: Diagnostic) => `${file}:${line} ${ruleId}`;

/** Several if a maintenance recurs, none for a translation. */
function eventsIn({ content }: ReturnType<Rehearsal>, path: string): StatusEvent[] {
  return [...(content?.incidents ?? []), ...(content?.maintenance ?? [])].filter(({ file }) => file === path);
}

/** Why an update should not be published as it is: things have changed since it was written. */
function whyStale(
  { at, word }: ScheduledUpdate,
  before: readonly StatusEvent[],
  after: readonly StatusEvent[],
  time: Instant,
  now: Instant,
): string | undefined {
  const [event] = before;
  if (at < now - TOO_LATE)
    return `This update was due at ${formatTime(at)}, and may no longer be true. Give it a new time, or delete it.`;
  if (event && word !== 'postmortem' && before.every((one) => isEnded(one, word, time)))
    return `The ${event.kind} has ended, so this update cannot be published at ${formatTime(at)}. Delete it, or publish it yourself.`;
  const earlier = before.flatMap(({ updates }): readonly Update[] => updates);
  const isAdded = (one: Update) => one.at === at && one.word === word && !earlier.some(({ id }) => id === one.id);
  const added = after.flatMap(({ updates }): readonly Update[] => updates).filter(isAdded);
  const twin = earlier.find(({ body }) => added.some((one) => bodyText(one.body) === bodyText(body)));
  return twin && `The same text was already published at ${formatTime(twin.at)}. Delete this update.`;
}

function isEnded(event: StatusEvent, word: string, at: Instant): boolean {
  if (event.kind === 'incident') return !incidentState(event).open;
  // The clock ends maintenance by itself, and an update may say so.
  return word !== 'completed' && isOver(phaseAt(maintenancePhases(event), at).status);
}

/** A diagnostic of a file as it will be, where it stands in the scheduled file. */
function inScheduled(
  one: Diagnostic,
  { file, head, updates, target }: ScheduledFile,
  text: string,
  until: Instant,
): Diagnostic {
  const merged = updatesIn(target, text).updates;
  for (const update of updates) {
    const start = merged.find((other) => other.text === update.text && other.at === update.at)?.line ?? Infinity;
    if (one.line < start || one.line >= start + update.text.split('\n').length) continue;
    const shift = update.line - start;
    return { ...one, file, line: one.line + shift, ...(one.endLine !== undefined && { endLine: one.endLine + shift }) };
  }
  if (head !== '' && one.line <= head.split('\n').length) return { ...one, file };
  const { ruleId, severity, reason } = one;
  const line = updates.findLast(({ at }) => at <= until)?.line ?? 1;
  return {
    file,
    line,
    column: 1,
    ruleId,
    severity,
    reason: `Because of line ${one.line} of ${target}, this cannot be published: ${reason}`,
  };
}
