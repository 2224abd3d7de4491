import { z } from 'zod';
import { cleanLine, lettersOf } from '../../lib/text.ts';
import { isZone } from '../site-text.ts';
import type { ImportedComponent, ImportedNode, SourcePlace } from '../model.ts';
import { note, type Report } from '../report.ts';
import { parseFile, type TextFile } from '../source-files.ts';
import { flagOf, plain } from '../page.ts';
import { type ComponentIndex, UnlistedComponents } from '../components.ts';

/** A component of cState's. */
interface System {
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
  logo: 'Put the image into public/, and set `logo` in site.yml.',
  brand: 'To set your own colour, use `accent` in site.yml.',
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
      note(report, 'detail-left-out', place, { subject: name }, `Candor has no equivalent for its ${key}: ${detail}`);
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

/** Makes the index of a site's components. */
export function indexComponents({ systems, categories, hasSystems }: Configuration, report: Report): ComponentIndex {
  const keyed = systems.map((system, index) => ({ system, key: `${index}:${system.name}` }));
  const unlisted = new UnlistedComponents();

  const keysOf: ComponentIndex['keysOf'] = (name, { place, about }) => {
    const same = keyed.filter(({ system }) => system.name === name);
    if (same.length > 0) return same.map(({ key }) => key);
    if (/^(?:none|nothing|no(?:ne)? (?:service|system|component)s?|n\/a|-)$/i.test(name)) {
      note(report, 'detail-left-out', place, about, `“${name}” does not match a component.`);
      return [];
    }
    const alike = [fold, hugoSlug, lettersOf]
      .map((like) => keyed.filter(({ system }) => like(system.name) === like(name)))
      .find((systems) => systems.length > 0);
    if (alike) {
      note(report, 'component-by-name', place, about, `“${name}” was read as “${alike[0]?.system.name}”.`);
      return alike.map(({ key }) => key);
    }
    const members = /^(?:all|all (?:systems|services|components)|everything|\*)$/i.test(name)
      ? keyed
      : keyed.filter(({ system }) => system.category !== '' && fold(system.category) === fold(name));
    if (members.length > 0) {
      note(report, 'group-affected', place, about, `“${name}” was read as the ${members.length} components in it.`);
      return members.map(({ key }) => key);
    }
    return [unlisted.keyOf(name, place)];
  };

  return {
    keysOf,
    tree: (lastNamed) => [...listedTree(keyed, categories, report), ...unlisted.tree(hasSystems, lastNamed, report)],
  };
}

interface Keyed {
  system: System;
  key: string;
}

/** Categories stand in the order of the configuration, then those that only components name. */
function listedTree(keyed: readonly Keyed[], categories: Configuration['categories'], report: Report): ImportedNode[] {
  const untitled = new Set(categories.filter((one) => one.untitled).map(({ name }) => name));
  const names = [...new Set([...categories.map(({ name }) => name), ...keyed.map(({ system }) => system.category)])];
  const placeOfName = (name: string): SourcePlace =>
    categories.find((one) => one.name === name)?.place ?? { file: 'config.yml' };
  return names.flatMap((name): ImportedNode[] => {
    const children = keyed.filter(({ system }) => system.category === name).map(componentOf);
    if (children.length === 0) {
      note(report, 'detail-left-out', placeOfName(name), { subject: name }, 'The category has no component.');
      return [];
    }
    return name === '' || untitled.has(name) ? children : [{ kind: 'group', name, children }];
  });
}

function componentOf({ system: { shownAs, description }, key }: Keyed): ImportedComponent {
  return { kind: 'component', key, name: shownAs, ...(description !== '' && { description }) };
}

/** The last part of the address that Hugo gives a page of this name, which is how cState's own editor names systems. */
function hugoSlug(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{M}\p{N}\s._/-]/gu, '')
    .replace(/[\s-]+/g, '-');
}

function fold(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
