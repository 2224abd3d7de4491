import type { Command } from 'commander';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { registerCheck } from '../commands/check.ts';
import { registerForms } from '../commands/forms.ts';
import { registerNotify } from '../commands/notify.ts';
import { registerPreview } from '../commands/preview.ts';
import { registerReport } from '../commands/report.ts';
import { registerWatch } from '../commands/watch.ts';
import { callCommand } from '../../src/__tests__/support/call.ts';
import type { CommandContext } from '../lib/context.ts';

/** What is accepted at its limits, through every command that reads content, and all of it in one page. */

type Files = Readonly<Record<string, string>>;

const SITE = `name: Acme
channels:
  - { type: slack, url: SLACK_URL }
  - { type: teams, url: TEAMS_URL }
  - { type: webhook, url: HOOK_URL }
  - { type: email, smtp: SMTP_URL, from: a@acme.example, to: TO }
`;
const PLACE = 'url: https://status.acme.example\n';
const LONG_ID = `${'a-'.repeat(49)}aa`;
const TITLE = 'All of the '.repeat(1000);

const incident = (front: string, ...updates: string[]) => `---\n${front}\n---\n\n${updates.join('\n\n')}\n`;
const work = (front: string) => `---\ntitle: Work\ncomponents: [c-0]\n${front}\n---\n\nWe work.\n`;
const components = (count: number) =>
  Array.from({ length: count }, (_, index) => `- id: c-${index}\n  name: Component ${index}\n`).join('');
const daily = (count: number) =>
  work(`scheduled: 2015-01-01 02:00 UTC\nuntil: 2015-01-01 03:00 UTC\nrepeat: FREQ=DAILY;COUNT=${count}`);
const LONG_DURATIONS = `stale_after: 3650d
promises: { grace: 3650d, rhythm: { critical: 3650d, major: 3650d, minor: 3650d, after_2h: 3650d } }
postmortems: { major: 3650d, critical: 3650d }
`;

const IDS: Files = {
  'components.yml': `${components(1)}- id: ${LONG_ID}\n  name: ${TITLE}\n`,
  [`incidents/${'i'.repeat(80)}.md`]: incident(
    `title: ${TITLE}\nreference: ${TITLE}\ncomponents: { ${LONG_ID}: major_outage }`,
    `## Investigating · 2026-11-20 09:20 UTC\n\n${'Word '.repeat(3000)}\n\n- **Next update:** 13:00 UTC`,
  ),
};
const TIMES: Files = {
  'incidents/first.md': incident(
    'title: The first\nstarted: 1990-01-01 00:00 UTC\ncomponents: { c-0: partial_outage }',
    '## Investigating · 1990-01-01 00:00 UTC\n\nWe look.',
    '## Resolved · 1990-01-01 00:01 UTC\n\nIt works.',
  ),
  'incidents/promise.md': incident(
    'title: A promise\ncomponents: { c-0: partial_outage }',
    '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n\n- **Next update:** 2026-11-21 23:59 UTC',
  ),
  'maintenance/last.md': work('scheduled: 2199-12-31 00:00 UTC\nuntil: 2199-12-31 23:59 UTC'),
};
const MANY: Files = {
  'components.yml': components(400),
  'incidents/all.md': incident(
    `title: All\ncomponents:\n${Array.from({ length: 400 }, (_, index) => `  c-${index}: major_outage`).join('\n')}`,
    '## Investigating · 2026-11-20 09:20 UTC\n\nWe look.',
  ),
};

const FOLDERS: Readonly<Record<string, Files>> = {
  'nothing but settings': { 'components.yml': components(1) },
  'no components': { 'components.yml': '[]\n' },
  'the longest ids and long names': IDS,
  'the first and the last year': TIMES,
  'the longest durations': { 'site.yml': SITE + PLACE + LONG_DURATIONS, ...TIMES },
  'every character of a path': {
    'site.yml': `${SITE}url: "https://a.example/it's/(a)+b;c=d,e&f@g:h*!$~._-"\n`,
    ...TIMES,
  },
  'four hundred components': MANY,
  'a maintenance every day for twelve years': { 'maintenance/daily.md': daily(4300) },
};

/** Words of a library or of the language, which no command may repeat. */
const FOREIGN = /maximum iterations|invalid time|is not a function|cannot read prop|RangeError|TypeError/i;

const COMMANDS: Readonly<Record<string, (program: Command, context: CommandContext) => void>> = {
  check: registerCheck,
  watch: registerWatch,
  report: registerReport,
  'report --format csv': registerReport,
  'report --month 2026-11 --format json': registerReport,
  'notify --dry-run': registerNotify,
  'notify --dry-run --json': registerNotify,
  forms: registerForms,
  'preview --format markdown': registerPreview,
};

let root: string;
const remove = () => rmSync(root, { recursive: true });

function place(files: Files): NodeJS.ProcessEnv {
  root = mkdtempSync(join(tmpdir(), 'candor-extremes-'));
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd: root });
  git('init', '--quiet', '--initial-branch=main');
  git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  for (const [path, text] of Object.entries({ 'site.yml': SITE + PLACE, 'components.yml': components(1), ...files })) {
    mkdirSync(dirname(join(root, 'content', path)), { recursive: true });
    writeFileSync(join(root, 'content', path), text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Content');
  const { GITHUB_ACTIONS: _, ...env } = process.env;
  return { ...env, STATUS_CONTENT: join(root, 'content'), STATUS_NOW: '2026-11-20T12:00:00Z' };
}

describe.each(Object.entries(FOLDERS))('%s', (_, files) => {
  let env: NodeJS.ProcessEnv;
  // Once for all of them: they read it.
  beforeAll(() => void (env = place(files)));
  afterAll(remove);

  it.each(Object.entries(COMMANDS))('is taken by %s', async (words, register) => {
    const { out, err, code } = await callCommand(register, words.split(' '), env);
    // Watching ends with 2 where something is missed.
    expect([{ code: 0, err: '' }, ...(words === 'watch' ? [{ code: 2, err: '' }] : [])]).toContainEqual({ code, err });
    expect(out).not.toMatch(FOREIGN);
  });
});

it('all of it together is one page', () => {
  const all = {
    ...TIMES,
    ...MANY,
    'site.yml': `${SITE}url: "https://a.example/it's/(a)+b;c=d,e&f@g:h*!$~._-"\n${LONG_DURATIONS}`,
    'components.yml': `${components(400)}- id: ${LONG_ID}\n  name: ${TITLE}\n`,
    [Object.keys(IDS)[1] ?? '']: Object.values(IDS)[1] ?? '',
    'maintenance/daily.md': work('scheduled: 2026-10-01 02:00 UTC\nuntil: 2026-10-01 03:00 UTC\nrepeat: FREQ=DAILY'),
  };
  const env = { ...place(all), NODE_ENV: 'production' };
  onTestFinished(remove);
  const site = join(root, 'site');
  const args = ['scripts/cli.ts', 'build', '--last-good', '--strict', '--outDir', site];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { env });
  expect([status, `${stdout.toString()}${stderr.toString()}`.match(FOREIGN)]).toEqual([0, null]);
  for (const path of ['maintenance/last', 'maintenance/daily-2026-11-20', `components/${LONG_ID}`, 'incidents/first'])
    expect(existsSync(join(site, path, 'index.html'))).toBe(true);
});
