import type { ImportedContent } from '../model.ts';
import { readGivenFile } from '../given-file.ts';
import type { Report } from '../report.ts';
import { readTextFiles } from '../source-files.ts';
import { readGitLog } from './git.ts';
import { EXPECTED, isWanted, readUpptime } from './read.ts';

/**
 * Reads an Upptime repository from its folder.
 * @param issues a JSON file of its issues, where it lies elsewhere
 * @throws {ImportError} when it cannot be read, or says nothing
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
