import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import { openRelay } from '../../../scripts/alerts/relay.ts';

export const SECRET = '5f1c0a9be2d34c6781aa';
export const TOKEN = 'github_pat_of_nobody';
export const BEARER = { authorization: `Bearer ${SECRET}` };
export const RESOLVED = '{"name":"checkout","state":"resolved"}';

interface Dispatch {
  target: string;
  headers: IncomingHttpHeaders;
  text: string;
}

type Behaviour = number | 'hang up' | 'say nothing';

/** GitHub as far as the relay knows it: takes dispatches, and refuses a payload that GitHub would refuse. */
export class DispatchStandIn implements AsyncDisposable {
  readonly dispatches: Dispatch[] = [];
  /** What it does instead of taking them, one for each request. */
  readonly failures: Behaviour[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<DispatchStandIn> {
    const server = createServer();
    const github = new DispatchStandIn(server);
    server.on('request', async (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      github.dispatches.push({ target: `${method} ${url}`, headers, text: await text(incoming) });
      const behaviour = github.failures.shift() ?? github.#status();
      if (behaviour === 'hang up') outgoing.destroy();
      else if (behaviour !== 'say nothing') outgoing.writeHead(behaviour).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return github;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The messages in what came, decompressed where they were not sent as text. */
  messages(): (string | Buffer)[] {
    return this.dispatches.map((dispatch) => {
      const { body, gzip } = payloadOf(dispatch);
      return body ?? gunzipSync(Buffer.from(gzip ?? '', 'base64'));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #status(): number {
    const { headers, text } = this.dispatches.at(-1) ?? { headers: {}, text: '' };
    if (headers['user-agent'] !== 'candor-relay') return 403;
    return Buffer.byteLength(JSON.stringify(JSON.parse(text).client_payload)) > 65_535 ? 422 : 204;
  }
}

export function payloadOf({ text }: Dispatch): { body?: string; gzip?: string } {
  return JSON.parse(text).client_payload;
}

/** A body that comes in parts of 64 kB, and says how many were asked for. */
export function endlessBody(): { body: ReadableStream<Uint8Array>; parts: () => number } {
  let parts = 0;
  const part = new Uint8Array(65_536).fill(32);
  const pull = (controller: ReadableStreamDefaultController) => {
    parts += 1;
    controller.enqueue(part);
  };
  return { body: new ReadableStream({ pull }, { highWaterMark: 0 }), parts: () => parts };
}

export interface Sending extends RequestInit {
  path?: string;
  env?: unknown;
  relay?: ReturnType<typeof openRelay>;
}

/** What the tests of one file share: a GitHub, what the relay logged, and a way to send it a message as a Worker gets it. */
export async function relayStand() {
  const github = await DispatchStandIn.start();
  const log: string[] = [];
  beforeEach(() => {
    log.length = 0;
    github.dispatches.length = 0;
    github.failures.length = 0;
    vi.spyOn(console, 'log').mockImplementation((line: string) => void log.push(line));
  });
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => github[Symbol.asyncDispose]());

  const environment = (): Record<string, string> => ({
    RELAY_SECRET: SECRET,
    GITHUB_TOKEN: TOKEN,
    GITHUB_REPOSITORY: 'acme/status',
    GITHUB_API_URL: github.address,
  });

  /** Sends to a relay of its own, and with the right secret, unless it is told otherwise. */
  async function send({
    path = '/',
    env = environment(),
    relay = openRelay({ pause: async () => {} }),
    ...init
  }: Sending) {
    const streams = init.body instanceof ReadableStream && { duplex: 'half' };
    const settings = { method: 'POST', headers: BEARER, ...streams, ...init };
    const answer = await relay.fetch(new Request(`https://relay.example${path}`, settings), env);
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  return { github, log, environment, send };
}
