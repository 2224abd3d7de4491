import { globSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { machineTime } from '../../../src/reader/clock.ts';
import { addUpdate, BENCH_NOW } from './content.ts';
import { hugoVersion, measureHugo, writeHugoSite } from './hugo.ts';
import type { Measurement } from './measure.ts';
import { forgetBuilds, largestProcess, measure, median, recordMemory } from './measure.ts';

interface Build extends Measurement {
  largestMegabytes: number;
  filesWritten: number;
  megabytesWritten: number;
  /** Bare Hugo, just before. */
  hugo?: Measurement;
}

/** Builds with nothing kept and after one new update in turn, each after a build of the same by Hugo. */
export async function measureBuilds(project: string, content: string, runs: number): Promise<object[]> {
  const hugoSite = hugoVersion() && `${content}-hugo`;
  if (hugoSite) writeHugoSite(hugoSite, content);
  const measurePair = async (updates: number): Promise<Build> => ({
    ...(hugoSite && { hugo: await measureHugo(hugoSite) }),
    ...(await measureBuild(project, content, new Date(BENCH_NOW + updates * 300_000).toISOString())),
  });

  const [cold, update]: [Build[], Build[]] = [[], []];
  for (let run = 0; run < runs; run += 1) {
    await forgetBuilds(project);
    cold.push(await measurePair(run));
    await addUpdate(content, run);
    update.push(await measurePair(run + 1));
  }
  return [
    { build: 'cold', ...medians(cold) },
    { build: 'one update', ...medians(update) },
  ];
}

async function measureBuild(project: string, content: string, now: string): Promise<Build> {
  const memory = join(project, 'memory');
  const start = machineTime();
  const used = await measure([process.execPath, 'scripts/cli.mjs', 'build'], {
    cwd: project,
    env: { STATUS_CONTENT: content, STATUS_NOW: now, ...recordMemory(memory) },
  });
  return { ...used, largestMegabytes: largestProcess(memory), ...(await filesSince(start, join(project, 'dist'))) };
}

/** The files in a folder that were written after an instant. */
async function filesSince(start: number, folder: string) {
  const files = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const stats = await Promise.all(files.map((entry) => stat(join(entry.parentPath, entry.name))));
  const written = stats.filter(({ mtimeMs }) => mtimeMs >= start);
  return {
    filesWritten: written.length,
    megabytesWritten: written.reduce((sum, { size }) => sum + size, 0) / 1e6,
  };
}

function medians(builds: readonly Build[]) {
  const of = (value: (build: Build) => number) => median(builds.map(value));
  const hugoOf = (value: (hugo: Measurement, build: Build) => number) =>
    median(builds.flatMap((build) => (build.hugo ? [value(build.hugo, build)] : [])));
  return {
    seconds: of(({ wallSeconds }) => wallSeconds),
    cpuSeconds: of(({ cpuSeconds }) => cpuSeconds),
    ...(builds[0]?.hugo && {
      hugoSeconds: hugoOf(({ wallSeconds }) => wallSeconds),
      hugoCpuSeconds: hugoOf(({ cpuSeconds }) => cpuSeconds),
      // Of the quotients, since the speed of a machine changes between pairs.
      timesHugo: hugoOf((hugo, { wallSeconds }) => wallSeconds / hugo.wallSeconds),
      timesHugoCpu: hugoOf((hugo, { cpuSeconds }) => cpuSeconds / hugo.cpuSeconds),
    }),
    largestMegabytes: of(({ largestMegabytes }) => largestMegabytes),
    filesWritten: of(({ filesWritten }) => filesWritten),
    megabytesWritten: of(({ megabytesWritten }) => megabytesWritten),
  };
}
