import { claim, slug } from '../lib/text.ts';
import type { Day, Instant } from '../../src/core/days.ts';
import { isMap, isPair, isScalar } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { EVENT_FOLDERS, eventIdOf } from '../../src/core/events.ts';
import { CLOCKS_DIFFER } from '../../src/core/limits.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import type { Maintenance, StatusEvent } from '../../src/core/model.ts';
import type { OccurrenceChange } from '../../src/core/schema/fields.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { VOCABULARIES } from '../../src/reader/events/headings.ts';
import { parseFailsafe } from '../../src/reader/yaml/yaml.ts';
import { utcDay } from '../lib/times.ts';
import type { FoundContent } from '../lib/content.ts';
import { readAs } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers } from './answers.ts';
import { readAreas, readComponents, readLine, readTimeOption, readWindow, readWord } from './answers.ts';
import type { NewFrontMatter, NewUpdate } from './edit.ts';
import { eventText, insertUpdate } from './edit.ts';
import { startIn } from './facts.ts';

/** A file as it is to be written. */
export interface Draft {
  /** Below the content folder. */
  path: string;
  /** Of the event. */
  title: string;
  text: string;
  update: NewUpdate;
  /** The lines that are added to the file, if they are not those of the update. */
  lines?: string;
}

/**
 * The file of a new incident.
 * @throws {CommandError} when an answer cannot be understood
 */
export function draftIncident(answers: Answers, found: FoundContent): Draft {
  const update = firstUpdate({ status: 'investigating', ...answers }, 'incident', found);
  const started = startIn(answers, found);
  const components = readComponents(answers.component ?? [], found.content);
  const own = { components, ...(started !== update.at && { started }) };
  return newFile('incident', started, own, answers, update, found);
}

/**
 * The file of a new maintenance.
 * @throws {CommandError} when an answer cannot be understood
 */
export function draftMaintenance(answers: Answers, found: FoundContent): Draft {
  const update = firstUpdate({ ...answers, status: 'scheduled' }, 'maintenance', found);
  const { from: scheduled, to: until } = readWindow(answers, found);
  const components = readComponents(answers.component ?? [], found.content, 'under_maintenance');
  const plain = Object.values(components).every((status) => status === 'under_maintenance');
  const own = {
    components: plain ? Object.keys(components) : components,
    scheduled,
    until,
    // An update after the start is not the announcement.
    ...(update.at > scheduled && { announced: update.at }),
  };
  return newFile('maintenance', scheduled, own, answers, update, found);
}

/** The update of a new file, whose components, areas and window stand in the front matter. */
function firstUpdate(answers: Answers, kind: StatusEvent['kind'], found: FoundContent): NewUpdate {
  const { component: _, area: __, scheduled: ___, ...said } = answers;
  return updateOf(said, timeOfUpdate(answers, found), kind, found);
}

function newFile(
  kind: StatusEvent['kind'],
  start: Instant,
  own: Partial<NewFrontMatter>,
  { title: written = '', impact, area, reference }: Answers,
  update: NewUpdate,
  { source }: FoundContent,
): Draft {
  const title = readLine(written, 'title');
  const front = {
    title,
    ...(impact && { impact }),
    ...own,
    areas: readAreas(area),
    ...(reference !== undefined && { reference: readLine(reference, 'reference') }),
  };
  const paths = source.files.map((file) => file.path);
  return { path: newPath(kind, title, start, paths), title, text: eventText(front, update), update };
}

/** Letters of a title in the name of its file. */
const LENGTH = 80;

/**
 * The path of a new file, `incidents/2026/2026-11-20-some-words.md`; with `-2`, `-3` … where an incident or a
 * maintenance has that name already.
 * @param start when customers were first affected, or will be
 * @param paths those of the content folder
 */
function newPath(kind: StatusEvent['kind'], title: string, start: Instant, paths: readonly string[]): string {
  const day = utcDay(start);
  const taken = new Set(paths.map((path) => eventIdOf(path).toLowerCase()));
  const name = claim(`${day}-${slug(title, LENGTH) || kind}`, taken);
  return `${EVENT_FOLDERS[kind]}/${day.slice(0, 4)}/${name}.md`;
}

/**
 * A file with one more update; with a new time in the answers it moves the maintenance.
 * @param text the file as it is on the disk
 * @throws {CommandError} when an answer cannot be understood
 */
export function draftUpdate(answers: Answers, event: StatusEvent, text: string, found: FoundContent): Draft {
  const { file: path, title } = event;
  const update = updateOf(answers, timeOfUpdate(answers, found, event), event.kind, found);
  return { path, title, text: insertUpdate(text, readAs(found, path, text).updates, update), update };
}

function updateOf(answers: Answers, at: Instant, kind: StatusEvent['kind'], found: FoundContent): NewUpdate {
  const time = (text: string | false | undefined, option: string, direction: 'after' | 'before' = 'after') =>
    !text || text.trim() === '' ? undefined : readTimeOption(text, option, direction, found, at);
  const nextUpdate = time(answers.next, '--next');
  const expectedFix = time(answers.expectedFix, '--expected-fix');
  const ended = time(answers.ended, '--ended', 'before');
  const postmortemBy = time(answers.postmortem, '--postmortem');
  const components = readComponents(answers.component ?? [], found.content);
  const areas = readAreas(answers.area);
  return {
    word: readWord(answers.status ?? 'update', VOCABULARIES[kind]),
    at,
    message: answers.message ?? '',
    ...(Object.keys(components).length > 0 && { components }),
    ...(areas.length > 0 && { areas }),
    ...(nextUpdate !== undefined && { nextUpdate }),
    ...(expectedFix !== undefined && { expectedFix }),
    ...(ended !== undefined && ended !== at && { ended }),
    ...(postmortemBy !== undefined && { postmortemBy }),
    ...(answers.scheduled !== undefined && { window: readWindow(answers, found) }),
  };
}

/** Now, unless the answers say otherwise; never before an update that a faster clock has dated a little ahead. */
function timeOfUpdate({ at }: Answers, found: FoundContent, event?: StatusEvent): Instant {
  if (at !== undefined) return readTimeOption(at, '--at', 'before', found);
  const newest = event?.updates.at(-1)?.at ?? -Infinity;
  const now = minuteOf(found.now);
  return newest <= found.now + CLOCKS_DIFFER ? Math.max(now, newest) : now;
}

/** Whether a maintenance is an occurrence of a series without updates of its own. */
export function takesException(event: Maintenance, text: string): boolean {
  return event.series !== undefined && insertException(text, plannedDay(event), '') !== undefined;
}

/** A file with the exception that moves or cancels one occurrence of a series. */
export function draftException(answers: Answers, event: Maintenance, text: string, found: FoundContent): Draft {
  const { scheduled, until, for: length, status = 'update' } = answers;
  if (until !== undefined || length !== undefined)
    throw new CommandError('All occurrences of a series have the same length. Leave out --until and --for.');
  const at = timeOfUpdate(answers, found);
  const moved = scheduled === undefined ? {} : { moved: readTimeOption(scheduled, '--scheduled', 'after', found) };
  const day = plannedDay(event);
  const value = exceptionValue({ ...moved, announced: at });
  return {
    path: event.file,
    title: event.title,
    text: insertException(text, day, value) ?? text,
    update: { word: status, at, message: '' },
    lines: `  ${day}: ${value}`,
  };
}

/** The day of an occurrence by the rule of its series. */
function plannedDay({ id, series = '' }: Maintenance): string {
  return id.slice(series.length + 1);
}

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
