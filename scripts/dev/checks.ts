import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** Neither Prettier nor ESLint looks whether its plugins are still the same. */
const installed = hash('sha256', readFileSync('node_modules/.package-lock.json')).slice(0, 16);
/** A file in which they found nothing is passed over while its text, their settings and what is installed are the same. */
const cached = (name: string): string =>
  `--cache --cache-strategy content --cache-location node_modules/.cache/checks/${name}-${installed}`;

/**
 * What `npm test` asks of the code before it runs tests. At once, since each keeps one core busy. A warning fails, and
 * what is less than one is for editors.
 */
const CHECKS = [
  `prettier --check ${cached('prettier')} .`,
  `eslint --max-warnings 0 ${cached('eslint')} .`,
  'astro check --minimumSeverity warning --minimumFailingSeverity warning',
];

const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};

/** Runs a check, and prints what it says in one piece. @returns whether it found nothing */
async function passes(command: string): Promise<boolean> {
  // A shell, which finds the programs that npm installed on every system.
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...colour } });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  process.stdout.write(`> ${command}\n${Buffer.concat(said).toString()}\n`);
  return code === 0;
}

const passed = await Promise.all(CHECKS.map(passes));
if (passed.includes(false)) process.exitCode = 1;
