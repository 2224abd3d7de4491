import { spawn as spawnTerminal } from '@lydell/node-pty';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { registerAlert } from '../../../scripts/commands/alert.ts';
import { registerCheck } from '../../../scripts/commands/check.ts';
import { registerImport } from '../../../scripts/commands/import.ts';
import { registerInit } from '../../../scripts/commands/init.ts';
import { registerMaintenance } from '../../../scripts/commands/maintenance.ts';
import { registerNew } from '../../../scripts/commands/new.ts';
import { registerResolve } from '../../../scripts/commands/resolve.ts';
import { registerUndo } from '../../../scripts/commands/undo.ts';
import { registerScheduled } from '../../../scripts/commands/scheduled.ts';
import { registerUpdate } from '../../../scripts/commands/update.ts';
import { registerUpgrade } from '../../../scripts/commands/upgrade.ts';
import { callCommand } from './call.ts';

const CLI = join(import.meta.dirname, '../../../scripts/cli.mjs');

/** Keys as a terminal sends them. */
export const KEYS = { enter: '\r', tab: '\t', down: '\u001b[B', space: ' ', interrupt: '\u0003' } as const;

export const SITE = 'name: Acme\nurl: https://status.acme.example\ntime_zone: Europe/Berlin\n';

export const COMPONENTS = `- id: checkout
  name: Checkout
  aliases: [checkout-v1]
- id: payments-api
  name: Payments API
- id: ftp
  name: FTP
  retired: 2025-06-30
`;

export const INCIDENT = `---
title: Some customers cannot pay
components:
  checkout: partial_outage
---

## Investigating · 2026-11-20 09:20 UTC

Some customers see an error when they pay.

- **Next update:** 09:50 UTC
`;

export const RESOLVED = `${INCIDENT}\n## Resolved · 2026-11-20 09:40 UTC\n\nIt works.\n`;

export const RUNNING = `---
title: Upgrade
components: [checkout, payments-api]
scheduled: 2026-11-20 09:00 UTC
until: 2026-11-20 11:00 UTC
---

## Scheduled · 2026-11-19 10:00 UTC

Soon.
`;

/** A command line for a new incident. */
export const TITLED = ['new', 'Some customers cannot pay', '--component', 'checkout=partial_outage'];

const SHIPPED = join(import.meta.dirname, '../example/templates');

/** The templates that come with the example, as files of a workshop. */
export const TEMPLATES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(SHIPPED).map((name) => [`content/templates/${name}`, readFileSync(join(SHIPPED, name), 'utf8')]),
);

interface Outcome {
  out: string;
  err: string;
  code: number | null;
}

/** A folder with a page of its own, in which commands run as they would in a project. */
export interface Workshop {
  folder: string;
  /** What commands are started with. */
  env: (more?: Record<string, string>) => Record<string, string | undefined>;
  read: (path: string) => Promise<string>;
  write: (path: string, text: string) => Promise<void>;
  /** Runs a command to its end; `input` is what stands on its standard input. */
  run: (args: readonly string[], options?: { input?: string; env?: Record<string, string>; shell?: string }) => Outcome;
  /** Runs a command in this process, with this folder or another as the working one, which takes a tenth of the time. */
  call: (args: readonly string[], options?: { env?: Record<string, string>; folder?: string }) => Promise<Outcome>;
  /** Runs a command in a terminal, and answers each text that appears with keys. */
  drive: (
    args: readonly string[],
    steps: readonly (readonly [wait: string, ...keys: string[]])[],
  ) => Promise<{ screen: string; code: number }>;
  git: (...args: string[]) => string;
  remove: () => Promise<void>;
}

