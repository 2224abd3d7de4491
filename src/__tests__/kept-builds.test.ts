import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject } from '../../scripts/dev/bench/measure.ts';
import { CACHE, digestOf, filesBelow } from '../site/cache/bundle.ts';
import type { Builds } from './support/builds.ts';
import { startBuilds } from './support/builds.ts';
import { buildEnvironment, copyExample } from './support/sites.ts';

const OLD_INCIDENT = 'content/incidents/2026/2026-09-08-sign-in-fails.md';
const OPEN_INCIDENT = 'content/incidents/2026/2026-11-20-card-payments-europe.md';
const MAINTENANCE = 'content/maintenance/2026/2026-12-03-orders-database.md';
/** Events of the example that stay in the site: those since August 2026, and of older ones a few that each differ. */
const KEPT_SINCE = '2026-08';
const KEPT_OLDER = /^(2025-08-12|2025-10-30|2025-12-18|2026-01-07)-/;
const ANNOUNCEMENT = 'content/announcements/night.md';
const NEW_INCIDENT = `---
title: Something new
components:
  checkout: partial_outage
---

## Investigating · 2026-09-20 09:20 UTC

We are looking for the cause.

## Resolved · 2026-09-20 10:00 UTC

Everything works again.
`;
const TRANSLATION = `---
title: Etwas Neues
---

## Investigating · 2026-09-20 09:20 UTC

Wir suchen die Ursache.
`;
const SERIES = `---
title: Weekly restart
components: [search]
scheduled: 2026-11-03 02:00 UTC
until: 2026-11-03 03:00 UTC
repeat: FREQ=WEEKLY;BYDAY=TU
---

## Scheduled · 2026-10-01 10:00 UTC

Search restarts every Tuesday.
`;

let project: string;
let builds: Builds;
let cleanBuilds = 0;
/** What the next builds find around them. */
const env: Record<string, string> = { STATUS_NOW: '2026-11-20T12:00:00Z' };

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'candor-kept-'));
  // A copy, since the code is changed too.
  copyProject(project);
  await copyExample(path('content'));
  for (const file of filesBelow(path('content'))) {
    const name = basename(file);
    if (/^20/.test(name) && name < KEPT_SINCE && !KEPT_OLDER.test(name)) rmSync(file);
  }
  commit('the example');
  await run('scripts/cli.ts', 'dist');
  builds = startBuilds(project);
});
afterAll(() => {
  builds.close();
  rmSync(project, { recursive: true });
});

/** A change, and what it makes of a file of the site: a text that was not there before, or no file. */
type Change = [what: string, change: () => void, file: string, text: string | undefined];

