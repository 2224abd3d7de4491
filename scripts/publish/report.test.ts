import { workflowCommand } from '../lib/output.ts';
import { expect, it } from 'vitest';
import type { Change } from './report.ts';
import { changeDiagnostics, changeSummary } from './report.ts';

const version = {
  path: 'incidents/a.md',
  blob: '',
  commit: '0123456789abcdef',
  committed: Date.parse('2026-11-20T10:02Z'),
  order: 1,
};

it.each<[Change, string]>([
  [
    { kind: 'older', file: 'incidents/a.md', line: 7, reason: 'The time has no zone.', version },
    'incidents/a.md:7 The page shows this file as it was at 2026-11-20 10:02 UTC (0123456). The time has no zone.',
  ],
  [
    { kind: 'partial', file: 'incidents/b.md', line: 1, reason: 'It has no front matter.' },
    'incidents/b.md:1 The page shows this file as far as it can be read, and says that something may be wrong. It has no front matter.',
  ],
  [
    { kind: 'left-out', file: 'notes.md', line: 1, reason: 'Nothing reads it.' },
    'notes.md:1 The page does not show this file. Nothing reads it.',
  ],
  [
    { kind: 'alias', name: 'pay', owner: 'checkout', files: ['incidents/a.md'] },
    'components.yml:1 The file incidents/a.md names “pay”, which was an alias of “checkout”. The page still treats it as one.',
  ],
  [
    { kind: 'postponed', name: 'ftp', retired: '2026-11-21', files: ['a.md', 'b.md'] },
    'components.yml:1 2 files name “ftp” after the day it was retired. The page shows it as retired on 2026-11-21.',
  ],
])('a change says what the page shows %#', (change, text) => {
  expect(changeDiagnostics([change]).map(({ file, line, reason }) => `${file}:${line} ${reason}`)).toEqual([text]);
});

it('a renamed component comes with the line to write', () => {
  const change: Change = { kind: 'retired', name: 'checkout', retired: '2026-11-21', files: ['a.md', 'b.md'] };
  expect(changeDiagnostics([change])).toMatchObject([{ severity: 'error', example: 'aliases: [checkout]' }]);
});

it('the summary lets no text of a file become markup', () => {
  const change: Change = {
    kind: 'left-out',
    file: 'incidents/<b>.md',
    line: 1,
    reason: '“[x](https://evil.example)” | <img>',
  };
  const summary = changeSummary([change], 'content', 'Built.');
  expect(summary).toContain('\\<b>.md');
  expect(summary).toContain('“\\[x]\\(https\\://evil.example)” | \\<img>');
});

it('the summary says that nothing was replaced', () => {
  expect(changeSummary([], 'content', 'Built.')).toBe('Built. Everything in content/ is published as written.\n');
});

it('an error of a job stays one line', () => {
  expect(workflowCommand('error', '100 %\nnext')).toBe('::error::100 %25%0Anext');
});
