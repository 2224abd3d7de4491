import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { normalizeText } from '../../src/reader/source.ts';
import { NEUTRAL } from '../../src/core/git-settings.ts';
import type { History } from './history.ts';
import { LOG_ARGUMENTS, readLog, versionsOf } from './history.ts';

const run = promisify(execFile);
/** Output of a log of some hundred thousand changes. */
const MOST_OUTPUT = 1024 ** 3;
/** As the reader has it: what is larger was not written by hand. */
const LARGEST = 512 * 1024;

/** What Git knows of a content folder. */
export interface Repository {
  /** Left out without a repository. */
  gitDir?: string;
  history: History;
  /** Why older versions are missing, and how to get them. */
  lack?: string;
}

/** The history of a folder outside any repository. */
export const NO_HISTORY: History = {
  isWhole: false,
  versions: () => [],
  texts: async () => new Map<string, string>(),
  servedOnce: async () => new Set<string>(),
};

/** Opens the available history of a content folder; publishing works without it too. */
export async function openRepository(folder: string, publicDir: string): Promise<Repository> {
  const facts = await git(folder, [
    'rev-parse',
    '--absolute-git-dir',
    '--is-shallow-repository',
    '--show-prefix',
  ]).catch(() => undefined);
  if (facts === undefined) {
    const lack =
      `The folder ${folder} is not in a Git repository, so there are no earlier versions to show. ` +
      'Files with errors are shown as far as they can be read.';
    return { history: NO_HISTORY, lack };
  }
  const [gitDir = '', shallow, prefix = ''] = facts.split('\n');
  const isWhole = shallow !== 'true';
  const log = await git(folder, [...LOG_ARGUMENTS, 'HEAD', '--', '.']).catch(() => '');
  const entries = readLog(log, prefix);
  const history: History = {
    isWhole,
    versions: (path, deleted) => versionsOf(entries.get(path) ?? [], deleted),
    texts: (blobs) => readBlobs(folder, blobs),
    servedOnce: () => servedOnce(publicDir),
  };
  if (isWhole) return { gitDir, history };
  const lack =
    'This clone is shallow: it has only the newest commits, so earlier versions of files with errors may be missing. ' +
    'Files without one are shown as far as they can be read. To get all versions in a workflow, add below ' +
    'actions/checkout:\n\n  with:\n    fetch-depth: 0\n\nElsewhere, run this before the build: git fetch --unshallow';
  return { gitDir, history, lack };
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
