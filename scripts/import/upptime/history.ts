import { parse } from 'yaml';
import { z } from 'zod';
import type { Instant } from '../../../src/core/model.ts';
import { listFile, note, type Report } from '../report.ts';
import type { TextFile } from '../source-files.ts';
import { readTime, toSecond } from '../times.ts';
import type { Sites } from './sites.ts';

/** What `summary.json` counts for a site. */
export interface Downtime {
  /** The key of the site. */
  site: string;
  name: string;
  /** Minutes by day in UTC; only days that have any. */
  minutes: ReadonlyMap<string, number>;
}

export const SUMMARY = 'history/summary.json';

const summarySchema = z.array(
  z.object({
    name: z.string(),
    slug: z.string().optional(),
    url: z.string().optional(),
    dailyMinutesDown: z.record(z.string(), z.number()).optional().catch(undefined),
  }),
);

/** Reads `history/*.yml`, one file a site: since when and until when it was checked, and what was found last. */
export function readHistory(files: readonly TextFile[], sites: Sites, report: Report): void {
  for (const { path, text } of files.filter((file) => /^history\/[^/]+\.ya?ml$/.test(file.path))) {
    listFile(report, path, 'newest check of a site');
    const slug = path.slice('history/'.length).replace(/\.ya?ml$/, '');
    const fields = readFields(text);
    if (fields.size === 0) {
      note(report, 'file-empty', { file: path }, { subject: path });
      if (sites.isListed(slug)) continue;
    }
    const site = sites.named(slug, { file: path }, fields.get('url') ?? '');
    const since = timeOf(fields.get('startTime'));
    const lastSeen = timeOf(fields.get('lastUpdated'));
    const status = fields.get('status');
    if (since !== undefined) site.since = since;
    if (lastSeen !== undefined) site.lastSeen = lastSeen;
    if (status) site.status = status;
  }
}

/** Reads `history/summary.json`. A site that only the summary has is remembered as no longer checked. */
export function readSummary(files: readonly TextFile[], sites: Sites, report: Report): Downtime[] {
  const file = files.find(({ path }) => path === SUMMARY);
  if (!file) return [];
  listFile(report, file.path, 'minutes down by day');
  const parsed = summarySchema.safeParse(parseJson(file.text));
  if (!parsed.success) {
    note(report, 'file-unreadable', { file: file.path }, { subject: file.path }, 'It is no list of sites in JSON.');
    return [];
  }
  const inFiles = new Set(files.map(({ path }) => path));
  return parsed.data.map(({ name, slug, url, dailyMinutesDown }, index) => {
    const place = { file: file.path, path: `[${index}]` };
    if (slug && !inFiles.has(`history/${slug}.yml`)) {
      note(report, 'summary-differs', place, { subject: name }, `There is no history/${slug}.yml.`);
    }
    const site = sites.named(name, place, url ?? '');
    const minutes = Object.entries(dailyMinutesDown ?? {}).filter(([, count]) => count > 0);
    return { site: site.key, name, minutes: new Map(minutes) };
  });
}

/** Lines of `key: value`; old versions of Upptime write `- key: value`. */
function readFields(text: string): Map<string, string> {
  const plain = text.replace(/^\uFEFF/, '').replace(/^- /gm, '');
  try {
    const value: unknown = parse(plain, { schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
    if (typeof value === 'object' && value !== null) {
      return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
    }
  } catch {
    // An address with a colon and a space in it is no YAML; its line can still be read.
  }
  return new Map([...plain.matchAll(/^(\w+): *(\S.*?) *$/gm)].map(([, key = '', value = '']) => [key, value]));
}

/** An ISO 8601 time, or `Fri Dec 18 2020 04:15:20 GMT+0000 (Coordinated Universal Time)` as JavaScript prints it. */
function timeOf(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = readTime(text)?.instant ?? (/ GMT[+-]\d{4}/.test(text) ? Date.parse(text) : Number.NaN);
  return Number.isNaN(instant) ? undefined : toSecond(instant);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
