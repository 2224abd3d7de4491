import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SharedRepository } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, sharedRepository, SITE } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const POST = ['update', 'We found the cause.', '--next', '30m'];
const REVERTED = 'Revert "Update: Some customers cannot pay"';

let made: SharedRepository;
let page: Server | undefined;
afterEach(async () => {
  page?.close().closeAllConnections();
  await made.remove();
});

async function otherWork(): Promise<string> {
  await made.write('staged.txt', 'mine');
  made.git('add', 'staged.txt');
  await made.write('content/components.yml', `${await made.read('content/components.yml')}# later\n`);
  return made.git('status', '--porcelain');
}

describe('undo, before the push', () => {
  it.each([
    ['an update', POST, 'content/incidents/2026/other.md'],
    ['a new incident', ['new', 'Orders fail', '--component', 'checkout=partial_outage', '-m', 'We look.'], PATH],
  ])('takes out %s and leaves later commits and other work as they are', async (_, post, other) => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    await made.call([...post, '--commit']);
    await made.write(other, other === PATH ? `${INCIDENT}\n` : INCIDENT);
    made.git('add', other);
    made.git('commit', '--quiet', '-m', 'By hand');
    const before = await otherWork();
    const { out, err, code } = await made.call(['undo']);
    expect({ err, code }, out).toEqual({ err: '', code: 0 });
    expect(out).toMatch(/ {2}- We (found the cause|look)\.\n[^]*It was not pushed, so nobody has seen it\.\n$/);
    expect(made.git('log', '--format=%s')).toBe('By hand\nFirst');
    expect(await made.read(PATH)).toBe(other === PATH ? `${INCIDENT}\n` : INCIDENT);
    expect(made.git('ls-files', 'content/incidents').split('\n').toSorted()).toEqual(
      [...new Set([PATH, other])].toSorted(),
    );
    expect(made.git('status', '--porcelain')).toBe(before);
  });

  it.each([
    ['not committed', async () => made.write(PATH, `${await made.read(PATH)}\n<!-- mine -->\n`)],
    ['committed', async () => void (await made.call(['resolve', 'pay', 'It works.', '--commit', '--no-postmortem']))],
  ])('loses no later change of the same place that is %s', async (how, change) => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    await made.call([...POST, '--commit']);
    const commit = made.git('rev-parse', 'HEAD');
    await change();
    const [text, log] = [await made.read(PATH), made.git('log')];
    const { err, code } = await made.call(['undo', commit]);
    expect(err).toContain(how === 'committed' ? `Later commits changed ${PATH}, so` : 'would be overwritten');
    expect(err).toMatch(/Nothing was taken back\.\n$/);
    expect(code).toBe(1);
    expect([await made.read(PATH), made.git('log')]).toEqual([text, log]);
  });

  it('finds only posts of one’s own, and those of others by their commit', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    await made.call([...POST, '--commit'], { env: { GIT_AUTHOR_EMAIL: 'ines@acme.example' } });
    expect((await made.call(['undo'])).err).toContain('None of the last 500 commits is a post of yours.');
    expect((await made.call(['undo', 'HEAD~'])).err).toContain('HEAD~ is not a commit of new, update, resolve');
    expect((await made.call(['undo', 'HEAD'])).err).toBe('');
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});

describe('undo, after the push', () => {
  const LOG = (...lines: object[]) =>
    lines.map((line) => `${JSON.stringify({ at: '2026-11-20T10:06:00Z', ...line })}\n`).join('');

  /** Pushes a post that two channels have, and a page that shows a commit. */
  async function posted(shown: () => string) {
    const server = (page = createServer((_, response) =>
      response.end(JSON.stringify({ built: '2026-11-20T10:06:10Z', commit: shown() })),
    ));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const site = `${SITE.replace(/url: .*/, `url: ${url}`)}channels:\n  - { type: slack, url: SLACK_URL }\n`;
    made = await sharedRepository({ [PATH]: INCIDENT, 'content/site.yml': site });
    await made.call([...POST, '--push']);
    const update = 'incidents/pay/u-20261120T100500Z';
    await made.write(
      'sent.jsonl',
      LOG(
        { channel: '*', update: 'incidents/pay/u-20261120T092000Z', how: 'known' },
        { channel: 'slack', update: 'incidents/pay/u-20261120T092000Z', how: 'sent' },
        { channel: 'slack', update, how: 'sending' },
        { channel: 'slack', update, how: 'sent' },
        { channel: 'list', update, how: 'sending' },
        { channel: 'teams', update, how: 'sending' },
        { channel: 'teams', update, how: 'unsent' },
      ),
    );
    const blob = made.git('hash-object', '-w', 'sent.jsonl');
    await made.write('tree', `100644 blob ${blob}\tsent.jsonl\n`);
    made.run([], { shell: 'git update-ref refs/heads/notices $(git commit-tree -m Log $(git mktree < tree)); exit' });
    made.git('push', '--quiet', 'origin', 'notices');
    for (const name of ['sent.jsonl', 'tree']) made.run([], { shell: `rm ${name}; exit` });
  }
  const newest = () => made.git('rev-parse', 'HEAD');

  it('says who has seen it, and takes it back for everybody, behind what others pushed', async () => {
    await posted(newest);
    const refused = await made.call(['undo']);
    expect(refused.out).toContain(
      'It is pushed. It was sent to slack. It may have reached list. The page, built at 11:06 CET, shows it, so readers',
    );
    expect(refused.err).toContain('add --yes. A correction is often better: npm run update -- pay "…"');
    expect(refused.code).toBe(1);
    await made.pushByOther('content/incidents/other.md', INCIDENT);
    const before = await otherWork();
    const { out, err, code } = await made.call(['undo', '--yes', '--json']);
    expect({ err, code }, out).toEqual({ err: '', code: 0 });
    expect(JSON.parse(out)).toMatchObject({ undone: true, seen: { channels: { slack: 'sent', list: 'unclear' } } });
    expect(made.inOrigin('log', '-2', '--format=%s', 'main')).toBe(`${REVERTED}\nBy somebody else`);
    expect(await made.read(PATH)).toBe(INCIDENT);
    expect(made.git('status', '--porcelain')).toBe(before);
    expect((await made.call(['undo', '--yes'])).err).toContain('None of the last 500 commits is a post of yours.');
  });

  it('says that the page does not show it yet', async () => {
    await posted(() => made.git('rev-list', '--max-parents=0', 'HEAD'));
    await made.call(['update', 'Still.', '--push']);
    expect((await made.call(['undo'])).out).toContain(
      'It is pushed. The page does not show it yet, and no channel got it.',
    );
  });

  it('offers a correction first at a terminal, and writes it', async () => {
    await posted(newest);
    const { screen, code } = await made.drive(
      ['undo'],
      [
        ['Post a correction instead', KEYS.enter],
        ['What is the status now?', KEYS.enter],
        ['Which components change?', KEYS.enter],
        ['What do you want to tell', 'We were wrong.', KEYS.tab, KEYS.enter],
        ['When will you post the next update?', KEYS.enter],
        ['Publish now', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(made.inOrigin('show', `main:${PATH}`)).toMatch(/We found the cause\.[^]*We were wrong\./);
  });
});
