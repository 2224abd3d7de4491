import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';

/** How a command is run. */
export interface Running {
  cwd: string;
  env?: Readonly<Record<string, string>>;
}

/** What a command used. */
export interface Measurement {
  wallSeconds: number;
  /** Of all its processes. */
  cpuSeconds: number;
}

/** Runs a command to its end. @throws when it fails, with what it printed */
export async function measure(command: readonly string[], { cwd, env }: Running): Promise<Measurement> {
  const start = performance.now();
  const child = spawn('sh', ['-c', '"$@" && times', 'sh', ...command], { cwd, env: { ...process.env, ...env } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  const wallSeconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${printed.slice(-4000)}`);
  // The last line has the user and system time of all processes, such as `0m1.20s 0m0.10s`.
  const times = printed.trimEnd().split('\n').at(-1) ?? '';
  const seconds = [...times.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return { wallSeconds, cpuSeconds: seconds.reduce((sum, one) => sum + one, 0) };
}

/** Environment in which every Node process adds the kilobytes that it needed at most to a file, a line each. */
export function recordMemory(file: string): Record<string, string> {
  const script = `import { appendFileSync } from 'node:fs';
process.on('exit', () => appendFileSync(${JSON.stringify(file)}, process.resourceUsage().maxRSS + '\\n'));`;
  // No file: loading it would be measured too.
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}

/** The megabytes of the largest process since the last call. */
export function largestProcess(file: string): number {
  const kilobytes = readFileSync(file, 'utf8').trim().split('\n').map(Number);
  rmSync(file);
  return Math.max(...kilobytes) / 1024;
}
