import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { sortDiagnostics } from '../../src/core/diagnostic.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import { buildLedger, startOf } from '../../src/core/ledger.ts';
import type { Content, Instant, StatusEvent } from '../../src/core/model.ts';
import { LOCALES } from '../../src/i18n/words.ts';
import type { Reading } from '../../src/reader/content.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { isPrepared } from '../../src/reader/files.ts';
import { editedWindows } from './edited-windows.ts';

/** Both sides of a change as far as they can be read, and what is wrong with the new one. */
export interface Sides {
  /** Nothing when `site.yml` or `components.yml` has errors. */
  before?: Ledger;
  after?: Ledger;
  errors: Diagnostic[];
  /** Those that were not there before. */
  warnings: Diagnostic[];
  /** Files that could not be read before, so that what they say counts as new. */
  unreadBefore: string[];
  /** Files that stay as they were, since they cannot be read now. */
  kept: string[];
}

/**
 * Reads both sides as of the same instant. A file that cannot be read any more stays as it was, as it does when the page
 * is published: else a slip of the pen would look like a deleted incident.
 */
export function readSides(before: SourceFolder | undefined, after: SourceFolder, now: Instant): Sides {
  const current = readContent(after, { now, locales: LOCALES });
  const old: Reading = before ? readBefore(before, after, current, now) : { diagnostics: [] };
  const errors = current.diagnostics.filter(isError);
  const known = new Set(before ? old.diagnostics.map((one) => sayingOf(one, before)) : []);
  const edited = old.content && current.content ? editedWindows(old.content, current.content, after, now) : [];
  const warnings = sortDiagnostics([
    ...current.diagnostics.filter((one) => !isError(one) && !known.has(sayingOf(one, after))),
    ...edited,
  ]);
  const broken = filesOf(errors);
  const unreadBefore = filesOf(old.diagnostics.filter(isError));
  const oldContent = hasWhole(unreadBefore) ? old.content : undefined;
  const content = hasWhole(broken) ? current.content : undefined;
  const kept = oldContent ? eventsOf(oldContent).filter(({ file }) => broken.has(file) && !unreadBefore.has(file)) : [];
  return {
    ...(oldContent && { before: buildLedger(without(oldContent, unreadBefore), now) }),
    ...(content && { after: buildLedger(withKept(content, kept), now) }),
    errors,
    warnings,
    unreadBefore: [...unreadBefore],
    kept: kept.map(({ file }) => file),
  };
}

/** Files that all others are read against. */
const SHARED = ['site.yml', 'components.yml', '.example'];

/**
 * What the earlier side says. Of a long history only what differs is read again, as long as it is read against the same;
 * files with anything wrong count as differing, since that may be due to another file.
 */
function readBefore(before: SourceFolder, after: SourceFolder, current: Reading, now: Instant): Reading {
  const { content } = current;
  const texts = new Map(after.files.map(({ path, text }) => [path, text]));
  const noted = filesOf(current.diagnostics);
  const same = new Set(
    before.files
      .filter((file) => file.text !== undefined && texts.get(file.path) === file.text)
      .map(({ path }) => path),
  );
  const shared = [...before.files, ...after.files].every(({ path }) => !SHARED.includes(path) || same.has(path));
  const served = before.publicFiles.symmetricDifference(after.publicFiles).size === 0;
  if (!content || !shared || !served) return readContent(before, { now, locales: LOCALES });
  // What is prepared is read against itself, and is little.
  const isRead = (path: string) => SHARED.includes(path) || isPrepared(path) || !same.has(path) || noted.has(path);
  const again = before.files.filter(({ path }) => isRead(path));
  const reading = readContent({ ...before, files: again }, { now, locales: LOCALES });
  const taken = eventsOf(content).filter(({ file }) => same.has(file) && !noted.has(file));
  return reading.content ? { ...reading, content: withKept(reading.content, taken) } : reading;
}

/** Whether what everything else hangs on could be read. */
function hasWhole(broken: ReadonlySet<string>): boolean {
  return !broken.has('site.yml') && !broken.has('components.yml');
}

function without(content: Content, files: ReadonlySet<string>): Content {
  return {
    ...content,
    incidents: content.incidents.filter(({ file }) => !files.has(file)),
    maintenance: content.maintenance.filter(({ file }) => !files.has(file)),
  };
}

/** Content with other events in place of those from the same files. */
function withKept(content: Content, kept: readonly StatusEvent[]): Content {
  const rest = without(content, new Set(kept.map(({ file }) => file)));
  const sorted = [...eventsOf(rest), ...kept].sort((a, b) => startOf(b) - startOf(a) || (a.id < b.id ? -1 : 1));
  return {
    ...content,
    incidents: sorted.filter((event) => event.kind === 'incident'),
    maintenance: sorted.filter((event) => event.kind === 'maintenance'),
  };
}

function eventsOf({ incidents, maintenance }: Content): StatusEvent[] {
  return [...incidents, ...maintenance];
}

function filesOf(diagnostics: readonly Diagnostic[]): Set<string> {
  return new Set(diagnostics.map(({ file }) => file));
}

/** What a diagnostic says and of which line, wherever that has moved to. */
function sayingOf({ file, line, ruleId, reason }: Diagnostic, { files }: SourceFolder): string {
  const text = files.find(({ path }) => path === file)?.text?.split('\n')[line - 1];
  return JSON.stringify([file, ruleId, reason, text]);
}

function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
