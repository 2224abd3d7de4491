import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareAddress } from './pull-request.ts';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { repository } from '../../src/__tests__/support/authoring.ts';

const GIVEN = ['new', 'Some customers cannot pay', '--component', 'checkout=major_outage', '-m', 'We look.'];
const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
const BRANCH = 'status/2026-11-20-some-customers-cannot-pay-investigating';

let made: Workshop;
let origin: string;
beforeEach(async () => {
  made = await repository();
  origin = await mkdtemp(join(tmpdir(), 'candor-origin-'));
  made.git('init', '--quiet', '--bare', origin);
});
afterEach(async () => {
  await made.remove();
  await rm(origin, { recursive: true, force: true });
});

/** Puts a `gh` on the path that writes down how it was called. */
async function withGh(exitCode: number): Promise<Record<string, string>> {
  const bin = join(origin, 'bin');
  await mkdir(bin);
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" > "${origin}/called"\necho https://github.com/acme/status/pull/7\nexit ${exitCode}\n`;
  await made.write('gh', script);
  made.run([], { shell: `chmod +x gh; mv gh "${bin}/gh"; exit` });
  return { PATH: `${bin}${delimiter}${process.env['PATH']}` };
}

describe('--pull-request', () => {
  it('pushes a branch of its own, opens the pull request through gh, and goes back', async () => {
    made.git('remote', 'add', 'origin', origin);
    const { out, err, code } = made.run([...GIVEN, '--pull-request'], { env: await withGh(0) });
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out).toContain('Opened the pull request: https://github.com/acme/status/pull/7');
    expect(made.run([], { shell: `cat "${origin}/called"; exit` }).out.split('\n')).toEqual([
      ...['pr', 'create', '--base', 'main', '--head', BRANCH],
      ...['--title', 'Investigating: Some customers cannot pay', '--body', '', ''],
    ]);
    expect(made.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('--git-dir', origin, 'show', '--name-only', '--format=%s', BRANCH)).toContain(PATH);
    expect(made.git('log', '--format=%s', 'main')).toBe('First');
  });

  it('takes another branch when there is one of that name', async () => {
    made.git('remote', 'add', 'origin', origin);
    made.git('branch', BRANCH);
    const { out } = await made.call([...GIVEN, '--pull-request', '--json'], {
      env: { PATH: process.env['PATH'] ?? '' },
    });
    expect(JSON.parse(out)).toMatchObject({ pullRequest: { branch: `${BRANCH}-2`, base: 'main' } });
  });

  it('prints the address to open when gh cannot', async () => {
    made.git('remote', 'add', 'origin', 'git@github.com:acme/status.git');
    made.git('remote', 'set-url', '--push', 'origin', origin);
    const { out, code } = await made.call([...GIVEN, '--pull-request'], { env: await withGh(1) });
    expect(code).toBe(0);
    expect(out).toContain(
      `Open the pull request here: https://github.com/acme/status/compare/main...${BRANCH}?expand=1`,
    );
  });

  it('says where the commit is when it cannot be pushed', async () => {
    made.git('remote', 'add', 'origin', join(origin, 'nowhere'));
    const { err, code } = await made.call([...GIVEN, '--pull-request']);
    expect(err).toMatch(/^git push failed: /);
    expect(err).toContain(`The change is committed on the branch ${BRANCH} but not pushed.`);
    expect(code).toBe(1);
    expect(made.git('symbolic-ref', '--short', 'HEAD')).toBe('main');
    expect(made.git('show', `${BRANCH}:${PATH}`)).toContain('We look.');
  });

  it('leaves the file and no branch behind when the commit is refused', async () => {
    made.git('remote', 'add', 'origin', origin);
    await made.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 1\n');
    made.run([], { shell: 'chmod +x .git/hooks/pre-commit; exit' });
    const { err, code } = await made.call([...GIVEN, '--pull-request']);
    expect(err).toContain(`Wrote ${PATH}. It is not committed.`);
    expect(code).toBe(1);
    expect(made.git('branch', '--format=%(refname:short)')).toBe('main');
    expect(await made.read(PATH)).toContain('We look.');
  });

  it.each([
    ['there is no remote', [], 'The repository has no remote, so you cannot open a pull request.'],
    ['no branch is checked out', ['checkout', '--quiet', '--detach'], 'No branch is checked out.'],
  ])('writes nothing when %s', async (_, prepare, reason) => {
    if (prepare.length > 0) made.git(...prepare);
    const { err, code } = await made.call([...GIVEN, '--pull-request']);
    expect(err).toContain(reason);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    await expect(made.read(PATH)).rejects.toThrow('ENOENT');
  });
});

describe('the address at which a pull request is opened by hand', () => {
  it.each([
    ['git@github.com:acme/status.git', 'https://github.com/acme/status/compare/main...status/a-b?expand=1'],
    ['https://github.com/acme/status', 'https://github.com/acme/status/compare/main...status/a-b?expand=1'],
    [
      'https://ada:secret@github.com/acme/status.git',
      'https://github.com/acme/status/compare/main...status/a-b?expand=1',
    ],
    [
      'ssh://git@github.acme.example:2222/acme/status.git',
      'https://github.acme.example/acme/status/compare/main...status/a-b?expand=1',
    ],
    [
      'git@gitlab.com:acme/ops/status.git',
      'https://gitlab.com/acme/ops/status/-/merge_requests/new?merge_request%5Bsource_branch%5D=status%2Fa-b&merge_request%5Btarget_branch%5D=main',
    ],
    ['/srv/git/status.git', undefined],
    ['git@git.acme.example:status.git', undefined],
  ])('for %s is %s', (remote, expected) => {
    expect(compareAddress(remote, 'main', 'status/a-b')).toBe(expected);
  });
});
