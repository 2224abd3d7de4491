import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { browserPath } from '../../src/__tests__/support/browser.ts';
import { serve } from '../../src/__tests__/support/server.ts';
import { build, copyExample } from '../../src/__tests__/support/sites.ts';

const PAGES = [
  '/',
  '/incidents/2026-11-20-card-payments-europe/',
  '/components/checkout/',
  '/history/2026-11/',
  '/reports/2026-10/',
  '/subscribe/',
];
const LEAST: Readonly<Record<string, number>> = {
  performance: 99,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
};
const PORT = 9222;

const folder = await mkdtemp(join(tmpdir(), 'candor-lighthouse-'));
await copyExample(join(folder, 'content'));
await build(join(folder, 'content'), join(folder, 'dist'));
const server = await serve(join(folder, 'dist'));
const browser = await chromium.launch({
  executablePath: await browserPath(),
  args: ['--no-sandbox', `--remote-debugging-port=${PORT}`, '--disable-background-networking'],
});
const rows: Record<string, string | number>[] = [];
try {
  for (const page of PAGES) {
    const result = await lighthouse(server.origin + page, {
      port: PORT,
      logLevel: 'error',
      onlyCategories: Object.keys(LEAST),
    });
    const row: Record<string, string | number> = { page };
    for (const [id, least] of Object.entries(LEAST)) {
      const score = Math.round((result?.lhr.categories[id]?.score ?? 0) * 100);
      row[id] = score;
      if (score >= least) continue;
      process.exitCode = 1;
      const failed = (result?.lhr.categories[id]?.auditRefs ?? [])
        .map(({ id: audit }) => result?.lhr.audits[audit])
        .filter((audit) => audit && audit.score !== null && audit.score < 1);
      row[`${id}: why`] = failed.map((audit) => audit?.title).join('; ');
    }
    rows.push(row);
  }
} finally {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true });
}
console.table(rows);
