import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { PARENT } from '../core/parent-process.ts';
import type { LastingFile, LastingFiles } from './lasting.ts';

/** Names the packs that a second process makes, parted by commas. */
const SHARE = 'CANDOR_SHARE';

/** Below this many files, a second process would not have begun before the first is done. */
const WORTH_SHARING = 4000;
/** The second process has to read and bundle first. */
const SHARE_OF_SECOND = 0.45;

/** The packs that this process is to make and leave for the one that started it; nothing in the first. */
export function toldShare(lasting: LastingFiles): LastingFiles | undefined {
  const names = process.env[SHARE]?.split(',');
  return names && new Map([...lasting].filter(([name]) => names.includes(name)));
}

/** What a second process makes, and when it has ended. */
export interface Share {
  share: LastingFiles;
  done: Promise<void>;
}

/**
 * Leaves part of many files to a second process, which keeps them as an earlier build would have.
 * @returns what it makes; nothing when it would not be worth its start
 */
export function shareOut(missing: LastingFiles, outDir: string): Share | undefined {
  const total = countOf(missing);
  if (total < WORTH_SHARING || availableParallelism() < 2) return undefined;
  const share = new Map<string, readonly LastingFile[]>();
  for (const [name, files] of missing) {
    if (countOf(share) < total * SHARE_OF_SECOND) share.set(name, files);
  }
  return { share, done: runSecond([...share.keys()].join(','), `${outDir.replace(/[/\\]$/, '')}-second`) };
}

async function runSecond(share: string, outDir: string): Promise<void> {
  const [command = '', ...args] = process.argv;
  const rest = args.filter((arg, index) => arg !== '--outDir' && args[index - 1] !== '--outDir');
  const child = spawn(command, [...process.execArgv, ...rest, '--outDir', outDir], {
    env: { ...process.env, [SHARE]: share, [PARENT]: String(process.pid) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  // What it did not make is made here, and what is wrong shows here.
  await once(child, 'exit').catch(() => undefined);
  await rm(outDir, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

function countOf(lasting: LastingFiles): number {
  return [...lasting.values()].reduce((sum, files) => sum + files.length, 0);
}