const contentChanges: Change[] = [
  [
    'an incident has a new update',
    () =>
      appendFileSync(
        path(OPEN_INCIDENT),
        '\n## Monitoring · 2026-11-20 11:30 UTC\n\nAll payments use the good line.\n',
      ),
    'index.html',
    'All payments use the good line.',
  ],
  [
    'an incident is new',
    () => write('content/incidents/2026-09-20-new.md', NEW_INCIDENT),
    'history/2026-09/index.html',
    'Something new',
  ],
  [
    'a file is renamed',
    () =>
      renameSync(path('content/incidents/2026-09-20-new.md'), path('content/incidents/2026/2026-09-20-other-name.md')),
    'history/2026-09/index.html',
    '2026-09-20-other-name',
  ],
  [
    'the title of an old incident is corrected',
    () => edit(OLD_INCIDENT, 'title: Many of you cannot sign in', 'title: Half of you cannot sign in'),
    'history/2026-09/index.html',
    'Half of you cannot sign in',
  ],
  [
    'an incident began in the month before',
    () => edit(OLD_INCIDENT, 'started: 2026-09-08 06:52 UTC', 'started: 2026-08-30 06:52 UTC'),
    'history/2026-08/index.html',
    'Half of you cannot sign in',
  ],
  [
    'an incident lasted into the next year',
    () =>
      write(
        'content/incidents/2025/2025-12-31-turn.md',
        NEW_INCIDENT.replace('new', 'old')
          .replace('2026-09-20 09:20', '2025-12-31 22:00')
          .replace('2026-09-20 10:00', '2026-01-01 02:00'),
      ),
    'components/checkout/history/2026/index.html',
    'incidents/2025-12-31-turn/',
  ],
  [
    'an incident has an address from before',
    () => edit('content/incidents/2025/2025-12-31-turn.md', 'title:', 'aliases: [/i/abc]\ntitle:'),
    'i/abc/index.html',
    'incidents/2025-12-31-turn/',
  ],
  [
    'an incident is deleted',
    () => rmSync(path('content/incidents/2025/2025-08-12-report-totals-wrong.md')),
    'incidents/2025-08-12-report-totals-wrong/index.html',
    undefined,
  ],
  [
    'an incident has a postmortem',
    () =>
      appendFileSync(
        path('content/incidents/2026/2026-09-20-other-name.md'),
        '\n## Postmortem · 2026-09-25 10:00 UTC\n\nA disk was full.\n',
      ),
    'incidents/2026-09-20-other-name/index.html',
    'A disk was full.',
  ],
  [
    'maintenance is announced',
    () =>
      write(
        'content/maintenance/2026-12-20-moving.md',
        readFileSync(path(MAINTENANCE), 'utf8').replace('More storage for orders', 'Moving day'),
      ),
    'index.html',
    'Moving day',
  ],
  [
    'maintenance is cancelled',
    () =>
      appendFileSync(
        path('content/maintenance/2026-12-20-moving.md'),
        '\n## Cancelled · 2026-11-20 11:00 UTC\n\nWe stay.\n',
      ),
    'maintenance/2026-12-20-moving/index.html',
    'We stay.',
  ],
  [
    'a series of maintenance is new',
    () => write('content/maintenance/weekly-restart.md', SERIES),
    'index.html',
    'Weekly restart',
  ],
  [
    'an occurrence of a series is cancelled',
    () => edit('content/maintenance/weekly-restart.md', 'BYDAY=TU\n', 'BYDAY=TU\nexcept: { 2026-12-08: cancelled }\n'),
    'maintenance.ics',
    'STATUS:CANCELLED',
  ],
  [
    'a component has another name, and an old incident another title',
    () => {
      edit('content/components.yml', 'name: Checkout', 'name: Till');
      edit(OLD_INCIDENT, 'title: Half of you', 'title: One in two of you');
    },
    'incidents/2026-09-20-other-name/index.html',
    'Till',
  ],
  [
    'a component is retired',
    () => edit('content/components.yml', 'name: Test shops\n', 'name: Test shops\n      retired: 2026-11-19\n'),
    'components/sandbox/index.html',
    'November 2026',
  ],
  [
    'a component has an alias',
    () => edit('content/components.yml', '- id: support\n', '- id: support\n  aliases: [helpdesk]\n'),
    'components/helpdesk/atom.xml',
    '<feed',
  ],
  [
    'a group is new',
    () =>
      appendFileSync(
        path('content/components.yml'),
        '\n- group: Warehouse\n  components:\n    - id: robots\n      name: Robots\n      since: 2026-11-01\n',
      ),
    'index.html',
    'Warehouse',
  ],
  [
    'a word of the page is the owner’s',
    () => write('content/i18n/en.json', '{ "history": "All that ever failed" }\n'),
    'incidents/2026-09-20-other-name/index.html',
    'All that ever failed',
  ],
  [
    'a word of the page is another',
    () => write('content/i18n/en.json', '{ "history": "All that failed so far" }\n'),
    'incidents/2026-09-20-other-name/index.html',
    'All that failed so far',
  ],
  ['the page has another name', () => editSite('name: Ladenhall', 'name: Lodenhall'), 'rss.xml', 'Lodenhall'],
  [
    'the page has another time zone',
    () => editSite('time_zone: UTC', 'time_zone: Europe/Lisbon'),
    'incidents/2026-09-20-other-name/index.html',
    '10:20',
  ],
  ['the weights of uptime change', () => editSite('partial_outage: 0.3', 'partial_outage: 0.9'), 'index.html', '90'],
  [
    'promises are more frequent',
    () => appendFileSync(path('content/site.yml'), 'promises: { grace: 1m }\n'),
    'build.json',
    'version',
  ],
  [
    'subscribers are reminded of maintenance',
    () => appendFileSync(path('content/site.yml'), 'remind: [13d, 1h]\n'),
    'atom.xml',
    'Reminder: starts in',
  ],
  [
    'readers can report that an incident affects them too',
    () =>
      appendFileSync(path('content/site.yml'), 'report_problem: "https://acme.example/help?about={title}&at={url}"\n'),
    'index.html',
    'Is it broken for you too?',
  ],
  [
    'readers can subscribe by email',
    () =>
      appendFileSync(
        path('content/site.yml'),
        'subscribe: { email: { provider: mlmmj, everything: updates@lists.acme.example } }\n',
      ),
    'subscribe/index.html',
    'mailto:updates+subscribe@lists.acme.example',
  ],
  [
    'reports become private',
    () => appendFileSync(path('content/site.yml'), 'reports: private\n'),
    'reports/2026-09/index.html',
    undefined,
  ],
  [
    'a public file changes',
    () => write('public/logo.svg', '<svg viewBox="0 0 9 9"/>'),
    'logo.svg',
    'viewBox="0 0 9 9"',
  ],
  [
    'a logo is named',
    () => editSite('time_zone:', 'logo: /logo.svg\ntime_zone:'),
    'incidents/2026-09-20-other-name/index.html',
    'logo.svg',
  ],
  [
    'the owner has a page, and a link to another site',
    () => {
      write('content/pages/contact.md', '---\ntitle: Call our team\nnav: header\n---\n\nWe answer at night.\n');
      editSite('time_zone:', 'links: { footer: [{ text: Blog, url: "https://ladenhall.example/blog" }] }\ntime_zone:');
    },
    'incidents/2026-09-20-other-name/index.html',
    'Call our team',
  ],
  [
    'the text of that page changes',
    () => edit('content/pages/contact.md', 'at night', 'by day'),
    'pages/contact/index.html',
    'We answer by day.',
  ],
  [
    'announcements are published in a month that is over, and in a week',
    () => {
      write(ANNOUNCEMENT, '---\ntitle: The night shift\nfrom: 2026-09-10 09:00 UTC\n---\n\nWe answer at night.\n');
      write('content/announcements/soon.md', '---\ntitle: Soon\nfrom: 2026-11-25 09:00 UTC\npinned: true\n---\n');
    },
    'history/2026-09/index.html',
    'The night shift',
  ],
  [
    'the text of an announcement changes',
    () => edit(ANNOUNCEMENT, 'at night', 'by day'),
    'announcements/night/index.html',
    'We answer by day.',
  ],
  [
    'the owner has a style sheet',
    () => write('content/theme.css', ':root { --line: #ddd; }\n.head { background: url(/logo.svg); }\n'),
    'incidents/2026-09-20-other-name/index.html',
    '_astro/theme.',
  ],
  [
    'the page has a second language, and an incident a translation',
    () => {
      editSite('locale: en', 'locales: [en, de]');
      write('content/incidents/2026/2026-09-20-other-name.de.md', TRANSLATION);
      write(ANNOUNCEMENT.replace('.md', '.de.md'), '---\ntitle: Die Nachtschicht\n---\n\nAuch nachts.\n');
      write('content/pages/contact.de.md', '---\ntitle: Rufen Sie uns an\n---\n\nAuch nachts.\n');
    },
    'de/incidents/2026-09-20-other-name/index.html',
    'Wir suchen die Ursache.',
  ],
  [
    'the title of an announcement is corrected in its translation',
    () => edit(ANNOUNCEMENT.replace('.md', '.de.md'), 'Die Nachtschicht', 'Bei Nacht'),
    'de/history/2026-09/index.html',
    'Bei Nacht',
  ],
  [
    'a translation is corrected',
    () => edit('content/incidents/2026/2026-09-20-other-name.de.md', 'die Ursache', 'den Grund'),
    'de/incidents/2026-09-20-other-name/index.html',
    'Wir suchen den Grund.',
  ],
  [
    'an incident has another title, and its translation stays',
    () => edit('content/incidents/2026/2026-09-20-other-name.md', 'title: Something new', 'title: Something newer'),
    'incidents/2026-09-20-other-name/index.html',
    'Something newer',
  ],
  [
    'a translation is deleted',
    () => {
      rmSync(path('content/incidents/2026/2026-09-20-other-name.de.md'));
      rmSync(path('content/pages/contact.de.md'));
      rmSync(path(ANNOUNCEMENT.replace('.md', '.de.md')));
    },
    'de/incidents/2026-09-20-other-name/index.html',
    'We are looking for the cause.',
  ],
  ['the page has one language again', () => editSite('locales: [en, de]', 'locale: en'), 'de/index.html', undefined],
  ['there is another commit', () => commit('all of the above'), 'build.json', 'commit'],
];

