import type { Instant } from '../../src/core/days.ts';
import { minuteOf, readDuration, readTimeWords } from '../../src/core/human-time.ts';
import type { ComponentList } from '../../src/core/groups.ts';
import {
  componentNamed,
  EVERYTHING,
  groupMembers,
  groupsById,
  namedComponents,
  valuesByComponent,
} from '../../src/core/groups.ts';
import type { TimeWindow } from '../../src/core/model.ts';
import { updateInterval } from '../../src/core/promises.ts';
import { componentStatus } from '../../src/core/schema/event.ts';
import { line } from '../../src/core/schema/fields.ts';
import type { ComponentStatus, Impact } from '../../src/core/vocabulary.ts';
import { COMPONENT_STATUSES } from '../../src/core/vocabulary.ts';
import { headingWord, wordOf } from '../../src/reader/events/headings.ts';
import { didYouMean } from '../../src/reader/rules.ts';
import type { FoundContent } from '../lib/content.ts';
import { CommandError } from '../lib/errors.ts';

/** What somebody says about an update or a new event, as it was typed. */
export interface Answers {
  title?: string;
  /** Markdown with `\n` line ends, without empty lines around it. */
  message?: string;
  status?: string;
  component?: readonly string[];
  area?: readonly string[];
  reference?: string;
  impact?: Impact;
  at?: string;
  next?: string;
  expectedFix?: string;
  started?: string;
  ended?: string;
  /** `false` to promise none. */
  postmortem?: string | false;
  scheduled?: string;
  until?: string;
  for?: string;
}

/**
 * A text of one line: a title, a name, a ticket.
 * @param what how to call it: `title`
 */
export function readLine(text: string, what: string): string {
  const result = line.safeParse(text);
  if (result.success) return result.data;
  if (text.trim() === '') throw new CommandError(`The ${what} is empty.`);
  throw new CommandError(`The ${what} must be one line of text, without line breaks or control characters.`);
}

/** A message as it is written into a file: with `\n` line ends, and without empty lines around it. */
export function tidyMessage(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[\t ]*\n)+/, '')
    .trimEnd();
}

/**
 * An instant from words.
 * @param option the option that holds them: `--next`
 * @param from what a bare duration or time of day counts from
 */
export function readTimeOption(
  text: string,
  option: string,
  direction: 'after' | 'before',
  { now, content }: Pick<FoundContent, 'now' | 'content'>,
  from: Instant = now,
): Instant {
  const result = readTimeWords(text, { now, from, direction, zone: content.site.time_zone });
  if ('instant' in result) return result.instant;
  throw new CommandError(`${option}: ${result.problem}`);
}

/**
 * When a maintenance takes place. A duration counts from its start.
 * @throws {CommandError} when an answer cannot be understood
 */
export function readWindow({ scheduled = '', until, for: length }: Answers, found: FoundContent): TimeWindow {
  const from = readTimeOption(scheduled, '--scheduled', 'after', found);
  if (until !== undefined && length !== undefined) {
    throw new CommandError('--until and --for both set the end of the maintenance. Use only one of them.');
  }
  if (length === undefined) return { from, to: readTimeOption(until ?? '', '--until', 'after', found, from) };
  const duration = readDuration(length);
  if (!duration) throw new CommandError(`--for: “${length}” is not a valid duration. Use a form such as 30m or 2h.`);
  return { from, to: from + duration };
}

/** `20m`, `2h`: a duration as it is typed. */
export function writeDuration(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`;
}

/** How long until the next update by the page's update interval, as it is typed. @param start of the event */
export function usualNext(impact: Impact, start: Instant, { now, content }: FoundContent): string {
  return writeDuration(updateInterval(impact, start, minuteOf(now), content.site.promises));
}

/** The status of an update, as a heading may say it. */
export function readWord(text: string, vocabulary: readonly string[]): string {
  const word = wordOf(text.replaceAll(/[_-]/g, ' '), vocabulary);
  if (word !== undefined) return word;
  throw new CommandError(`“${text}” is not a valid status here.${didYouMean(text, vocabulary.map(headingWord))}`);
}

/** What was answered about components: pairs of a name and its status. */
export type NamedStatuses = Readonly<Record<string, ComponentStatus>>;

/**
 * Statuses from `checkout=partial_outage` or `payments:partial outage`, by the id of a component or a group, or by `all`:
 * aliases are resolved.
 * @param bare the status of what is named alone; without it that is refused
 */
export function readComponents(pairs: readonly string[], list: ComponentList, bare?: ComponentStatus): NamedStatuses {
  const statuses: Record<string, ComponentStatus> = {};
  for (const pair of pairs) {
    const [, name = '', written] = /^([^=:]*)(?:[=:](.*))?$/s.exec(pair) ?? [];
    const id = idOf(name.trim(), list);
    if (id in statuses) throw new CommandError(`The component “${id}” is listed twice.`);
    statuses[id] = readStatus(pair, written, bare);
  }
  return statuses;
}

function idOf(name: string, list: ComponentList): string {
  const id = componentNamed(list, name)?.id ?? (groupMembers(list, name) && name);
  if (id !== undefined) return id;
  const known = [...list.components.keys(), ...groupsById(list.tree).keys(), EVERYTHING];
  throw new CommandError(`There is no component “${name}”.${didYouMean(name, known)}`);
}

/** The same by component. @param at when the event begins */
export function byComponent(
  statuses: NamedStatuses,
  list: ComponentList,
  at: Instant,
): Record<string, ComponentStatus> {
  return valuesByComponent(
    Object.entries(statuses).flatMap(([name, status]) => {
      const named = namedComponents(list, name, at);
      return named ? [[named, status] as const] : [];
    }),
  );
}

function readStatus(pair: string, written: string | undefined, bare?: ComponentStatus): ComponentStatus {
  if (written === undefined && bare) return bare;
  const status = componentStatus.safeParse(written ?? '');
  if (status.success) return status.data;
  const example = `${pair.split(/[=:]/)[0]?.trim()}=partial_outage`;
  if (written === undefined) throw new CommandError(`“${pair}” has no status. Write it like this: ${example}.`);
  throw new CommandError(
    `“${written.trim()}” is not a valid component status.${didYouMean(written, [...COMPONENT_STATUSES])}`,
  );
}

/** Areas from repeated options, each of which may hold several separated by commas. */
export function readAreas(written: readonly string[] = []): string[] {
  return written
    .flatMap((text) => readLine(text, 'area').split(','))
    .map((area) => area.trim())
    .filter((area) => area !== '');
}
