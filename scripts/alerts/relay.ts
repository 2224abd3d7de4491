/**
 * The relay: starts `alert.yml` with the message of a monitor that cannot call GitHub's API. One file without imports, for
 * a serverless host (its default export has a `fetch`) or `node scripts/alerts/relay.ts`. Set-up: docs/relay.md.
 */

/** The settings: bindings of a Worker, or environment variables. */
type Environment = Readonly<Record<string, unknown>>;

interface Settings {
  secret: string;
  /** `https://api.github.com/repos/acme/status/dispatches` */
  address: string;
  token: string;
}

interface Options {
  /** A monotonic clock, in milliseconds. */
  now?: () => number;
  pause?: (milliseconds: number) => Promise<unknown>;
  /** How long a message may take to arrive, and GitHub to answer, in milliseconds. */
  patience?: number;
}

/** A response, and a reason for the log if the sender must not know it. */
interface Outcome {
  status: number;
  text: string;
  log?: string;
  headers?: Record<string, string>;
  /** The size of the message in bytes, once it is read. */
  size?: number;
}

/** Why a message was not read completely. */
type Unread = 'too large' | 'too slow' | 'broken off' | 'not decoded';

/** `Content-Encoding` by its name in the runtime; not every runtime has Brotli. */
const ENCODINGS: Readonly<Record<string, string>> = {
  gzip: 'gzip',
  'x-gzip': 'gzip',
  deflate: 'deflate',
  br: 'brotli',
};

const LARGEST_MESSAGE = 1_000_000;
/** GitHub's limit for a `client_payload`, here in bytes of its JSON, which are never fewer than characters. */
const LARGEST_PAYLOAD = 65_535;
const SHORTEST_SECRET = 16;
const A_MINUTE = 60_000;
const MESSAGES_A_MINUTE = 60;
/** After this many wrong secrets, even a right one has to wait. Otherwise, guessing would be unlimited. */
const WRONG_SECRETS_A_MINUTE = 10;
/** Amazon SNS sends its password only after this challenge, so a request without a secret does not count as a guess. */
const CHALLENGE = { 'www-authenticate': 'Basic realm="relay"' };
const PATIENCE = 10_000;
/** Waits before each retry. Short, because most monitors wait only about ten seconds for a response. */
const PAUSES = [500, 1_500];
/** Node's time limits for receiving a request, in milliseconds, and how often it checks them. */
const TIMES = { requestTimeout: 15_000, headersTimeout: 10_000, connectionsCheckingInterval: 5_000 };

/**
 * Creates a relay. Its rate limits apply to each instance of a serverless host.
 * @returns the request handler. It never throws, and logs one line without body, address or secret
 */
export function openRelay({ now = () => performance.now(), pause = sleep, patience = PATIENCE }: Options = {}): {
  fetch: (request: Request, env?: unknown) => Promise<Response>;
} {
  const messages = limitOf(MESSAGES_A_MINUTE, now);
  const wrongSecrets = limitOf(WRONG_SECRETS_A_MINUTE, now);

  async function relay(request: Request, env: Environment): Promise<Outcome> {
    const { method } = request;
    const { pathname, search } = new URL(request.url);
    // Not with a query: that is a monitor set to GET, and it has to hear that its message was not taken.
    if (['GET', 'HEAD'].includes(method) && pathname + search === '/') {
      return { status: 200, text: 'The relay is running. Send messages from your monitoring as POST requests.' };
    }
    if (method !== 'POST') {
      return { status: 405, text: 'The relay only accepts POST requests.', headers: { allow: 'POST' } };
    }
    const settings = settingsOf(env);
    if ('problem' in settings) {
      return { status: 500, text: 'The relay is not set up. Its log says what is missing.', log: settings.problem };
    }
    const secrets = secretsIn(request);
    const isRight = await holdSecret(secrets, settings.secret);
    // Checked after counting, so that requests at the same moment count too.
    const delay = secrets.length > 0 ? wrongSecrets.wait() : 0;
    if (delay > 0) return busy(delay, 'There were too many requests with a wrong secret. Try again later.');
    if (!isRight) {
      if (secrets.length > 0) wrongSecrets.take();
      return { status: 401, text: 'The secret is wrong or missing.', headers: CHALLENGE };
    }
    const wait = messages.wait();
    if (wait > 0) return busy(wait, `The limit is ${MESSAGES_A_MINUTE} messages a minute.`);
    messages.take();
    const message = await messageOf(request, patience);
    if (message === 'too large') return tooLarge(`The limit is ${LARGEST_MESSAGE} bytes.`);
    if (message === 'too slow') return { status: 408, text: 'The message took too long to arrive.' };
    if (message === 'not decoded') {
      return {
        status: 415,
        text: 'Send the message uncompressed, or compressed with gzip, deflate or br.',
      };
    }
    if (message === 'broken off')
      return { status: 400, text: 'The connection closed before the message was complete.' };
    const size = message.length;
    if (size === 0) return { status: 400, text: 'The message is empty.', size };
    const payload = await payloadOf(message);
    if (!payload) return { ...tooLarge('Even compressed, it exceeds GitHub’s limit.'), size };
    return { ...(await forward(payload, settings, pause, patience)), size };
  }

  return {
    fetch: async (request, env) => {
      const outcome: Outcome = await relay(request, environmentOf(env)).catch((error: unknown) => {
        return {
          status: 500,
          text: 'The relay failed. See its log.',
          log: `The relay failed: ${nameOf(error)}.`,
        };
      });
      const { status, text, log = text, headers, size } = outcome;
      console.log(`${status} ${size === undefined ? '-' : `${size} bytes`} ${log}`);
      return new Response(request.method === 'HEAD' ? null : `${text}\n`, {
        status,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
      });
    },
  };
}

