import { globSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addToSummary } from './output.ts';

it('adds Markdown to the summary of a job, without control characters', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'candor-summary-')), 'summary');
  await addToSummary('### Page\n\nAll is \u001b]0;well\u0007\n', { GITHUB_STEP_SUMMARY: path });
  await addToSummary('Next', { GITHUB_STEP_SUMMARY: path });
  expect(readFileSync(path, 'utf8')).toBe('### Page\n\nAll is �]0;well�\n\nNext\n\n');
});

it('says if there is no summary', async () => {
  expect(await addToSummary('Page', {})).toBe(false);
});

it('is the only way to the summary of a job', () => {
  const others = globSync('{scripts,src}/**/*.ts', { exclude: ['**/*.test.ts', '**/__tests__/**'] }).filter((path) =>
    readFileSync(path, 'utf8').includes('GITHUB_STEP_SUMMARY'),
  );
  expect(others).toEqual(['scripts/lib/output.ts']);
});
