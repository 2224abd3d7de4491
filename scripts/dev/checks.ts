import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * What `npm test` asks of the code before it runs tests. At once, since each keeps one core busy. A warning fails, and
 * what is less than one is for editors.
 */
const CHECKS = [
  'prettier --check .',
  'eslint --max-warnings 0 .',
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
