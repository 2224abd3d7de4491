import { describe, expect, test } from 'vitest';
import { datesFor } from './dates.ts';
import { durationInWords, shortLength } from './durations.ts';
import { wordsFor } from './words.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const INSTANT = Date.parse('2026-11-20T09:20:41Z');

describe('dates in English', () => {
  test.each([
    ['UTC', '20 Nov 2026, 09:20 UTC', '09:20 UTC'],
    ['Europe/Berlin', '20 Nov 2026, 10:20 CET', '10:20 CET'],
    ['America/New_York', '20 Nov 2026, 04:20 GMT-5', '04:20 GMT-5'],
    ['Asia/Kolkata', '20 Nov 2026, 14:50 GMT+5:30', '14:50 GMT+5:30'],
    ['Pacific/Kiritimati', '20 Nov 2026, 23:20 GMT+14', '23:20 GMT+14'],
  ])('say an instant in %s with its zone', (zone, dateTime, time) => {
    const dates = datesFor('en', zone);
    expect(dates.dateTime(INSTANT)).toBe(dateTime);
    expect(dates.time(INSTANT)).toBe(time);
  });

  test('say midnight as 00:00 and name the offset that held then', () => {
    expect(datesFor('en', 'UTC').time(Date.parse('2026-11-20T00:00Z'))).toBe('00:00 UTC');
    expect(datesFor('en', 'Europe/Berlin').dateTime(Date.parse('2026-07-01T12:00Z'))).toBe('1 Jul 2026, 14:00 CEST');
  });

  test.each(['UTC', 'Pacific/Kiritimati', 'America/New_York'])('say a day as it is written, in %s too', (zone) => {
    const dates = datesFor('en', zone);
    expect(dates.day('2026-11-20')).toBe('20 November 2026');
    expect(dates.shortDay('2026-11-01')).toBe('1 Nov');
    expect(dates.weekday('2026-11-20')).toBe('Friday 20 November');
    expect(dates.month('2026-11')).toBe('November 2026');
    expect(dates.monthName('2026-11')).toBe('November');
  });

  test.each([
    ['UTC', '2026-11-20T23:10Z', '23:10 UTC'],
    ['UTC', '2026-11-21T00:10Z', '21 Nov, 00:10 UTC'],
    ['Europe/Berlin', '2026-11-20T23:10Z', '21 Nov, 00:10 CET'],
    ['UTC', '2027-01-01T00:00Z', '1 Jan 2027, 00:00 UTC'],
    ['Europe/Berlin', '2026-12-31T23:00Z', '1 Jan 2027, 00:00 CET'],
  ])('leave out in %s what %s shares with another instant', (zone, instant, text) => {
    expect(datesFor('en', zone).near(Date.parse(instant), INSTANT)).toBe(text);
  });

  test('draw days together', () => {
    const dates = datesFor('en', 'America/New_York');
    expect(dates.days('2026-11-08', '2026-11-14')).toMatch(/^8\s?–\s?14 November$/);
    expect(dates.days('2026-11-08', '2026-11-08')).toBe('8 November');
    expect(dates.shortDays('2026-08-04', '2026-11-02')).toMatch(/^4 Aug\s–\s2 Nov$/);
    expect(dates.shortDays('2026-11-02', '2026-11-02')).toBe('2 Nov');
  });

  test('know their zone', () => {
    expect(datesFor('en', 'Europe/Berlin').zone).toBe('Europe/Berlin');
  });
});

test.each([
  ['de', '20. Nov. 2026, 09:20 UTC', '8.–14. November'],
  ['ja', '2026年11月20日 09:20 UTC', '11月8日〜11月14日'],
  ['zh-CN', '2026年11月20日 09:20 UTC', '11月8日至11月14日'],
  ['zh-TW', '2026年11月20日 09:20 UTC', '11月8日至11月14日'],
  ['fa', '۲۰ نوامبر ۲۰۲۶، ۰۹:۲۰ UTC', '۸ نوامبر تا ۱۴ نوامبر'],
])('dates in %s are written as its pages write them, by the Gregorian calendar', (locale, dateTime, days) => {
  const dates = datesFor(locale, 'UTC');
  expect(dates.dateTime(INSTANT)).toBe(dateTime);
  expect(dates.days('2026-11-08', '2026-11-14')).toBe(days);
});

