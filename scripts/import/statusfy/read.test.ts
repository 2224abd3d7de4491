import { describe, expect, test } from 'vitest';
import { bodyOf, kindsOf, tryImport } from '../../../src/__tests__/support/import.ts';
import { readStatusfy } from './read.ts';

const NOW = Date.parse('2026-03-01T00:00Z');
const CONFIG = {
  path: 'config.yml',
  text: 'title: Acme\nbaseUrl: https://status.acme.example\ncontent:\n  systems: [api, cdn]\n',
};

describe('an incident', () => {
  test('has its containers as updates, in order of time, in whichever order they stand', async () => {
    const file = incident('date: 2020-05-01T10:00:00.000Z', [
      'Files load slowly.',
      '<!--- language code: en -->',
      '::: update Resolved | 2020-05-01T12:00:00.000Z\nFast again.\n:::',
      '::: update Monitoring | 2020-05-01T11:00:00.000Z\nA **fix** is out.\n:::',
    ]);
    const { text, errors, secondWrote, report } = await importOf(file);
    expect(text).toContain('components:\n  api: partial_outage\n');
    expect(bodyOf(text)).toBe(
      [
        '## Investigating · 2020-05-01 10:00 UTC\n\nFiles load slowly.',
        '## Monitoring · 2020-05-01 11:00 UTC\n\nA **fix** is out.',
        '## Resolved · 2020-05-01 12:00 UTC\n\nFast again.',
      ].join('\n\n'),
    );
    expect([errors, secondWrote]).toEqual([[], 0]);
    expect(report.sources.map(({ file: path, as, incidents, updates }) => [path, as, incidents, updates])).toEqual([
      ['config.yml', 'configuration', 0, 0],
      ['content/2020-05-01_slow.md', 'incident, without the comment on its language', 1, 3],
    ]);
  });

  test.each([
    ['Mitigated', 'Monitoring'],
    ['Service is recovering', 'Monitoring'],
    ['Not yet resolved', 'Monitoring'],
    ['Solved', 'Resolved'],
    ['Gelöst', 'Resolved'],
    ['Found the cause', 'Identified'],
    ['Post-mortem', 'Postmortem'],
    ['Infrastructure', 'Update'],
  ])('with an update called “%s” is %s, and the words stay', async (title, word) => {
    const after = word === 'Postmortem' ? ['::: update Resolved | 2020-05-01T10:30Z\n:::'] : [];
    const file = incident('date: 2020-05-01T10:00Z', [
      'Slow.',
      ...after,
      `::: update ${title} | 2020-05-01T11:00Z\n:::`,
    ]);
    const { text } = await importOf(file);
    expect(text).toMatch(new RegExp(`## ${word} · 2020-05-01 11:00 UTC\n\n(\\*\\*)?${title}`));
  });

  test.each([
    ['::: update: Resolved | 2020-05-01T11:00:00Z', 'update-from-text'],
    ['::: Update: Resolved | 2020-05-01T11:00:00Z', 'update-from-text'],
    ['Resolved | 2020-05-01T9:00+00:00', 'update-from-text'],
    ['::: update 2020-05-01T11:00:00Z | Resolved', 'update-from-text'],
    ['::: update Resolved | 2020-05-01 11:00', 'time-without-zone'],
    ['::: update Resolved | 2020-04-31T11:00:00Z', 'time-corrected'],
    ['::: update Resolved | 2020-04-21T11:00:00Z', 'time-corrected'],
  ])('takes the line “%s” for an update and says so', async (line, kind) => {
    const { text, report } = await importOf(incident('date: 2020-05-01T10:00Z', ['Slow.', line, 'Fast again.']));
    expect(bodyOf(text)).toMatch(/## Resolved · 2020-05-01 \d\d:00 UTC\n\nFast again\.$/);
    expect(kindsOf(report)).toMatchObject({ [kind]: 1 });
    const entry = report.entries.find((one) => one.kind === kind);
    expect(entry?.place).toEqual({ file: 'content/2020-05-01_slow.md', line: 11 });
  });

  test('keeps text whole whose time cannot be told', async () => {
    const lines = ['Slow.', '::: update Resolved | 2021-03-097T16:00:00Z\nFast again.\n:::'];
    const { text, report } = await importOf(incident('date: 2020-05-01T10:00Z', lines));
    expect(bodyOf(text)).toMatch(/^## Investigating[^#]*2021-03-097T16:00:00Z\s+Fast again\.\n\n## Resolved/);
    expect(kindsOf(report)).toMatchObject({ 'update-time-unknown': 1, 'resolved-added': 1 });
  });

  test('does not look for updates in code and comments', async () => {
    const lines = [
      '```\n::: update Resolved | 2020-05-01T11:00Z\n```',
      '<!--\n::: update Resolved | 2020-05-01T11:00Z\n:::\n-->',
    ];
    const { report } = await importOf(incident('date: 2020-05-01T10:00Z', lines));
    expect(report.read.updates).toBe(1);
  });

  test('shows blanks and Candor’s own lines as the text that they are', async () => {
    const lines = ['Hello {{name}}.', 'Resolved - 2020-05-01 10:00 UTC', '**Next update:** 11:00 UTC', '## Resolved'];
    const { errors, report } = await importOf(incident('date: 2020-05-01T10:00Z', lines));
    expect(errors).toEqual([]);
    expect(report.read.updates).toBe(1);
  });

  test('names systems that are gone, which become retired components', async () => {
    const { texts, errors, report } = await importOf(incident('date: 2020-05-01T10:00Z', ['Slow.'], 'ftp, API'));
    expect(texts.get('components.yml')).toBe(
      '- id: api\n  name: api\n- id: cdn\n  name: cdn\n- id: ftp\n  name: ftp\n  retired: 2020-05-02\n',
    );
    expect(report.entries.find(({ kind }) => kind === 'component-retired')?.place).toEqual({
      file: 'content/2020-05-01_slow.md',
      line: 5,
    });
    expect(errors).toEqual([]);
  });

  test('ends with its duration, or when the file was touched last', async () => {
    const byDuration = await importOf(incident('date: 2020-05-01T10:00Z\nduration: 19', ['Slow.']));
    expect(byDuration.text).toContain('## Resolved · 2020-05-01 10:19 UTC');
    const byTouch = await importOf(incident('date: 2020-05-01T10:00Z\nmodified: 2020-05-01T13:00Z', ['Slow.']));
    expect(byTouch.text).toContain('## Resolved · 2020-05-01 13:00 UTC');
  });

  test('reads 12 AM as midnight, and finds systems by the letters of their names', async () => {
    const lines = ['Slow.', '', '::: update Resolved | 2020-05-02 12:20 AM', 'Fast again.', ':::'];
    const { text, report } = await importOf(incident('date: 2020-05-01T22:00Z', lines, 'A-P-I'));
    expect(text).toContain('## Resolved · 2020-05-02 00:20 UTC');
    expect(report.entries.map(({ kind }) => kind)).toContain('component-by-name');
  });

  test('has times without a zone in the one that --zone names', async () => {
    const file = incident('date: 2020-05-01 10:00:00', ['Slow.']);
    expect((await importOf(file, 'Europe/Berlin')).text).toContain('· 2020-05-01 08:00 UTC');
    const { text, report } = await importOf(file);
    expect(text).toContain('· 2020-05-01 10:00 UTC');
    expect(report.entries.find(({ kind }) => kind === 'time-without-zone')?.reason).toContain('--zone');
  });
});

describe('front matter', () => {
  test.each([
    [
      'TOML',
      '---toml\ntitle = "Slow"\ndate = 2020-09-31T10:00:00.000Z # sic\nseverity = "major-outage"\naffectedsystems = ["api"]\nresolved = true\n---',
    ],
    [
      'TOML as others fence it',
      '+++\ntitle = "Slow"\ndate = 2020-10-01T10:00:00Z\nseverity = "major-outage"\naffectedsystems = ["api"]\n+++',
    ],
    [
      'JSON',
      '---json\n{"title": "Slow", "date": "2020-10-01T10:00Z", "severity": "major-outage", "affectedsystems": ["api"], "resolved": true}\n---',
    ],
    [
      'YAML with a colon in a value',
      '---\ntitle: vega: MySQL\ndate: 2020-10-01T10:00Z\nseverity: major-outage\naffectedsystems:\n  - api\n---',
    ],
    [
      'CRLF',
      '\uFEFF---\r\ntitle: Slow\r\ndate: 2020-10-01T10:00Z\r\nseverity: Major outage\r\naffectedsystems: api\r\n---\r\n',
    ],
  ])('may be %s', async (_, frontMatter) => {
    const { text, errors, report } = await importOf({ path: 'content/a.md', text: `${frontMatter}\n\nDown.\n` });
    expect(text).toMatch(/components:\n {2}api: major_outage\n/);
    expect(text).toContain('## Investigating · 2020-10-01 10:00 UTC\n\nDown.');
    expect([errors, report.notWritten.incidents]).toEqual([[], 0]);
  });

  test.each([
    ['', 'The file is empty.', 1],
    ['Just text.\n', 'It does not begin with front matter.', 1],
    ['---\ntitle: A\n', 'Its front matter is not closed,', 1],
    ['---json\n{\n---\n', 'Its front matter is not valid JSON', 1],
    ['---toml\ntitle = "A"\nresolved = maybe\n---\n', 'Its front matter is not valid TOML', 3],
    ['---\ntitle: A\n---\nText.\n', 'It has no time that can be read.', 1],
  ])('that cannot be read (%j) loses the incident, with file and line', async (text, reason, line) => {
    const { report } = await importOf({ path: 'content/a.md', text });
    const lost = report.entries.find(({ kind }) => kind === 'event-unreadable');
    expect(lost?.reason).toContain(reason);
    expect(lost?.place).toEqual({ file: 'content/a.md', line });
    expect([report.read.incidents, report.written.incidents, report.notWritten.incidents]).toEqual([1, 0, 1]);
  });
});

describe('a maintenance', () => {
  test('has the window that the file gives, and the clock runs it', async () => {
    const { texts, errors } = await importOf(
      incident(
        'date: 2020-05-01T08:00Z\nscheduled: 2020-05-01T08:00:00Z\nduration: 30',
        ['New disks.'],
        'api',
        'under-maintenance',
      ),
    );
    const text = texts.get('maintenance/2020/2020-05-01-slow.md') ?? '';
    expect(text).toContain('scheduled: 2020-05-01 08:00 UTC\nuntil: 2020-05-01 08:30 UTC\n');
    expect(bodyOf(text)).toBe('## Scheduled · 2020-05-01 08:00 UTC\n\nNew disks.');
    expect(errors).toEqual([]);
  });

  test('without a window ends with its last update, which is a guess', async () => {
    const { texts, errors, report } = await importOf(
      incident(
        'date: 2020-05-01T08:00Z',
        ['New disks.', '::: update Resolved | 2020-05-01T09:00Z\nDone.\n:::'],
        'api',
        'under-maintenance',
      ),
    );
    const text = texts.get('maintenance/2020/2020-05-01-slow.md') ?? '';
    expect(text).toContain('until: 2020-05-01 09:00 UTC\n');
    expect(bodyOf(text)).toMatch(/^## In progress[^#]*## Completed · 2020-05-01 09:00 UTC\n\nDone\.$/);
    expect(kindsOf(report)).toMatchObject({ 'window-missing': 1 });
    expect(errors).toEqual([]);
  });
});

describe('a site', () => {
  test('may say what it is in a program, which is not run', async () => {
    const program = `throw new Error('run'); // title: "No"\nmodule.exports = {\n  title: 'Acme',\n  baseUrl: "https://s.acme.example", // address\n  content: { systems: ["api", 'it\\'s'] },\n};\n`;
    const { texts, report } = await importOf(incident('date: 2020-05-01T08:00Z', ['Slow.']), undefined, {
      path: 'config.js',
      text: program,
    });
    expect(texts.get('site.yml')).toBe('name: Acme\nurl: https://s.acme.example\nid: tag:s.acme.example,2026:status\n');
    expect(texts.get('components.yml')).toContain("name: it's");
    expect(kindsOf(report)).toMatchObject({ 'page-guessed': 1 });
  });

  test('keeps one language, and what is there only in another', async () => {
    const text =
      '---\ntitle: Lento\ndate: 2020-05-01T08:00Z\nseverity: major-outage\naffectedsystems: [api]\n---\nLento.\n';
    const read = [
      CONFIG,
      incident('date: 2020-05-01T08:00Z', ['Slow.']),
      { path: 'content/es/2020-05-01_slow.md', text },
      { path: 'content/es/otro.md', text },
      { path: 'content/README.md', text: '# Read me' },
    ];
    const { report } = await tryImport((into) => readStatusfy(read, undefined, into), NOW);
    expect(kindsOf(report)).toMatchObject({ 'translation-left-out': 1, 'other-language': 1 });
    expect(report.written.incidents).toBe(2);
    expect(report.sources.map(({ file }) => file)).toEqual(read.map(({ path }) => path));
  });

  test('that is none is refused', () => {
    const read = tryImport((into) => readStatusfy([{ path: 'notes.txt', text: '' }], undefined, into), NOW);
    return expect(read).rejects.toThrow('There is no Statusfy site in source.');
  });
});

function incident(dates: string, lines: string[], systems = 'api', severity = 'partial-outage') {
  const front = `title: Slow\n${dates}\nseverity: ${severity}\naffectedsystems: [${systems}]\nresolved: true`;
  const padding = '# A comment of YAML.\n'.repeat(Math.max(0, 6 - front.split('\n').length));
  return { path: 'content/2020-05-01_slow.md', text: `---\n${front}\n${padding}---\n${lines.join('\n\n')}\n` };
}

async function importOf(file: { path: string; text: string }, zone?: string, config = CONFIG) {
  const trial = await tryImport((report) => readStatusfy([config, file], zone, report), NOW);
  const path = [...trial.texts.keys()].find((one) => one.startsWith('incidents/')) ?? '';
  return { ...trial, text: trial.texts.get(path) ?? '' };
}
