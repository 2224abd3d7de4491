import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { BuildTask } from './cache/bundle.ts';
import type { Differences, Output } from './cache/output.ts';

/** With fewer incidents, a second process would not have begun before the first is done. */
const WORTH_SHARING = 500;

/** A process that does half of a large build: it reads half of the incidents, and makes half of the unchanging files. */
export interface Second {
  /** Waits until it has read its half, and has it go on. */
  go: (differences: Differences) => Promise<void>;
  /** What it made. */
  files: () => Promise<Output['files']>;
}

/** @returns nothing where a second process would gain nothing */
export function startSecond(task: BuildTask, incidents: number): Second | undefined {
  if (incidents < WORTH_SHARING || availableParallelism() < 2) return undefined;
  const [, script = ''] = process.argv;
  const args = [...process.execArgv, script, JSON.stringify({ ...task, isSecond: true } satisfies BuildTask)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process that made half of the pages ended too soon.');
  });
  ended.catch(() => undefined);
  const message = () => Promise.race([once(child, 'message'), ended]);
  const read = message();
  const made = read.then(message) as Promise<[Output['files']]>;
  made.catch(() => undefined);
  return {
    go: async (differences) => {
      await read;
      child.send(differences);
    },
    files: async () => (await made)[0],
  };
}
