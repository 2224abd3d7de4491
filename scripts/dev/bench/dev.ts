import { setTimeout } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { editTitle } from './content.ts';
import { median } from './measure.ts';
import type { Running } from './measure.ts';

/** A server that was started, and said where it is. */
interface Started {
  address: string;
  /** From the start to the address. */
  seconds: number;
  stop: () => Promise<void>;
}

/** Starts a server at a free port. @throws when it ends before it says its address, with what it printed */
export async function startServer(command: readonly string[], { cwd, env }: Running): Promise<Started> {
  const [program = '', ...args] = [...command, '--port', String(await freePort())];
  const start = performance.now();
  // In a group of its own, which can be stopped with the processes that it starts.
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true });
  const ended = once(child, 'close');
  const stop = async () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  return new Promise((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        printed += chunk.toString();
        const address = /http:\/\/localhost:\d+\S*/.exec(printed)?.[0];
        if (address) resolve({ address, seconds: (performance.now() - start) / 1000, stop });
      });
    }
    ended.then(() => reject(new Error(`${command.join(' ')} ended:\n${printed}`)), reject);
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Milliseconds between two requests, and before a file is saved again. */
const [POLL, REST] = [10, 1000];
/** Seconds after which a page is said to follow no changes. */
const PATIENCE = 300;

/** `npm run dev`: seconds from saving a new title of the newest incident to a page that shows it. */
export async function measureDev(project: string, content: string, now: string, runs: number): Promise<object> {
  const { address, stop, seconds } = await startServer([process.execPath, 'scripts/cli.mjs', 'dev'], {
    cwd: project,
    env: { STATUS_CONTENT: content, STATUS_NOW: now },
  });
  const measured = { home: [] as number[], incident: [] as number[] };
  try {
    const firstPage = seconds + (await secondsUntil(address, 'Bench'));
    for (let run = 0; run <= runs; run += 1) {
      for (const page of ['home', 'incident'] as const) {
        const title = `Title ${run} for ${page}`;
        await setTimeout(REST);
        const id = await editTitle(content, title);
        const taken = await secondsUntil(page === 'home' ? address : new URL(`incidents/${id}/`, address).href, title);
        // The first request of a page is not like those that follow a change.
        if (run > 0) measured[page].push(taken);
      }
    }
    return { firstPage, saveToHome: median(measured.home), saveToIncident: median(measured.incident) };
  } finally {
    await stop();
  }
}

async function secondsUntil(address: string, text: string): Promise<number> {
  const start = performance.now();
  for (;;) {
    const page = await (await fetch(address)).text();
    const seconds = (performance.now() - start) / 1000;
    if (page.includes(text)) return seconds;
    if (seconds > PATIENCE) throw new Error(`${address} does not show “${text}”:\n${page.slice(0, 4000)}`);
    await setTimeout(POLL);
  }
}
