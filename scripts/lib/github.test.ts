import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openGitHub } from './github.ts';

type Answer = readonly [status: number, headers?: Readonly<Record<string, string>>, body?: object];

/** Sends one request to a GitHub that gives these answers, the last again and again. */
async function request(...answers: readonly Answer[]) {
  let asked = 0;
  const server = createServer((_, response) => {
    const [status, headers, body = {}] = answers[Math.min(asked++, answers.length - 1)] ?? [500];
    response.writeHead(status, { ...headers }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pauses: number[] = [];
  const env = {
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: 'acme/status',
    GITHUB_TOKEN: 'token',
  };
  try {
    const github = openGitHub(env, async (time) => void pauses.push(time));
    const error = await github.request('POST', '/issues', {}).then(
      () => undefined,
      (reason: unknown) => String(reason),
    );
    return { pauses, asked, error };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const DATE = 'Fri, 20 Nov 2026 10:00:00 GMT';
const resetAfter = (seconds: number) => ({
  date: DATE,
  'x-ratelimit-remaining': '0',
  'x-ratelimit-reset': String(Date.parse(DATE) / 1000 + seconds),
});

it.each<[string, Answer, number]>([
  ['as long as it asks for', [429, { 'retry-after': '30' }], 30_000],
  ['as long as it asks for with 403', [403, { 'retry-after': '30' }], 30_000],
  ['until the limit is reset, by the clock of GitHub', [403, resetAfter(20)], 21_000],
  [
    'a minute for a secondary limit without a time',
    [403, {}, { message: 'You have exceeded a secondary rate limit.' }],
    60_000,
  ],
  ['a second when it is down', [503], 1_000],
])('waits %s', async (_, answer, pause) => {
  expect(await request(answer, [201])).toEqual({ pauses: [pause], asked: 2, error: undefined });
});

it('asks no more when the limit is reset too late', async () => {
  const { asked, error } = await request([403, resetAfter(3_000)]);
  expect(asked).toBe(1);
  expect(error).toContain('The rate limit is reached. The next run tries again.');
});

it('does not take a missing permission for a limit', async () => {
  const { asked, error } = await request([403, {}, { message: 'Resource not accessible by integration' }]);
  expect(asked).toBe(1);
  expect(error).toContain('issues: write');
});