const clockChanges: [what: string, now: string][] = [
  ['a minute passes', '2026-11-20T12:01:00Z'],
  ['a day passes, and postmortems become overdue', '2026-11-26T00:00:30Z'],
  ['maintenance runs', '2026-12-03T02:30:00Z'],
  ['maintenance is over', '2026-12-03T05:30:00Z'],
  ['months pass', '2027-02-01T12:00:00Z'],
  ['the clock goes back', '2026-12-01T12:00:00Z'],
];

const codeChanges: Change[] = [
  [
    'the address and its path change',
    () => editSite('url: https://status.ladenhall.example', 'url: https://other.example/status/'),
    'incidents/2026-09-20-other-name/index.html',
    'https://other.example/status/',
  ],
  ['the accent changes', () => editSite('#6d3fb8', '#aa0000'), 'index.html', '_astro'],
  [
    'words, the code of a page, and a style sheet change',
    () => {
      edit('src/i18n/en.json', '"history": "History"', '"history": "Everything so far"');
      edit('src/view/components/EventView.astro', '<ol class="updates', '<ol data-changed class="updates');
      appendFileSync(path('src/view/styles/base.css'), '\n.changed{color:red}\n');
    },
    'incidents/2026-09-20-other-name/index.html',
    'data-changed',
  ],
];

