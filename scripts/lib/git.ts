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

type Environment = Readonly<Record<string, string | undefined>>;

interface Outcome {
  /** 127 when there is no such program. */
  code: number;
  out: string;
  err: string;
}

/** Runs a program with a list of arguments, never through a shell, and Git with our settings. It does not outlive this process. */
export function run(program: string, args: readonly string[], cwd: string, env: Environment): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const isGit = program === 'git';
    const all = isGit ? [...NEUTRAL, ...args] : args;
    // Messages of Git are parsed, so they must be in English.
    const child = spawn(program, all, {
      cwd,
      env: isGit ? { ...env, LC_ALL: 'C' } : env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve({ code: 127, out, err }) : reject(error),
    );
    const stop = (): void => void child.kill();
    process.once('exit', stop);
    child.on('close', (code) => {
      process.off('exit', stop);
      resolve({ code: code ?? 1, out, err: err.trim() });
    });
  });
}

/** Git, at work in one folder. */
export interface Repository {
  folder: string;
  env: Environment;
}

/** The repository that a folder lies in, or a full sentence that says why there is none. */
export async function findRepository(folder: string, env: Environment): Promise<Repository | string> {
  const { code, err } = await run('git', ['rev-parse', '--show-toplevel'], folder, env);
  if (code === 0) return { folder, env };
  if (code === 127) return 'Git is not installed, so there is nothing to commit with.';
  if (/not a git repository/i.test(err)) return 'The content folder is not in a Git repository.';
  return `Git cannot be used here: ${err}`;
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
async function isKnown({ folder, env }: Repository, path: string): Promise<boolean> {
  const args = ['--literal-pathspecs', 'ls-files', '--cached', '--others', '--exclude-standard', '--', path];
  return (await run('git', args, folder, env)).out !== '';
}

/** Files below some paths that Git has no copy of as they are now, as Git names them. */
export async function unsavedFiles(repository: Repository, paths: readonly string[]): Promise<string[]> {
  const args = ['--literal-pathspecs', 'status', '--porcelain', '-z', '--no-renames', '--untracked-files=all', '--'];
  const entries = (await git(repository, ...args, ...paths)).split('\0').filter(Boolean);
  return entries.filter((entry) => !entry.slice(0, 2).includes('D')).map((entry) => entry.slice('XY '.length));
}

/**
 * Runs Git and gives what it prints.
 * @throws {CommandError} with Git's own words when it fails
 */
export async function git({ folder, env }: Repository, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await run('git', args, folder, env);
  if (code === 0) return out.replace(/\n$/, '');
  const command = args.find((arg) => !arg.startsWith('-')) ?? '';
  throw new CommandError(`git ${command} failed: ${err || out.trim() || `it ended with code ${code}`}`);
}

/** The account behind a workflow's token. */
const BOT = { name: 'github-actions[bot]', email: '41898282+github-actions[bot]@users.noreply.github.com' };

/**
 * An environment in which Git may fetch and push, and commits without anybody's settings. The token stands in no
 * argument and no file, where others could read it.
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
