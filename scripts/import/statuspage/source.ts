import { basename } from 'node:path';
import { readGivenFile } from '../given-file.ts';
import type { ImportedContent } from '../model.ts';
import type { Report } from '../report.ts';
import { readDocuments } from './documents.ts';
import { isHistoryAtom, readHistoryAtom } from './history-atom.ts';
import { fetchDocuments, fetchHistoryAtom, isAddress, type Fetch } from './live.ts';
import { readStatuspage } from './read.ts';

/**
 * Reads a Statuspage from a folder, a file, its address, or its Atom history.
 * @throws {ImportError} when it cannot be read, or says nothing
 */
export async function readStatuspageSource(source: string, fetch: Fetch, report: Report): Promise<ImportedContent> {
  const live = isAddress(source);
  if (!isHistoryAtom(source)) {
    return readStatuspage(live ? await fetchDocuments(source, fetch) : await readDocuments(source), live, report);
  }
  const text = live
    ? await fetchHistoryAtom(source, fetch)
    : await readGivenFile(source, 'Expected is what a Statuspage serves as /history.atom.');
  return readStatuspage(readHistoryAtom(text, live ? source : basename(source), report), false, report);
}
