import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CACHE } from '../../../src/site/cache/bundle.ts';

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

/** The middle one of some numbers; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** @param rows all with the keys of the first, which become the head */
export function markdownTable(rows: readonly object[]): string {
  const head = Object.keys(rows[0] ?? {});
  const lines = [head, head.map(() => '---'), ...rows.map((row) => Object.values(row).map(cell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

function cell(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : String(value);
}

/** What a build is made by. */
const CODE = ['astro.config.mjs', 'package.json', 'package-lock.json', 'public', 'scripts', 'src', 'tsconfig.json'];

/** What npm put into `node_modules`; others keep what they made there. */
const INSTALLED = /^(?!\.)|^\.(bin|package-lock\.json)$/;

/**
 * Copies the project without its content, with links to what is installed, so that what builds keep for each other
 * lies in the copy.
 * @param folder is made
 */
export function copyProject(folder: string): void {
  for (const name of CODE) {
    cpSync(name, join(folder, name), {
      recursive: true,
      filter: (path) => !['__tests__', 'node_modules'].includes(basename(path)),
    });
  }
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  for (const name of readdirSync('node_modules')) {
    if (INSTALLED.test(name)) symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
}

/** Deletes what builds keep for each other. Node keeps its compiled code. */
export async function forgetBuilds(folder: string): Promise<void> {
  for (const name of [CACHE, 'dist']) await rm(join(folder, name), { recursive: true, force: true });
}
