import { millisecondsInDay } from 'date-fns/constants';
import type { Instant } from '../../../src/core/days.ts';
import { CommandError } from '../../lib/errors.ts';
import { type ImportedContent, type ImportedEvent, lastNamed } from '../model.ts';
import { listFile, note, type Report } from '../report.ts';
import { readGivenFile, readTextFiles, type TextFile } from '../source-files.ts';
import { utcDay } from '../../lib/times.ts';
import {
  checksIn,
  type Downtime,
  GIT_LOG,
  incidentsFrom,
  type RawCommit,
  readCommitList,
  readGitLog,
  readHistory,
  readSummary,
  SUMMARY,
} from './history.ts';
import { CONFIG_FILES, readConfig, Sites, type UpptimeConfig } from './sites.ts';
import { readIssues } from './issues.ts';

/** All that an Upptime repository holds of its past. */
export interface UpptimeSource {
  files: readonly TextFile[];
  /** Issues that are given apart from the folder. */
  issues?: TextFile;
  /** The commits of the repository, newest first. */
  log?: readonly RawCommit[];
  /** IANA name for times that state none. */
  zone?: string;
}

/** What is wanted of an Upptime folder, in a full sentence. */
export const EXPECTED =
  'Expected is a clone of an Upptime repository, with .upptimerc.yml and history/, and its issues beside it as issues.json.';

const ISSUES = 'issues.json';
const COMMENTS = 'comments.json';
const COMMIT_LIST = /^commits\.(tsv|txt|log)$/i;

/** Files of an Upptime folder that an import reads, or lists. */
export function isWanted(path: string): boolean {
  const isOwn = [...CONFIG_FILES, ISSUES, COMMENTS, SUMMARY].includes(path);
  return isOwn || COMMIT_LIST.test(path) || /^history\/[^/]+\.ya?ml$/.test(path) || path.startsWith('api/');
}

/**
 * What an Upptime repository says. Incidents come from issues, else from the commits of the repository, else
 * from a saved list of them. What it does not say, or cannot, goes into the report.
 * @throws {CommandError} when it says nothing at all
 */
export function readUpptime(source: UpptimeSource, report: Report): ImportedContent {
  const { files } = source;
  const sites = new Sites(report);
  const config = readConfig(files, sites, report);
  readHistory(files, sites, report);
  const downtimes = readSummary(files, sites, report);
  const badges = files.filter(({ path }) => path.startsWith('api/')).length;
  if (badges > 0) listFile(report, 'api/', `${badges} files, not read: badges that Upptime computes`);
  const events = readEvents(source, config, sites, report);
  if (sites.all().length === 0) {
    throw new CommandError(`There is nothing of Upptime in ${report.source}.\nNothing was written. ${EXPECTED}`);
  }
  tellUncovered(downtimes, events, report);
  const named = lastNamed(events);
  for (const site of sites.all()) {
    const first = Math.min(...events.filter((event) => site.key in event.components).map(({ start }) => start));
    if (site.since !== undefined && first < site.since) site.since = first;
  }
  const times = [...sites.all().map(({ lastSeen }) => lastSeen ?? -Infinity), ...named.values()];
  const newest = Math.max(...times);
  return {
    source: 'upptime',
    page: config.page,
    tree: sites.components(named, Number.isFinite(newest) ? newest : undefined),
    events,
  };
}

function readEvents(source: UpptimeSource, config: UpptimeConfig, sites: Sites, report: Report): ImportedEvent[] {
  const { files, log, zone = 'UTC' } = source;
  const list = files.find(({ path }) => COMMIT_LIST.test(path));
  const issues = source.issues ?? files.find(({ path }) => path === ISSUES);
  if (issues) {
    listFile(report, issues.path, 'issues');
    const comments = files.find(({ path }) => path === COMMENTS);
    if (comments) listFile(report, comments.path, 'comments on issues');
    if (list) listFile(report, list.path, 'not read, since there are issues');
    return readIssues(issues, comments, { sites, zone, repository: config.repository }, report);
  }
  const commits = log ?? (list && readCommitList(list.text, list.path, report));
  const file = log ? GIT_LOG : list?.path;
  if (!commits || file === undefined) {
    note(report, 'incidents-missing', { file: ISSUES }, { subject: report.source });
    return [];
  }
  if (log && list) listFile(report, list.path, 'not read, since there is a Git history');
  const checks = checksIn(commits, config.commitTemplate, zone, report);
  const incidents = incidentsFrom(checks, sites, report);
  listFile(report, file, `${commits.length} commits, ${checks.length} of them checks`);
  if (incidents.length > 0) {
    const reason = `${incidents.length} incidents were put together from ${checks.length} checks; Upptime's own are its issues.`;
    note(report, 'incidents-from-checks', { file }, { subject: file }, reason);
  }
  return incidents;
}

/** Days on which the summary counts minutes down, and on which nothing is imported for that site. */
function tellUncovered(downtimes: readonly Downtime[], events: readonly ImportedEvent[], report: Report): void {
  for (const { site, name, minutes } of downtimes) {
    const spans = events
      .filter((event) => site in event.components)
      .map((event) => [event.start, endOf(event)] as const);
    const days = [...minutes.keys()].filter((day) => {
      const at = Date.parse(day);
      // Upptime cuts its days in the zone of the machine that runs it.
      return !spans.some(([from, to]) => from < at + 1.5 * millisecondsInDay && to >= at - millisecondsInDay / 2);
    });
    if (days.length === 0) continue;
    const reason = `It counts minutes down on ${days.sort().join(', ')}, and nothing is known of then.`;
    note(report, 'downtime-uncovered', { file: SUMMARY }, { subject: name }, reason);
  }
}

function endOf(event: ImportedEvent): Instant {
  const last = event.endedAt ?? event.updates.at(-1)?.at ?? event.start;
  return event.closed ? last : Date.parse(`${utcDay(last)}T00:00Z`) + 400 * millisecondsInDay;
}

/**
 * Reads an Upptime repository from its folder.
 * @param issues a JSON file of its issues, where it lies elsewhere
 * @throws {CommandError} when it cannot be read, or says nothing
 */
export async function readUpptimeSource(
  folder: string,
  { issues, zone }: { issues?: string | undefined; zone?: string | undefined },
  report: Report,
): Promise<ImportedContent> {
  const files = await readTextFiles(folder, isWanted, EXPECTED);
  const given = issues === undefined ? undefined : { path: issues, text: await readGivenFile(issues, EXPECTED) };
  const log = given ? undefined : await readGitLog(folder, report);
  return readUpptime({ files, ...(log && { log }), ...(given && { issues: given }), ...(zone && { zone }) }, report);
}
