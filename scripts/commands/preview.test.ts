import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCommand } from '../../src/__tests__/support/call.ts';
import { registerPreview } from './preview.ts';
import { BEGUN, company, IDENTIFIED, NOW, PAY } from '../../src/__tests__/support/preview-change.ts';

const OWN = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', STATUS_NOW: NOW };

/** Runs the command in this process, which takes a tenth of the time. */
function preview(folder: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  return callCommand(registerPreview, ['preview', ...args], { ...OWN, ...env }, folder);
}

/** Runs the command as people do. */
function previewAlone(cwd: string) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [resolve('scripts/cli.ts'), 'preview'], {
    cwd,
    env: OWN,
  });
  return { out: stdout.toString(), err: stderr.toString(), code: status };
}

describe('preview', () => {
  it('compares what is not committed with the last commit', () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN });
    const { out, err, code } = previewAlone(repository.root);
    expect(out).toContain('After this is merged, the page says: Partial outage.');
    expect(out).toMatch(/\nCompared with commit [0-9a-f]{7,}\.\n$/);
    expect([err, code]).toEqual(['', 0]);
    expect(repository.git('status', '--porcelain', '--untracked-files=all').trim()).toBe(`?? ${PAY}`);
  });

  it('compares a branch with the commit at which it left the default branch, which may have newer ones', async () => {
    using repository = company();
    repository.git('checkout', '--quiet', '-b', 'incident');
    repository.commit({ [PAY]: BEGUN });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'content/site.yml': 'name: Other\nurl: https://other.example\n' });
    repository.git('checkout', '--quiet', 'incident');
    const { out } = await preview(repository.root, ['--format', 'markdown']);
    expect(out).toContain('**New incident: Some customers in Europe cannot pay by card**');
    expect(out).not.toContain('Settings, components and files');
  });

  it('compares with what was pushed, and with the commit that --base names', async () => {
    using repository = company();
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.commit({ [PAY]: BEGUN });
    repository.commit({ [PAY]: BEGUN + IDENTIFIED });
    const env = { STATUS_NOW: '2026-11-20T09:55:00Z' };
    const kinds = async (args: readonly string[]) => {
      const { events } = JSON.parse((await preview(repository.root, ['--json', ...args], env)).out) as {
        events: { kind: string; updates: object[] }[];
      };
      return events.map(({ kind, updates }) => [kind, updates.length]);
    };
    expect(await kinds([])).toEqual([['added', 2]]);
    expect(await kinds(['--base', 'HEAD^1'])).toEqual([['changed', 1]]);
    expect(await kinds(['--base', 'HEAD'])).toEqual([]);
  });

  it('fails on errors in the content, and shows them', async () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN.replace('09:27 UTC', '09:27') });
    const { out, code } = await preview(repository.root);
    expect(out).toContain('This cannot be published yet: one error.');
    expect(out).toContain('## Investigating · 2026-11-20 09:27 UTC');
    expect(code).toBe(1);
  });

  it.each([
    ['--base=nowhere', 'There is no commit “nowhere” here.'],
    ['--base=--output=x', 'There is no commit “--output=x” here.'],
  ])('says that there is no such commit: %s', async (base, said) => {
    using repository = company();
    const { err, code } = await preview(repository.root, [base]);
    expect(err).toContain(said);
    expect(code).toBe(1);
  });

  it('says that it needs a repository, and one with a commit', async () => {
    using repository = company();
    repository.git('checkout', '--quiet', '--orphan', 'empty');
    repository.git('branch', '-D', 'main');
    expect((await preview(repository.root)).err).toBe(
      'The repository has no commit yet to compare with. Commit first.\n',
    );
    const folder = mkdtempSync(join(tmpdir(), 'candor-bare-'));
    const bare = await preview(folder, [], { STATUS_CONTENT: repository.content, GIT_DIR: join(folder, 'none') });
    rmSync(folder, { recursive: true });
    expect(bare.err).toContain('is not in a Git repository. A preview needs a repository');
    expect(bare.code).toBe(1);
  });

  it('prints the comment where there is neither a pull request nor a summary', async () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN });
    const { out, code } = await preview(repository.root, ['--github']);
    expect(out).toMatch(/^No comment was posted, because .*\n\n<!-- candor-preview -->\n/);
    expect(code).toBe(0);
  });
});
