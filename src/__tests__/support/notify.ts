import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Email } from 'postal-mime';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { registerNotify } from '../../../scripts/commands/notify.ts';
import { callCommand } from './call.ts';
import { COMPONENTS } from './publish.ts';

/** Quiet about texts that are as short as those in tests. */
const SITE =
  'name: Acme\nurl: https://status.acme.example\nwarnings: { off: [promise-missing, stock-words, no-effect, silent-day] }\n';

export const A = 'content/incidents/a.md';
export const FIRST = ['Investigating · 2026-11-20 09:20 UTC', 'Some see an error.'] as const;
export const SECOND = ['Identified · 2026-11-20 09:48 UTC', 'A database failed.'] as const;

/** An incident; each update is `[heading, text]`. */
export function incident(
  updates: readonly (readonly [heading: string, text: string])[],
  front = 'components:\n  checkout: partial_outage\n',
): string {
  const body = updates.map(([heading, text]) => `## ${heading}\n\n${text}\n`).join('\n');
  return `---\ntitle: Some customers cannot pay\n${front}---\n\n${body}`;
}

export const SLACK = '{ type: slack, url: SLACK_URL }';
export const DISCORD = '{ type: discord, url: DISCORD_URL }';

interface Ran {
  printed: string;
  code: number;
  summary: string;
}

