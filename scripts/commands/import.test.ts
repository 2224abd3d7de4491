import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../import/report.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';
import { registerImport } from './import.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-command-'));
  await writeFile(
    join(folder, 'incidents.json'),
    JSON.stringify({ page: { name: 'Acme', url: 'https://a.example' }, incidents: [open('2026-01-10')] }),
  );
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the report starts with what needs a decision, then says what was read, written and guessed', async () => {
  const { out, code } = await run();
  expect(out.replaceAll(folder, 'FOLDER')).toMatchInlineSnapshot(`
    "FOLDER → FOLDER/content

    Needs a decision (1)
      1 × open-long: It has been unresolved for over 30 days, and was kept open.
          incidents.json:incidents[0] i “Errors”

    Read              1 incident, 0 maintenance, 1 update, 0 components in 1 file
    Written           1 incident, 0 maintenance, 1 update, 0 components
                      0 updates of these added
    Not written       0 incidents, 0 maintenance, 0 updates
    Files             3 new, 0 changed, 0 unchanged

    Source files (1)
      1 × API v2: incidents.json

    With --json, the report lists every entry and every file.
    "
  `);
  expect(code).toBe(0);
  expect(await readFile(join(folder, 'content/site.yml'), 'utf8')).toBe(
    'name: Acme\nurl: https://a.example\nid: tag:a.example,2026:status\n',
  );
});

test('--json prints every entry, and --close-older-than closes what is forgotten', async () => {
  const { out } = await run('--json', '--close-older-than', '30');
  const { entries, added } = JSON.parse(out) as Report;
  expect(entries.map(({ kind, outcome, place, id }) => ({ kind, outcome, place, id }))).toEqual([
    { kind: 'closed-by-age', outcome: 'guessed', place: { file: 'incidents.json', path: 'incidents[0]' }, id: 'i' },
  ]);
  expect(added).toEqual({ updates: 1 });
});

test('the folder is --to, else STATUS_CONTENT', async () => {
  const { out } = await run('--to', join(folder, 'elsewhere'), '--dry-run');
  expect(out).toContain(`${join(folder, 'elsewhere')} (dry run: nothing was written)`);
});

test('what is not written afterwards makes the exit code 1', async () => {
  await writeFile(join(folder, 'incidents.json'), JSON.stringify({ incidents: [open('2027-01-10')] }));
  const { out, code } = await run();
  expect(out).toContain('1 × future-update');
  expect(code).toBe(1);
});

