import { z } from 'zod';
import { pageName } from '../site-text.ts';
import { listFile, note, type Report } from '../report.ts';
import { parseFile, type TextFile } from '../source-files.ts';
import { cleanLine, lettersOf } from '../../lib/text.ts';
import type { ImportedComponent } from '../model.ts';
import { type ComponentIndex, UnlistedComponents } from '../components.ts';

const STRING = String.raw`"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|${'`'}(?:[^${'`'}\\$]|\\.)*${'`'}`;
/** Comments, and strings so that a `//` in an address begins none. */
const TOKENS = new RegExp(String.raw`(${STRING})|//[^\n]*|/\*[\s\S]*?\*/`, 'g');

/**
 * What a `config.js` says in plain text, in the shape of a configuration. The program is not run: whatever it
 * computes is not found. Of several equal keys the first counts, since Statusfy's own stand before those of themes.
 */
function readProgram(source: string): object {
  const text = source.replace(TOKENS, (_, string: string | undefined) => string ?? ' ');
  const one = (key: string): string | undefined => {
    const found = new RegExp(String.raw`(?:^|[\s{,])["']?${key}["']?\s*:\s*(${STRING})`).exec(text)?.[1];
    return found === undefined ? undefined : unquoted(found);
  };
  const many = (key: string): string[] | undefined => {
    const list = new RegExp(String.raw`(?:^|[\s{,])["']?${key}["']?\s*:\s*\[([^\]]*)\]`).exec(text)?.[1];
    return list?.match(new RegExp(STRING, 'g'))?.map(unquoted);
  };
  const codes = [...text.matchAll(new RegExp(String.raw`["']?\bcode["']?\s*:\s*(${STRING})`, 'g'))];
  return {
    title: one('title'),
    baseUrl: one('baseUrl'),
    defaultLocale: one('defaultLocale'),
    ...(codes.length > 0 && { locales: codes.map(([, code = '']) => ({ code: unquoted(code) })) }),
    content: { dir: one('dir'), systems: many('systems') },
  };
}

function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/g, '$1');
}

/** What Statusfy's configuration says, with its own defaults. */
export interface StatusfyConfig {
  title?: string;
  address?: string;
  defaultLocale: string;
  locales: string[];
  /** Folder of the incidents. */
  folder: string;
  systems: string[];
  /** What systems are called on the page, by their names in incidents. */
  shownAs: ReadonlyMap<string, z.output<typeof systemSchema>>;
}

/** Where Statusfy looks, in its order; the last two are how others save it. */
const FILES = ['config.yml', 'config.toml', 'config.js', 'config.json', 'site.json'];

/** A value of another type than expected is as good as none. */
const text = z.string().optional().catch(undefined);
const configSchema = z.object({
  title: text,
  baseUrl: text,
  defaultLocale: text,
  locales: z
    .array(z.object({ code: z.string() }))
    .optional()
    .catch(undefined),
  systems: z.array(z.string()).optional().catch(undefined),
  content: z
    .object({ dir: text, systems: z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
type RawConfig = z.output<typeof configSchema>;

const systemSchema = z.object({ title: text, description: text });
const localeSchema = z.object({
  title: text,
  systems: z
    .object({ items: z.record(z.string(), systemSchema).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Reads the configuration, and the names that the page shows, from the files of a Statusfy folder. */
export function readConfig(files: readonly TextFile[], report: Report): StatusfyConfig {
  const file = FILES.map((name) => files.find(({ path }) => path === name)).find((one) => one !== undefined);
  const raw = file ? readFileOf(file, report) : {};
  if (!file) note(report, 'config-missing', { file: FILES[0] ?? '' }, { subject: 'config.yml' });
  const defaultLocale = raw.defaultLocale ?? 'en';
  const locale = readLocale(files, defaultLocale, report);
  const title = pageName(locale.title ?? raw.title ?? '');
  const address = raw.baseUrl && URL.canParse(raw.baseUrl) ? raw.baseUrl : addressOf(files, report);
  return {
    ...(title && { title }),
    ...(address && { address }),
    defaultLocale,
    locales: raw.locales?.map(({ code }) => code) ?? [],
    folder: (raw.content?.dir ?? 'content').replace(/^\.?\/+|\/+$/g, '') || 'content',
    systems: raw.content?.systems ?? raw.systems ?? [],
    shownAs: new Map(Object.entries(locale.systems?.items ?? {})),
  };
}

function readFileOf(file: TextFile, report: Report): RawConfig {
  listFile(report, file.path, 'configuration');
  if (!file.path.endsWith('.js')) return configSchema.catch({}).parse(parseFile(file, report));
  const reason = `${file.path} is JavaScript. It was not run; only its literal values were read.`;
  note(report, 'page-guessed', { file: file.path }, { subject: file.path }, reason);
  return configSchema.parse(readProgram(file.text));
}

function readLocale(files: readonly TextFile[], locale: string, report: Report): z.output<typeof localeSchema> {
  const file = files.find(({ path }) => path === `locales/${locale}.json`);
  if (!file) return {};
  listFile(report, file.path, 'names of systems');
  return localeSchema.catch({}).parse(parseFile(file, report));
}

/** A file `CNAME` holds the domain that GitHub serves a page under. */
function addressOf(files: readonly TextFile[], report: Report): string | undefined {
  const file = files.find(({ path }) => /^(static\/|public\/)?CNAME$/.test(path));
  const domain = file?.text.trim() ?? '';
  if (!file || !URL.canParse(`https://${domain}`)) return undefined;
  listFile(report, file.path, 'address');
  const reason = 'The configuration has no URL, so the CNAME file was used.';
  note(report, 'page-guessed', { file: file.path }, { subject: domain }, reason);
  return `https://${domain}`;
}

/** Makes the index of a page's systems. */
export function indexSystems({ systems, shownAs }: StatusfyConfig, report: Report): ComponentIndex {
  const listed = new Map<string, string>();
  for (const name of systems) if (name.trim()) listed.set(fold(name), name);
  const byTitle = new Map([...listed.values()].map((name) => [fold(shownAs.get(name)?.title ?? name), fold(name)]));
  const unlisted = new UnlistedComponents();

  const keysOf: ComponentIndex['keysOf'] = (name, { place }) => {
    const key = fold(name);
    if (listed.has(key)) return [key];
    const sameTitle = byTitle.get(key) ?? [...listed.keys()].find((one) => lettersOf(one) === lettersOf(name));
    if (sameTitle !== undefined) {
      note(report, 'component-by-name', place, { id: sameTitle, subject: name });
      return [sameTitle];
    }
    return [unlisted.keyOf(cleanLine(shownAs.get(name)?.title ?? '') || cleanLine(name), place, key)];
  };

  const componentOf = (key: string, name: string): ImportedComponent => {
    const { title, description } = shownAs.get(name) ?? {};
    return {
      kind: 'component',
      key,
      name: cleanLine(title ?? '') || cleanLine(name),
      ...(description && { description: cleanLine(description) }),
    };
  };

  return {
    keysOf,
    tree: (lastNamed) => [
      ...[...listed].map(([key, name]) => componentOf(key, name)),
      ...unlisted.tree(listed.size > 0, lastNamed, report),
    ],
  };
}

function fold(name: string): string {
  return cleanLine(name).toLowerCase();
}
