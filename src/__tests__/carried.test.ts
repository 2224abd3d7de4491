import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject } from '../../scripts/bench/project.ts';
import { readPack, writePack } from '../site/pack.ts';
import { builtFiles } from './support/sites.ts';

const KEPT = 'node_modules/.cache/candor/kept';

const incident = (title: string, day: string, text = 'We are looking for the cause.') => `---
title: ${title}
components:
  checkout: partial_outage
---

## Investigating · ${day} 09:20 UTC

${text}

## Resolved · ${day} 10:00 UTC

It works again.
`;

const CONTENT: Readonly<Record<string, string>> = {
  'site.yml': 'name: Acme\nurl: https://status.acme.example/\n',
  'components.yml':
    '- id: checkout\n  name: Checkout\n  since: 2026-01-01\n- id: website\n  name: Website\n  aliases: [www]\n',
  'incidents/2026-06-30-late.md': incident('Orders were late', '2026-06-30')
    .replace('09:20', '23:20')
    .replace('10:00', '23:50'),
  'incidents/2026-09-02-payments.md': incident('Payments failed', '2026-09-02'),
  'incidents/2026-09-04.Dots_and-Case.md': incident('Umlauts failed', '2026-09-04'),
  'incidents/2026-11-18-search.md': incident('Search was slow', '2026-11-18'),
  'incidents/2026-11-20-open.md': incident('Orders fail', '2026-11-20').replace(/\n## Resolved[\s\S]*/, ''),
  'maintenance/2026-08-01-move.md':
    '---\ntitle: Move\ncomponents: [website]\nscheduled: 2026-08-01 01:00 UTC\nuntil: 2026-08-01 02:00 UTC\n---\n\nWe move.\n',
};

let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'candor-carried-'));
  // A copy, since the code is changed too.
  copyProject(project);
  for (const [path, text] of Object.entries(CONTENT)) write(`content/${path}`, text);
  await build('dist');
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

describe('a build after another one', () => {
  const pages = () => builtFiles(join(project, 'dist')).sort();
  const textOf = (file: string) => readFileSync(join(project, 'dist', file), 'utf8');

  it('takes over what was kept of events that are finished', async () => {
    const pack = join(project, KEPT, 'pages/2026-09');
    const files = readPack(pack);
    const marked = files.map((one) => ({ ...one, bytes: Buffer.from(`${one.bytes.toString()}<!-- kept -->`) }));
    writePack(pack, marked);
    await build('dist');
    expect(pages().filter((file) => textOf(file).includes('<!-- kept -->'))).toEqual(
      marked.map(({ file }) => file).sort(),
    );
    writePack(pack, files);
  });

  it('keeps what a second process made of many files, and nothing else of it', async () => {
    const kept = join(project, KEPT, 'pages');
    const whole = readFileSync(join(kept, '2026-09'));
    rmSync(kept, { recursive: true });
    await run(['scripts/astro.ts', 'build', '--outDir', 'dist-second'], { CANDOR_SHARE: '2026-09' });
    expect(readdirSync(kept)).toEqual(['2026-09']);
    expect(readFileSync(join(kept, '2026-09')).equals(whole)).toBe(true);
  });

  it.each<[what: string, change: () => void, shows: string]>([
    [
      'incidents are told on, new and deleted',
      () => {
        write(
          'content/incidents/2026-09-02-payments.md',
          incident('Payments failed', '2026-09-02', 'A card reader broke.'),
        );
        write('content/incidents/2026-09-20-new.md', incident('Something new', '2026-09-20'));
        rmSync(join(project, 'content/incidents/2026-06-30-late.md'));
      },
      'A card reader broke.',
    ],
    [
      'a component has another name',
      () => {
        write('content/components.yml', (CONTENT['components.yml'] ?? '').replace('Checkout', 'Till'));
      },
      'Till',
    ],
    [
      'the settings change',
      () => {
        write('content/site.yml', `${CONTENT['site.yml'] ?? ''}time_zone: Asia/Tokyo\n`);
      },
      'GMT+9',
    ],
    [
      'the words change',
      () => {
        edit('src/i18n/en.json', '"History"', '"All that was"');
      },
      'All that was',
    ],
    [
      'the code changes',
      () => {
        edit('src/view/components/EventView.astro', '<h1', '<h1 data-changed');
      },
      'data-changed',
    ],
  ])('is what a clean build makes when %s', async (_, change, shows) => {
    change();
    await expectSameAsClean();
    expect(pages().some((file) => textOf(file).includes(shows))).toBe(true);
  });

  it('is what a clean build makes when the month has turned', async () => {
    await expectSameAsClean('2026-12-02T12:00:00Z');
  });
});

async function expectSameAsClean(now?: string): Promise<void> {
  await build('dist', now);
  rmSync(join(project, KEPT), { recursive: true });
  await build('clean', now);
  expect(contentsOf('dist')).toEqual(contentsOf('clean'));
}

function contentsOf(folder: string): Record<string, string> {
  const dir = join(project, folder);
  return Object.fromEntries(builtFiles(dir).map((file) => [file, readFileSync(join(dir, file), 'latin1')]));
}

function build(outDir: string, now?: string): Promise<void> {
  return run(['scripts/cli.ts', 'build', '--outDir', outDir], now ? { STATUS_NOW: now } : {});
}

async function run(command: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, command, {
    cwd: project,
    env: { ...process.env, STATUS_NOW: '2026-11-20T12:00:00Z', NODE_ENV: 'production', ...env },
    stdio: 'pipe',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The build failed:\n${printed}`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(join(project, path), 'utf8');
  expect(text).toContain(from);
  write(path, text.replace(from, to));
}
