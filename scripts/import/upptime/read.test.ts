import { describe, expect, test } from 'vitest';
import { emptyReport } from '../report.ts';
import type { TextFile } from '../source-files.ts';
import { bodyOf, kindsOf, tryImport } from '../../../src/__tests__/support/import.ts';
import { isWanted, readUpptime, type UpptimeSource } from './read.ts';

const NOW = Date.parse('2026-03-01T00:00Z');
const CONFIG = [
  'owner: Acme',
  'repo: status',
  'sites:',
  '  - name: MySQL (dev)',
  '    url: https://db.acme.example',
  '  - name: SITE_MAIN',
  '    url: $SITE_MAIN',
  'status-website:',
  '  name: Acme Status',
  '',
].join('\n');
const UP = '🟩 MySQL (dev) is up (200 in 67 ms) [skip ci] [upptime]';
const DOWN = '🟥 MySQL (dev) is down (503 in 120 ms) [skip ci] [upptime]';

describe('a configuration', () => {
  test('gives components, and the address that GitHub serves the page under', async () => {
    const { texts, errors } = await importOf({ '.upptimerc.yml': CONFIG, 'issues.json': '[]' });
    expect(texts.get('components.yml')).toBe(
      '- id: mysql-dev\n  name: MySQL (dev)\n  description: https://db.acme.example\n- id: site-main\n  name: SITE_MAIN\n',
    );
    expect(texts.get('site.yml')).toBe(
      'name: Acme\nurl: https://acme.github.io/status/\nid: tag:acme.github.io,2026:status\n',
    );
    expect(errors).toEqual([]);
  });

  test('may be broken, empty or missing, and the history still tells', async () => {
    const history = 'url: https://db.acme.example\nstatus: up\nlastUpdated: 2026-01-05T10:00:00.000Z\n';
    for (const [text, kind] of [
      ['sites:\n\t- name: x', 'file-unreadable'],
      ['', 'file-empty'],
      [undefined, 'config-missing'],
    ] as const) {
      const files = {
        ...(text !== undefined && { '.upptimerc.yml': text }),
        'history/my-sql.yml': history,
        'issues.json': '[]',
      };
      const { texts, report, errors } = await importOf(files);
      expect(kindsOf(report)).toMatchObject({ [kind]: 1 });
      expect(texts.get('components.yml')).toContain('name: My sql');
      expect(errors).toEqual([]);
    }
  });
});

describe('a history', () => {
  test('says since when a site is checked, in either way of writing it, and which sites are gone', async () => {
    const { texts, report, errors } = await importOf({
      '.upptimerc.yml': CONFIG,
      'history/my-sql-dev.yml':
        '- url: https://db.acme.example\n- status: up\n- startTime: Fri Dec 18 2025 04:15:20 GMT+0000 (Coordinated Universal Time)\n',
      'history/site-main.yml': '',
      'history/old-shop.yml': 'url: https://old.example: 80\nstatus: down\nlastUpdated: 2026-01-05T10:00:00.000Z\n',
      'history/summary.json': JSON.stringify([
        { name: 'MySQL (dev)', slug: 'my-sql-dev', dailyMinutesDown: { '2026-01-02': 7 } },
        { name: 'Gone before', slug: 'gone-before' },
      ]),
      'issues.json': '[]',
      'api/my-sql-dev/uptime.json': '{}',
    });
    expect(texts.get('components.yml')).toContain('since: 2025-12-18\n');
    expect(texts.get('components.yml')).toMatch(/id: old-shop\n {2}name: Old shop\n {2}retired: 2026-01-06\n/);
    expect(texts.get('components.yml')).toMatch(/id: gone-before\n {2}name: Gone before\n {2}retired: 2026-01-06\n/);
    expect(kindsOf(report)).toMatchObject({
      'file-empty': 1,
      'component-retired': 2,
      'summary-differs': 1,
      'downtime-uncovered': 1,
    });
    expect(report.sources.map(({ file }) => file)).toEqual([
      '.upptimerc.yml',
      'history/my-sql-dev.yml',
      'history/old-shop.yml',
      'history/site-main.yml',
      'history/summary.json',
      'api/',
      'issues.json',
    ]);
    expect(errors).toEqual([]);
  });
});

