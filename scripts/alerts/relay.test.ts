import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import relayOfHost, { openRelay } from './relay.ts';
import {
  BEARER,
  endlessBody,
  payloadOf,
  relayStand,
  RESOLVED,
  SECRET,
  TOKEN,
} from '../../src/__tests__/support/relay.ts';

const { github, log, environment, send } = await relayStand();

describe('the relay', () => {
  it('starts the alert workflow of the repository with the message', async () => {
    expect(await send({ body: RESOLVED })).toMatchObject({ status: 202, text: 'Forwarded.\n' });
    const [{ target, headers, text } = { target: '', headers: {}, text: '' }] = github.dispatches;
    expect(target).toBe('POST /repos/acme/status/dispatches');
    expect(headers).toMatchObject({ authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' });
    expect(JSON.parse(text)).toEqual({ event_type: 'alert', client_payload: { body: RESOLVED } });
  });

  it('is told the same by the variables of a host that binds nothing', async () => {
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
    expect(await send({ body: RESOLVED, env: { remoteAddr: '192.0.2.7' } })).toMatchObject({ status: 202 });
    expect(await send({ body: RESOLVED, env: null })).toMatchObject({ status: 202 });
    vi.unstubAllEnvs();
    expect(await send({ body: RESOLVED, env: null })).toMatchObject({ status: 500 });
  });

  it('is what a host calls', async () => {
    const request = new Request('https://relay.example/', { method: 'POST', headers: BEARER, body: RESOLVED });
    expect(await relayOfHost.fetch(request, environment())).toMatchObject({ status: 202 });
  });

  it('imports nothing, so that it runs wherever it is put', () => {
    const source = readFileSync(new URL('relay.ts', import.meta.url), 'utf8');
    expect(source).not.toMatch(/^\s*import\s|\bfrom '|\bimport\(|require\(/m);
  });

  it('says that it is up, and nothing else', async () => {
    const up = { status: 200, text: 'The relay is running. Send messages from your monitoring as POST requests.\n' };
    expect(await send({ method: 'GET' })).toMatchObject(up);
    expect(await send({ method: 'GET', env: {} })).toMatchObject(up);
    expect(await send({ method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect(github.dispatches).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s, whatever the secret', async (method) => {
    const { status, headers } = await send({ method, path: `/${SECRET}` });
    expect({ status, allow: headers.get('allow') }).toEqual({ status: 405, allow: 'POST' });
    expect(github.dispatches).toEqual([]);
  });

  it('does not say that all is well to a monitor that sends its message by GET', async () => {
    expect(await send({ method: 'GET', path: `/?secret=${SECRET}&msg=down` })).toMatchObject({ status: 405 });
  });
});

describe('the secret', () => {
  const basic = (text: string) => ({ authorization: `Basic ${btoa(text)}` });

  it.each([
    ['a bearer token', { headers: BEARER }],
    ['a bearer token, its scheme in small letters', { headers: { authorization: `bearer ${SECRET}` } }],
    ['a password', { headers: basic(`candor:${SECRET}`) }],
    ['a password without a name', { headers: basic(`:${SECRET}`) }],
    ['a header', { headers: { 'x-relay-secret': SECRET } }],
    ['a header beside a token for somebody else', { headers: { ...basic('proxy:123'), 'X-Relay-Secret': SECRET } }],
    ['a bearer token, at an address that ends in something else', { headers: BEARER, path: '/api/relay?secret=no' }],
    ['the end of the address', { headers: {}, path: `/${SECRET}` }],
    ['the end of a longer address', { headers: {}, path: `/api/relay/${SECRET}?source=pingdom` }],
    ['a part of the query', { headers: {}, path: `/?secret=${SECRET}` }],
  ])('is taken as %s', async (_form, sending) => {
    expect(await send({ body: RESOLVED, ...sending })).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual([RESOLVED]);
  });

  it.each([
    ['left out', { headers: {} }],
    ['empty', { headers: { authorization: 'Bearer ' }, path: '/?secret=' }],
    ['without a scheme', { headers: { authorization: SECRET } }],
    ['of another scheme', { headers: { authorization: `Digest ${SECRET}` } }],
    ['too short', { headers: { authorization: `Bearer ${SECRET.slice(0, -1)}` } }],
    ['too long', { headers: { authorization: `Bearer ${SECRET}0` } }],
    ['different in its last character', { headers: { authorization: `Bearer ${SECRET.slice(0, -1)}b` } }],
    ['different in its first character', { headers: { 'x-relay-secret': `6${SECRET.slice(1)}` } }],
    ['the name and not the password', { headers: basic(`${SECRET}:`) }],
    ['no base64', { headers: { authorization: 'Basic %%%' } }],
    ['in the middle of the address', { headers: {}, path: `/${SECRET}/` }],
    ['in the body', { headers: {}, body: `secret=${SECRET}` }],
  ])('is wrong when it is %s', async (_form, sending) => {
    expect(await send({ body: RESOLVED, ...sending })).toMatchObject({
      status: 401,
      text: 'The secret is wrong or missing.\n',
    });
    expect(github.dispatches).toEqual([]);
  });

  it('is wrong when only a part of its digest is right', async () => {
    const digest = (text: string) => createHash('sha256').update(text).digest();
    const parts: ((bytes: Buffer) => number)[] = [(bytes) => bytes.readUint8(0), (bytes) => bytes.readUint8(31)];
    for (const part of parts) {
      let near = 0;
      while (part(digest(String(near))) !== part(digest(SECRET))) near += 1;
      expect(await send({ body: RESOLVED, headers: { 'x-relay-secret': String(near) } })).toMatchObject({
        status: 401,
      });
    }
  });

  it('is asked for as a password, since some monitors send it only then', async () => {
    const { headers } = await send({ body: RESOLVED, headers: {} });
    expect(headers.get('www-authenticate')).toBe('Basic realm="relay"');
  });

  it.each([
    ['RELAY_SECRET', undefined, 'RELAY_SECRET is missing, or has fewer than 16 characters.'],
    ['RELAY_SECRET', '', 'RELAY_SECRET is missing, or has fewer than 16 characters.'],
    ['RELAY_SECRET', 'fifteen-letters', 'RELAY_SECRET is missing, or has fewer than 16 characters.'],
    ['GITHUB_TOKEN', undefined, 'GITHUB_TOKEN is missing.'],
    ['GITHUB_REPOSITORY', undefined, 'GITHUB_REPOSITORY is missing, or not OWNER/NAME.'],
    ['GITHUB_REPOSITORY', 'acme/status/../../user', 'GITHUB_REPOSITORY is missing, or not OWNER/NAME.'],
  ])('lets nobody in while %s is %s, and only the log says so', async (name, value, problem) => {
    const env = { ...environment(), [name]: value };
    expect(await send({ body: RESOLVED, env, headers: { authorization: `Bearer ${value}` } })).toMatchObject({
      status: 500,
      text: 'The relay is not set up. Its log says what is missing.\n',
    });
    expect(log).toEqual([`500 - ${problem}`]);
    expect(github.dispatches).toEqual([]);
  });
});

describe('the message', () => {
  it.each([
    ['an alert', '{"alerts":[{"status":"firing","labels":{"id":9007199254740993123}}]}'],
    ['a form', 'Name=Shop+%26+more&Status=Down&StatusCode=500'],
    ['a shell', `{"name":"\\"; rm -rf / #","summary":"$(reboot) \`id\` \${{ secrets.TOKEN }}"}`],
    ['line breaks and control characters', '---\r\ntitle: x\n\u0000\u0007\u2028\u2029'],
    ['what ends a payload', '"}},"event_type":"other","client_payload":{"body":"x'],
    ['other scripts and a byte order mark', '\uFEFFZahlung fehlgeschlagen — 支払い 🚨'],
    ['deep nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['no JSON', '{"name":'],
  ])('passes as it came: %s', async (_kind, body) => {
    expect(await send({ body })).toMatchObject({ status: 202 });
    expect(github.messages()).toEqual([body]);
    expect(Object.keys(payloadOf(github.dispatches[0] as never))).toEqual(['body']);
  });

  it.each([
    ['larger than GitHub takes', Buffer.from(JSON.stringify({ text: 'Zahlung 支払い '.repeat(40_000) }))],
    ['larger once it is escaped', Buffer.from('\u0001'.repeat(20_000))],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x7d])],
  ])('is compressed when it is %s', async (_kind, body) => {
    expect(await send({ body })).toMatchObject({ status: 202 });
    expect(Object.keys(payloadOf(github.dispatches[0] as never))).toEqual(['gzip']);
    expect(github.messages()).toEqual([body]);
  });

  it('is text up to the last byte that GitHub takes', async () => {
    const room = 65_535 - '{"body":""}'.length;
    await send({ body: 'x'.repeat(room) });
    await send({ body: 'x'.repeat(room + 1) });
    await send({ body: 'é'.repeat(room / 2 + 1) });
    expect(github.dispatches.map((dispatch) => Object.keys(payloadOf(dispatch)))).toEqual([
      ['body'],
      ['gzip'],
      ['gzip'],
    ]);
  });

  it.each([49_500, 70_000])('is refused when %i bytes are too large even compressed', async (size) => {
    const { status, text } = await send({ body: randomBytes(size) });
    expect({ status, text }).toEqual({
      status: 413,
      text: 'The message is too large. Even compressed, it exceeds GitHub’s limit.\n',
    });
    expect(github.dispatches).toEqual([]);
  });

  it('is read no further than 1 MB, whatever length it claims', async () => {
    const { body, parts } = endlessBody();
    const headers = { ...BEARER, 'content-length': '38' };
    expect(await send({ body, headers })).toMatchObject({
      status: 413,
      text: 'The message is too large. The limit is 1000000 bytes.\n',
    });
    expect(parts()).toBe(Math.ceil(1_000_000 / 65_536));
  });

  it('is not read at all without the secret', async () => {
    const { body, parts } = endlessBody();
    expect(await send({ body, headers: {} })).toMatchObject({ status: 401 });
    expect(parts()).toBe(0);
  });

  it('is not waited for without end', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(Buffer.from('{"na')) });
    const relay = openRelay({ patience: 50 });
    expect(await send({ body, relay })).toMatchObject({ status: 408 });
    expect(github.dispatches).toEqual([]);
  });

  it('is not forwarded when it breaks off', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error('gone')) });
    expect(await send({ body })).toMatchObject({
      status: 400,
      text: 'The connection closed before the message was complete.\n',
    });
    expect(github.dispatches).toEqual([]);
  });

  it.each([null, ''])('is not forwarded when it is empty (%j)', async (body) => {
    expect(await send({ body })).toMatchObject({ status: 400, text: 'The message is empty.\n' });
    expect(github.dispatches).toEqual([]);
  });
});