/** Makes a workshop; `files` are added to a small page of three components. */
export async function workshop(files: Readonly<Record<string, string>> = {}): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'candor-author-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const all = { 'content/site.yml': SITE, 'content/components.yml': COMPONENTS, ...files };
  for (const [path, text] of Object.entries(all)) await write(path, text);
  const environment = (more: Record<string, string> = {}) => ({
    ...process.env,
    STATUS_CONTENT: '',
    STATUS_NOW: '2026-11-20T10:05:40Z',
    GITHUB_ACTIONS: '',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_AUTHOR_NAME: 'Ada',
    GIT_AUTHOR_EMAIL: 'ada@acme.example',
    GIT_COMMITTER_NAME: 'Ada',
    GIT_COMMITTER_EMAIL: 'ada@acme.example',
    ...more,
  });
  const started = [CLI];
  return {
    folder,
    env: environment,
    write,
    read: (path) => readFile(join(folder, path), 'utf8'),
    run: (args, { input = '', env, shell } = {}) => {
      const words = [process.execPath, ...started, ...args];
      const [program = '', ...rest] =
        shell === undefined ? words : ['bash', '-c', `${shell}; exec "$@"`, 'bash', ...words];
      const { stdout, stderr, status } = spawnSync(program, rest, { cwd: folder, env: environment(env), input });
      return { out: stdout.toString(), err: stderr.toString(), code: status };
    },
    call: (args, { env, folder: place = folder } = {}) => call(args, environment(env), place),
    drive: (args, steps) => drive([...started, ...args], steps, folder, environment()),
    git: (...args) => {
      const { stdout, stderr, status } = spawnSync('git', args, { cwd: folder, env: environment() });
      if (status !== 0) throw new Error(stderr.toString());
      return stdout.toString().trim();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Makes a workshop that is a Git repository with everything in it committed. */
export async function repository(files?: Readonly<Record<string, string>>): Promise<Workshop> {
  const made = await workshop({ ...files });
  made.git('init', '--quiet', '--initial-branch', 'main');
  made.git('add', '--all');
  made.git('commit', '--quiet', '-m', 'First');
  return made;
}

/** A repository with an origin, to which somebody else pushes too. */
export interface SharedRepository extends Workshop {
  inOrigin: (...args: string[]) => string;
  /** Somebody else pushes a file. */
  pushByOther: (path: string, text: string) => Promise<void>;
}

/** Makes a repository that is a clone of a bare one beside it. */
export async function sharedRepository(files?: Readonly<Record<string, string>>): Promise<SharedRepository> {
  const made = await repository({ '.gitignore': 'origin.git\nother\n', ...files });
  made.git('clone', '--quiet', '--bare', '.', 'origin.git');
  made.git('remote', 'add', 'origin', join(made.folder, 'origin.git'));
  made.git('fetch', '--quiet', 'origin');
  made.git('branch', '--quiet', '--set-upstream-to', 'origin/main');
  return {
    ...made,
    inOrigin: (...args) => made.git('-C', 'origin.git', ...args),
    pushByOther: async (path, text) => {
      made.git('clone', '--quiet', 'origin.git', 'other');
      await made.write(join('other', path), text);
      made.git('-C', 'other', 'add', '--all');
      made.git('-C', 'other', 'commit', '--quiet', '-m', 'By somebody else');
      made.git('-C', 'other', 'push', '--quiet');
      await rm(join(made.folder, 'other'), { recursive: true });
    },
  };
}

async function call(
  args: readonly string[],
  env: Record<string, string | undefined>,
  folder: string,
): Promise<Outcome> {
  const registers = [
    registerNew,
    registerUpdate,
    registerResolve,
    registerMaintenance,
    registerUndo,
    registerScheduled,
    registerCheck,
    registerInit,
    registerUpgrade,
    registerImport,
    registerAlert,
  ];
  const register = (...all: Parameters<typeof registerNew>) => registers.forEach((one) => one(...all));
  return callCommand(register, args, env, folder);
}

/** Milliseconds that a text may take to appear: a little less than a test, so that a failure can print the screen. */
const PATIENCE = 9 * 60_000;

async function drive(
  args: string[],
  steps: readonly (readonly [wait: string, ...keys: string[]])[],
  cwd: string,
  env: Record<string, string | undefined>,
): Promise<{ screen: string; code: number }> {
  const terminal = spawnTerminal(process.execPath, args, { cols: 200, rows: 60, cwd, env });
  let screen = '';
  let read = 0;
  terminal.onData((text) => (screen += text));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  for (const [wait, ...keys] of steps) {
    const deadline = performance.now() + PATIENCE;
    while (!stripVTControlCharacters(screen.slice(read)).includes(wait)) {
      if (performance.now() > deadline) {
        terminal.kill();
        throw new Error(`“${wait}” did not appear:\n${stripVTControlCharacters(screen)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    read = screen.length;
    for (const key of keys) {
      terminal.write(key);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }
  const code = await ended;
  return { screen: stripVTControlCharacters(screen), code };
}
