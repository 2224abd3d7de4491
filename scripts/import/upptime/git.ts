import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NEUTRAL } from '../../../src/core/git-settings.ts';
import { note, type Report } from '../report.ts';
import type { RawCommit } from './commits.ts';

const run = promisify(execFile);
/** Output of a log of a million checks. */
const MOST_OUTPUT = 1024 ** 3;
/** What the history of the repository is called in the report. */
export const GIT_LOG = 'git log';

/** The commits of a folder that is itself a Git repository, newest first; nothing when it is none. */
export async function readGitLog(folder: string, report: Report): Promise<RawCommit[] | undefined> {
  const isRepository = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  if (!isRepository) return undefined;
  try {
    const shallow = await git(folder, 'rev-parse', '--is-shallow-repository');
    if (shallow.trim() === 'true') note(report, 'history-cut', { file: GIT_LOG }, { subject: folder });
    const log = await git(folder, 'log', '--format=%H%x09%aI%x09%s');
    return log
      .split('\n')
      .filter((line) => line !== '')
      .map((line): RawCommit => {
        const [sha = '', time = '', ...message] = line.split('\t');
        return { sha, time, message: message.join(' '), place: { file: GIT_LOG, path: sha.slice(0, 12) } };
      });
  } catch (error) {
    const reason = String((error as { stderr?: unknown }).stderr ?? (error as Error).message).trim();
    note(report, 'file-unreadable', { file: GIT_LOG }, { subject: folder }, `Git says: ${reason}`);
    return undefined;
  }
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('git', [...NEUTRAL, ...args], { cwd: folder, maxBuffer: MOST_OUTPUT });
  return stdout;
}
