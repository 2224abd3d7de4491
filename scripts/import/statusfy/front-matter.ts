import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { cleanLine, cleanText } from '../site-text.ts';

/** The parts of an incident's file. */
interface StatusfyFile {
  data: Record<string, unknown>;
  body: string;
  /** Line of the file on which the body begins, counted from 1. */
  bodyLine: number;
  /** Lines of the file on which keys stand, by key in small letters. */
  keyLines: ReadonlyMap<string, number>;
  /** Set when the front matter could only be read after a repair: what was done. */
  repaired?: string;
}

/** Why a file could not be taken apart. */
interface FileProblem {
  problem: string;
  line: number;
}

/** `---` begins YAML, `---toml` and `---json` what they say; `+++` is how other programs fence TOML. */
const FENCE = /^(?:---\s*(toml|json|yaml|yml)?|\+\+\+)\s*$/i;

/** Takes an incident's file apart. Values stay as they are written, so that no day becomes another one. */
export function readStatusfyFile(source: string): StatusfyFile | FileProblem {
  const lines = cleanText(source).split('\n');
  const start = lines.findIndex((line) => line.trim() !== '');
  if (start === -1) return { problem: 'The file is empty.', line: 1 };
  const opening = lines[start] ?? '';
  const fence = FENCE.exec(opening.trim());
  if (!fence) return { problem: 'It does not begin with front matter.', line: start + 1 };
  const sign = opening.trim().slice(0, 3);
  const end = lines.findIndex((line, index) => index > start && line.trimEnd() === sign);
  if (end === -1) return { problem: 'Its front matter is not closed.', line: start + 1 };
  const text = lines.slice(start + 1, end).join('\n');
  const language = sign === '+++' ? 'toml' : (fence[1] ?? 'yaml').toLowerCase();
  const read = readData(text, language);
  if ('problem' in read) return { problem: read.problem, line: start + 1 + read.line };
  return { ...read, body: lines.slice(end + 1).join('\n'), bodyLine: end + 2, keyLines: keyLines(lines, start, end) };
}

function keyLines(lines: readonly string[], start: number, end: number): Map<string, number> {
  return new Map(
    lines.slice(start, end).flatMap((line, index) => {
      const key = /^\s*[{,]?\s*["']?([\w-]+)["']?\s*[:=]/.exec(line)?.[1]?.toLowerCase();
      return key === undefined ? [] : [[key, start + index + 1] as const];
    }),
  );
}

type Data = Pick<StatusfyFile, 'data' | 'repaired'>;

function readData(text: string, language: string): Data | FileProblem {
  try {
    return asData(parseAs(text, language));
  } catch (error) {
    const repaired = language === 'toml' || language === 'json' ? undefined : repairYaml(text);
    return (
      repaired ?? { problem: `Its front matter is no ${nameOf(language)}: ${reasonOf(error)}`, line: lineOf(error) }
    );
  }
}

function parseAs(text: string, language: string): unknown {
  if (language === 'json') return JSON.parse(/^\s*\{/.test(text) ? text : `{${text}}`);
  // A day that no calendar has is none in TOML either; as text it can still be read.
  if (language === 'toml')
    return parseToml(text.replace(/^(\s*[\w-]+\s*=\s*)(\d{4}-\d[^#\n]*?)(\s*(?:#.*)?)$/gm, '$1"$2"$3'));
  return parseYaml(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
}

function asData(value: unknown): Data | FileProblem {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { data: value as Data['data'] };
  return { problem: 'Its front matter holds no keys.', line: 0 };
}

/** Reads YAML again with every plain value of the first level in quotes: `title: vega: MySQL`. */
function repairYaml(text: string): Data | undefined {
  const quoted = text
    .replaceAll('\t', '  ')
    .replace(
      /^([A-Za-z_][\w-]*):[ ]+(?!["'[{|>&*!])(.*\S)[ ]*$/gm,
      (_, key: string, value: string) => `${key}: ${JSON.stringify(value)}`,
    );
  try {
    const read = asData(parseYaml(quoted, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' }));
    return 'data' in read
      ? { ...read, repaired: 'Its front matter is no valid YAML; each line was read for itself.' }
      : undefined;
  } catch {
    return undefined;
  }
}

function nameOf(language: string): string {
  return language === 'yml' ? 'YAML' : language.toUpperCase();
}

function reasonOf(error: unknown): string {
  return cleanLine(String((error as Error).message).split('\n')[0] ?? '').replace(/:?\s*$/, '.');
}

/** Line within the front matter, counted from 1; 0 when the parser does not say. */
function lineOf(error: unknown): number {
  const { line, linePos } = error as { line?: number; linePos?: { line: number }[] };
  return line ?? linePos?.[0]?.line ?? 0;
}

/** Keys that Statusfy has. `modified` is when the file was last touched, which counts only as an end. */
const KNOWN = new Set(
  'id title description date modified severity affectedsystems resolved scheduled duration'.split(' '),
);

/** The front matter of an incident as text, whatever types its language gave it. */
export interface Fields {
  id: string;
  title: string;
  description: string;
  date: string;
  modified: string;
  scheduled: string;
  /** In minutes. */
  duration: number | undefined;
  severity: string;
  systems: string[];
  /** Nothing when it does not say. */
  resolved: boolean | undefined;
  /** Keys that Statusfy does not have. */
  unknown: string[];
}

/** Reads what front matter holds. Keys are taken without regard to case. */
export function readFields(data: Readonly<Record<string, unknown>>): Fields {
  const byName = new Map(Object.entries(data).map(([key, value]) => [key.toLowerCase(), value]));
  const text = (name: string): string => asText(byName.get(name));
  const minutes = Number.parseFloat(text('duration'));
  const resolved = text('resolved').toLowerCase();
  return {
    id: text('id'),
    title: text('title'),
    description: text('description'),
    date: text('date'),
    modified: text('modified'),
    scheduled: text('scheduled'),
    duration: minutes > 0 ? Math.ceil(minutes) : undefined,
    severity: text('severity')
      .toLowerCase()
      .replace(/[\s_-]+/g, '-'),
    systems: asList(byName.get('affectedsystems')),
    resolved: /^(true|yes|on|1)$/.test(resolved) ? true : /^(false|no|off|0)$/.test(resolved) ? false : undefined,
    unknown: Object.keys(data).filter((key) => !KNOWN.has(key.toLowerCase())),
  };
}

function asText(value: unknown): string {
  if (value === null || value === undefined || (typeof value === 'object' && !(value instanceof Date))) return '';
  return cleanLine(value instanceof Date ? value.toISOString() : String(value)).replace(/^(null|~)$/, '');
}

/** A list, or names separated by commas. */
function asList(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(asText) : asText(value).split(',');
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))];
}
