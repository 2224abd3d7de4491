import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SharedRepository } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, sharedRepository, SITE } from '../../src/__tests__/support/authoring.ts';
import { findRepository } from '../lib/git.ts';
import { waitUntilLive } from './push.ts';

const PATH = 'content/incidents/2026/pay.md';
const UPDATE = ['update', '-m', 'We found the cause.', '--next', '30m'];
const SUBJECT = 'Update: Some customers cannot pay';

let made: SharedRepository;
afterEach(() => made.remove());

/** Makes something that is neither committed nor any of this post. */
async function otherWork(): Promise<string> {
  await made.write('staged.txt', 'mine');
  made.git('add', 'staged.txt');
  await made.write('content/components.yml', `${await made.read('content/components.yml')}# later\n`);
  return made.git('status', '--porcelain');
}

describe('--push', () => {
  it('publishes this post and nothing else, and says where', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    const before = await otherWork();
    const { out, err, code } = await made.call([...UPDATE, '--push']);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    const hash = made.inOrigin('rev-parse', '--short', 'main');
    expect(out).toContain(`Published as ${hash} on origin/main: https://status.acme.example/incidents/pay/\n`);
    expect(made.inOrigin('show', '--name-only', '--format=%s', 'main')).toBe(`${SUBJECT}\n\n${PATH}`);
    expect(made.git('status', '--porcelain')).toBe(before);
  });

  it('is understood without the -- that npm wants before options', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    const env = { npm_lifecycle_event: 'update', npm_config_next: 'true', npm_config_push: 'true' };
    // npm run update "We found the cause." --next 30m --push
    const { err, code } = await made.call(['update', 'We found the cause.', '30m'], { env });
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(made.inOrigin('show', `main:${PATH}`)).toMatch(/We found the cause\.\n\n- \*\*Next update:\*\* 10:35 UTC$/);
    const unclear = await made.call(['update', 'Still.', '30m', '2h'], {
      env: { ...env, npm_config_expected_fix: 'true' },
    });
    expect(unclear.err).toContain('npm kept --next and --expected-fix for itself. Put -- before the options');
    expect((await made.call(['update', 'Still.', '--dry-run'], { env: { npm_config_push: 'true' } })).err).toBe('');
  });

  it('puts the post behind those of others, and leaves other work as it is', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    await made.pushByOther('content/incidents/other.md', INCIDENT);
    const before = await otherWork();
    const { out, err, code } = await made.call([...UPDATE, '--push', '--json']);
    expect({ err, code }, out).toEqual({ err: '', code: 0 });
    expect(JSON.parse(out)).toMatchObject({ pushed: { remote: 'origin', branch: 'main' } });
    expect(made.inOrigin('log', '--format=%s', 'main')).toBe(`${SUBJECT}\nBy somebody else\nFirst`);
    expect(made.git('rev-parse', 'HEAD')).toBe(made.inOrigin('rev-parse', 'main'));
    expect(made.git('status', '--porcelain')).toBe(before);
    expect(await made.read('content/components.yml')).toContain('# later');
  });

  it('loses nothing when somebody else has changed the same place, and says what to do', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    const theirs = `${INCIDENT}\n## Resolved · 2026-11-20 10:00 UTC\n\nIt works.\n`;
    await made.pushByOther(PATH, theirs);
    const before = await otherWork();
    const { err, code } = await made.call([...UPDATE, '--push']);
    expect(err).toContain(`Somebody else changed ${PATH} at the same time.`);
    expect(err).toContain('run npm run undo and git pull');
    expect(err).toMatch(/It is committed as \w+, but not pushed\.\n$/);
    expect(code).toBe(1);
    expect(made.inOrigin('show', `main:${PATH}`)).toBe(theirs.trim());
    expect(made.git('log', '-1', '--format=%s')).toBe(SUBJECT);
    expect(await made.read(PATH)).toContain('We found the cause.');
    expect(made.git('status', '--porcelain')).toBe(before);
    expect(made.git('worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('publishes nothing that gives an error together with what others pushed', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    await made.pushByOther('content/components.yml', '- id: website\n  name: Website\n');
    const { err, code } = await made.call([...UPDATE, '--push']);
    expect(err).toContain('There is no component “checkout”');
    expect(code).toBe(1);
    expect(made.inOrigin('log', '--format=%s', 'main')).toBe('By somebody else\nFirst');
  });

  it('opens a pull request where the branch is protected, and does not say that it is published', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    const hook = join(made.folder, 'origin.git/hooks/update');
    writeFileSync(hook, '#!/bin/sh\n[ "$1" != refs/heads/main ] || { echo "GH006: Protected branch"; exit 1; }\n');
    chmodSync(hook, 0o755);
    const before = await otherWork();
    const { out, code } = await made.call([...UPDATE, '--push'], { env: { PATH: '/usr/bin:/bin' } });
    expect(out).toContain('main is protected, so the change needs a pull request.');
    expect(out).not.toContain('Published');
    expect(code).toBe(1);
    expect(made.inOrigin('log', '-1', '--format=%s', 'status/pay-update')).toBe(SUBJECT);
    expect(made.git('log', '--format=%s')).toBe('First');
    expect(await made.read(PATH)).toBe(INCIDENT);
    expect(made.git('status', '--porcelain')).toBe(before);
  });

  it('says that a push to another branch publishes nothing', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    made.git('remote', 'set-head', 'origin', 'main');
    made.git('switch', '--quiet', '--create', 'next');
    made.git('push', '--quiet', '--set-upstream', 'origin', 'next');
    const { out } = await made.call([...UPDATE, '--push']);
    expect(out).toContain('The page is published from main, so merge it there.');
    expect(out).not.toContain('Published as');
  });

  it.each([
    ['no remote', 'remote', 'remove', 'origin'],
    ['no upstream', 'branch', '--unset-upstream'],
  ])('writes nothing where there is %s', async (what, ...args) => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    made.git(...args);
    const { err, code } = await made.call([...UPDATE, '--push']);
    expect(err).toMatch(new RegExp(`has ${what}[^]* To commit only, use --commit\\.\nNothing was written\\.\n$`));
    expect(code).toBe(1);
  });

  it('is what Enter does at a terminal', async () => {
    made = await sharedRepository({ [PATH]: INCIDENT });
    made.git('commit', '--quiet', '--allow-empty', '-m', 'Before');
    const { screen, code } = await made.drive(UPDATE, [['together with 1 earlier commit', KEYS.enter]]);
    expect(code, screen).toBe(0);
    expect(screen).toMatch(/Published as \w+ on origin\/main, with 1 earlier commit: https:/);
    expect(made.inOrigin('log', '--format=%s', 'main')).toBe(`${SUBJECT}\nBefore\nFirst`);
  });
});

