import { spawn } from 'node:child_process';
import { NEUTRAL } from '../../src/core/git-settings.ts';
import { CommandError } from './errors.ts';
import type { CommandContext } from './context.ts';

/** Markers that make GitHub skip workflows for a commit. @see https://docs.github.com/actions/managing-workflow-runs/skipping-workflow-runs */
const SKIPS =
  /\[+((?:skip|no)[ -](?:ci|actions)|(?:ci|actions)[ -]skip)\]+|\*{3,}(no_ci)\*{3,}|(skip-checks):\s*(?=true)/gi;

/** A commit message without markers that skip workflows. */
export function withoutSkips(text: string): string {
  return text.replace(
    SKIPS,
    (_, brackets?: string, stars?: string, trailer?: string) => brackets ?? stars ?? `${trailer} `,
  );
}

/** A folder with a Git repository, and the environment for Git. */
export interface Repository {
  folder: string;
  env: CommandContext['env'];
}

interface Outcome {
  /** The exit code. 127 if the program does not exist. */
  code: number;
  out: string;
  err: string;
}

interface RunOptions {
  /** The text of standard input. */
  input?: string;
  /** The timeout in milliseconds. */
  timeout?: number;
}

/** Runs a program with a list of arguments, never through a shell, and Git with our settings. It does not outlive this process. */
export async function run(
  program: 'git' | 'gh',
  args: readonly string[],
  repository: Repository,
  options?: RunOptions,
): Promise<Outcome> {
  const { bytes, ...outcome } = await start(program, args, repository, options);
  return { ...outcome, out: bytes.toString() };
}

/** The only place that starts Git. */
function start(
  program: 'git' | 'gh',
  args: readonly string[],
  { folder, env }: Repository,
  { input, timeout }: RunOptions = {},
): Promise<{ code: number; bytes: Buffer; err: string }> {
  return new Promise((resolve, reject) => {
    const isGit = program === 'git';
    const child = spawn(program, isGit ? [...NEUTRAL, ...args] : args, {
      cwd: folder,
      // Messages of Git are parsed, so they must be in English.
      env: isGit ? { ...env, LC_ALL: 'C' } : env,
      stdio: 'pipe',
      timeout,
    });
    const chunks: Buffer[] = [];
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve({ code: 127, bytes: Buffer.of(), err }) : reject(error),
    );
    // A program may end before it has read everything.
    child.stdin.on('error', () => undefined).end(input);
    const stop = (): void => void child.kill();
    process.once('exit', stop);
    child.on('close', (code) => {
      process.off('exit', stop);
      resolve({ code: code ?? 1, bytes: Buffer.concat(chunks), err: err.trim() });
    });
  });
}

/** The repository that has this folder, or a sentence that says why there is none. */
export async function findRepository(folder: string, env: CommandContext['env']): Promise<Repository | string> {
  const repository = { folder, env };
  const { code, err } = await run('git', ['rev-parse', '--show-toplevel'], repository);
  if (code === 0) return repository;
  if (code === 127) return 'Git is not installed.';
  if (/not a git repository/i.test(err)) return 'The content folder is not in a Git repository.';
  return `Git does not work here: ${err}`;
}

/**
 * Commits these paths and nothing else, whatever else is staged.
 * @param paths relative to the repository's folder; those that are not there and never were are left out
 * @param message may hold anything; markers that skip workflows are removed
 * @returns the commit's short name
 */
export async function commit(repository: Repository, paths: readonly string[], message: string): Promise<string> {
  const known: string[] = [];
  for (const path of paths) if (await isKnown(repository, path)) known.push(path);
  await git(repository, '--literal-pathspecs', 'add', '--all', '--', ...known);
  await git(
    repository,
    '--literal-pathspecs',
    'commit',
    '--quiet',
    '--only',
    '-m',
    withoutSkips(message),
    '--',
    ...known,
  );
  return git(repository, 'rev-parse', '--short', 'HEAD');
}

/** Whether Git tracks something at a path, or could. */
async function isKnown(repository: Repository, path: string): Promise<boolean> {
  const args = ['--literal-pathspecs', 'ls-files', '--cached', '--others', '--exclude-standard', '--', path];
  return (await run('git', args, repository)).out !== '';
}

/** Files below some paths with changes that are not committed, as Git names them. */
export async function unsavedFiles(repository: Repository, paths: readonly string[]): Promise<string[]> {
  const args = ['--literal-pathspecs', 'status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--'];
  const entries = (await git(repository, ...args, ...paths)).split('\0').filter(Boolean);
  return entries.filter((entry) => !entry.slice(0, 2).includes('D')).map((entry) => entry.slice('XY '.length));
}

/**
 * Runs Git and returns its output.
 * @throws {CommandError} with Git's message if it fails
 */
export async function git(repository: Repository, ...args: readonly string[]): Promise<string> {
  return gitWithInput(repository, undefined, ...args);
}

/**
 * Like `git`, with a text on standard input.
 * @throws {CommandError} with Git's message if it fails
 */
export async function gitWithInput(
  repository: Repository,
  input: string | undefined,
  ...args: readonly string[]
): Promise<string> {
  const { code, out, err } = await run('git', args, repository, input === undefined ? {} : { input });
  if (code === 0) return out.replace(/\n$/, '');
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  throw new CommandError(`git ${command} failed: ${err || out.trim() || `exit code ${code}`}`);
}

/** The contents of blobs by name, through one process; those that are missing are left out. */
export async function readBlobs(repository: Repository, blobs: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (blobs.length === 0) return found;
  const input = blobs.map((blob) => `${blob}\n`).join('');
  const { bytes } = await start('git', ['cat-file', '--batch'], repository, { input });
  for (let offset = 0; offset < bytes.length;) {
    const headEnd = bytes.indexOf(10, offset);
    const [blob = '', kind, length = '0'] = bytes.toString('utf8', offset, headEnd).split(' ');
    offset = headEnd + 1;
    if (kind === 'missing') continue;
    found.set(blob, bytes.subarray(offset, offset + Number(length)));
    offset += Number(length) + 1;
  }
  return found;
}

/** The account of a workflow's token. */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };

/**
 * An environment in which Git can fetch, push and commit without personal settings. The token is in no argument or file,
 * where others could read it.
 * @see https://git-scm.com/docs/git-config#Documentation/git-config.txt-GITCONFIGCOUNT
 */
export function authenticated(env: CommandContext['env']): CommandContext['env'] {
  const { GITHUB_TOKEN: token, GITHUB_SERVER_URL: server = 'https://github.com' } = env;
  const identity = {
    GIT_AUTHOR_NAME: BOT.name,
    GIT_AUTHOR_EMAIL: BOT.email,
    GIT_COMMITTER_NAME: BOT.name,
    GIT_COMMITTER_EMAIL: BOT.email,
    GIT_TERMINAL_PROMPT: '0',
  };
  if (!token) return { ...env, ...identity };
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    ...env,
    ...identity,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${server}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