/** A repository with a bare one as its remote, in which `notify` runs as it would after a deployment. */
export class Post implements AsyncDisposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'candor-notify-'));
  readonly root = join(this.folder, 'work');
  readonly origin = join(this.folder, 'origin.git');
  readonly env: Record<string, string> = {};
  /** How long each pause was to be, in milliseconds. */
  readonly pauses: number[] = [];

  /** @param channels lines of `channels` in `site.yml` */
  constructor(channels: readonly string[], files: Readonly<Record<string, string>> = { [A]: incident([FIRST]) }) {
    mkdirSync(this.root);
    this.git('init', '--quiet', '--bare', this.origin);
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('remote', 'add', 'origin', this.origin);
    mkdirSync(join(this.root, 'public'));
    this.channels(channels, { 'content/components.yml': COMPONENTS, ...files });
  }

  git(...args: string[]): string {
    return this.gitIn(this.root, ...args);
  }

  gitIn(cwd: string, ...args: string[]): string {
    const name = { GIT_AUTHOR_NAME: 'Ada', GIT_COMMITTER_NAME: 'Ada' };
    const mail = { GIT_AUTHOR_EMAIL: 'ada@acme.example', GIT_COMMITTER_EMAIL: 'ada@acme.example' };
    return execFileSync('git', args, { cwd, env: { ...process.env, ...name, ...mail }, stdio: 'pipe' }).toString();
  }

  /** Writes files and commits them; what is `undefined` is deleted. */
  commit(files: Readonly<Record<string, string | undefined>>): void {
    for (const [path, text] of Object.entries(files)) {
      const place = join(this.root, path);
      if (text === undefined) rmSync(place);
      else {
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, text);
      }
    }
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'Change');
  }

  /** Commits other channels. */
  channels(lines: readonly string[], files: Readonly<Record<string, string>> = {}): void {
    const list = lines.length === 0 ? '' : `channels:\n${lines.map((line) => `  - ${line}\n`).join('')}`;
    this.commit({ 'content/site.yml': SITE + list, ...files });
  }

  /** The lines of the record, as `channel how update`, without those that announce a message. */
  record(): string[] {
    const ended = this.lines().filter(({ how }) => how !== 'sending');
    return ended.map(({ channel, how, update }) => [channel, how, update].filter(Boolean).join(' '));
  }

  lines(): Record<string, string>[] {
    const text = this.gitIn(this.origin, 'show', 'refs/heads/notices:sent.jsonl');
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
  }

  hasRecord(): boolean {
    return this.gitIn(this.origin, 'for-each-ref', 'refs/heads/notices') !== '';
  }

  /** Runs the command at a time of 20 November 2026, or a full one. */
  async run(time = '12:00', args: readonly string[] = [], root = this.root): Promise<Ran> {
    const summary = join(this.folder, 'summary.md');
    writeFileSync(summary, '');
    const env = { ...this.environment(time, root), GITHUB_STEP_SUMMARY: summary };
    const sleep = async (pause: number) => void this.pauses.push(pause);
    const register: Parameters<typeof callCommand>[0] = (program, context) => registerNotify(program, context, sleep);
    const { out, err, code } = await callCommand(register, ['notify', ...args], env);
    const printed = `${out.replaceAll(/^::add-mask::.*\n/gm, '')}${err}`;
    return { printed, code, summary: readFileSync(summary, 'utf8') };
  }

  /** Starts the real command in a process of its own. */
  start(time = '12:00') {
    const cli = resolve('scripts/cli.mjs');
    return spawn(process.execPath, [cli, 'notify'], { cwd: this.root, env: this.environment(time), stdio: 'pipe' });
  }

  /** Another clone, as another runner has it. */
  clone(): string {
    const place = join(this.folder, `clone-${String(Math.random()).slice(2)}`);
    this.git('push', '--quiet', '--force', 'origin', 'main');
    this.git('clone', '--quiet', '--branch', 'main', this.origin, place);
    mkdirSync(join(place, 'public'), { recursive: true });
    return place;
  }

  environment(time: string, root = this.root): Record<string, string> {
    const now = time.includes('T') ? time : `2026-11-20T${time}:00Z`;
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.folder,
      STATUS_CONTENT: join(root, 'content'),
      STATUS_NOW: now,
      ...this.env,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

interface Reply {
  status: number;
  headers?: Record<string, string>;
}

/** A chat on loopback. */
export class ChatStandIn implements AsyncDisposable {
  /** Bodies in the order in which they came and were taken. */
  readonly taken: unknown[] = [];
  /** Every request, also those that were not taken. */
  readonly asked: { path: string; headers: IncomingMessage['headers']; body: string }[] = [];
  /** Answers instead of the usual one, one for each request. */
  readonly replies: (Reply | 'hang up' | 'silence')[] = [];
  /** Called when a request is there, before it is answered. */
  onRequest: () => unknown = () => undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(): Promise<ChatStandIn> {
    const chat = new ChatStandIn();
    chat.#server.listen(0, '127.0.0.1');
    await once(chat.#server, 'listening');
    return chat;
  }

  /** With a part that only its owner may know. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/services/s3cr3t-path`;
  }

  /** Which of these words are in what was taken, each body for itself. */
  words(...words: string[]): string[] {
    return this.taken.map((body) => words.filter((word) => JSON.stringify(body).includes(word)).join(' '));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    this.asked.push({ path: request.url ?? '', headers: request.headers, body });
    const reply = this.replies.shift() ?? { status: 200 };
    if (reply === 'hang up') return void request.socket.destroy();
    if (reply === 'silence') return;
    if (reply.status < 300) this.taken.push(JSON.parse(body));
    await this.onRequest();
    response.writeHead(reply.status, reply.headers).end(`${this.url} says ${reply.status}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}

/** A repository that has run once, with a chat that gets what comes after. */
export async function begun(channels: readonly string[] = [SLACK], files?: Record<string, string>) {
  const chat = await ChatStandIn.start();
  const post = new Post(channels, files);
  post.env['STATUS_SECRETS'] = `SLACK_URL=${chat.url}\nDISCORD_URL=${chat.url}\n`;
  await post.run();
  return {
    chat,
    post,
    async [Symbol.asyncDispose]() {
      await chat[Symbol.asyncDispose]();
      await post[Symbol.asyncDispose]();
    },
  };
}

/** A mail as it arrived, with who the envelope named. */
interface Arrived {
  mail: Email;
  raw: string;
  from: string;
  recipients: string[];
}

/** A mail server on loopback, with one account. */
export class MailStandIn implements AsyncDisposable {
  readonly arrived: Arrived[] = [];
  /** Addresses that are not taken. */
  readonly refused = new Set<string>();
  /** What mails are answered with instead of being taken, one for each. */
  readonly failures: number[] = [];
  /** How many mails are taken before those failures begin. */
  takes = 0;
  readonly #server = new SMTPServer({
    authMethods: ['PLAIN', 'LOGIN'],
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'candor' && password === 'p@ss:word'
        ? done(null, { user: username })
        : done(said(535, 'No p@ss:word')),
    onRcptTo: ({ address }, _session, done) =>
      done(this.refused.has(address) ? said(550, `Nobody is ${address}`) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const failure = this.takes > 0 ? void (this.takes -= 1) : this.failures.shift();
        if (failure !== undefined) return done(said(failure, 'Not now, ada@acme.example'));
        const raw = Buffer.concat(chunks).toString();
        const { mailFrom, rcptTo } = session.envelope;
        void PostalMime.parse(raw).then((mail) => {
          const from = mailFrom ? mailFrom.address : '';
          this.arrived.push({ mail, raw, from, recipients: rcptTo.map(({ address }) => address) });
          done();
        });
      });
    },
  });

  static async start(): Promise<MailStandIn> {
    const server = new MailStandIn();
    server.#server.on('error', () => undefined);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server.server, 'listening');
    return server;
  }

  get #port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** With the account. */
  get url(): string {
    return `smtp://candor:p%40ss%3Aword@127.0.0.1:${this.#port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }
}

function said(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