describe('--wait', () => {
  /** A page that was built from the commits, one after the other, each time it is asked. */
  async function pageOf(commits: (() => string)[]) {
    const server = createServer((_, response) => {
      const commit = (commits.length > 1 ? commits.shift() : commits[0])?.();
      response.end(JSON.stringify({ built: '2026-11-20T10:06:10Z', commit }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    return { url, [Symbol.dispose]: () => void server.close().closeAllConnections() };
  }

  it('ends once the page shows it, also together with what was pushed since', async () => {
    const later = () => made.inOrigin('commit-tree', '-p', 'main', '-m', 'Later', 'main^{tree}');
    const newest = () => {
      made.inOrigin('update-ref', 'refs/heads/main', later());
      return made.inOrigin('rev-parse', 'main');
    };
    const first = () => made.git('rev-list', '--max-parents=0', 'HEAD');
    using page = await pageOf([first, first, newest]);
    made = await sharedRepository({
      [PATH]: INCIDENT,
      'content/site.yml': SITE.replace(/url: .*/, `url: ${page.url}`),
    });
    const { out, err, code } = await made.call([...UPDATE, '--wait']);
    expect({ err, code }, out).toEqual({ err: '', code: 0 });
    expect(out).toContain(`Waiting for ${page.url} …\nThe page shows it. It was built at 11:06 CET.`);
  });

  it('gives up after ten minutes, and says what the page shows and where to look', async () => {
    made = await sharedRepository();
    const head = made.git('rev-parse', 'HEAD');
    using page = await pageOf([() => head]);
    const found = await findRepository(made.folder, process.env);
    if (typeof found === 'string') throw new Error(found);
    let waited = 0;
    const sleep = async (time: number) => (waited += time);
    const upstream = { local: 'main', remote: 'origin', branch: 'main', ahead: 0 };
    const where = {
      page: { url: page.url, address: page.url.href, zone: 'UTC' },
      upstream,
      repository: found,
      deployments: 'https://github.com/acme/status/actions',
    };
    const wanted = made.git('commit-tree', '-p', 'HEAD', '-m', 'New', 'HEAD^{tree}');
    await expect(waitUntilLive(wanted, where, () => undefined, sleep)).rejects.toThrow(
      `${page.url} does not show it after ten minutes. It shows ${head.slice(0, 7)}, built at 2026-11-20T10:06:10.000Z. Look at the deployments: https://github.com/acme/status/actions`,
    );
    expect(waited).toBe(600_000);
  });
});

describe('without a remote', () => {
  it('a commit is offered, and why nothing can be pushed is said', async () => {
    made = Object.assign(await repository({ [PATH]: INCIDENT }), {
      inOrigin: () => '',
      pushByOther: async () => undefined,
    });
    const { screen, code } = await made.drive(UPDATE, [['Save and commit', KEYS.enter]]);
    expect(code, screen).toBe(0);
    expect(screen).toContain('The repository has no remote, so nothing can be pushed.');
    expect(made.git('log', '-1', '--format=%s')).toBe(SUBJECT);
  });
});
