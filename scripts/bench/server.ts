import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Running } from './measure.ts';

/** A server that was started, and said where it is. */
export interface Started {
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
