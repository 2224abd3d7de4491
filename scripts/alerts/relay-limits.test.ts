import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as rawRequest } from 'node:http';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRelay } from './relay.ts';
import { BEARER, relayStand, RESOLVED, SECRET, type Sending } from '../../src/__tests__/support/relay.ts';

const { github, log, environment, send } = await relayStand();

describe('too many', () => {
  async function statuses(times: number, sending: Sending): Promise<Record<number, number>> {
    const counts: Record<number, number> = {};
    for (let time = 0; time < times; time += 1) {
      const { status } = await send({ body: RESOLVED, ...sending });
      counts[status] = (counts[status] ?? 0) + 1;
    }
    return counts;
  }

  it('messages in a minute have to wait, and are told how long', async () => {
    let now = 5_000;
    const relay = openRelay({ now: () => now });
    expect(await statuses(62, { relay })).toEqual({ 202: 60, 429: 2 });
    const refused = await send({ body: RESOLVED, relay });
    expect(refused.headers.get('retry-after')).toBe('1');
    now += 3_000;
    expect(await statuses(5, { relay })).toEqual({ 202: 3, 429: 2 });
    now += 3_600_000;
    expect(await statuses(62, { relay })).toEqual({ 202: 60, 429: 2 });
  });

  it('wrong secrets have to wait longer, and so does a right one after them', async () => {
    let now = 0;
    const relay = openRelay({ now: () => now });
    const wrong = { relay, headers: { authorization: 'Bearer of bad news' } };
    expect(await statuses(100, wrong)).toEqual({ 401: 10, 429: 90 });
    expect((await send(wrong)).headers.get('retry-after')).toBe('6');
    expect(await statuses(2, { relay })).toEqual({ 429: 2 });
    expect(await statuses(3, { relay, headers: {} })).toEqual({ 401: 3 });
    now += 6_000;
    const guesses = Array.from({ length: 40 }, (_, index) => ({
      relay,
      body: RESOLVED,
      headers: { authorization: index === 39 ? BEARER.authorization : 'Bearer of bad news' },
    }));
    const answers = await Promise.all(guesses.map((guess) => send(guess)));
    expect(answers.at(-1)).toMatchObject({ status: 429 });
    now += 6_000;
    expect(await statuses(3, { relay })).toEqual({ 202: 3 });
    expect(await statuses(2, wrong)).toEqual({ 401: 1, 429: 1 });
  });
});

describe('a compressed message', () => {
  const sent = (encoding: string, body: Uint8Array<ArrayBuffer>) =>
    send({ body, headers: { ...BEARER, 'content-encoding': encoding } });

  it.each([
    ['gzip', gzipSync(RESOLVED)],
    ['x-gzip', gzipSync(RESOLVED)],
    ['deflate', deflateSync(RESOLVED)],
    ['br', brotliCompressSync(RESOLVED)],
    ['identity', Buffer.from(RESOLVED)],
  ])('by %s is read', async (encoding, body) => {
    expect(await sent(encoding, body)).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual([RESOLVED]);
  });

  it('is measured by what it holds', async () => {
    expect(await sent('gzip', gzipSync(Buffer.alloc(200_000_000, 32)))).toMatchObject({ status: 413 });
    expect(github.dispatches).toEqual([]);
  });

  it('that is invalid, or compressed in another way, is refused', async () => {
    expect(await sent('gzip', Buffer.from(RESOLVED))).toMatchObject({ status: 400 });
    expect(await sent('gzip', gzipSync(RESOLVED).subarray(0, 20))).toMatchObject({ status: 400 });
    expect(await sent('compress', Buffer.from(RESOLVED))).toMatchObject({ status: 415 });
    expect(github.dispatches).toEqual([]);
  });
});

describe('GitHub', () => {
  it.each([
    ['down', [503]],
    ['down twice', [500, 502]],
    ['cut off', ['hang up', 'hang up']],
  ] as const)('is asked again when it was %s', async (_how, failures) => {
    github.failures.push(...failures);
    const pauses: number[] = [];
    const relay = openRelay({ pause: async (time) => pauses.push(time) });
    expect(await send({ body: RESOLVED, relay })).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual(Array.from({ length: failures.length + 1 }, () => RESOLVED));
    expect(pauses).toEqual([500, 1_500].slice(0, failures.length));
  });

  it.each([
    ['stays down', [503, 503, 503], 3, 'GitHub returned 503.'],
    ['does not answer', ['hang up', 'hang up', 'hang up'], 3, 'GitHub did not respond: TypeError.'],
    ['does not say', ['say nothing', 'say nothing', 'say nothing'], 3, 'GitHub did not respond: TimeoutError.'],
    ['does not know the token', [401], 1, 'The token in GITHUB_TOKEN is not valid'],
    ['refuses the token', [403], 1, 'needs the permission “Contents: write”'],
    ['does not know the repository', [404], 1, 'needs the permission “Contents: write”'],
    ['refuses the message', [422], 1, 'GitHub returned 422.'],
    ['says something else', [200], 1, 'GitHub returned 200.'],
  ] as const)(
    'is reported as failing when it %s, so that the monitor sends again',
    async (how, failures, tries, why) => {
      github.failures.push(...failures);
      const relay = openRelay({ pause: async () => {}, patience: how === 'does not say' ? 1500 : 60_000 });
      expect(await send({ body: RESOLVED, relay })).toMatchObject({
        status: 502,
        text: 'GitHub did not accept the message. Send it again later.\n',
      });
      expect(github.dispatches).toHaveLength(tries);
      expect(log).toEqual([expect.stringContaining(why)]);
    },
  );
});

