import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { BENCH_NOW, writeBenchContent } from './bench/content.ts';
import type { Measurement } from './bench/run.ts';
import { measureBuild } from './bench/run.ts';
import { memoryFolder } from './memory-folder.ts';

const SIZES = ['100', '1000', '10000'];

const options = new Command('bench')
  .description('measure cold builds of made content: wall and CPU time, memory, files, bytes')
  .option('--incidents <counts...>', 'how many incidents', SIZES)
  .option('--json', 'print JSON instead of a table')
  .parse()
  .opts<{ incidents: string[]; json?: boolean }>();

const folder = await mkdtemp(join(memoryFolder() ?? tmpdir(), 'candor-bench-'));
const results: Measurement[] = [];
try {
  for (const count of options.incidents.map(Number)) {
    const content = join(folder, String(count));
    await writeBenchContent(content, count);
    results.push(
      await measureBuild(
        content,
        resolve('node_modules/.cache/candor-bench'),
        count,
        new Date(BENCH_NOW).toISOString(),
      ),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

if (options.json) {
  process.stdout.write(`${JSON.stringify({ node: process.version, cores: cpus().length, results }, null, 2)}\n`);
} else {
  console.table(
    results.map(({ incidents, wallSeconds, cpuSeconds, peakMegabytes, files, bytes }) => ({
      incidents,
      'wall s': Number(wallSeconds.toFixed(2)),
      'CPU s': Number(cpuSeconds.toFixed(2)),
      'peak MB': Math.round(peakMegabytes),
      files,
      'kB written': Math.round(bytes / 1000),
    })),
  );
}
