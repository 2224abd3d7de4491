import { cleanLine } from '../../lib/text.ts';
import { isZone } from '../site-text.ts';
import type { SourcePlace } from '../model.ts';
import { note, type Report } from '../report.ts';
import { parseFile, type TextFile } from '../source-files.ts';
import { flagOf, plain } from '../page.ts';
import { z } from 'zod';

/** A component of cState's. */
export interface System {
  /** What incidents call it. */
  name: string;
  /** What the page calls it. */
  shownAs: string;
  description: string;
  /** Empty where it belongs to none. */
  category: string;
  place: SourcePlace;
}

interface Category {
  name: string;
  /** Its name is not shown. */
  untitled: boolean;
  place: SourcePlace;
}

/** What the configuration of a cState site says, as far as Candor has a place for it. */
export interface Configuration {
  title: string;
  baseUrl: string;
  description: string;
  /** An IANA name; the zone of times that state none. */
  zone?: string;
  /** Whether that is Hugo's own setting, and not only what the page prints after its dates. */
  isZoneStated: boolean;
  /** Whether there is a list of components, be it an empty one. */
  hasSystems: boolean;
  systems: readonly System[];
  categories: readonly Category[];
  /** The language of the page's own words, as `languageCode` says it. */
  locale: string;
  /** The language that is read, and the folders and endings of all that are known. */
  language: string;
  languages: readonly { code: string; folder?: string }[];
  buildsFuture: boolean;
}

type Table = Readonly<Record<string, unknown>>;

/** A value of another type than expected is as good as none. */
const text = z.string().catch('');
const line = text.transform(cleanLine);
const list = z.array(z.unknown()).optional().catch(undefined);
const flag = text.transform((word) => flagOf(word) === true);
const table = <S extends z.ZodRawShape>(shape: S) => z.preprocess(asTable, z.object(shape));

const systemSchema = table({
  name: line,
  displayname: line,
  description: line,
  category: line,
  link: text,
  partial: text,
});
const categorySchema = table({ name: line, description: text, untitled: flag });
const settingsSchema = table({
  title: line,
  baseurl: text,
  timezone: text,
  languagecode: line,
  buildfuture: flag,
  params: table({ description: text, dateformat: text, systems: list, categories: list }),
});

/** Settings that Candor has a place for by another name, with where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  logo: 'Put the picture into public/ and name it as `logo` in site.yml.',
  brand: 'A colour of your own is `accent` in site.yml.',
  customtabs: 'Candor has no tabs.',
};

/** Reads the files of a configuration as one; what Hugo splits over config/_default/ comes together again. */
export function readConfiguration(files: readonly TextFile[], report: Report): Configuration {
  const parts = files.map((file) => ({ file, table: lowered(asTable(plain(parseFile(file, report)))) }));
  const all: Table = parts.reduce<Table>((sum, { file, table: own }) => merge(sum, placed(file.path, own)), {});
  const language = text.parse(all['defaultcontentlanguage']) || 'en';
  const languages = asTable(all['languages']);
  const merged = merge(all, asTable(languages[language.toLowerCase()]));
  const settings = settingsSchema.parse(merged);
  const { params, timezone } = settings;
  const lines = (name: string): SourcePlace => placeOfName(files, name);
  const written = asTable(merged['params']);
  for (const [key, reason] of Object.entries(ELSEWHERE)) {
    const value = key in written ? cleanLine(JSON.stringify(written[key])) : '';
    if (value !== '' && value !== '""')
      note(report, 'detail-left-out', lines(key), { subject: `${key}: ${value}` }, reason);
  }
  const isZoneStated = timezone !== '' && isZone(timezone);
  // What the site prints behind every date is what its readers took it for.
  const zone = isZoneStated ? timezone : /\b(?:UTC|GMT)\s*$/.test(params.dateformat) ? 'UTC' : undefined;
  return {
    title: settings.title,
    baseUrl: settings.baseurl.trim(),
    description: params.description,
    ...(zone !== undefined && { zone }),
    isZoneStated,
    hasSystems: params.systems !== undefined,
    systems: (params.systems ?? []).flatMap((value) => readSystem(value, lines, report)),
    categories: (params.categories ?? []).flatMap((value) => readCategory(value, lines, report)),
    locale: settings.languagecode || language,
    language,
    languages: languagesOf(languages, language),
    buildsFuture: settings.buildfuture,
  };
}

function readSystem(value: unknown, lines: (name: string) => SourcePlace, report: Report): System[] {
  const { name, displayname, description, category, ...details } = systemSchema.parse(value);
  if (name === '') {
    note(report, 'component-unreadable', lines('systems'), { subject: JSON.stringify(value) }, 'It has no name.');
    return [];
  }
  const place = lines(name);
  for (const [key, detail] of Object.entries(details)) {
    if (detail !== '')
      note(report, 'detail-left-out', place, { subject: name }, `Candor has no place for its ${key}: ${detail}`);
  }
  return [{ name, shownAs: displayname || name, description, category, place }];
}

function readCategory(value: unknown, lines: (name: string) => SourcePlace, report: Report): Category[] {
  const { name, description, untitled } = categorySchema.parse(value);
  if (name === '') return [];
  const place = lines(name);
  if (description !== '')
    note(report, 'detail-left-out', place, { subject: name }, 'Groups have no description in Candor.');
  return [{ name, untitled, place }];
}

function languagesOf(languages: Table, language: string): Configuration['languages'] {
  const codes = new Set([language.toLowerCase(), ...Object.keys(languages)]);
  return [...codes].map((code) => {
    const folder = text.parse(asTable(languages[code])['contentdir']).replace(/\/+$/, '');
    return { code, ...(folder !== '' && { folder }) };
  });
}

/** `config/_default/params.yml` holds what stands below `params` elsewhere. */
function placed(path: string, table: Table): Table {
  const [, name] = /^config\/_default\/(?!config|hugo)([^/.]+)\./i.exec(path) ?? [];
  return name === undefined ? table : { [name.toLowerCase()]: table };
}

function merge(a: Table, b: Table): Table {
  const both = Object.entries(b).map(([key, value]): [string, unknown] => {
    const before = a[key];
    return [key, isTable(before) && isTable(value) ? merge(before, value) : value];
  });
  return { ...a, ...Object.fromEntries(both) };
}

/** Keys in small letters, since Hugo does not tell them apart. Values of lists stay as they are but for keys. */
function lowered(table: Table): Table {
  const deep = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(deep) : isTable(value) ? lowered(value) : value;
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key.toLowerCase(), deep(value)]));
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asTable(value: unknown): Table {
  return isTable(value) ? value : {};
}

/** Where a name or a key stands first. */
function placeOfName(files: readonly TextFile[], name: string): SourcePlace {
  for (const { path, text } of files) {
    const lines = text.toLowerCase().split(/\r?\n/);
    const wanted = name.toLowerCase();
    const exact = lines.findIndex(
      (line) =>
        line
          .replace(/^[\s-]*(?:name\s*[:=]\s*)?/, '')
          .replace(/["']/g, '')
          .trim() === wanted,
    );
    const index = exact === -1 ? lines.findIndex((line) => !/^\s*#/.test(line) && line.includes(wanted)) : exact;
    if (index !== -1) return { file: path, line: index + 1 };
  }
  return { file: files[0]?.path ?? 'config.yml' };
}
