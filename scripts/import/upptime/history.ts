import { cleanLine } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { listFile, note, type Report, teller } from '../report.ts';
import { parseJson, type TextFile, withoutByteOrderMark } from '../source-files.ts';
import { readTime, toSecond } from '../../lib/times.ts';
import { endedWithSites, type Site, type Sites } from './sites.ts';
import { run } from '../../lib/git.ts';
import type { ImportedEvent, SourcePlace } from '../model.ts';
import { incidentFrom, type Post } from '../pipeline.ts';
import type { ComponentStatus } from '../../../src/core/vocabulary.ts';
import { htmlToBody } from '../markdown.ts';

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
    note(report, 'file-unreadable', { file: file.path }, { subject: file.path }, 'It is not a JSON list of sites.');
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
  const plain = withoutByteOrderMark(text).replace(/^- /gm, '');
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

/** A commit as `git log` or a saved list gives it. */
export interface RawCommit {
  sha: string;
  time: string;
  message: string;
  place: SourcePlace;
}

/** A check of a site that Upptime committed. */
interface Check {
  sha: string;
  at: Instant;
  name: string;
  status: 'up' | 'down' | 'degraded';
  /** The message without its signs and tags. */
  text: string;
  place: SourcePlace;
}

/** Upptime's own wording, with a sign, the answer or its tag to tell it from what people commit. */
const USUAL = /^(?<sign>\P{L}*?)(?<name>[\p{L}\p{N}$(].*?) is (?:back )?(?<status>up|down|degraded)\b(?<rest>.*)$/u;
const SIGN = /🟩|🟥|🟨|🛑|⚠/u;
const ANSWER = /\(\d+ in \d+ ms\)/;
const PLACEHOLDERS: Record<string, string> = {
  $PREFIX: '.*?',
  $EMOJI: '.*?',
  $SITE_NAME: '(?<name>.+?)',
  $SITE_URL: '.*?',
  $SITE_METHOD: String.raw`\w+`,
  $STATUS: '(?<status>up|down|degraded)',
  $RESPONSE_CODE: String.raw`\d+`,
  $RESPONSE_TIME: String.raw`[\d.]+`,
};

const EXPECTED = 'Expected a hash, a time and a message, separated by tabs.';

/** A saved list: a commit a line, as `SHA⇥TIME⇥MESSAGE`. */
export function readCommitList(text: string, file: string, report: Report): RawCommit[] {
  return withoutByteOrderMark(text)
    .split('\n')
    .flatMap((line, index): RawCommit[] => {
      const place = { file, line: index + 1 };
      if (line.trim() === '') return [];
      const match = /^([0-9a-f]{7,64})[\t ,]+("?)(\d{4}-[^\t]*?)\2(?:\t|,|(?<=\d) )\s*(.*)$/i.exec(line.trimEnd());
      if (match) return [{ sha: match[1] ?? '', time: (match[3] ?? '').trim(), message: match[4] ?? '', place }];
      if (index > 0) note(report, 'line-unreadable', place, { subject: line }, EXPECTED);
      return [];
    });
}

/** The checks among the commits, oldest first. A commit that tells of no check is no concern of an import. */
export function checksIn(
  commits: readonly RawCommit[],
  template: string | undefined,
  zone: string,
  report: Report,
): Check[] {
  const own = template === undefined ? undefined : templatePattern(template);
  const checks = commits.flatMap(({ sha, time, message, place }): Check[] => {
    const line = cleanLine(message);
    const groups = own?.exec(line)?.groups ?? usual(line);
    if (!groups) return [];
    const at = readTime(time.replace(/ (?=[+-]\d{4}$)/, ''), zone);
    if (!at) {
      note(report, 'line-unreadable', place, { subject: line }, `“${time}” is not a valid time.`);
      return [];
    }
    if (!at.zoned) note(report, 'time-without-zone', place, { subject: line });
    const status = groups['status'] as Check['status'];
    return [
      { sha, at: toSecond(at.instant), name: (groups['name'] ?? '').trim(), status, text: plainText(line), place },
    ];
  });
  return checks.toReversed().sort((a, b) => a.at - b.at);
}

function usual(line: string): Record<string, string | undefined> | undefined {
  if (!SIGN.test(line) && !ANSWER.test(line) && !line.includes('[upptime]')) return undefined;
  return USUAL.exec(line)?.groups;
}

function templatePattern(template: string): RegExp | undefined {
  if (!template.includes('$SITE_NAME') || !template.includes('$STATUS')) return undefined;
  const parts = cleanLine(template).split(
    /(\$(?:PREFIX|EMOJI|SITE_NAME|SITE_URL|SITE_METHOD|STATUS|RESPONSE_CODE|RESPONSE_TIME))/,
  );
  const seen = new Set<string>();
  const source = parts.map((part) => {
    const pattern = PLACEHOLDERS[part];
    if (pattern === undefined) return RegExp.escape(part);
    const again = seen.has(part);
    seen.add(part);
    return again ? '.*?' : pattern;
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function plainText(line: string): string {
  return line
    .replace(/\[(skip ci|ci skip|upptime)\]/gi, '')
    .replace(/^\P{L}*?(?=[\p{L}\p{N}$(])/u, '')
    .trim();
}

/** What the history of the repository is called in the report. */
export const GIT_LOG = 'git log';

/** The commits of a folder that is itself a Git repository, newest first; nothing when it is none. */
export async function readGitLog(folder: string, report: Report): Promise<RawCommit[] | undefined> {
  const isRepository = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (!isRepository) return undefined;
  const tell = teller(report, { file: GIT_LOG }, { subject: folder });
  const git = (...args: string[]) => run('git', args, { folder, env: process.env });
  const shallow = await git('rev-parse', '--is-shallow-repository');
  if (shallow.out.trim() === 'true') tell('history-cut');
  const log = await git('log', '--format=%H%x09%aI%x09%s');
  if (log.code !== 0) {
    tell('file-unreadable', `Git says: ${log.err}`);
    return undefined;
  }
  return log.out
    .split('\n')
    .filter((line) => line !== '')
    .map((line): RawCommit => {
      const [sha = '', time = '', ...message] = line.split('\t');
      return { sha, time, message: message.join(' '), place: { file: GIT_LOG, path: sha.slice(0, 12) } };
    });
}

/** What a check found, as a status of a component. */
const STATUSES: Record<Check['status'], ComponentStatus> = {
  up: 'operational',
  degraded: 'degraded_performance',
  down: 'major_outage',
};

/**
 * An incident for every time that a site was not up, from the check that found it to the one that found it up
 * again. Checks between them are its updates.
 */
export function incidentsFrom(checks: readonly Check[], sites: Sites, report: Report): ImportedEvent[] {
  const running = new Map<Site, Check[]>();
  const incidents: ImportedEvent[] = [];
  const finish = (site: Site, outage: readonly Check[]): void => {
    const incident = incidentOf(site, outage, report);
    if (incident) incidents.push(endedWithSites(incident, sites, report));
  };
  for (const check of checks) {
    const site = sites.named(check.name, check.place);
    site.lastSeen = Math.max(site.lastSeen ?? check.at, check.at);
    const outage = running.get(site);
    if (outage) outage.push(check);
    else if (check.status !== 'up') running.set(site, [check]);
    if (check.status === 'up' && outage) {
      finish(site, outage);
      running.delete(site);
    }
  }
  for (const [site, outage] of running) finish(site, outage);
  return incidents.sort((a, b) => a.start - b.start);
}

function incidentOf(site: Site, outage: readonly Check[], report: Report): ImportedEvent | undefined {
  const [first] = outage as readonly [Check, ...Check[]];
  const last = outage.at(-1) ?? first;
  const wasDown = outage.some(({ status }) => status === 'down');
  const seenUp = site.status === 'up' && (site.lastSeen ?? 0) > last.at ? site.lastSeen : undefined;
  const identity = `commit-${first.sha.slice(0, 12)}`;
  const title = wasDown ? `${first.name} is down` : `${first.name} has degraded performance`;
  return incidentFrom({
    identity,
    place: first.place,
    title,
    named: [],
    status: 'operational',
    posts: outage.map((check) => postOf(check, site)),
    started: first.at,
    endedAt: last.status === 'up' ? undefined : seenUp,
    closed: last.status === 'up' || seenUp !== undefined,
    tell: teller(report, first.place, { id: identity, subject: title }),
    report,
  });
}

function postOf({ at, place, status, text }: Check, site: Site): Post {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const word = status === 'up' ? 'resolved' : 'update';
  return { word, at, body: htmlToBody(escaped).markdown, components: { [site.key]: STATUSES[status] }, place };
}