test('an address that the source lacks is left to fill in, and until then the exit code is 1', async () => {
  await mkdir(join(folder, 'site/content/issues'), { recursive: true });
  await writeFile(join(folder, 'site/config.yml'), 'title: Acme Status\nbaseURL: /\nlanguageCode: xx\n');
  const text = '---\ntitle: Slow\ndate: 2026-01-10T10:00:00Z\nresolved: false\nsection: issue\n---\nSlow.\n';
  await writeFile(join(folder, 'site/content/issues/a.md'), text);
  const first = await runOn('cstate', 'site');
  expect(first.code).toBe(1);
  expect(first.out).toMatch(
    /^.*\n\nNeeds a decision \(\d\)\n {2}1 × site-incomplete: .*\n {6}site\.yml “Acme” – Fill in “url” in site\.yml\.\n {2}1 × locale-not-shipped/,
  );
  const site = join(folder, 'content/site.yml');
  expect(await readFile(site, 'utf8')).toMatch(/^name: Acme\nurl: # fill in: the URL of the page, such as https:/);
  expect((await runOn('cstate', 'site')).code).toBe(1);
  await writeFile(site, 'name: Acme\nurl: https://status.acme.example\n');
  expect((await runOn('cstate', 'site')).code).toBe(0);
});

test('routine entries are counted with three examples, and files of the source by kind', async () => {
  const issues = join(folder, 'site/content/issues');
  await mkdir(issues, { recursive: true });
  await writeFile(join(folder, 'site/config.yml'), 'title: Acme\nbaseURL: https://a.example\n');
  const text =
    '---\ntitle: Slow\ndate: 2026-01-10 10:00\nresolved: true\nresolvedWhen: 2026-01-10 11:00\nsection: issue\n---\nSlow.\n';
  for (let number = 10; number < 60; number += 1) await writeFile(join(issues, `${number}.md`), text);
  const { out } = await runOn('cstate', 'site', '--zone', 'UTC');
  expect(out).toContain('      … and 47 more, in 50 files altogether\n');
  expect(out).toContain('  50 × incident: content/issues/10.md, content/issues/11.md, ');
  expect(out.split('\n').length).toBeLessThan(60);
});

test('a source that cannot be read is named without a stack trace', async () => {
  await writeFile(join(folder, 'incidents.json'), '{');
  const { out, err, code } = await run();
  expect(out).toBe('');
  expect(err).toMatch(/^incidents\.json is not valid JSON/);
  expect(err).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
});

test('a number of days that is none is refused', async () => {
  expect((await run('--close-older-than', 'soon')).err).toContain('Use a number of days, such as 30.');
});

test('a Statusfy site and an Upptime repository are read from their folders', async () => {
  const files = {
    'config.yml': 'title: Acme\nbaseUrl: https://a.example\n',
    'content/2026-01-10_slow.md': '---\ntitle: Slow\ndate: 2026-01-10 10:00\nresolved: true\n---\nSlow.\n',
    'history/shop.yml': 'status: up\n',
    'saved.json': JSON.stringify([{ number: 1, title: 'Shop is down', created_at: '2026-01-10T10:00:00Z' }]),
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const statusfy = await runOn('statusfy', '--zone', 'Europe/Berlin');
  expect(statusfy.out).toContain('read as Europe/Berlin, the zone from --zone.');
  expect(await readFile(join(folder, 'content/incidents/2026/2026-01-10-slow.md'), 'utf8')).toContain('09:00 UTC');
  const upptime = await runOn('upptime', '--issues', join(folder, 'saved.json'), '--dry-run');
  expect(upptime.out).toContain('Would be written  1 incident');
});

test('a cState site asks for the zone of its times, and is read from any of its folders', async () => {
  const issues = join(folder, 'site/content/issues');
  await mkdir(issues, { recursive: true });
  await writeFile(join(folder, 'site/config.yml'), 'title: Acme Status\nbaseURL: https://a.example\n');
  const text = '---\ntitle: Slow\ndate: 2026-01-10 10:00\nresolved: false\nsection: issue\n---\nSlow.\n';
  await writeFile(join(issues, 'a.md'), text);
  const asked = await runOn('cstate', 'site');
  expect(asked.err).toMatch(/^1 time in 1 file without a zone.*\nThe first: content\/issues\/a\.md:3/);
  expect([asked.out, asked.code]).toEqual(['', 1]);
  expect((await runOn('cstate', 'site', '--zone', 'Europe/Berlin')).out).toContain('3 new, 0 changed');
  expect((await runOn('cstate', 'site/content/issues', '--zone', 'Europe/Berlin')).out).toContain('3 unchanged');
  expect((await runOn('cstate', 'none')).err).toContain('none is not there. Name the folder of a cState repository');
});

test('a zone that is none, and issues that are not there, are refused', async () => {
  expect((await runOn('statusfy', '--zone', 'CET/Berlin')).err).toContain('Use the name of a time zone, such as');
  const { err, code } = await runOn('upptime', '--issues', join(folder, 'none.json'));
  expect(err).toMatch(/^There is no file .*none\.json\.\nNothing was written\. Expected a clone of an Upptime/);
  expect(code).toBe(1);
});

function run(...options: string[]) {
  return runIn(folder, 'statuspage', ...options);
}

/** Options that come first and are none name a folder below that of the test. */
function runOn(kind: string, ...options: string[]) {
  const below = options[0]?.startsWith('--') === false ? options[0] : '';
  return runIn(join(folder, below), kind, ...options.slice(below === '' ? 0 : 1));
}

async function runIn(source: string, kind: string, ...options: string[]) {
  const env = { STATUS_NOW: '2026-03-01T00:00:00Z', STATUS_CONTENT: join(folder, 'content') };
  return callCommand(registerImport, ['import', kind, source, ...options], env);
}

function open(day: string) {
  const incident_updates = [{ status: 'investigating', body: 'We look.', display_at: `${day}T10:00:00Z` }];
  return {
    id: 'i',
    name: 'Errors',
    impact: 'minor',
    status: 'investigating',
    started_at: `${day}T10:00:00Z`,
    incident_updates,
  };
}