describe('the log', () => {
  it('has one line for each request, without what was sent', async () => {
    await send({ body: RESOLVED });
    await send({ body: RESOLVED, headers: {}, path: `/${SECRET}` });
    await send({
      body: RESOLVED,
      headers: { authorization: 'Bearer nearly-the-secret' },
      path: '/nearly?secret=close',
    });
    await send({ method: 'GET' });
    await send({ body: '' });
    await send({ body: RESOLVED, env: { ...environment(), GITHUB_TOKEN: 'two\nlines' } });
    expect(log).toEqual([
      '202 38 bytes Forwarded.',
      '202 38 bytes Forwarded.',
      '401 - The secret is wrong or missing.',
      '200 - The relay is running. Send messages from your monitoring as POST requests.',
      '400 0 bytes The message is empty.',
      '502 38 bytes GitHub did not respond: TypeError.',
    ]);
  });
});

describe('on Node', () => {
  let address = '';
  let relay: ChildProcessWithoutNullStreams;

  beforeAll(async () => {
    const env = { ...process.env, ...environment(), HOST: '127.0.0.1', PORT: '0' };
    relay = spawn(process.execPath, [fileURLToPath(new URL('relay.ts', import.meta.url))], { env });
    const [line] = await once(relay.stdout, 'data');
    relay.stdout.resume();
    address = `http://127.0.0.1:${/"port":(\d+)/.exec(String(line))?.[1]}`;
  });
  afterAll(async () => {
    relay.kill();
    await once(relay, 'exit');
  });

  const post = (path: string, init: RequestInit = {}) =>
    fetch(`${address}${path}`, { method: 'POST', body: RESOLVED, ...init });

  it('forwards a message', async () => {
    expect(await post('/', { headers: BEARER })).toMatchObject({ status: 202 });
    expect(await post(`/${SECRET}`)).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual([RESOLVED, RESOLVED]);
  });

  it('answers what it refuses', async () => {
    expect(await fetch(address)).toMatchObject({ status: 200 });
    expect(await fetch(address, { method: 'HEAD' })).toMatchObject({ status: 200 });
    expect(await post('/')).toMatchObject({ status: 401 });
    expect(await post('/', { method: 'PUT' })).toMatchObject({ status: 405 });
    expect(await post('/', { headers: BEARER, body: randomBytes(70_000) })).toMatchObject({ status: 413 });
    expect(github.dispatches).toEqual([]);
  });

  it.each([
    ['too large', BEARER, 413],
    ['without the secret', {}, 401],
  ])('lets a message that is %s come to its end, so that its sender sees why', async (_why, headers, status) => {
    const sender = rawRequest(address, { method: 'POST', headers });
    const answered = once(sender, 'response');
    await new Promise<void>((resolve) => sender.end(Buffer.alloc(20_000_000, 32), resolve));
    const [answer] = await answered;
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });

  it('outlives senders who break off and requests that are none', async () => {
    const half = rawRequest(address, { method: 'POST', headers: { ...BEARER, 'content-length': 100 } });
    half.on('error', () => undefined);
    half.write('{"na');
    await new Promise((resolve) => setTimeout(resolve, 30));
    half.destroy();
    const odd = rawRequest(address, { method: 'TRACE', path: '*' }).end();
    const [answer] = await once(odd, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(400);
    expect(await post('/', { headers: BEARER })).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual([RESOLVED]);
  });
});

it('does not start on Node without its settings, and says which is missing', async () => {
  const file = fileURLToPath(new URL('relay.ts', import.meta.url));
  const child = spawn(process.execPath, [file], { env: { RELAY_SECRET: 'a'.repeat(20), GITHUB_TOKEN: 'b' } });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  expect({ code, said }).toEqual({
    code: 1,
    said: 'The relay cannot start. GITHUB_REPOSITORY is missing, or not OWNER/NAME.\n',
  });
});
