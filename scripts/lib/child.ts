import type { Serializable } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { CommandContext } from './context.ts';

/** The environment variable that tells a child process which process it ends with. Its value is that process's id. */
export const PARENT = 'CANDOR_PARENT';

/**
 * Megabytes for what is soon thrown away, which is most of what pages are made of, and below which nothing else is
 * looked through for what is not needed any more: Node's own choices cost a tenth more time.
 */
const MEMORY = ['--max-semi-space-size=32', '--initial-old-space-size=256'];

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a script in a Node of its own. What stops this process stops the script first, so that whoever waits here can
 * clear up. Where this process is killed, the script notices if it calls {@link endWithParent}.
 * @param message is asked for what to tell it while it starts
 * @returns its exit code; 128 and the signal's number when it was stopped
 */
export async function runChild(
  script: string,
  args: readonly string[],
  env: CommandContext['env'],
  message?: () => Serializable,
): Promise<number> {
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'] as const;
  const stop = (signal: NodeJS.Signals): void => void child.kill(signal);
  // Before there is a child, since a signal may come while it starts.
  for (const signal of STOPPING) process.on(signal, stop);
  const child = spawn(process.execPath, [...MEMORY, script, ...args], {
    stdio: [...stdio],
    env: { ...env, NODE_COMPILE_CACHE: getCompileCacheDir(), [PARENT]: String(process.pid) },
  });
  try {
    if (message) child.send(message(), () => undefined);
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal ? constants.signals[signal] : 0);
  } finally {
    for (const signal of STOPPING) process.off(signal, stop);
  }
}

/** Milliseconds between checks whether the parent is alive. */
const LOOK = 200;

/** Checks in a thread, since a busy process does not handle events. */
const WATCHER = `
const { workerData: parent } = require('node:worker_threads');
setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), ${LOOK});
`;

/**
 * Ends this process, even a busy one, when the process that started it with {@link runChild} is gone for any reason, be
 * it before this is called. By a signal: native threads of the bundler can hold up `process.exit` for ever.
 */
export function endWithParent(): void {
  const parent = Number(process.env[PARENT]);
  if (!parent) return;
  const end = () => process.kill(process.pid, 'SIGKILL');
  if (process.ppid !== parent) end();
  process.once('disconnect', end);
  // Neither the listener nor the thread should keep this process alive.
  process.channel?.unref();
  new Worker(WATCHER, { eval: true, workerData: parent }).unref();
}
