import { claim, cleanLine, cleanText, slug } from '../lib/text.ts';
import { expect, test } from 'vitest';
import { pageName, shippedLocale } from './site-text.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { readTime, toSecond } from '../lib/times.ts';

test('line ends become newlines, and control characters and half characters go', () => {
  expect(cleanText('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd');
  expect(cleanText('a\u0000\u0007\u001bb\u009fc\uFEFFd\uFFFEe')).toBe('abcde');
  expect(cleanText('tab\tstays, \ud83d\ude80 too, \ud800 not')).toBe('tab\tstays, \ud83d\ude80 too, \ufffd not');
});

test('a line has no line end and no double space', () => {
  expect(cleanLine('  Errors\r\n in \t checkout ')).toBe('Errors in checkout');
});

test.each([
  ['Incident with GitHub.com', 'incident-with-github-com'],
  ['Désolé: Größe & Straße', 'desole-grosse-and-strasse'],
  ['Copilot’s model', 'copilots-model'],
  ['🚀 --- !', ''],
  ['障害', ''],
])('the slug of “%s” is “%s”', (text, expected) => {
  expect(slug(text, 80)).toBe(expected);
});

test('a slug is cut between words', () => {
  expect(slug('one two three four', 12)).toBe('one-two');
  expect(slug('one two three four', 13)).toBe('one-two-three');
  expect(slug('a'.repeat(50), 10)).toBe('a'.repeat(10));
});

test('the second of equal names takes -2, the third -3', () => {
  const taken = new Set<string>();
  expect([claim('a', taken), claim('a', taken), claim('a-2', taken), claim('a', taken)]).toEqual([
    'a',
    'a-2',
    'a-2-2',
    'a-3',
  ]);
});

test.each([
  ['2026-08-20T14:43:01.713Z', '2026-08-20 14:43:01 UTC', true],
  ['2026-08-20T14:43:00.999-08:00', '2026-08-20 22:43 UTC', true],
  ['2026-08-20T14:43+0530', '2026-08-20 09:13 UTC', true],
  ['2026-08-20 14:43:01', '2026-08-20 14:43:01 UTC', false],
  ['2026-08-20', '2026-08-20 00:00 UTC', false],
])('%s is read as %s', (text, expected, zoned) => {
  const time = readTime(text);
  expect(time && { text: formatTime(toSecond(time.instant)), zoned: time.zoned }).toEqual({ text: expected, zoned });
});

test.each(['', 'none', '2026-13-01T00:00Z', '2026-02-30T00:00:00Z', 'Aug 20, 14:43 PDT'])('“%s” is no time', (text) => {
  expect(readTime(text)).toBeUndefined();
});

test('a fraction of a second is dropped', () => {
  expect(toSecond(1999)).toBe(1000);
});

test.each([
  ['Acme Status', 'Acme'],
  ['Acme – System Status Page', 'Acme'],
  ['Status', 'Status'],
  ['Status of Acme', 'Status of Acme'],
])('a page called “%s” has the name “%s”', (title, name) => {
  expect(pageName(title)).toBe(name);
});

test.each([
  ['2026-01-10 10:00', 'Europe/Berlin', '2026-01-10 09:00 UTC'],
  ['2026-07-10 10:00', 'Europe/Berlin', '2026-07-10 08:00 UTC'],
  ['2026-07-10T10:00Z', 'Europe/Berlin', '2026-07-10 10:00 UTC'],
])('the time %s read in %s is %s', (text, zone, time) => {
  expect(formatTime(readTime(text, zone)?.instant ?? 0)).toBe(time);
});

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['fr_CA', 'fr'],
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt-BR'],
  ['pt-br', 'pt-BR'],
  ['zh', 'zh-CN'],
  ['zh-Hans', 'zh-CN'],
  ['zh-SG', 'zh-CN'],
  ['zh-Hant', 'zh-TW'],
  ['zh-HK', 'zh-TW'],
  ['zh_TW', 'zh-TW'],
  ['no', 'nb'],
  ['nn-NO', 'nb'],
  ['iw', 'he'],
  ['en-GB', 'en'],
  ['tlh', undefined],
  ['sr-Latn', undefined],
  ['', undefined],
  ['Deutsch, bitte', undefined],
])('a source in “%s” becomes a page in %s', (tag, expected) => {
  expect(shippedLocale(tag)).toBe(expected);
});
