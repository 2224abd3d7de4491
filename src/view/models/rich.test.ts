import { expect, test } from 'vitest';
import { contextOf } from '../../__tests__/support/view.ts';
import { wordsFor } from '../../i18n/words.ts';
import { fullRelative, nearRelative } from './rich.ts';

test.each([
  ['en', ''],
  ['ko', ''],
  ['ja', '（@）'],
  ['zh-CN', '（@）'],
  ['zh-TW', '（@）'],
])('how long ago something was stands in the brackets of %s', (locale, brackets) => {
  const context = contextOf({}, { words: wordsFor(locale) });
  expect(nearRelative(context, 0).relative).toBe(brackets);
  expect(fullRelative(context, 0).relative).toBe(brackets);
});
