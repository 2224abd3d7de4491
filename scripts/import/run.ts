import type { Instant } from '../../src/core/days.ts';
import { readExisting, writeAll } from './content-folder.ts';
import { settle } from './lifecycle.ts';
import type { ImportedContent } from './model.ts';
import { emptyReport, note, type Report, tally } from './report.ts';
import { planFiles } from './write.ts';

/** How an import is done, whatever it reads. */
interface ImportOptions {
  /** What is read, as its user named it. */
  from: string;
  /** The content folder. */
  to: string;
  now: Instant;
  closeOlderThanDays?: number;
  /** Says what would be done, and writes nothing. */
  dryRun: boolean;
}

/** Reads the source into the shape that every importer ends in, and reports what it had to guess or leave out. */
export type ReadSource = (report: Report, now: Instant) => ImportedContent | Promise<ImportedContent>;

/**
 * Brings a source into a content folder. A second run with the same input writes nothing.
 * @throws {CommandError} when the source cannot be read; nothing is written then
 */
export async function runImport(read: ReadSource, options: ImportOptions): Promise<Report> {
  const report = emptyReport(options.from, options.to, options.dryRun);
  const content = await read(report, options.now);
  const existing = await readExisting(options.to);
  if (existing.example) note(report, 'example-content', { file: '.example' }, { subject: options.to });
  const events = content.events.flatMap((event) => settle(event, options, report) ?? []);
  const files = planFiles({ ...content, events }, existing, options.now, report);
  tally(report, events);
  if (!options.dryRun) await writeAll(options.to, files, existing);
  return report;
}
