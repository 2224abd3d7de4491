import { expect, test } from 'vitest';
import { buildJson } from './build.ts';

const built = Date.parse('2026-11-20T12:00Z');

test('says when, from what and which', () => {
  expect(buildJson({ built, commit: 'bae8959', version: '1f3a' })).toBe(
    '{"built":"2026-11-20T12:00:00.000Z","commit":"bae8959","version":"1f3a"}\n',
  );
});

test('says that no commit is known', () => {
  expect(JSON.parse(buildJson({ built, version: '1f3a' }))).toHaveProperty('commit', null);
});