test.each([
  ['ru', '20 нояб. 2026, 09:20 UTC', '20 ноября 2026', 'ноябрь 2026'],
  ['uk', '20 лист. 2026, 09:20 UTC', '20 листопада 2026', 'листопад 2026'],
])('years in %s stand without the mark of formal documents', (locale, dateTime, day, month) => {
  const dates = datesFor(locale, 'UTC');
  expect(dates.dateTime(INSTANT)).toBe(dateTime);
  expect(dates.day('2026-11-20')).toBe(day);
  expect(dates.month('2026-11')).toBe(month);
});

test.each([
  ['fr', 'Vendredi 20 novembre', 'Novembre 2026', 'Novembre', 'novembre 2026'],
  ['uk', 'Пʼятниця, 20 листопада', 'Листопад 2026', 'Листопад', 'листопад 2026'],
  ['en', 'Friday 20 November', 'November 2026', 'November', 'November 2026'],
  ['zh-CN', '11月20日星期五', '2026年11月', '11月', '2026年11月'],
])('days and months in %s begin with a capital where they stand alone', (locale, weekday, title, name, month) => {
  const dates = datesFor(locale, 'UTC');
  expect(dates.weekday('2026-11-20')).toBe(weekday);
  expect(dates.monthTitle('2026-11')).toBe(title);
  expect(dates.monthName('2026-11')).toBe(name);
  expect(dates.month('2026-11')).toBe(month);
});

test('a time in Finnish is said to be one, and the end of a range is not', () => {
  const dates = datesFor('fi', 'UTC');
  expect(dates.near(INSTANT, INSTANT)).toBe('klo 09.20 UTC');
  expect(dates.near(INSTANT, INSTANT + DAY)).toBe('20.11. klo 09.20 UTC');
  expect(dates.end(INSTANT + HOUR, INSTANT)).toBe('10.20 UTC');
  expect(dates.end(INSTANT + DAY, INSTANT)).toBe('21.11. klo 09.20 UTC');
});

test.each([
  ['de', '1 Std. 12 Min.'],
  ['ja', '1時間12分'],
  ['fa', '۱ ساعت ۱۲ دقیقه'],
  ['en', '1h 12m'],
])('short lengths of time in %s have its own units', (locale, text) => {
  expect(shortLength(HOUR + 12 * MINUTE, wordsFor(locale))).toBe(text);
});

test.each([
  [0, 'less than a minute'],
  [59 * SECOND, 'less than a minute'],
  [MINUTE, '1 minute'],
  [59 * MINUTE + 59 * SECOND, '59 minutes'],
  [HOUR, '1 hour'],
  [HOUR + 12 * MINUTE, '1 hour 12 minutes'],
  [DAY, '1 day'],
  [2 * DAY + 3 * HOUR + 59 * MINUTE, '2 days 3 hours'],
  [2 * DAY + 59 * MINUTE, '2 days'],
])('%i milliseconds are %s', (milliseconds, text) => {
  expect(durationInWords(milliseconds, wordsFor('en'))).toBe(text);
});

test('lengths of time join their units as the language does', () => {
  expect(durationInWords(2 * HOUR + 3 * MINUTE, wordsFor('ar'))).toBe('ساعتان و3 دقائق');
  expect(durationInWords(2 * HOUR + 3 * MINUTE, wordsFor('de'))).toBe('2 Stunden 3 Minuten');
  expect(durationInWords(2 * HOUR + 3 * MINUTE, wordsFor('he'))).toBe('שעתיים ו־3 דקות');
  expect(durationInWords(2 * HOUR + 2 * MINUTE, wordsFor('he'))).toBe('שעתיים ושתי דקות');
});

test.each([
  ['en', 24 * HOUR, 'in 24 hours'],
  ['en', HOUR, 'in 1 hour'],
  ['en', 57 * MINUTE, 'in 1 hour'],
  ['en', 50 * MINUTE, 'in 50 minutes'],
  ['en', 36 * HOUR, 'in 36 hours'],
  ['en', 7 * DAY, 'in 7 days'],
  ['en', 4 * SECOND, 'in 1 minute'],
  ['de', 2 * DAY, 'in 2 Tagen'],
  ['he', HOUR, 'בעוד שעה'],
  ['fa', 24 * HOUR, '۲۴ ساعت دیگر'],
])('in %s, a time ahead of %i ms is “%s”', (locale, time, said) => {
  expect(datesFor(locale, 'UTC').ahead(time)).toBe(said);
});
