import { describe, expect, it } from 'vitest';
import { contextOf } from '../../__tests__/support/formats.ts';
import { componentsCsv, incidentsCsv, monthsCsv } from './csv.ts';
import { monthReportJson, reportsJson } from './json.ts';
import { reportMarkdown, reportText } from './text.ts';
import { monthOutline, reportsOutline } from './outline.ts';

const FILES = {
  'site.yml': 'name: Acme\nurl: https://acme.example/status\n',
  'components.yml':
    '- id: checkout\n  name: "=Checkout | shop"\n  since: 2026-01-01\n  sla: 99.9\n- id: website\n  name: Website\n',
  'incidents/2026-10-06-pay.md': `---
title: "=Nobody, | can pay"
components: { checkout: major_outage }
started: 2026-10-06 09:00 UTC
---

## Investigating · 2026-10-06 09:10 UTC

No customer can pay. We are looking for the cause.

- **Next update:** 09:30 UTC

## Resolved · 2026-10-06 10:00 UTC

Customers can pay again.
`,
};
const context = contextOf(FILES);

interface Json {
  [key: string]: Json | undefined;
}

describe('as JSON', () => {
  const month = JSON.parse(monthReportJson(context, '2026-10')) as Json;

  it('a month has its numbers in seconds', () => {
    expect(month['figures']).toMatchObject({
      incidents: 1,
      time_to_first_update: { count: 1, median: 600, mean: 600, greatest: 600 },
      longest_silence: { median: 3000 },
      promises: { kept: 0, late: 1, missed: 0, due: 0, latest_by: 1800 },
      time_to_resolve: { median: 3600 },
      anything_down: 3600,
    });
    expect(month['incidents']).toMatchObject([
      {
        id: '2026-10-06-pay',
        url: 'https://acme.example/status/incidents/2026-10-06-pay/',
        started: '2026-10-06T09:00:00.000Z',
        ended: '2026-10-06T10:00:00.000Z',
        time_to_resolve: 3600,
      },
    ]);
    expect(month['components']).toMatchObject([
      { id: 'checkout', uptime: 99.86, down: 3600, sla: { allowed: 2678, used: 3600, state: 'missed' } },
      { id: 'website', uptime: 100, sla: null },
    ]);
  });

  it('a month that is over is the same whenever it is made', () => {
    const later = contextOf(FILES, Date.parse('2026-12-24T12:00Z'));
    expect(monthReportJson(later, '2026-10')).toBe(monthReportJson(context, '2026-10'));
    expect(month['as_of']).toBeNull();
  });

  it('every month is there, newest first', () => {
    const { months } = JSON.parse(reportsJson(context)) as { months: { month: string }[] };
    expect(months.map((one) => one.month)).toEqual(['2026-11', '2026-10']);
  });
});

describe('as CSV', () => {
  it('a title that looks like a formula is none', () => {
    expect(incidentsCsv(context, '2026-10').split('\r\n')[1]).toBe(
      `2026-10-06-pay,"'=Nobody, | can pay",https://acme.example/status/incidents/2026-10-06-pay/,critical,checkout,2026-10-06T09:00:00.000Z,2026-10-06T10:00:00.000Z,false,600,2,3000,0,1,0,0,3600`,
    );
    expect(componentsCsv(context, '2026-10')).toContain("checkout,'=Checkout | shop,");
  });

  it.each([
    ['months', monthsCsv(context)],
    ['incidents', incidentsCsv(context, '2026-10')],
    ['components', componentsCsv(context, '2026-10')],
  ])('%s has as many cells in each row as in its head', (_, table) => {
    const widths = table
      .trimEnd()
      .split('\r\n')
      .map((row) => row.replace(/"[^"]*"/g, '').split(',').length);
    expect(widths.length).toBeGreaterThan(1);
    expect(new Set(widths).size).toBe(1);
  });
});

describe('in words', () => {
  it('a month has each incident with its numbers', () => {
    const text = reportText(monthOutline(context, '2026-10'));
    expect(text).toMatch(/^ {2}=Nobody, \| can pay +6 Oct \(09:00 UTC\) +10m +2 +50m +0 of 1 +1h$/m);
    expect(text).toMatch(/^ {2}Promised updates on time +0 of 1 +1 late, by 30m$/m);
    expect(text).toMatch(/^ {2}=Checkout \| shop +99\.86% +99\.9% missed \(135% of the 44m allowed\) +1h +1h/m);
  });

  it('a text cannot break out of its cell in Markdown', () => {
    const markdown = reportMarkdown(monthOutline(context, '2026-10'));
    const row = markdown.split('\n').find((line) => line.includes('Nobody')) ?? '';
    expect(row.replaceAll('\\|', '').split('|')).toHaveLength(9);
    expect(row).toContain('](<https://acme.example/status/incidents/2026-10-06-pay/>)');
  });

  it('the months stand side by side', () => {
    expect(reportText(reportsOutline(context))).toMatch(/^ {2}October 2026 +1 +10m +50m +0 of 1 +1h +1h$/m);
  });
});
