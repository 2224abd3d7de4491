import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BEGUN, company, IDENTIFIED, NOW, PAY } from '../../src/__tests__/support/preview-change.ts';

function preview(cwd: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const own = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', STATUS_NOW: NOW };
  const command = [resolve('scripts/cli.ts'), 'preview', ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd, env: { ...own, ...env } });
  return { out: stdout.toString(), err: stderr.toString(), status };
}

describe('preview', () => {
  it('compares what is not committed with the last commit', () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN });
    const { out, err, status } = preview(repository.root);
    expect(out).toContain('After this is merged, the page says: Partial outage.');
    expect(out).toMatch(/\nCompared with commit [0-9a-f]{7,}\.\n$/);
    expect([err, status]).toEqual(['', 0]);
    expect(repository.git('status', '--porcelain', '--untracked-files=all').trim()).toBe(`?? ${PAY}`);
  });

  it('compares a branch with the commit at which it left the default one, which may have gone on', () => {
    using repository = company();
    repository.git('checkout', '--quiet', '-b', 'incident');
    repository.commit({ [PAY]: BEGUN });
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ 'content/site.yml': 'name: Other\nurl: https://other.example\n' });
    repository.git('checkout', '--quiet', 'incident');
    const { out } = preview(repository.root, ['--format', 'markdown']);
    expect(out).toContain('**New incident: Some customers in Europe cannot pay by card**');
    expect(out).not.toContain('Settings, components and files');
  });

  it('compares with what was pushed, and with the commit that --base names', () => {
    using repository = company();
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.commit({ [PAY]: BEGUN });
    repository.commit({ [PAY]: BEGUN + IDENTIFIED });
    const env = { STATUS_NOW: '2026-11-20T09:55:00Z' };
    const kinds = (args: readonly string[]) => {
      const { events } = JSON.parse(preview(repository.root, ['--json', ...args], env).out) as {
        events: { kind: string; updates: object[] }[];
      };
      return events.map(({ kind, updates }) => [kind, updates.length]);
    };
    expect(kinds([])).toEqual([['added', 2]]);
    expect(kinds(['--base', 'HEAD^1'])).toEqual([['changed', 1]]);
    expect(kinds(['--base', 'HEAD'])).toEqual([]);
  });

  it('fails on errors in the content, and shows them', () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN.replace('09:27 UTC', '09:27') });
    const { out, status } = preview(repository.root);
    expect(out).toContain('This cannot be published yet: one error.');
    expect(out).toContain('## Investigating · 2026-11-20 09:27 UTC');
    expect(status).toBe(1);
  });

  it.each([
    ['--base=nowhere', 'There is no commit “nowhere” here.'],
    ['--base=--output=x', 'There is no commit “--output=x” here.'],
  ])('says that there is no such commit: %s', (base, said) => {
    using repository = company();
    const { err, status } = preview(repository.root, [base]);
    expect(err).toContain(said);
    expect(status).toBe(1);
  });

  it('says that it needs a repository, and one with a commit', () => {
    using repository = company();
    repository.git('checkout', '--quiet', '--orphan', 'empty');
    repository.git('branch', '-D', 'main');
    expect(preview(repository.root).err).toBe('The repository has no commit yet to compare with. Commit first.\n');
    const folder = mkdtempSync(join(tmpdir(), 'candor-bare-'));
    const bare = preview(folder, [], { STATUS_CONTENT: repository.content, GIT_DIR: join(folder, 'none') });
    rmSync(folder, { recursive: true });
    expect(bare.err).toContain('is not in a Git repository. A preview needs a repository');
    expect(bare.status).toBe(1);
  });

  it('prints the comment where there is neither a pull request nor a summary', () => {
    using repository = company();
    repository.write({ [PAY]: BEGUN });
    const { out, status } = preview(repository.root, ['--github']);
    expect(out).toMatch(/^No comment was posted, because .*\n\n<!-- candor-preview -->\n/);
    expect(status).toBe(0);
  });
});