describe('a build after another one is what a clean build makes when', () => {
  it.each(contentChanges)('%s', async (_, change, file, text) => {
    await expectEffect(change, file, text);
  });

  it.each(clockChanges)('%s', async (_, now) => {
    env['STATUS_NOW'] = now;
    await expectSameAsClean();
  });

  it('Astro, which keeps nothing, builds the last of all that', expectSameAsAstro);

  it.each(codeChanges)('%s', async (_, change, file, text) => {
    await expectEffect(change, file, text, async () => {
      await run('scripts/cli.ts', 'dist');
      await expectSameAsAstro();
    });
  });
});

describe('a build makes the same of the same', () => {
  let site: Map<string, string>;
  beforeAll(() => {
    site = contentsOf('dist');
  });

  it.each<[what: string, change: () => void]>([
    [
      'a change of a template and of the rules for alerts',
      () => {
        appendFileSync(path('content/templates/resolved.md'), '\nBye.\n');
        appendFileSync(path('content/alerts.yml'), '# New\n');
      },
    ],
    [
      'updates that are scheduled, with and without errors',
      () => {
        write(
          OPEN_INCIDENT.replace('/', '/scheduled/'),
          '## Update · 2026-11-21 08:00 UTC\n\nNothing is public yet.\n',
        );
        write('content/scheduled/incidents/2026-12-24-new.md', NEW_INCIDENT.replaceAll('2026-09', '2027-01'));
        write('content/scheduled/incidents/broken.md', '## Upd');
      },
    ],
    ['a foreign file', () => write('dist/foreign/file.txt', 'x')],
    ['an edited file of the same size and another time', () => edit('dist/index.html', '<html', '<htmx')],
    ['a deleted file', () => rmSync(path('dist/rss.xml'))],
    ['a folder in the place of a file', () => (rmSync(path('dist/rss.xml')), write('dist/rss.xml/a', 'x'))],
    ['a damaged state', () => damage(kept('state'))],
    ['no state', () => rmSync(kept('state'))],
    ['a damaged log of incidents', () => damage(kept('incidents'))],
    [
      'a log of incidents with a torn last line',
      () => writeFileSync(kept('incidents'), readFileSync(kept('incidents')).subarray(0, -30)),
    ],
    [
      'a damaged bundle',
      () =>
        filesBelow(path(`${CACHE}/bundles`))
          .filter((file) => file.endsWith('build.mjs'))
          .forEach(damage),
    ],
    ['new file times', () => filesBelow(path('content')).forEach((file) => utimesSync(file, new Date(), new Date()))],
    [
      'a site that was copied without its file times',
      () => {
        cpSync(path('dist'), path('copy'), { recursive: true });
        rmSync(path('dist'), { recursive: true });
        renameSync(path('copy'), path('dist'));
      },
    ],
    [
      'a site that was packed and unpacked',
      () => {
        execFileSync('tar', ['-cf', 'dist.tar', 'dist'], { cwd: project });
        rmSync(path('dist'), { recursive: true });
        execFileSync('tar', ['-xf', 'dist.tar'], { cwd: project });
      },
    ],
    ['another time zone of the machine', () => (env['TZ'] = 'Pacific/Kiritimati')],
    ['no cache', () => rmSync(path(CACHE), { recursive: true })],
  ])('after %s', async (_, change) => {
    change();
    await build();
    expectSame(contentsOf('dist'), site);
  });

  it('after three builds at once, one of them into another folder', async () => {
    write('dist/foreign.txt', 'x');
    await Promise.all(['dist', 'dist', 'other'].map((outDir) => run('scripts/cli.ts', outDir)));
    expectSame(contentsOf('dist'), site);
    expectSame(contentsOf('other'), site);
  });

  it('after a build of a broken file as it was before', async () => {
    const text = textOf(OLD_INCIDENT);
    write(OLD_INCIDENT, 'no front matter');
    await run('scripts/cli.ts', 'dist', '--last-good');
    expect(textOf('dist/incidents/2026-09-08-sign-in-fails/index.html')).toContain('One in two of you');
    write(OLD_INCIDENT, text);
    await build();
    expectSame(contentsOf('dist'), site);
  });

  it('after a build that was killed while it made pages', async () => {
    // Without its state, a build makes every page.
    rmSync(kept('state'));
    const child = start('scripts/cli.ts', 'dist');
    const prepared = () => readdirSync(project).find((name) => name.startsWith('.dist-')) ?? '';
    while (!existsSync(path(`${prepared()}/site`)) || prepared() === '') {
      if (child.exitCode !== null) throw new Error('The build ended before it was killed.');
      await pause(5);
    }
    child.kill('SIGKILL');
    await once(child, 'close');
    expectSame(contentsOf('dist'), site);
    await build();
    expectSame(contentsOf('dist'), site);
    expect(prepared()).toBe('');
  });
});

