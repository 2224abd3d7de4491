import { describe, expect, test } from 'vitest';
import { COMPONENT_STATUSES, IMPACTS, INCIDENT_WORDS, MAINTENANCE_WORDS } from '../core/vocabulary.ts';
import { LOCALES, wordsFor } from './words.ts';

const words = wordsFor('en');

describe('words', () => {
  test('say what a key stands for', () => {
    expect(words.say('component_status.major_outage')).toBe('Major outage');
  });

  test('fill blanks with text as it is, even text that looks like a blank', () => {
    expect(words.say('fact.component_status', { component: '{status} $&', status: 'Up' })).toBe('{status} $&: Up');
  });

  test('leave a blank that nothing fills', () => {
    expect(words.say('fact.component_status', { component: 'Checkout' })).toBe('Checkout: {status}');
  });

  test('come in pieces, with anything in their blanks', () => {
    const time = { instant: 1 };
    expect(words.parts('fact.component_status', { component: time })).toEqual([time, ': ', '{status}']);
  });

  test.each([
    [0, '0 minutes'],
    [1, '1 minute'],
    [2, '2 minutes'],
    [1200, '1,200 minutes'],
  ])('count %i as %s', (count, text) => {
    expect(words.count('duration.minutes', count)).toBe(text);
  });

  test('keep names in the other direction apart, so that they do not move what is around them', () => {
    expect(words.say('feed.fact', { label: 'Areas', value: 'القاهرة' })).toBe('Areas: \u2068القاهرة\u2069');
    expect(words.say('feed.fact', { label: 'Areas', value: 'Cairo' })).toBe('Areas: Cairo');
  });

  test('take the form for one number before that of its plural', () => {
    expect(words.count('uptime.window', 1)).toBe('Today');
    expect(words.count('uptime.window', 21)).toBe('Last 21 days');
  });

  test.each([
    [[], ''],
    [['Checkout'], 'Checkout'],
    [['Checkout', 'Website', 'Support'], 'Checkout, Website, Support'],
  ])('list %j as “%s”', (names, text) => {
    expect(words.list(names)).toBe(text);
    const parts = words.listParts(names.map((name) => ({ text: name })));
    expect(parts.map((part) => (typeof part === 'string' ? part : part.text)).join('')).toBe(text);
  });

  test('list anything in place of names', () => {
    const [one, two] = [
      { text: 'A', href: '/a/' },
      { text: 'B', href: '/b/' },
    ];
    expect(words.listParts([one, two])).toEqual([one, ', ', two]);
  });

  test.each([
    [['Checkout', 'API'], '\u2068Checkout\u2069 ו־\u2068API\u2069'],
    [['Checkout', 'תשלום API'], '\u2068Checkout\u2069 ו\u2068תשלום API\u2069'],
  ])('list %j in Hebrew with a maqaf only before what is not Hebrew', (names, text) => {
    const hebrew = wordsFor('he');
    expect(hebrew.list(names)).toBe(text);
    const parts = hebrew.listParts(names.map((name) => ({ text: name })));
    expect(parts[1]).toBe(text.includes('־') ? ' ו־' : ' ו');
  });

  test('put statements in a row, without the empty ones', () => {
    expect(words.clauses(['Median 4m, mean 5m', '', '1 late', '2 missed'])).toBe(
      'Median 4m, mean 5m; 1 late; 2 missed',
    );
    expect(words.clauses([''])).toBe('');
  });

  test('of the owner take the place of those that are shipped', () => {
    const german = wordsFor('de', { history: 'Früher', 'duration.days.one': 'ein Tag' });
    expect(german.say('history')).toBe('Früher');
    expect(german.count('duration.days', 1)).toBe('ein Tag');
    expect(german.count('duration.days', 2)).toBe('2 Tage');
    expect(german.say('support')).toBe(wordsFor('de').say('support'));
  });

  test('name a language in itself, though nobody wrote it', () => {
    expect(wordsFor('ga', {}).say('language')).toBe('Gaeilge');
    expect(wordsFor('de-AT', {}).say('language')).toBe('Deutsch (Österreich)');
    expect(wordsFor('de-AT', { language: 'Österreichisch' }).say('language')).toBe('Österreichisch');
  });

  test('of a region are those of its language', () => {
    expect(wordsFor('de-AT', { history: 'Früher' }).say('support')).toBe(wordsFor('de').say('support'));
  });

  test('of a language of the owner’s own are in English where they are missing, with its plurals and numbers', () => {
    const own = {
      'uptime.window.one': '{count} lá',
      'uptime.window.two': 'dhá lá',
      'uptime.window.few': '{count} laethanta',
      'uptime.window.many': '{count} lá',
      'uptime.window.other': '{count} lá is fiche',
    };
    const irish = wordsFor('ga', own);
    expect(irish.say('history')).toBe('History');
    expect([1, 2, 3, 1200].map((count) => irish.count('uptime.window', count))).toEqual([
      '1 lá',
      'dhá lá',
      '3 laethanta',
      '1,200 lá is fiche',
    ]);
    expect(wordsFor('ckb', {}).direction).toBe('rtl');
  });

  test('of a language that is not shipped are refused with the file to add', () => {
    expect(() => wordsFor('tlh')).toThrow('There is no translation for “tlh”. Add content/i18n/tlh.json.');
  });
});

test.each(LOCALES)('%s has a word for every status, heading and impact', (locale) => {
  const { say } = wordsFor(locale);
  const said = [
    ...COMPONENT_STATUSES.map((status) => say(`component_status.${status}`)),
    ...[...INCIDENT_WORDS, ...MAINTENANCE_WORDS].map((word) => say(`word.${word}`)),
    ...IMPACTS.map((impact) => say(`impact.${impact}`)),
  ];
  expect(said.filter((text) => !text.trim())).toEqual([]);
});
