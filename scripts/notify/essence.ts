import { createHash } from 'node:crypto';
import type { FeedContext } from '../../src/formats/feed.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { essenceOf } from '../../src/formats/notices/notice.ts';

/** What tells a corrected time from something new, short enough for the record; each worked out once. */
export function essences(context: FeedContext): (notice: Notice) => string {
  const known = new WeakMap<Notice, string>();
  return (notice) => {
    const essence = known.get(notice) ?? hashOf(essenceOf(notice, context));
    known.set(notice, essence);
    return essence;
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
