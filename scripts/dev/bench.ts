import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { measureBuilds } from './bench/builds.ts';
import { BENCH_NOW, writeBenchContent } from './bench/content.ts';
import { measureDev } from './bench/dev.ts';
import { hugoVersion } from './bench/hugo.ts';
import { copyProject, markdownTable } from './bench/measure.ts';
import { measureCommands } from './bench/commands.ts';
import { memoryFolder } from '../lib/files.ts';

const SIZES = ['100', '1000', '10000'];
const EXAMPLE = 'src/__tests__/example';

const options = new Command('bench')
  .description('measure builds, servers and prompts, beside bare Hugo where it is installed: medians of several runs')
  .option('--incidents <counts...>', 'how many incidents', SIZES)
  .option('--runs <count>', 'how often each', '5')
  .option('--json', 'print JSON instead of tables')
  .parse()
  .opts<{ incidents: string[]; runs: string; json?: boolean }>();

const runs = Number(options.runs);
const folder = await mkdtemp(join(memoryFolder() ?? tmpdir(), 'candor-bench-'));
const project = join(folder, 'project');
const measured: Record<string, object[]> = { builds: [], dev: [], commands: [] };
try {
  copyProject(project);
  for (const incidents of options.incidents.map(Number)) {
    const content = join(folder, String(incidents));
    await writeBenchContent(content, incidents);
    for (const row of await measureBuilds(project, content, runs)) measured['builds']?.push({ incidents, ...row });
    const now = new Date(BENCH_NOW + runs * 300_000).toISOString();
    measured['dev']?.push({ incidents, ...(await measureDev(project, content, now, runs)) });
  }
  cpSync(EXAMPLE, join(project, 'content'), { recursive: true });
  measured['commands'] = await measureCommands(project, runs);
} finally {
  await rm(folder, { recursive: true, force: true });
}

const hugo = hugoVersion();
if (options.json) {
  const machine = { node: process.version, hugo, cores: cpus().length };
  process.stdout.write(`${JSON.stringify({ ...machine, runs, ...measured }, null, 2)}\n`);
} else {
  process.stdout.write(`Node ${process.version}, Hugo ${hugo ?? 'not installed'}, ${cpus().length} cores\n`);
  for (const rows of Object.values(measured)) process.stdout.write(`\n${markdownTable(rows)}`);
}
