import { isMap, isPair, isScalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import type { Day, Instant, Maintenance, StatusEvent, TimeWindow } from '../../src/core/model.ts';
import type { Impact } from '../../src/core/vocabulary.ts';
import { INCIDENT_WORDS, MAINTENANCE_WORDS } from '../../src/core/vocabulary.ts';
import type { FoundContent } from '../lib/content.ts';
import { readAs } from '../lib/content.ts';
import type { NewUpdate } from './edit.ts';
import { eventText, insertUpdate } from './edit.ts';
import { readAreas, readComponents, readLine, readTimeOption, readWord } from './options.ts';
import { minuteOf, readDuration } from '../../src/core/human-time.ts';
import { AuthorError } from '../lib/errors.ts';
import type { OccurrenceChange } from '../../src/core/schema/fields.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { parseFailsafe } from '../../src/reader/yaml/yaml.ts';
import { claim, slug } from '../import/components.ts';
import { utcDay } from '../import/times.ts';
import { idFrom } from './choose-event.ts';

const KEY = 'except';

/** `{ moved: 2026-12-23 02:00 UTC, announced: 2026-12-10 09:00 UTC }` */
export function exceptionValue({ moved, announced }: OccurrenceChange): string {
  const parts = [
    moved === undefined ? 'cancelled: true' : `moved: ${formatTime(moved)}`,
    ...(announced === undefined ? [] : [`announced: ${formatTime(announced)}`]),
  ];
  return `{ ${parts.join(', ')} }`;
}

/**
 * Adds an exception to the front matter of a recurring maintenance. All other bytes stay the same.
 * @param text as it is on the disk
 * @param value as {@link exceptionValue} writes it
 * @returns nothing if that day has an exception already, which must stay as announced
 */
function insertException(text: string, day: Day, value: string): string | undefined {
  const matter = /^\uFEFF?---[ \t]*(?:\r\n?|\n)(?<yaml>.*?)^---[ \t]*(?:\r\n?|\n|$)/ms.exec(text);
  const yaml = matter?.groups?.['yaml'];
  if (matter === null || yaml === undefined) return undefined;
  const start = matter[0].indexOf(yaml, matter[0].indexOf('---') + 3);
  const end = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const put = (at: number, added: string) => text.slice(0, start + at) + added + text.slice(start + at);

  const found = pairOf(parseFailsafe(yaml).document.contents, KEY);
  if (!found) return put(yaml.length, `${KEY}:${end}  ${day}: ${value}${end}`);
  const map = found.value;
  if (!isMap(map) || !map.range || pairOf(map, day)) return undefined;
  if (map.flow) return put(map.range[1] - 1, `${map.items.length > 0 ? ', ' : ' '}${day}: ${value} `);
  const first = map.items[0]?.key;
  if (!isScalar(first) || !first.range) return undefined;
  const indent = yaml.slice(yaml.lastIndexOf('\n', first.range[0] - 1) + 1, first.range[0]);
  return put(first.range[0], `${day}: ${value}${end}${indent}`);
}

function pairOf(map: unknown, key: string): Pair | undefined {
  if (!isMap(map)) return undefined;
  return (map as YAMLMap).items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
}

const LENGTH = 80;
const FOLDERS = { incident: 'incidents', maintenance: 'maintenance' } as const;

/**
 * The path of a new file, `incidents/2026/2026-11-20-some-words.md`; with `-2`, `-3` … where an incident or a
 * maintenance has that name already.
 * @param start when customers were first affected, or will be
 * @param paths those of the content folder
 */
function newPath(kind: StatusEvent['kind'], title: string, start: Instant, paths: Iterable<string>): string {
  const day = utcDay(start);
  const taken = new Set([...paths].map((path) => idFrom(path).toLowerCase()));
  const name = claim(`${day}-${slug(title, LENGTH) || kind}`, taken);
  return `${FOLDERS[kind]}/${day.slice(0, 4)}/${name}.md`;
}

/** What is said about any update, as it was typed. */
export interface UpdateAnswers {
  message: string;
  status?: string;
  component?: readonly string[];
  area?: readonly string[];
  next?: string;
  expectedFix?: string;
  ended?: string;
  /** `false` to promise none. */
  postmortem?: string | false;
  at?: string;
}

/** What is said about a new incident, as it was typed. */
export interface IncidentAnswers extends UpdateAnswers {
  title: string;
  started?: string;
  reference?: string;
  impact?: Impact;
}

/** What is said about a new maintenance, as it was typed. */
export interface MaintenanceAnswers extends UpdateAnswers {
  title: string;
  scheduled: string;
  until?: string;
  for?: string;
  reference?: string;
  impact?: Impact;
}

/** What was typed about a maintenance to move or cancel. */
export interface ChangeAnswers extends UpdateAnswers {
  scheduled?: string;
  until?: string;
  for?: string;
}

/** A file as it is to be written. */
export interface Draft {
  /** Below the content folder. */
  path: string;
  text: string;
  update: NewUpdate;
  /** The lines that are added to the file, if they are not those of the update. */
  lines?: string;
}

/** An update up to this far ahead of the clock is one that the page shows already. */
const AHEAD = 10 * 60_000;

/**
 * The file of a new incident.
 * @throws {AuthorError} when an answer cannot be understood
 */
export function draftIncident(answers: IncidentAnswers, found: FoundContent): Draft {
  const { now, content, source } = found;
  const zone = content.site.time_zone;
  const title = readLine(answers.title, 'title');
  const at = timeOfUpdate(answers, found);
  const started =
    answers.started === undefined
      ? at
      : readTimeOption(answers.started, '--started', { now, from: at, direction: 'before', zone });
  const update: NewUpdate = {
    ...updateOf({ ...answers, component: [], area: [] }, at, INCIDENT_WORDS, found),
    word: readWord(answers.status ?? 'investigating', INCIDENT_WORDS),
  };
  const front = {
    title,
    ...(answers.impact && { impact: answers.impact }),
    components: readComponents(answers.component ?? [], content.components),
    ...(started !== at && { started }),
    ...frontOf(answers),
  };
  const path = newPath(
    'incident',
    title,
    started,
    source.files.map((file) => file.path),
  );
  return { path, text: eventText(front, update), update };
}

/**
 * The file of a new maintenance.
 * @throws {AuthorError} when an answer cannot be understood
 */
export function draftMaintenance(answers: MaintenanceAnswers, found: FoundContent): Draft {
  const { content, source } = found;
  const title = readLine(answers.title, 'title');
  const at = timeOfUpdate(answers, found);
  const update = updateOf({ ...answers, component: [], area: [] }, at, MAINTENANCE_WORDS, found);
  const { scheduled, until } = readWindow(answers, found);
  const components = readComponents(answers.component ?? [], content.components, 'under_maintenance');
  const plain = Object.values(components).every((status) => status === 'under_maintenance');
  const front = {
    title,
    ...(answers.impact && { impact: answers.impact }),
    components: plain ? Object.keys(components) : components,
    scheduled,
    until,
    // An update after the start is not the announcement.
    ...(at > scheduled && { announced: at }),
    ...frontOf(answers),
  };
  const path = newPath(
    'maintenance',
    title,
    scheduled,
    source.files.map((file) => file.path),
  );
  return { path, text: eventText(front, { ...update, word: 'scheduled' }), update: { ...update, word: 'scheduled' } };
}

/**
 * From when until when a maintenance is announced. What counts from another time counts from its start.
 * @throws {AuthorError} when an answer cannot be understood
 */
export function readWindow(
  { scheduled: from, until, for: length }: Pick<MaintenanceAnswers, 'scheduled' | 'until' | 'for'>,
  { now, content }: FoundContent,
): { scheduled: number; until: number } {
  const words = { now, direction: 'after', zone: content.site.time_zone } as const;
  const scheduled = readTimeOption(from, '--scheduled', words);
  if (until !== undefined && length !== undefined) {
    throw new AuthorError('--until and --for both say when the maintenance ends. Keep one of the two.');
  }
  if (length === undefined) {
    return { scheduled, until: readTimeOption(until ?? '', '--until', { ...words, from: scheduled }) };
  }
  const duration = readDuration(length);
  if (!duration) throw new AuthorError(`--for: “${length}” is no duration. Write it as 30m or 2h.`);
  return { scheduled, until: scheduled + duration };
}

/**
 * A file with one more update.
 * @param text the file as it is on the disk
 * @throws {AuthorError} when an answer cannot be understood
 */
export function draftUpdate(answers: UpdateAnswers, event: StatusEvent, text: string, found: FoundContent): Draft {
  const at = timeOfUpdate(answers, found, event);
  const vocabulary = event.kind === 'incident' ? INCIDENT_WORDS : MAINTENANCE_WORDS;
  const update = updateOf(answers, at, vocabulary, found);
  return { path: event.file, text: insertUpdate(text, readAs(found, event.file, text).updates, update), update };
}

/** A file with the update that moves a maintenance, or cancels it. */
export function draftChange(answers: ChangeAnswers, event: Maintenance, text: string, found: FoundContent): Draft {
  const draft = draftUpdate(answers, event, text, found);
  const window = newWindow(answers, found);
  if (!window) return draft;
  const update = { ...draft.update, window };
  return { ...draft, text: insertUpdate(text, readAs(found, event.file, text).updates, update), update };
}

/** Whether a maintenance is an occurrence of a series without updates of its own. */
export function takesException(event: Maintenance, text: string): boolean {
  return event.series !== undefined && insertException(text, plannedDay(event), '') !== undefined;
}

/** A file with the exception that moves or cancels one occurrence of a series. */
export function draftException(answers: ChangeAnswers, event: Maintenance, text: string, found: FoundContent): Draft {
  const at = timeOfUpdate(answers, found);
  const length = `${Math.round((event.until - event.scheduled) / 60_000)}m`;
  const { until: _, ...start } = answers;
  const window = newWindow({ ...start, for: length }, found);
  if (answers.until !== undefined || answers.for !== undefined)
    throw new AuthorError('One occurrence of a series takes as long as the others. Leave out --until and --for.');
  const day = plannedDay(event);
  const value = exceptionValue({ ...(window && { moved: window.from }), announced: at });
  const word = answers.status ?? 'update';
  const written = insertException(text, day, value) ?? text;
  return { path: event.file, text: written, update: { word, at, message: '' }, lines: `  ${day}: ${value}` };
}

function newWindow({ scheduled, until, for: length }: ChangeAnswers, found: FoundContent): TimeWindow | undefined {
  if (scheduled === undefined) return undefined;
  const window = readWindow(
    { scheduled, ...(until !== undefined && { until }), ...(length !== undefined && { for: length }) },
    found,
  );
  return { from: window.scheduled, to: window.until };
}

/** The day of an occurrence by the rule of its series. */
function plannedDay({ id, series = '' }: Maintenance): string {
  return id.slice(series.length + 1);
}

function updateOf(
  answers: UpdateAnswers,
  at: number,
  vocabulary: readonly string[],
  { now, content }: FoundContent,
): NewUpdate {
  const words = { now, from: at, zone: content.site.time_zone } as const;
  const time = (text: string | undefined, option: string, direction: 'after' | 'before') =>
    text === undefined || text.trim() === '' ? undefined : readTimeOption(text, option, { ...words, direction });
  const nextUpdate = time(answers.next, '--next', 'after');
  const expectedFix = time(answers.expectedFix, '--expected-fix', 'after');
  const ended = time(answers.ended, '--ended', 'before');
  const postmortemBy = time(answers.postmortem || undefined, '--postmortem', 'after');
  const components = readComponents(answers.component ?? [], content.components);
  const areas = readAreas(answers.area ?? []);
  return {
    word: readWord(answers.status ?? 'update', vocabulary),
    at,
    message: answers.message,
    ...(Object.keys(components).length > 0 && { components }),
    ...(areas.length > 0 && { areas }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(expectedFix !== undefined && { expectedFix }),
    ...(ended !== undefined && ended !== at && { ended }),
    ...(postmortemBy !== undefined && { postmortemBy }),
  };
}

/** Now, unless the answers say otherwise; never before an update that a faster clock has dated a little ahead. */
function timeOfUpdate({ at }: UpdateAnswers, { now, content }: FoundContent, event?: StatusEvent): number {
  const zone = content.site.time_zone;
  if (at !== undefined) return readTimeOption(at, '--at', { now, direction: 'before', zone });
  const newest = event?.updates.at(-1)?.at ?? -Infinity;
  return newest <= now + AHEAD ? Math.max(minuteOf(now), newest) : minuteOf(now);
}

function frontOf({ area, reference }: { area?: readonly string[]; reference?: string }) {
  return {
    areas: readAreas(area ?? []),
    ...(reference !== undefined && { reference: readLine(reference, 'reference') }),
  };
}

/** `20m`, `2h`: a duration as it is typed. */
export function writeDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}
