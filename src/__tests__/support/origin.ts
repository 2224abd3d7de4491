import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { GitHubStandIn } from './github.ts';

/** A bare repository with a GitHub before it, and a clone of a person who works on it. */
export class OriginStandIn implements AsyncDisposable {
  readonly place = mkdtempSync(join(tmpdir(), 'candor-origin-'));
  readonly origin = join(this.place, 'origin.git');
  /** The clone. */
  readonly root = join(this.place, 'checkout');
  readonly github: GitHubStandIn;

  protected constructor(github: GitHubStandIn) {
    this.github = github;
    github.pulls.tipOf = (branch) => this.inOrigin('rev-parse', branch).trim();
    github.pulls.deleteBranch = (branch) => void this.inOrigin('branch', '--quiet', '-D', branch);
    this.git('init', '--quiet', '--bare', '--initial-branch=main', this.origin);
    this.git('init', '--quiet', '--initial-branch=main', this.root);
    this.inRoot('remote', 'add', 'origin', this.origin);
  }

  git(...args: string[]): string {
    const person = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) => [
        [`GIT_${role}_NAME`, 'A Person'],
        [`GIT_${role}_EMAIL`, 'person@acme.example'],
      ]),
    );
    return execFileSync('git', args, { env: { ...process.env, ...person }, stdio: 'pipe' }).toString();
  }

  inOrigin(...args: string[]): string {
    return this.git('-C', this.origin, ...args);
  }

  inRoot(...args: string[]): string {
    return this.git('-C', this.root, ...args);
  }

  /** Commits files on the newest `main`, and pushes them; what is `undefined` is deleted. */
  commit(files: Readonly<Record<string, string | undefined>>): void {
    if (this.inOrigin('branch', '--list', 'main') !== '') this.inRoot('pull', '--quiet', 'origin', 'main');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      if (text === undefined) rmSync(join(this.root, path));
      else writeFileSync(join(this.root, path), text);
    }
    this.inRoot('add', '--all');
    this.inRoot('commit', '--quiet', '--message', 'Change');
    this.inRoot('push', '--quiet', 'origin', 'HEAD:main');
  }

  /** From now on nothing but a pull request changes `main`. */
  protect(): void {
    const hook = join(this.origin, 'hooks/update');
    writeFileSync(hook, '#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch"; exit 1; }\n');
    chmodSync(hook, 0o755);
  }

  /** Subjects of the commits of a branch, newest first. */
  log(branch = 'main'): string[] {
    return this.inOrigin('log', '--format=%s', branch).trim().split('\n');
  }

  /** Paths of all files of a branch below a folder. */
  files(branch = 'main', folder = '.'): string[] {
    return this.inOrigin('ls-tree', '-r', '--name-only', branch, '--', folder).split('\n').filter(Boolean);
  }

  read(path: string, branch = 'main'): string {
    return this.inOrigin('show', `${branch}:${path}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.place, { recursive: true, force: true });
    await this.github[Symbol.asyncDispose]();
  }
}
