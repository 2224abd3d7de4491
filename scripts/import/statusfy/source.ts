import type { ImportedContent } from '../model.ts';
import type { Report } from '../report.ts';
import { readTextFiles } from '../source-files.ts';
import { EXPECTED, isWanted, readStatusfy } from './read.ts';

/**
 * Reads a Statusfy site from its folder.
 * @param zone IANA name for times that state none
 * @throws {ImportError} when it cannot be read, or says nothing
 */
export async function readStatusfySource(
  folder: string,
  zone: string | undefined,
  report: Report,
): Promise<ImportedContent> {
  return readStatusfy(await readTextFiles(folder, isWanted, EXPECTED), zone, report);
}
