import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject } from '../../scripts/bench/project.ts';
import { readPack, writePack } from '../site/pack.ts';
import { builtFiles, copyExample } from './support/sites.ts';

const KEPT = 'node_modules/.cache/candor/kept';
const TOLD_ON = 'content/incidents/2026/2026-03-24-shop-api-errors.md';
const DELETED = 'content/incidents/2025/2025-08-12-report-totals-wrong.md';
const NEW = `---
title: Something new
components:
  checkout: partial_outage
---

## Investigating · 2026-09-20 09:20 UTC

We are looking for the cause.

${Array.from({ length: 50 }, (_, index) => `## Update · 2026-09-20 09:21:${String(index + 10)} UTC\n\nStill ${String(index)}.`).join('\n\n')}

## Resolved · 2026-09-20 10:00 UTC

It works again.
`;

let project: string;

beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), 'candor-carried-'));
  // A copy, since the code is changed too.
  copyProject(project);
  await copyExample(join(project, 'content'));
  await build('dist');
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

describe('a build after another one', () => {
  const files = () => builtFiles(join(project, 'dist')).sort();
  const textOf = (file: string) => readFileSync(join(project, 'dist', file), 'utf8');

  it('takes over what was kept of events that are finished', async () => {
    const pack = join(project, KEPT, 'pages/2026-03');
    const kept = readPack(pack);
    const marked = kept.map((one) => ({ ...one, bytes: Buffer.from(`${one.bytes.toString()}<!-- kept -->`) }));
    writePack(pack, marked);
    await build('dist');
    expect(files().filter((file) => textOf(file).includes('<!-- kept -->'))).toEqual(
      marked.map(({ file }) => file).sort(),
    );
    writePack(pack, kept);
  });

  it('finds most of the example finished: it says nothing of the build that it is from', () => {
    const kinds = Map.groupBy(
      files().filter((file) => file.endsWith('.html') && !textOf(file).includes('data-version')),
      (file) => file.split('/')[0],
    );
    expect(kinds.get('incidents')?.length).toBeGreaterThan(40);
    expect(kinds.get('maintenance')?.length).toBeGreaterThan(7);
    expect(kinds.get('history')?.length).toBe(24);
  });

  it('keeps what a second process made of many files, and nothing else of it', async () => {
    const kept = join(project, KEPT, 'pages');
    const whole = readFileSync(join(kept, '2026-03'));
    rmSync(kept, { recursive: true });
    await run(['scripts/astro.ts', 'build', '--outDir', 'dist-second'], { CANDOR_SHARE: '2026-03' });
    expect(readdirSync(kept)).toEqual(['2026-03']);
    expect(readFileSync(join(kept, '2026-03')).equals(whole)).toBe(true);
    await build('dist');
  });

  it.each<[what: string, change: () => void, shows: readonly string[]]>([
    [
      'incidents are told on, new and deleted',
      () => {
        edit(TOLD_ON, 'about one in five requests', 'about one in seven requests');
        write('content/incidents/2026-09-20-new.md', NEW);
        rmSync(join(project, DELETED));
      },
      ['about one in seven requests', 'Something new'],
    ],
    [
      'a component has another name, and the page another zone',
      () => {
        edit('content/components.yml', 'name: Checkout', 'name: Till');
        edit('content/site.yml', 'time_zone: UTC', 'time_zone: Europe/Lisbon');
      },
      ['Till'],
    ],
    [
      'words and code change',
      () => {
        edit('src/i18n/en.json', '"History"', '"All that was"');
        edit('src/view/components/EventView.astro', '<h1', '<h1 data-changed');
      },
      ['All that was', 'data-changed'],
    ],
  ])('is what a clean build makes when %s', async (_, change, shows) => {
    change();
    await expectSameAsClean();
    for (const text of shows) expect(files().some((file) => textOf(file).includes(text))).toBe(true);
  });

  it('leads from the feed of a component to all older entries, and takes them over too', () => {
    const url = /^url: (.*?)\/?$/m.exec(readFileSync(join(project, 'content/site.yml'), 'utf8'))?.[1] ?? '';
    const archives: string[] = [];
    const idsIn = (text: string) => [...text.matchAll(/<id>(tag:[^<]*\/u-[^<]*)<\/id>/g)].map(([, id]) => id);
    const held: unknown[] = [];
    for (let file = 'components/checkout/atom.xml'; ;) {
      const next = /<link rel="prev-archive" href="([^"]*)"/.exec(textOf(file))?.[1];
      if (next === undefined) break;
      file = next.slice(url.length + 1);
      archives.push(file);
      held.push(...idsIn(textOf(file)));
    }
    expect(archives[0]).toBe('components/checkout/history/2026/atom.xml');
    expect(held.length).toBeGreaterThan(52);
    expect(new Set(held).size).toBe(held.length);
    const kept = readPack(join(project, KEPT, 'pages/2026')).map(({ file }) => file);
    expect(kept).toContain('components/checkout/history/2026/feed.json');
  });

  it('is what a clean build makes when months have passed', async () => {
    await expectSameAsClean('2027-01-20T12:00:00Z');
  });
});

async function expectSameAsClean(now?: string): Promise<void> {
  await build('dist', now);
  rmSync(join(project, KEPT), { recursive: true });
  await build('clean', now);
  const [incremental, clean] = [contentsOf('dist'), contentsOf('clean')];
  expect([...incremental.keys()].sort()).toEqual([...clean.keys()].sort());
  expect([...clean].filter(([file, text]) => incremental.get(file) !== text).map(([file]) => file)).toEqual([]);
}

function contentsOf(folder: string): Map<string, string> {
  const dir = join(project, folder);
  return new Map(builtFiles(dir).map((file) => [file, readFileSync(join(dir, file), 'latin1')]));
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
