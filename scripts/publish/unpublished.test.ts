import { describe, expect, it } from 'vitest';
import { incident, TestRepository } from './testing.ts';
import { unpublishedSince } from './unpublished.ts';

const A = 'content/incidents/a.md';

/** A repository with a live commit and a newer one, made at 10:01 and 10:02. */
function changed(path: string) {
  const repository = new TestRepository({ [A]: incident('We look into it.') });
  const live = repository.git('rev-parse', 'HEAD').trim();
  repository.commit({ [path]: incident('We found it.') });
  const at = (time: string, commit: string | undefined = live) =>
    unpublishedSince(commit, Date.parse(`2026-11-20T${time}Z`), { ...process.env, STATUS_CONTENT: repository.content });
  return { repository, live, at };
}

describe('a commit that is not on the page', () => {
  it('is named once its deployment should have been over, for some hours', async () => {
    const { repository, at } = changed(A);
    using _ = repository;
    expect(await at('10:11:00')).toBeUndefined();
    expect(await at('10:12:00')).toMatch(/^Commit [0-9a-f]{7} is not published yet\.$/);
    expect(await at('17:00:00')).toBeUndefined();
  });

  it('is no news when it changes nothing of the content, or when it is on the page', async () => {
    const { repository, at } = changed('README.md');
    using _ = repository;
    expect(await at('10:30:00')).toBeUndefined();
    expect(await at('10:30:00', repository.git('rev-parse', 'HEAD').trim())).toBeUndefined();
  });

  it('cannot be told where the page does not say what it was built from, or says what is not there', async () => {
    const { repository, at } = changed(A);
    using _ = repository;
    expect(await at('10:30:00', 'f'.repeat(40))).toBeUndefined();
  });
});
