import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GitHubStandIn } from '../../src/__tests__/support/github.ts';
import { postComment } from './comment.ts';
import { MARKER } from './print.ts';
import { BOT, PullRequestStandIn } from '../../src/__tests__/support/pull-request.ts';

const BODY = `${MARKER}\n\nNothing changes.\n`;
const PERSON = { login: 'mallory', type: 'User' } as const;

let github: GitHubStandIn;
let pull: PullRequestStandIn;
let folder: string;

beforeEach(async () => {
  github = await GitHubStandIn.start();
  github.pull = pull = new PullRequestStandIn();
  folder = await mkdtemp(join(tmpdir(), 'candor-event-'));
  await writeFile(join(folder, 'event.json'), JSON.stringify({ pull_request: { number: PullRequestStandIn.NUMBER } }));
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

function post(body = BODY, env: Record<string, string | undefined> = {}) {
  const job = { ...github.env, GITHUB_TOKEN: github.token, GITHUB_EVENT_PATH: join(folder, 'event.json') };
  return postComment(body, { ...job, ...env }, () => Promise.resolve());
}

const bodies = () => pull.comments.map(({ body }) => body);
const writes = () => github.asked.filter((asked) => !asked.startsWith('GET'));

describe('the comment', () => {
  it('is written once and edited in place from then on', async () => {
    pull.add('Looks good.', PERSON);
    expect(await post()).toEqual({ url: 'https://github.com/acme/status/pull/7#2' });
    expect(await post(`${BODY}More.`)).toEqual({ url: 'https://github.com/acme/status/pull/7#2' });
    expect(bodies()).toEqual(['Looks good.', `${BODY}More.`]);
  });

  it('is left alone when it says the same already', async () => {
    pull.add(BODY);
    await post();
    expect(writes()).toEqual([]);
  });

  it('is found behind hundreds of others', async () => {
    for (let count = 0; count < 250; count += 1) pull.add('Hm.', PERSON);
    pull.add(`${MARKER} Old.`);
    await post();
    expect(pull.comments).toHaveLength(251);
    expect(bodies().at(-1)).toBe(BODY);
  });

  it('is one: a second one that two runs wrote at once goes', async () => {
    pull.add(`${MARKER} One.`);
    pull.add(`${MARKER} Two.`);
    await post();
    expect(bodies()).toEqual([BODY]);
    expect(pull.comments[0]?.id).toBe(1);
  });

  it('is not that of a person who writes the marker, nor of a bot that quotes it', async () => {
    pull.add(`${MARKER} Mine.`, PERSON);
    pull.add(`> ${MARKER} Quoted.`, BOT);
    await post();
    expect(bodies()).toEqual([`${MARKER} Mine.`, `> ${MARKER} Quoted.`, BODY]);
  });

  it('is that of the person whose token it is', async () => {
    pull.login = PERSON.login;
    pull.add(`${MARKER} Mine.`, PERSON);
    await post();
    expect(bodies()).toEqual([BODY]);
  });
});

describe('no comment is written, and it is said why,', () => {
  it.each([403, 404] as const)('where the token may not write, as on a fork: %i', async (status) => {
    pull.writeStatus = status;
    expect(await post()).toEqual({ refused: expect.stringContaining('Pull requests from forks never have it') });
    expect(writes()).toHaveLength(1);
  });

  it.each([
    ['without a token', { GITHUB_TOKEN: '' }],
    ['without an event', { GITHUB_EVENT_PATH: undefined }],
    ['where the event is no pull request', { GITHUB_EVENT_PATH: 'package.json' }],
    ['where nobody answers', { GITHUB_API_URL: 'http://127.0.0.1:9' }],
  ])('%s', async (_, env) => {
    expect(await post(BODY, env)).toEqual({ refused: expect.stringMatching(/^No comment was posted/) });
  });

  it('when GitHub is down for long, after four attempts', async () => {
    pull.troubles.push(500, 502, 503, 500);
    expect(await post()).toEqual({
      refused: expect.stringContaining('No comment was posted: GitHub returned 500'),
    });
    expect(github.asked).toHaveLength(4);
  });

  it('and never with the token in it', async () => {
    pull.troubles.push(401);
    expect(JSON.stringify(await post())).not.toContain(github.token);
  });
});

it('a moment of trouble leaves one comment', async () => {
  pull.troubles.push(502);
  await post();
  expect(bodies()).toEqual([BODY]);
});
