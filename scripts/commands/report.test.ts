import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Outcome } from '../../src/__tests__/support/call.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';
import { EXAMPLE } from '../../src/__tests__/support/sites.ts';
import { registerReport } from './report.ts';

async function report(args: string[], reports = 'public'): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-report-'));
  try {
    await cp(EXAMPLE, folder, { recursive: true });
    const settings = await readFile(join(folder, 'site.yml'), 'utf8');
    await writeFile(join(folder, 'site.yml'), `${settings.replace(/^logo:.*\n/m, '')}reports: ${reports}\n`);
    return await callCommand(registerReport, ['report', ...args], { STATUS_CONTENT: folder });
  } finally {
    await rm(folder, { recursive: true });
  }
}

it.each(['public', 'private', 'off'])('tells the same to the owner when reports are %s', async (reports) => {
  const { out } = await report(['--month', '2026-10'], reports);
  expect(out).toMatch(/^Report for October 2026\n/);
  expect(out).toMatch(/Nobody can place an order +6 Oct \(02:38 UTC\) +7m +6 +53m +5 of 5 +2h 13m/);
});

it('shows twelve months when none is named', async () => {
  const { out } = await report([]);
  expect(out.match(/^ {2}\w+ 202[56] /gm)).toHaveLength(12);
});

it.each([
  [['--format', 'json'], /^\{\n {2}"time_zone": "UTC"/],
  [['--format', 'csv'], /^month,incidents,/],
  [['--format', 'markdown'], /^# Reports\n/],
  [['--month', '2026-10', '--format', 'json'], /^\{\n {2}"month": "2026-10"/],
  [['--month', '2026-10', '--format', 'csv'], /^id,title,url,/],
  [['--month', '2026-10', '--format', 'csv', '--table', 'components'], /^id,name,known_from,/],
  [['--month', '2026-10', '--format', 'markdown'], /^# Report for October 2026\n/],
])('%j is printed as asked', async (args, beginning) => {
  expect((await report(args)).out).toMatch(beginning);
});

it('says which months there are when it has none of that name', async () => {
  const { out, err, code } = await report(['--month', '1999-01']);
  expect(out).toBe('');
  expect(err).toBe(
    'There is no report for “1999-01”. Reports cover 2024-11 to 2026-11; for example, use --month 2026-11.\n',
  );
  expect(code).toBe(1);
});
