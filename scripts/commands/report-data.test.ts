import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildLedger } from '../../src/core/ledger.ts';
import { monthReport } from '../../src/core/report/month-report.ts';
import { readContent } from '../../src/reader/content.ts';
import { readStatuspageSource } from '../import/statuspage/read.ts';
import { tryImport } from '../../src/__tests__/support/import.ts';
import { CATALOGS } from '../../src/i18n/words.ts';

/** Incidents of another page with every update, and when customers were affected; they lie outside of the repository. */
const RECORDED = '../shared/data/captured-v2/github-2022-2026-incidents.jsonl';
const NOW = Date.parse('2026-09-01T00:00Z');
const MINUTE = 60_000;

/** Worked out from the recorded times by hand, in minutes. A component is down from the start to the end of its incident. */
const BY_HAND = [
  { id: '20081184', month: '2024-02', firstUpdate: 13, updates: 9, silence: 32, resolved: 63, down: { webhooks: 63, actions: 63 }, uptime: 99.59 },
  { id: '20272496', month: '2024-03', firstUpdate: 13, updates: 9, silence: 13, resolved: 42, down: { codespaces: 42 }, uptime: 99.97 },
  { id: '21009829', month: '2024-06', firstUpdate: 17, updates: 7, silence: 46, resolved: 142, down: { issues: 142 }, uptime: 99.9 },
  { id: '30315048', month: '2026-05', firstUpdate: 17, updates: 8, silence: 34, resolved: 158, down: { actions: 158, pages: 158 }, uptime: 99.64 },
  { id: '30452936', month: '2026-06', firstUpdate: 32, updates: 9, silence: 34, resolved: 149, down: { actions: 149, copilot: 149 }, uptime: 99.65 },
]; // prettier-ignore

describe.skipIf(!existsSync(RECORDED))(`Five incidents that others had (skipped where ${RECORDED} is absent)`, () => {
  test.each(existsSync(RECORDED) ? BY_HAND : [])('$id is told as it was worked out by hand', async (hand) => {
    const ledger = await imported(BY_HAND.map(({ id }) => id));
    const report = monthReport(ledger, hand.month);
    const [record] = report.incidents;
    expect(report.incidents).toHaveLength(1);
    expect({
      firstUpdate: (record?.firstUpdate ?? NaN) / MINUTE,
      updates: record?.updates,
      silence: (record?.silence.length ?? NaN) / MINUTE,
      resolved: (record?.resolvedAfter ?? NaN) / MINUTE,
    }).toEqual({
      firstUpdate: hand.firstUpdate,
      updates: hand.updates,
      silence: hand.silence,
      resolved: hand.resolved,
    });
    for (const [id, minutes] of Object.entries(hand.down)) {
      const component = report.components.find((one) => one.component.id === id);
      expect({ id, down: (component?.down ?? NaN) / MINUTE, uptime: component?.uptime }).toEqual({
        id,
        down: minutes,
        uptime: hand.uptime,
      });
    }
  });
});

/** The ledger of some of the recorded incidents, brought into the format by the import. */
async function imported(ids: readonly string[]) {
  const lines = readFileSync(RECORDED, 'utf8').trim().split('\n');
  const events = lines.map((line) => JSON.parse(line) as { id: string; downtime_start: string });
  const wanted = events.filter(({ id }) => ids.includes(id)).map((one) => ({ ...one, started_at: one.downtime_start }));
  const folder = await mkdtemp(join(tmpdir(), 'candor-report-'));
  try {
    await writeFile(join(folder, 'incidents.jsonl'), wanted.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const { texts, errors } = await tryImport((report) => readStatuspageSource(folder, fetch, report), NOW);
    expect(errors).toEqual([]);
    const files = [...texts].map(([path, text]) => ({ path, text }));
    // Names that only incidents have come in as retired.
    const alive = files.map((file) => ({ ...file, text: file.text.replace(/^ *retired:.*\n/gm, '') }));
    const { content } = readContent({ files: alive, publicFiles: new Set() }, { now: NOW, catalogs: CATALOGS });
    if (!content) throw new Error('The import does not read.');
    return buildLedger(content, NOW);
  } finally {
    await rm(folder, { recursive: true });
  }
}