describe('issues', () => {
  test('become incidents with their comments, and what has neither label is left alone', async () => {
    const issues = [
      issue(7, '🛑 MySQL (dev) is down', {
        labels: [{ name: 'status' }, { name: 'my-sql-dev' }],
        body: 'In [`48552af`](https://github.com/Acme/status/commit/48552afd\n), MySQL (dev) (https://db.acme.example) was **down**:\n- HTTP code: 404\n- Response time: 140 ms\n',
        closed_at: '2026-01-10T12:00:00Z',
        comments: [
          { created_at: '2026-01-10T11:00:00Z', body: '**Identified:** a full disk, {{host}}.' },
          {
            created_at: '2026-01-10T12:00:00Z',
            body: '**Resolved:** MySQL (dev) is back up in [`a`](https://github.com/Acme/status/commit/a\n) after 2 hours.',
          },
        ],
      }),
      issue(8, 'Add a site', { labels: [] }),
      issue(9, 'Fix', { pull_request: {} }),
    ];
    const { texts, report, errors, secondWrote } = await importOf({
      '.upptimerc.yml': CONFIG,
      'issues.json': JSON.stringify(issues),
    });
    const text = texts.get('incidents/2026/2026-01-10-mysql-dev-is-down.md') ?? '';
    expect(text).toMatch(
      /^---\ntitle: MySQL \(dev\) is down\ncomponents:\n {2}mysql-dev: major_outage\naliases:\n {2}- \/incident\/7\n# Imported from upptime Acme\/status#7 /,
    );
    expect(bodyOf(text)).toBe(
      [
        '## Investigating · 2026-01-10 10:00 UTC',
        'In [`48552af`](https://github.com/Acme/status/commit/48552afd), MySQL (dev) (<https://db.acme.example>) was **down**:',
        '* HTTP code: 404\n* Response time: 140 ms',
        '## Identified · 2026-01-10 11:00 UTC',
        String.raw`**Identified:** a full disk, \{{host}}.`,
        '## Resolved · 2026-01-10 12:00 UTC',
        '**Resolved:** MySQL (dev) is back up in [`a`](https://github.com/Acme/status/commit/a) after 2 hours.',
      ].join('\n\n'),
    );
    expect(report.read).toMatchObject({ incidents: 1, updates: 3 });
    expect(kindsOf(report)).toMatchObject({ 'issue-ignored': 2 });
    expect([errors, secondWrote]).toEqual([[], 0]);
  });

  test('end when they were closed: with the comment that closed them, or before what was written later', async () => {
    const closing = { created_at: '2026-01-10T12:00:01Z', body: 'A new disk is in.' };
    const later = { created_at: '2026-01-12T12:00:00Z', body: 'For the record: it was the disk.' };
    const closed = { labels: ['status', 'site-main'], closed_at: '2026-01-10T12:00:00Z' };
    const issues = [
      issue(1, '⚠️ SITE_MAIN has degraded performance', { ...closed, comments: [closing] }),
      issue(2, '🛑 SITE_MAIN is down', { ...closed, comments: [later] }),
    ];
    const { texts, errors } = await importOf({ '.upptimerc.yml': CONFIG, 'issues.json': JSON.stringify(issues) });
    const slow = texts.get('incidents/2026/2026-01-10-site-main-has-degraded-performance.md');
    expect(slow).toContain('site-main: degraded_performance');
    expect(bodyOf(slow)).toMatch(/## Resolved · 2026-01-10 12:00:01 UTC\n\nA new disk is in\.$/);
    const down = texts.get('incidents/2026/2026-01-10-site-main-is-down.md');
    expect(bodyOf(down)).toMatch(/## Resolved · 2026-01-10 12:00 UTC[^#]*## Update · 2026-01-12 12:00 UTC/);
    expect(errors).toEqual([]);
  });

  test('may come from `gh`, in pages, with comments in a file of their own, and about sites that are gone', async () => {
    const gh = {
      number: 3,
      title: '🛑 Old shop is down',
      state: 'CLOSED',
      labels: [{ name: 'status' }, { name: 'old-shop' }],
      createdAt: '2026-01-10T10:00:00Z',
      closedAt: '2026-01-10T11:00:00Z',
      url: 'https://github.com/Acme/status/issues/3',
      body: 'Down.',
      comments: 1,
    };
    const comments = [
      {
        issue_url: 'https://api.github.com/repos/Acme/status/issues/3',
        created_at: '2026-01-10T10:30:00Z',
        body: 'Update: we look.',
      },
    ];
    const { texts, report, errors } = await importOf({
      '.upptimerc.yml': CONFIG,
      'issues.json': JSON.stringify([[gh]]),
      'comments.json': JSON.stringify(comments),
    });
    expect(texts.get('components.yml')).toMatch(/id: old-shop\n {2}name: Old shop\n {2}retired: 2026-01-11\n$/);
    expect(texts.get('incidents/2026/2026-01-10-old-shop-is-down.md')).toContain('## Update · 2026-01-10 10:30 UTC');
    expect(kindsOf(report)).not.toHaveProperty('comments-missing');
    expect(errors).toEqual([]);
    const without = await importOf({ '.upptimerc.yml': CONFIG, 'issues.json': JSON.stringify([gh]) });
    expect(kindsOf(without.report)).toMatchObject({ 'comments-missing': 1 });
  });

  test('with the label maintenance become maintenance', async () => {
    const body =
      '<!--\nstart: 2026-01-20T13:00:00+01:00\nend: 2026-01-20T14:00:00+01:00\nexpectedDown: my-sql-dev, site-main\n-->\nMore memory.';
    const labels = [{ name: 'maintenance' }];
    const { texts, report, errors } = await importOf({
      '.upptimerc.yml': CONFIG,
      'issues.json': JSON.stringify([
        issue(4, 'More memory', { labels, body, closed_at: '2026-01-20T13:05:00Z' }),
        issue(5, 'Never mind', { labels, body, closed_at: '2026-01-15T10:00:00Z' }),
        issue(6, 'Some day', { labels, body: 'No times.' }),
      ]),
    });
    const text = texts.get('maintenance/2026/2026-01-20-more-memory.md');
    expect(text).toContain(
      'components:\n  - mysql-dev\n  - site-main\nscheduled: 2026-01-20 12:00 UTC\nuntil: 2026-01-20 13:00 UTC\n',
    );
    expect(bodyOf(text)).toBe('## Scheduled · 2026-01-10 10:00 UTC\n\nMore memory.');
    expect(texts.get('maintenance/2026/2026-01-20-never-mind.md')).toContain('## Cancelled · 2026-01-15 10:00 UTC');
    expect(kindsOf(report)).toMatchObject({ 'cancelled-added': 1, 'window-missing': 1 });
    expect([errors, report.written.maintenance]).toEqual([[], 3]);
  });

  test('that are no list are refused, with what to save', () => {
    return expect(importOf({ 'issues.json': '{"message": "Not Found"}' })).rejects.toThrow(
      'issues.json is not a JSON list.\nNothing was written. Expected the response of',
    );
  });
});

describe('commits', () => {
  test('become an incident for each time a site was not up, with what changed between', async () => {
    const { texts, report, errors, secondWrote } = await importOf({
      '.upptimerc.yml': CONFIG,
      'COMMITS.tsv': list([
        ['09:00', UP],
        ['10:00', DOWN],
        ['10:30', '🟨 MySQL (dev) is degraded (200 in 9000 ms) [skip ci] [upptime]'],
        ['10:40', 'Update README: MySQL (dev) is up to date'],
        ['11:00', UP],
        ['12:00', UP],
        ['13:00', '🟥 Old & <b> is down (0 in 0 ms) [skip ci] [upptime]'],
      ]),
    });
    const text = texts.get('incidents/2026/2026-01-10-mysql-dev-is-down.md');
    expect(text).toContain('components:\n  mysql-dev: major_outage\n');
    expect(bodyOf(text)).toBe(
      [
        '## Investigating · 2026-01-10 10:00 UTC\n\nMySQL (dev) is down (503 in 120 ms)',
        '## Update · 2026-01-10 10:30 UTC\n\nMySQL (dev) is degraded (200 in 9000 ms)\n\n- **Components:** mysql-dev: degraded performance',
        '## Resolved · 2026-01-10 11:00 UTC\n\nMySQL (dev) is up (200 in 67 ms)',
      ].join('\n\n'),
    );
    expect(texts.get('components.yml')).toMatch(/name: Old & <b>\n {2}retired: 2026-01-11/);
    expect(report.read).toMatchObject({ incidents: 2, updates: 4 });
    expect([errors, secondWrote]).toEqual([[], 0]);
  });

  test('that were worded by the configuration are understood', async () => {
    const config = `${CONFIG}commitMessages:\n  statusChange: "[$STATUS] $SITE_NAME: $RESPONSE_CODE, $RESPONSE_TIME"\n`;
    const { report } = await importOf({
      '.upptimerc.yml': config,
      'COMMITS.tsv': list([
        ['10:00', '[down] MySQL (dev): 503, 120'],
        ['11:00', '[up] MySQL (dev): 200, 12'],
      ]),
    });
    expect(report.read).toMatchObject({ incidents: 1, updates: 2 });
  });

  test('that end while a site is down are closed if its newest check found it up', async () => {
    const files = { '.upptimerc.yml': CONFIG, 'COMMITS.tsv': list([['10:00', DOWN]]) };
    const history = 'status: up\nlastUpdated: 2026-01-10T10:20:00Z\n';
    const { texts, report } = await importOf({ ...files, 'history/my-sql-dev.yml': history });
    expect(texts.get('incidents/2026/2026-01-10-mysql-dev-is-down.md')).toContain('## Resolved · 2026-01-10 10:20 UTC');
    expect(kindsOf(report)).toMatchObject({ 'resolved-added': 1 });
    expect(kindsOf((await importOf(files)).report)).toMatchObject({ 'open-long': 1 });
  });

  test('that are open when their site is removed end with its last check', async () => {
    const commits = list([
      ['09:00', '🟥 Old shop is down (0 in 0 ms) [skip ci] [upptime]'],
      ['10:00', '🟨 Old shop is degraded (200 in 9000 ms) [skip ci] [upptime]'],
    ]);
    const { texts, report } = await importOf({ '.upptimerc.yml': CONFIG, 'COMMITS.tsv': commits });
    const text = texts.get('incidents/2026/2026-01-10-old-shop-is-down.md');
    expect(text).toMatch(/## Resolved · 2026-01-10 10:00 UTC\n\nThis is no longer monitored\./);
    expect(kindsOf(report)).toMatchObject({ 'site-removed': 1, 'component-retired': 1 });
    const open = JSON.stringify([issue(1, 'Old shop is down', { labels: ['status'] })]);
    const issues = await importOf({ '.upptimerc.yml': CONFIG, 'issues.json': open });
    expect(kindsOf(issues.report)).toMatchObject({ 'site-removed': 1 });
    expect(kindsOf(issues.report)).not.toHaveProperty('open-long');
  });

  test('in a saved list are named by line where they cannot be read', async () => {
    const text = `${list([['09:00', UP]])}what is this\n${list([['10:00', DOWN]])}0123456789ab\tyesterday\t${UP}\n`;
    const { report } = await importOf({ '.upptimerc.yml': CONFIG, 'COMMITS.tsv': text });
    const lost = report.entries.filter(({ kind }) => kind === 'line-unreadable');
    expect(lost.map(({ place }) => place.line)).toEqual([2, 4]);
  });

  test('give way to issues, and the Git history comes before a saved list', async () => {
    const log = [
      { sha: 'abcdef0123456', time: '2026-01-10T10:00:00+01:00', message: DOWN, place: { file: 'git log' } },
    ];
    const files = { '.upptimerc.yml': CONFIG, 'COMMITS.tsv': list([['10:00', DOWN]]) };
    const fromLog = await importOf(files, { log });
    expect(fromLog.texts.get('incidents/2026/2026-01-10-mysql-dev-is-down.md')).toContain('2026-01-10 09:00 UTC');
    const fromIssues = await importOf(files, { log, issues: { path: 'saved.json', text: '[]' } });
    expect(fromIssues.report.read.incidents).toBe(0);
    expect(fromIssues.report.sources.map(({ file, as }) => `${file}: ${as}`)).toContain(
      'COMMITS.tsv: not read, because there are issues',
    );
  });
});

test('without issues and commits the report says that no incident is known', async () => {
  const { report } = await importOf({ '.upptimerc.yml': CONFIG });
  expect(kindsOf(report)).toMatchObject({ 'incidents-missing': 1 });
});

test('a folder that holds nothing of Upptime is refused', () => {
  expect(() => readUpptime({ files: [] }, emptyReport('here', 'content', false))).toThrow(
    'There is no Upptime repository in here.',
  );
  expect(['README.md', 'history/LICENSE', 'src/history/a.yml', '.upptimerc.yml'].filter(isWanted)).toEqual([
    '.upptimerc.yml',
  ]);
});

function issue(number: number, title: string, more: object) {
  const closed = 'closed_at' in more;
  return {
    number,
    title,
    state: closed ? 'closed' : 'open',
    labels: [],
    created_at: '2026-01-10T10:00:00Z',
    html_url: `https://github.com/Acme/status/issues/${number}`,
    body: 'It fails.',
    comments: 0,
    ...more,
  };
}

function list(commits: [clock: string, message: string][]): string {
  return commits
    .map(([clock, message], index) => `${String(index).repeat(40)}\t2026-01-10T${clock}:00+00:00\t${message}\n`)
    .join('');
}

function importOf(files: Record<string, string>, more: Partial<UpptimeSource> = {}) {
  const read = Object.entries(files).map(([path, text]): TextFile => ({ path, text }));
  return tryImport(
    (report) => readUpptime({ files: read.sort((a, b) => (a.path < b.path ? -1 : 1)), ...more }, report),
    NOW,
  );
}