export default openRelay();

/** The settings. Only a Worker passes them as the second argument; other hosts pass other things. */
function environmentOf(bindings: unknown): Environment {
  const variables = typeof process === 'undefined' ? {} : process.env;
  const bound = bindings !== null && typeof bindings === 'object' ? bindings : {};
  return 'RELAY_SECRET' in bound ? { ...bound } : variables;
}

function settingsOf(env: Environment): Settings | { problem: string } {
  const [secret, token, repository, api] = ['RELAY_SECRET', 'GITHUB_TOKEN', 'GITHUB_REPOSITORY', 'GITHUB_API_URL'].map(
    (name) => String(env[name] ?? '').trim(),
  ) as [string, string, string, string];
  if (secret.length < SHORTEST_SECRET) {
    return { problem: `RELAY_SECRET is missing, or has fewer than ${SHORTEST_SECRET} characters.` };
  }
  if (token === '') return { problem: 'GITHUB_TOKEN is missing.' };
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) return { problem: 'GITHUB_REPOSITORY is missing, or not OWNER/NAME.' };
  return { secret, token, address: `${api || 'https://api.github.com'}/repos/${repository}/dispatches` };
}

/** A token bucket: takes a token, or says how many seconds to wait for one, usually 0. */
function limitOf(aMinute: number, now: () => number): { wait: () => number; take: () => void } {
  let left = aMinute;
  let counted: number | undefined;
  return {
    wait: () => {
      const instant = now();
      left = Math.min(aMinute, left + ((instant - (counted ?? instant)) / A_MINUTE) * aMinute);
      counted = instant;
      return left < 1 ? Math.ceil(((1 - left) * A_MINUTE) / aMinute / 1000) : 0;
    },
    take: () => {
      left -= 1;
    },
  };
}

/** The secrets in a request: bearer token, password, header, or in the address, depending on what a monitor can send. */
function secretsIn({ url, headers }: Request): string[] {
  const { pathname, searchParams } = new URL(url);
  const [, scheme = '', credentials = ''] = /^(\w+) +(.*)$/.exec(headers.get('authorization') ?? '') ?? [];
  const sent = [
    scheme.toLowerCase() === 'bearer' ? credentials : '',
    scheme.toLowerCase() === 'basic' ? passwordOf(credentials) : '',
    headers.get('x-relay-secret') ?? '',
    searchParams.get('secret') ?? '',
    pathname.slice(pathname.lastIndexOf('/') + 1),
  ];
  return sent.filter((one) => one !== '');
}

/** Compares all secrets, so that the time taken does not reveal a close one. */
async function holdSecret(sent: readonly string[], secret: string): Promise<boolean> {
  const right = await digestOf(secret);
  const same = await Promise.all(sent.map(async (one) => areEqual(await digestOf(one), right)));
  return same.includes(true);
}

function passwordOf(credentials: string): string {
  try {
    const text = atob(credentials);
    return text.slice(text.indexOf(':') + 1);
  } catch {
    return '';
  }
}

async function digestOf(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text.trim())));
}

/** Compares in constant time. */
function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.reduce((difference, byte, index) => difference | (byte ^ (b[index] ?? 0)), 0) === 0;
}

/** Reads up to the limit, whatever length the sender claims. */
async function messageOf(request: Request, patience: number): Promise<Uint8Array<ArrayBuffer> | Unread> {
  if (!request.body) return new Uint8Array();
  const decoded = decodedBody(request.body, request.headers.get('content-encoding'));
  if (!decoded) return 'not decoded';
  const reader = decoded.getReader();
  const parts: BlobPart[] = [];
  let size = 0;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // Ends a pending read.
    reader.cancel().catch(() => undefined);
  }, patience);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > LARGEST_MESSAGE) {
        reader.cancel().catch(() => undefined);
        return 'too large';
      }
      parts.push(part.value);
    }
    return late ? 'too slow' : new Uint8Array(await new Blob(parts).arrayBuffer());
  } catch {
    return late ? 'too slow' : 'broken off';
  } finally {
    clearTimeout(timer);
  }
}

