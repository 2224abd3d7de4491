import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addUpdate, BENCH_NOW, writeBenchContent } from './bench/content.ts';
import { hugoVersion, runHugo, writeHugoSite } from './bench/hugo.ts';
import { copyProject } from './bench/project.ts';
import type { Measurement } from './bench/run.ts';
import { measureBuild, measureFolder } from './bench/run.ts';
import { memoryFolder } from './memory-folder.ts';

const SIZES = ['100', '1000', '10000'];
const KEPT = 'node_modules/.cache/candor/kept';

interface Row {
  incidents: number;
  /** With nothing kept. */
  cold: Measurement;
  /** After one new update, with what the build before kept. */
  update: Measurement;
  /** Seconds that Hugo takes for the same Markdown from nothing, where it is installed. */
  hugo?: number;
  files: number;
  bytes: number;
}

const options = new Command('bench')
  .description('measure builds of made content, beside bare Hugo where it is installed: medians of several runs')
  .option('--incidents <counts...>', 'how many incidents', SIZES)
  .option('--runs <count>', 'how often each', '3')
  .option('--json', 'print JSON instead of a table')
  .parse()
  .opts<{ incidents: string[]; runs: string; json?: boolean }>();

const hugo = hugoVersion();
const folder = await mkdtemp(join(memoryFolder() ?? tmpdir(), 'candor-bench-'));
const rows: Row[] = [];
try {
  for (const count of options.incidents.map(Number)) rows.push(await measure(count, Number(options.runs)));
} finally {
  await rm(folder, { recursive: true, force: true });
}

if (options.json) {
  process.stdout.write(`${JSON.stringify({ node: process.version, hugo, cores: cpus().length, rows }, null, 2)}\n`);
} else {
  process.stdout.write(`Node ${process.version}, Hugo ${hugo ?? 'not installed'}, ${cpus().length} cores\n`);
  console.table(rows.map(tableRow));
}

async function measure(incidents: number, runs: number): Promise<Row> {
  const place = join(folder, String(incidents));
  const [content, project, hugoSite] = [join(place, 'content'), join(place, 'project'), join(place, 'hugo')];
  mkdirSync(project, { recursive: true });
  copyProject(project);
  await writeBenchContent(content, incidents);
  if (hugo) writeHugoSite(hugoSite, content);

  const measured = { cold: [] as Measurement[], update: [] as Measurement[], hugo: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    if (hugo) measured.hugo.push(runHugo(hugoSite));
    await rm(join(project, KEPT), { recursive: true, force: true });
    measured.cold.push(await measureBuild(project, content, nowOf(run)));
    await addUpdate(content, run);
    measured.update.push(await measureBuild(project, content, nowOf(run + 1)));
  }
  return {
    incidents,
    cold: median(measured.cold, ({ wallSeconds }) => wallSeconds),
    update: median(measured.update, ({ wallSeconds }) => wallSeconds),
    ...(hugo && { hugo: median(measured.hugo, (seconds) => seconds) }),
    ...(await measureFolder(join(project, 'dist'))),
  };
}

/** Five minutes pass from one update to the next. */
function nowOf(run: number): string {
  return new Date(BENCH_NOW + run * 300_000).toISOString();
}

function median<T>(values: readonly T[], by: (value: T) => number): T {
  const sorted = values.toSorted((a, b) => by(a) - by(b));
  return sorted[Math.floor(sorted.length / 2)] as T;
}

function tableRow({ incidents, cold, update, hugo: hugoSeconds, files, bytes }: Row) {
  const round = (value: number) => Number(value.toFixed(2));
  return {
    incidents,
    'cold s': round(cold.wallSeconds),
    'cold CPU s': round(cold.cpuSeconds),
    'peak MB': Math.round(cold.peakMegabytes),
    'update s': round(update.wallSeconds),
    ...(hugoSeconds !== undefined && {
      'Hugo s': round(hugoSeconds),
      'cold / Hugo': round(cold.wallSeconds / hugoSeconds),
      'update / Hugo': round(update.wallSeconds / hugoSeconds),
    }),
    files,
    'kB written': Math.round(bytes / 1000),
  };
}
