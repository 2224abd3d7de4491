import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from './authoring.ts';
import { repository, workshop } from './authoring.ts';

/** The `package.json` of a version. */
export function packageOf(version: string, more: object = {}): string {
  return `${JSON.stringify({ name: 'candor', version, ...more }, null, 2)}\n`;
}

const RUN = '#!/bin/sh\nexit 0\n';

/** A version, with the little that makes it Candor. */
export const OLD = {
  'package.json': packageOf('0.1.0'),
  'package-lock.json': '{}\n',
  'scripts/cli.ts': 'old\n',
  'src/gone.ts': 'old\n',
  'src/same.ts': 'same\n',
  '.ci/run': RUN,
  '.gitignore': 'node_modules/\ndist/\n*.log\n',
  '.github/CODEOWNERS': '* @candor\n',
  'public/_headers': 'old\n',
  'content/templates/holding.md': 'Old.\n',
};

/** The version after it. */
export const NEW = {
  'package.json': packageOf('0.2.0'),
  'package-lock.json': '{}\n',
  'scripts/cli.ts': 'new\n',
  'src/same.ts': 'same\n',
  'src/deep/come.ts': 'new\n',
  '.ci/run': RUN,
  '.gitignore': 'node_modules/\ndist/\n*.log\n',
  '.github/CODEOWNERS': '* @candor-new\n',
  'content/incidents/2026/example.md': 'new\n',
  'content/templates/holding.md': 'New.\n',
  'content/templates/late.md': 'New.\n',
  'public/_headers': 'new\n',
  'public/robots.txt': 'new\n',
  'public/logo.svg': '<svg/>\n',
};

/** Projects and versions in temporary folders, taken away together. */
export class Shelf implements AsyncDisposable {
  readonly #made: Workshop[] = [];

  /** A project or a version in Git, with one commit. */
  async repository(files: Readonly<Record<string, string>>): Promise<Workshop> {
    return this.#keep(await repository(files));
  }

  /** A version without Git, whose `.ci/run` can be executed. */
  async folder(files: Readonly<Record<string, string>>): Promise<Workshop> {
    const made = this.#keep(await workshop(files));
    if (files['.ci/run'] !== undefined) await chmod(join(made.folder, '.ci/run'), 0o755);
    return made;
  }

  /** A bare repository with the tags v0.1.0 and v0.2.0, and a branch next. */
  async upstream(): Promise<Workshop> {
    const made = await this.repository(OLD);
    made.git('tag', 'v0.1.0');
    await commitFiles(made, { ...NEW, 'src/gone.ts': undefined });
    made.git('tag', '--annotate', '-m', 'Second', 'v0.2.0');
    made.git('switch', '--quiet', '--create', 'next');
    await commitFiles(made, { 'package.json': packageOf('0.3.0') });
    const bare = this.#keep(await workshop());
    bare.git('clone', '--quiet', '--bare', made.folder, 'candor.git');
    return { ...bare, folder: join(bare.folder, 'candor.git') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const made of this.#made) await made.remove();
  }

  #keep(made: Workshop): Workshop {
    this.#made.push(made);
    return made;
  }
}

/** Runs the command in a project, but in the process of the test. */
export function upgrade(project: Workshop, ...args: string[]) {
  return project.call(['upgrade', ...args]);
}

/** The newest commit. */
export function head(project: Workshop): string {
  return project.git('rev-parse', 'HEAD');
}

/** What a refused or a dry upgrade must not have touched. */
export function everything(project: Workshop): string {
  return ['for-each-ref', 'status --porcelain --ignored', 'ls-files --stage', 'count-objects -v']
    .map((command) => project.git(...command.split(' ')))
    .join('\n');
}

/** Writes files and commits everything; what is `undefined` is deleted. */
export async function commitFiles(
  { folder, write, git }: Workshop,
  files: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) await rm(join(folder, path));
    else await write(path, text);
  }
  git('add', '--all');
  git('commit', '--quiet', '--allow-empty', '-m', 'Change');
}
