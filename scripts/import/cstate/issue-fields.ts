import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import type { SourcePlace } from '../model.ts';
import { note, type Kind, type Report } from '../report.ts';
import type { Field, Fields, Page } from '../front-matter.ts';
import { instantOf, offsetAt, readLeadingDay, readRepaired } from '../written-time.ts';

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
export interface FieldReader {
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
        say('time-unreadable', name, `“${written}” is no time.`);
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
export function onDayOf(clock: Instant, day: Instant, zone: string | number): Instant {
  const DAY = 86_400_000;
  const shift = (instant: Instant): number => offsetAt(instant, zone) * 60_000;
  const midnight = Math.floor((day + shift(day)) / DAY) * DAY - shift(day);
  return midnight + ((((clock + shift(clock)) % DAY) + DAY) % DAY);
}

/** Yes and no as YAML 1.1, TOML and people write them, cut short or misspelt. */
function flagOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (/^(?:true|yes|y|on|1|t|tru|ture|yes\.|resolved)$/.test(word)) return true;
  if (/^(?:false|no|n|off|0|f|fals|flase|ni|noe|nope)$/.test(word)) return false;
  return undefined;
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
