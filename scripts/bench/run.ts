import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What one build took. */
export interface Measurement {
  wallSeconds: number;
  /** Of all processes together. */
  cpuSeconds: number;
  /** Of the largest process. */
  peakMegabytes: number;
}

/**
 * Builds a content folder with what earlier builds in the same project kept, and measures it.
 * @param project where the code lies; the site goes to `dist` in it
 * @throws when the build fails, with what it printed
 */
export async function measureBuild(project: string, content: string, now: string): Promise<Measurement> {
  const usageFile = join(project, 'usage');
  await rm(usageFile, { force: true });
  const preload = new URL('measure.ts', import.meta.url).href;
  const start = performance.now();
  const child = spawn(process.execPath, ['scripts/cli.ts', 'build'], {
    cwd: project,
    env: {
      ...process.env,
      STATUS_CONTENT: content,
      STATUS_NOW: now,
      BENCH_USAGE: usageFile,
      NODE_OPTIONS: `--import=${preload}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const wallSeconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`The build of ${content} failed:\n${printed.slice(-4000)}`);

  const usages = (await readFile(usageFile, 'utf8')).trim().split('\n');
  const processes = usages.map((line) => JSON.parse(line) as { cpuSeconds: number; peakMegabytes: number });
  return {
    wallSeconds,
    cpuSeconds: processes.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
    peakMegabytes: Math.max(...processes.map(({ peakMegabytes }) => peakMegabytes)),
  };
}

/** How many files a folder holds, and their bytes. */
export async function measureFolder(folder: string): Promise<{ files: number; bytes: number }> {
  const built = globSync('**/*', { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  const sizes = await Promise.all(built.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return { files: built.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
