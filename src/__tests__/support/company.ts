import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { JobRun } from './workflow.ts';
import { readWorkflow, runJob } from './workflow.ts';
import { EXAMPLE } from './sites.ts';

/** What a repository does not hold, and what in it is the owner's. */
const LEFT_OUT = ['.astro', '.git', 'dist', 'node_modules', 'scripts/dev/node_modules', 'content', 'public'].map(
  (name) => resolve(name),
);

/** A company that begins with this project as it is published: a bare repository, which everybody clones. */
export class Company implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'candor-company-'));
  /** What every clock shows. */
  now: string;

  constructor(now: string) {
    this.now = now;
    const project = join(this.#folder, 'project');
    cpSync('.', project, { recursive: true, filter: (path) => !LEFT_OUT.includes(resolve(path)) });
    cpSync(EXAMPLE, join(project, 'content'), { recursive: true });
    mkdirSync(join(project, 'public'));
    writeFileSync(join(project, 'public', 'logo.svg'), '<svg/>');
    const first = new Clone(project, () => this.#environment('Candor'));
    first.git('init', '--quiet', '--initial-branch', 'main');
    first.git('add', '--all');
    first.git('commit', '--quiet', '--message', 'Candor');
    first.git('clone', '--quiet', '--bare', '.', join(this.#folder, 'origin.git'));
  }

  /** A clone of the repository, in which a person works. */
  clone(person: string): Clone {
    const clone = new Clone(join(this.#folder, person), () => this.#environment(person));
    mkdirSync(clone.folder);
    clone.git('clone', '--quiet', join(this.#folder, 'origin.git'), '.');
    symlinkSync(resolve('node_modules'), join(clone.folder, 'node_modules'));
    writeFileSync(join(clone.folder, '.git', 'info', 'exclude'), 'node_modules\n');
    return clone;
  }

  #environment(person: string): Record<string, string> {
    const { PATH = '', HOME = '' } = process.env;
    const email = `${person}@acme.example`;
    return {
      ...{ PATH, HOME, STATUS_NOW: this.now, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      ...{ GIT_AUTHOR_NAME: person, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: this.now },
      ...{ GIT_COMMITTER_NAME: person, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: this.now },
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A folder in which somebody runs Git and the commands of this project. */
export class Clone {
  readonly folder: string;
  readonly environment: () => Record<string, string>;

  constructor(folder: string, environment: () => Record<string, string>) {
    this.folder = folder;
    this.environment = environment;
  }

  /** @throws with what Git printed when it fails */
  git(...args: readonly string[]): string {
    return this.#run('git', args).trim();
  }

  /**
   * Runs a command as one types it behind `npm run`.
   * @throws with what it printed when it fails
   */
  npm(command: string, ...args: readonly string[]): string {
    return this.#run('npm', ['run', '--silent', command, '--', ...args]);
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  /** The subject of the newest commit, and the files that it changes. */
  lastCommit(): string[] {
    return this.git('show', '--name-only', '--format=%s').split('\n').filter(Boolean);
  }

  #run(program: string, args: readonly string[]): string {
    return execFileSync(program, args, { cwd: this.folder, env: this.environment(), stdio: 'pipe' }).toString();
  }
}

/** What a push leads to. */
export interface Deployment {
  build: JobRun;
  /** Whether the workflow ends red because of what was replaced. */
  verdict: JobRun['result'];
  /** A file of the site. */
  file: (path: string) => string;
}

/** Runs deploy.yml in a clone that is brought up to date, as GitHub does after a push. */
export async function deploy(clone: Clone, address: string): Promise<Deployment> {
  clone.git('pull', '--quiet', '--ff-only');
  const { jobs } = readWorkflow(join(clone.folder, '.github/workflows/deploy.yml'));
  const run = (name: string, context: Readonly<Record<string, string>>) => {
    const job = jobs[name];
    if (!job) throw new RangeError(`deploy.yml has no job ${name}.`);
    return runJob(job, clone.folder, { ...clone.environment(), GITHUB_ACTIONS: 'true' }, context);
  };
  const build = await run('deploy', {
    'steps.pages.outputs.base_url': address,
    'steps.publish.outputs.page_url': address,
    'github.token': '',
  });
  const { result } = await run('content', { 'needs.deploy.outputs.code': build.outputs['code'] ?? '' });
  return { build, verdict: result, file: (path) => clone.read(join('dist', path)) };
}
