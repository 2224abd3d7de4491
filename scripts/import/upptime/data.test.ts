import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTextFiles } from '../source-files.ts';
import { tryImport, type Trial } from '../../../src/__tests__/support/import.ts';
import { EXPECTED, isWanted, readUpptime } from './read.ts';

/** Repositories of others; they lie outside of the repository, since they carry no licence. */
const DATA = '../shared/data/upptime';
const NOW = Date.parse('2026-12-01T00:00Z');
const isPresent = existsSync(DATA);
const sites = isPresent ? readdirSync(DATA, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];

describe.skipIf(!isPresent)(`Upptime repositories (skipped where ${DATA} is absent)`, () => {
  test.each(sites.map(({ name }) => name))('%s comes in whole', async (site) => {
    const files = await readTextFiles(join(DATA, site), isWanted, EXPECTED);
    const trial = await tryImport((report) => readUpptime({ files }, report), NOW);
    expectWhole(trial);
    const listed = trial.report.sources.map(({ file }) => file);
    for (const { path } of files.filter((file) => !file.path.startsWith('api/'))) expect(listed).toContain(path);
    expect(trial.report.entries.map(({ kind }) => kind)).not.toContain('downtime-uncovered');
  });

  test('the sample of issues comes in whole', async () => {
    const path = 'github-issues-sample.json';
    const issues = { path, text: readFileSync(join(DATA, path), 'utf8') };
    const trial = await tryImport((report) => readUpptime({ files: [], issues }, report), NOW);
    expectWhole(trial);
    expect(trial.report.written).toMatchObject({ incidents: (JSON.parse(issues.text) as unknown[]).length });
  });
});

function expectWhole({ report, errors, secondWrote }: Trial): void {
  const { read, written, notWritten, added } = report;
  expect(written.incidents + notWritten.incidents).toBe(read.incidents);
  expect(written.maintenance + notWritten.maintenance).toBe(read.maintenance);
  expect(written.updates + notWritten.updates).toBe(read.updates + added.updates);
  expect(errors).toEqual([]);
  expect(secondWrote).toBe(0);
}