it('a file with an older time and the same size is read again', async () => {
  const file = path('content/incidents/2026/2026-09-20-other-name.md');
  const { mtimeMs } = statSync(file);
  edit('content/incidents/2026/2026-09-20-other-name.md', 'Something new', 'Something old');
  utimesSync(file, mtimeMs / 1000 - 86_400, mtimeMs / 1000 - 86_400);
  await build();
  expect(textOf('dist/incidents/2026-09-20-other-name/index.html')).toContain('Something old');
});

async function expectEffect(
  change: () => void,
  file: string,
  text: string | undefined,
  buildAndCompare = expectSameAsClean,
): Promise<void> {
  const before = contentsOf('dist').get(file);
  change();
  await buildAndCompare();
  const after = contentsOf('dist').get(file);
  expect(after).not.toBe(before);
  if (text === undefined) expect(after).toBeUndefined();
  else expect(after).toContain(text);
}

/** Builds the site, and into a new folder: what is kept, is kept for one folder, but the bundle, which is of the code alone. */
async function expectSameAsClean(): Promise<void> {
  const clean = `clean-${cleanBuilds++}`;
  await Promise.all([build(), build(clean)]);
  expectSameAndRemove(clean);
}

/** What Astro itself makes, without a bundle from before the content was as it is. */
async function expectSameAsAstro(): Promise<void> {
  // What a build of Astro's own keeps.
  rmSync(path(`${CACHE}/incidents`), { force: true });
  await run('scripts/publish/astro.ts', 'clean');
  expectSameAndRemove('clean');
}

function expectSameAndRemove(clean: string): void {
  expectSame(contentsOf('dist'), contentsOf(clean));
  rmSync(path(clean), { recursive: true });
}

function expectSame(found: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  expect([...wanted].filter(([file, text]) => found.get(file) !== text).map(([file]) => file)).toEqual([]);
}

function contentsOf(folder: string): Map<string, string> {
  const files = filesBelow(path(folder));
  return new Map(files.map((file) => [file.slice(path(folder).length + 1), readFileSync(file, 'latin1')]));
}

function build(outDir = 'dist'): Promise<void> {
  return builds.build(outDir, env);
}

function start(script: string, outDir: string, ...options: string[]) {
  return spawn(process.execPath, [script, 'build', '--outDir', outDir, ...options], {
    cwd: project,
    env: buildEnvironment(env),
    stdio: 'pipe',
  });
}

async function run(script: string, outDir: string, ...options: string[]): Promise<void> {
  const child = start(script, outDir, ...options);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The build failed:\n${printed}`);
}

function commit(message: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@acme.example', ...args], { cwd: project });
  if (!existsSync(path('.git'))) git('init', '--quiet');
  git('add', 'content');
  git('commit', '--quiet', '--message', message);
}

/** What is kept of the site in `dist`. */
function kept(name: string): string {
  return path(join(CACHE, 'sites', digestOf([realpathSync(path('dist'))]), name));
}

/** Changes a byte in the middle. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function path(below: string): string {
  return join(project, below);
}

function textOf(file: string): string {
  return readFileSync(path(file), 'utf8');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
}

function edit(file: string, from: string, to: string): void {
  const text = textOf(file);
  expect(text).toContain(from);
  write(file, text.replace(from, to));
}

function editSite(from: string, to: string): void {
  edit('content/site.yml', from, to);
}
