import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTextFiles } from '../source-files.ts';
import { tryImport } from '../../../src/__tests__/support/import.ts';
import { EXPECTED, isWanted, readStatusfy } from './read.ts';

/** Sites of others; they lie outside of the repository, since they carry no licence. */
const DATA = '../shared/data/statusfy';

describe.skipIf(!existsSync(DATA))(`Statusfy sites (skipped where ${DATA} is absent)`, () => {
  test.each(existsSync(DATA) ? readdirSync(DATA) : [])('%s comes in whole', async (site) => {
    const files = await readTextFiles(join(DATA, site), isWanted, EXPECTED);
    const { report, errors, secondWrote } = await tryImport(
      (into) => readStatusfy(files, undefined, into),
      Date.parse('2026-03-01T00:00Z'),
    );
    const { read, written, notWritten, added } = report;
    const inContent = files.filter(({ path }) => path.startsWith('content/'));
    expect(read.incidents + read.maintenance).toBe(inContent.length);
    expect(written.incidents + notWritten.incidents).toBe(read.incidents);
    expect(written.maintenance + notWritten.maintenance).toBe(read.maintenance);
    expect(written.updates + notWritten.updates).toBe(read.updates + added.updates);
    for (const { path } of inContent) expect(report.sources.map(({ file }) => file)).toContain(path);
    expect(errors).toEqual([]);
    expect(secondWrote).toBe(0);
  });
});
