import { cleanLine } from '../../lib/text.ts';
import { isZone } from '../site-text.ts';
import type { SourcePlace } from '../model.ts';
import { note, type Report } from '../report.ts';
import { parseFile, type TextFile } from '../source-files.ts';
import { plain } from '../page.ts';

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

/** Settings that Candor has a place for by another name, with where. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  logo: 'Put the picture into public/ and name it as `logo` in site.yml.',
  brand: 'A colour of your own is `accent` in site.yml.',
  customtabs: 'Candor has no tabs.',
};

/** Reads the files of a configuration as one; what Hugo splits over config/_default/ comes together again. */
export function readConfiguration(files: readonly TextFile[], report: Report): Configuration {
  const parts = files.map((file) => ({ file, table: lowered(asTable(plain(parseFile(file, report)))) }));
  const all: Table = parts.reduce<Table>((sum, { file, table }) => merge(sum, placed(file.path, table)), {});
  const language = textOf(all, 'defaultcontentlanguage') || 'en';
  const languages = tableOf(all, 'languages');
  const own = tableOf(languages, language.toLowerCase());
  const settings = merge(all, own);
  const params = tableOf(settings, 'params');
  const lines = (name: string): SourcePlace => placeOfName(files, name);
  for (const [key, reason] of Object.entries(ELSEWHERE)) {
    const value = key in params ? cleanLine(JSON.stringify(params[key])) : '';
    if (value !== '' && value !== '""')
      note(report, 'detail-left-out', lines(key), { subject: `${key}: ${value}` }, reason);
  }
  const systems = listOf(params, 'systems');
  const zone = zoneOf(settings, params);
  return {
    title: cleanLine(textOf(settings, 'title')),
    baseUrl: textOf(settings, 'baseurl').trim(),
    description: textOf(params, 'description'),
    ...(zone !== undefined && { zone }),
    isZoneStated: isZone(textOf(settings, 'timezone') || undefined),
    hasSystems: Array.isArray(params['systems']),
    systems: systems.flatMap((value) => readSystem(value, lines, report)),
    categories: listOf(params, 'categories').flatMap((value) => readCategory(value, lines, report)),
    locale: cleanLine(textOf(settings, 'languagecode')) || language,
    language,
    languages: languagesOf(languages, language),
    buildsFuture: /^(true|yes|on|1)$/i.test(textOf(settings, 'buildfuture')),
  };
}

/** Hugo's own setting; else what the site prints behind every date, which is what its readers took it for. */
function zoneOf(settings: Table, params: Table): string | undefined {
  const zone = textOf(settings, 'timezone');
  if (zone !== '' && isZone(zone)) return zone;
  return /\b(?:UTC|GMT)\s*$/.test(textOf(params, 'dateformat')) ? 'UTC' : undefined;
}

function readSystem(value: unknown, lines: (name: string) => SourcePlace, report: Report): System[] {
  const table = asTable(value);
  const name = cleanLine(textOf(table, 'name'));
  if (name === '') {
    note(report, 'component-unreadable', lines('systems'), { subject: JSON.stringify(value) }, 'It has no name.');
    return [];
  }
  const place = lines(name);
  for (const key of ['link', 'partial']) {
    const detail = textOf(table, key);
    if (detail !== '')
      note(report, 'detail-left-out', place, { subject: name }, `Candor has no place for its ${key}: ${detail}`);
  }
  return [
    {
      name,
      shownAs: cleanLine(textOf(table, 'displayname')) || name,
      description: cleanLine(textOf(table, 'description')),
      category: cleanLine(textOf(table, 'category')),
      place,
    },
  ];
}

function readCategory(value: unknown, lines: (name: string) => SourcePlace, report: Report): Category[] {
  const table = asTable(value);
  const name = cleanLine(textOf(table, 'name'));
  if (name === '') return [];
  if (textOf(table, 'description') !== '') {
    note(report, 'detail-left-out', lines(name), { subject: name }, 'Groups have no description in Candor.');
  }
  return [{ name, untitled: /^(true|yes|on|1)$/i.test(textOf(table, 'untitled')), place: lines(name) }];
}

function languagesOf(languages: Table, language: string): Configuration['languages'] {
  const codes = new Set([language.toLowerCase(), ...Object.keys(languages)]);
  return [...codes].map((code) => {
    const folder = textOf(tableOf(languages, code), 'contentdir').replace(/\/+$/, '');
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

function tableOf(table: Table, key: string): Table {
  return asTable(table[key]);
}

function listOf(table: Table, key: string): unknown[] {
  const value = table[key];
  return Array.isArray(value) ? value : [];
}

function textOf(table: Table, key: string): string {
  const value = table[key];
  return typeof value === 'string' ? value : '';
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
