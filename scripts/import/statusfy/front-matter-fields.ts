import { cleanLine } from '../clean.ts';

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
