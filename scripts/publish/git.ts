import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { normalizeText } from '../../src/reader/source.ts';
import { NEUTRAL } from '../git-settings.ts';
import type { History } from './history.ts';
import { LOG_ARGUMENTS, readLog, versionsOf } from './history.ts';
import { Problem } from '../problem.ts';

const run = promisify(execFile);
/** Output of a log of some hundred thousand changes. */
const MOST_OUTPUT = 1024 ** 3;
/** As the reader has it: what is larger was not written by hand. */
const LARGEST = 512 * 1024;

/** The repository that a content folder lies in. */
export interface Repository {
  gitDir: string;
  history: History;
}

/**
 * Opens the whole history of a content folder.
 * @throws {Problem} when there is no repository, no commit, or only a part of the history
 */
export async function openRepository(folder: string, publicDir: string): Promise<Repository> {
  const facts = await git(folder, [
    'rev-parse',
    '--absolute-git-dir',
    '--is-shallow-repository',
    '--show-prefix',
  ]).catch(() => {
    throw new Problem(
      `The folder ${folder} is in no Git repository, so there are no earlier versions to fall back to. ` +
        'Build without --last-good, or run this in a clone.',
    );
  });
  const [gitDir = '', shallow, prefix = ''] = facts.split('\n');
  if (shallow === 'true') {
    throw new Problem(
      'This clone is shallow: it holds only the newest commits, and --last-good needs all of them. ' +
        'In a workflow, write below actions/checkout:\n\n  with:\n    fetch-depth: 0\n\n' +
        'In a clone of your own, run: git fetch --unshallow',
    );
  }
  const log = await git(folder, [...LOG_ARGUMENTS, 'HEAD', '--', '.']).catch(() => '');
  const entries = readLog(log, prefix);
  return {
    gitDir,
    history: {
      versions: (path, deleted) => versionsOf(entries.get(path) ?? [], deleted),
      texts: (blobs) => readBlobs(folder, blobs),
      servedOnce: () => servedOnce(publicDir),
    },
  };
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...NEUTRAL, ...args], { cwd: folder, maxBuffer: MOST_OUTPUT });
  return stdout;
}

async function servedOnce(publicDir: string): Promise<Set<string>> {
  const list = await git(publicDir, ['log', '-z', '--name-only', '--relative', '--format=', 'HEAD', '--', '.']).catch(
    () => '',
  );
  const paths = list.split('\0').map((path) => path.replace(/^\n+/, ''));
  return new Set(paths.filter((path) => path !== '').map((path) => `/${path}`));
}

/** Reads blobs through one process. */
async function readBlobs(folder: string, blobs: readonly string[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  if (blobs.length === 0) return texts;
  const child = spawn('git', [...NEUTRAL, 'cat-file', '--batch'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const closed = once(child, 'close');
  child.stdin.end(blobs.map((blob) => `${blob}\n`).join(''));
  await closed;
  const output = Buffer.concat(chunks);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let offset = 0; offset < output.length;) {
    const headEnd = output.indexOf(10, offset);
    const [blob = '', kind, length = '0'] = output.toString('utf8', offset, headEnd).split(' ');
    offset = headEnd + 1;
    if (kind === 'missing') continue;
    const bytes = output.subarray(offset, offset + Number(length));
    offset += bytes.length + 1;
    if (bytes.length > LARGEST) continue;
    try {
      texts.set(blob, normalizeText(decoder.decode(bytes)));
    } catch {
      continue;
    }
  }
  return texts;
}