/** The decompressed body. Undefined if the runtime does not support the encoding. */
function decodedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  encoding: string | null,
): ReadableStream<Uint8Array<ArrayBuffer>> | undefined {
  const named = (encoding ?? '').trim().toLowerCase();
  if (['', 'identity'].includes(named)) return body;
  if (!Object.hasOwn(ENCODINGS, named)) return undefined;
  try {
    return body.pipeThrough(new DecompressionStream(ENCODINGS[named] as CompressionFormat));
  } catch {
    return undefined;
  }
}

/** The text if it fits; else compressed, also if it is not text. Undefined if it is too large even then. */
async function payloadOf(message: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const text = textOf(message);
  const plain = text === undefined ? undefined : JSON.stringify({ body: text });
  if (plain !== undefined && fits(plain)) return plain;
  const stream = new Blob([message]).stream().pipeThrough(new CompressionStream('gzip'));
  const gzip = new Uint8Array(await new Response(stream).arrayBuffer());
  const compressed = JSON.stringify({ gzip: btoa(Array.from(gzip, (byte) => String.fromCharCode(byte)).join('')) });
  return fits(compressed) ? compressed : undefined;
}

function textOf(message: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(message);
  } catch {
    return undefined;
  }
}

function fits(payload: string): boolean {
  return new TextEncoder().encode(payload).length <= LARGEST_PAYLOAD;
}

/** @see https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event */
async function forward(
  payload: string,
  { address, token }: Settings,
  pause: (milliseconds: number) => Promise<unknown>,
  patience: number,
): Promise<Outcome> {
  const send = () =>
    fetch(address, {
      method: 'POST',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // GitHub requires a user agent, and a Worker sends none by default.
        'user-agent': 'candor-relay',
        'x-github-api-version': '2022-11-28',
      },
      body: `{"event_type":"alert","client_payload":${payload}}`,
      signal: AbortSignal.timeout(patience),
    }).then(
      async (answer) => {
        await answer.body?.cancel();
        return answer.status;
      },
      (error: unknown) => nameOf(error),
    );
  let answer = await send();
  for (const time of PAUSES) {
    if (typeof answer === 'number' && answer < 500) break;
    await pause(time);
    answer = await send();
  }
  if (answer === 204) return { status: 202, text: 'Forwarded.' };
  const log = typeof answer === 'string' ? `GitHub did not respond: ${answer}.` : refusal(answer);
  return { status: 502, text: 'GitHub did not accept the message. Send it again later.', log };
}

function refusal(status: number): string {
  const what = `GitHub returned ${status}.`;
  if (status === 401) return `${what} The token in GITHUB_TOKEN is not valid; it may have expired.`;
  if (status === 403 || status === 404) {
    return `${what} The token in GITHUB_TOKEN needs the permission “Contents: write” for the repository in GITHUB_REPOSITORY.`;
  }
  return what;
}

function busy(seconds: number, text: string): Outcome {
  return { status: 429, text, headers: { 'retry-after': String(seconds) } };
}

function tooLarge(reason: string): Outcome {
  return { status: 413, text: `The message is too large. ${reason}` };
}

/** The name of an error only, because its message can contain what was sent. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Runs the relay on Node. Loads Node's modules without imports, because bundlers for other hosts would follow them. */
function serve(env: NodeJS.ProcessEnv): void {
  const { PORT = '8080', HOST } = env;
  const settings = settingsOf(env);
  if ('problem' in settings) {
    console.error(`The relay cannot start. ${settings.problem}`);
    process.exitCode = 1;
    return;
  }
  const { createServer } = process.getBuiltinModule('node:http');
  const relay = openRelay();
  const server = createServer(TIMES, (incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const parts = incoming.iterator();
    const pull = async (controller: ReadableStreamDefaultController) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    };
    const answer = async () => {
      const request = new Request(`http://relay${url}`, {
        method,
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(method === 'POST' && { body: new ReadableStream({ pull }), duplex: 'half' }),
      });
      const response = await relay.fetch(request);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
      // If the connection closed now, a client that is still sending would not see the response. TIMES closes it later.
      while (!(await parts.next()).done);
    };
    answer().catch(() => outgoing.headersSent || outgoing.writeHead(400).end());
  });
  server.listen(Number(PORT), HOST, () => console.log(`The relay is listening: ${JSON.stringify(server.address())}`));
}

// In a Worker and in Deno, this file is also the main one.
if (import.meta.main && navigator.userAgent.startsWith('Node.js')) serve(process.env);
