import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import type { BuildTask } from './cache/bundle.ts';
import type { Differences, OutputFile } from './cache/output.ts';

/** With fewer incidents, a worker would start up too late to help. */
const WORKER_THRESHOLD = 500;

/** A process that does half of a large build: it reads half of the incidents and renders half of the cacheable files. */
export interface BuildWorker {
  /** Waits until it has read its half, then lets it continue. */
  go: (differences: Differences) => Promise<void>;
  /** The files it wrote. */
  files: () => Promise<readonly [string, OutputFile][]>;
}

/** @returns undefined if a worker would not make the build faster */
export function startWorker(task: BuildTask, incidents: number): BuildWorker | undefined {
  if (incidents < WORKER_THRESHOLD || availableParallelism() < 2) return undefined;
  const [, script = ''] = process.argv;
  const args = [...process.execArgv, script, JSON.stringify({ ...task, isWorker: true } satisfies BuildTask)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process that renders half of the pages ended unexpectedly.');
  });
  ended.catch(() => undefined);
  const message = () => Promise.race([once(child, 'message'), ended]);
  const read = message();
  const made = read.then(message) as Promise<[[string, OutputFile][]]>;
  made.catch(() => undefined);
  return {
    go: async (differences) => {
      await read;
      child.send(differences);
    },
    files: async () => (await made)[0],
  };
}
