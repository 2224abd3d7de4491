import { unpublishedSince } from '../publish/clock.ts';
import { describe, expect, it } from 'vitest';
import { incident, TestRepository } from '../../src/__tests__/support/publish.ts';

const A = 'content/incidents/a.md';

/** A repository with a live commit and a newer one, made at 10:02 and 10:03. */
class Behind extends TestRepository {
  readonly live: string;

  constructor(path: string) {
    super({ [A]: incident('We look into it.') });
    this.live = this.git('rev-parse', 'HEAD').trim();
    this.commit({ [path]: incident('We found it.') });
  }

  at(time: string, live = this.live): Promise<string | undefined> {
    const env = { ...process.env, STATUS_CONTENT: this.content };
    return unpublishedSince(live, Date.parse(`2026-11-20T${time}Z`), env);
  }
}

describe('a commit that is not on the page', () => {
  it('is named once its deployment should have been over, for some hours', async () => {
    using behind = new Behind(A);
    expect(await behind.at('10:11:00')).toBeUndefined();
    expect(await behind.at('10:13:00')).toMatch(/^Commit [0-9a-f]{7} is not published yet\.$/);
    expect(await behind.at('17:00:00')).toBeUndefined();
  });

  it('is no news when it changes nothing of the content, or when it is on the page', async () => {
    using behind = new Behind('README.md');
    expect(await behind.at('10:30:00')).toBeUndefined();
    expect(await behind.at('10:30:00', behind.git('rev-parse', 'HEAD').trim())).toBeUndefined();
  });

  it('cannot be told where the page was built from what is not there', async () => {
    using behind = new Behind(A);
    expect(await behind.at('10:30:00', 'f'.repeat(40))).toBeUndefined();
  });
});
