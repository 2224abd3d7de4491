import { describe, expect, it } from 'vitest';
import { dayOf, lastDays, monthOf, startOfDay } from './days.ts';
import { occurrencesOf } from './recurrence.ts';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);

/** Instants around which many zones change their clocks, and the ends of what a clock may show. */
const NOWS = ['2026-04-06T12:00:00Z', '2026-11-02T00:30:00Z', '1970-01-02T00:00:00Z', '2100-01-01T00:00:00Z'];

describe('in every zone', () => {
  it.each(NOWS)('days before %s follow on each other without gap, and hold all that lies in them', (text) => {
    const now = at(text);
    const wrong: string[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      const days = lastDays(now, 40, zone);
      const last = days.at(-1);
      if (!last || last.from > now || last.to <= now) wrong.push(`${zone}: now lies in no day`);
      days.forEach(({ day, from, to }, index) => {
        const isNext = index === 0 || from === days[index - 1]?.to;
        const isItself = dayOf(from, zone) === day && dayOf(to - 1, zone) === day && dayOf(to, zone) > day;
        if (!isNext || !isItself || to <= from) wrong.push(`${zone}: ${day}`);
      });
    }
    expect(wrong).toEqual([]);
  });
});

describe('an odd day', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Dublin', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Antarctica/Troll', '2026-03-29', 22],
    ['Africa/Casablanca', '2026-02-15', 25],
    // Midnight itself is skipped.
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['Asia/Beirut', '2026-03-29', 23],
    ['Africa/Cairo', '2026-04-24', 23],
    // 47 hours: the zone moved over the date line.
    ['Pacific/Kwajalein', '1969-09-30', 47],
    ['Pacific/Apia', '2011-12-29', 24],
  ])('of %s, %s, has its %d hours', (zone, day, hours) => {
    const from = startOfDay(day, zone);
    const [span] = lastDays(from, 1, zone);
    expect(span).toMatchObject({ day, from });
    expect(((span?.to ?? 0) - from) / HOUR).toBe(hours);
  });

  it('that a zone leapt over is no day of a bar, which has as many days as it should all the same', () => {
    const days = lastDays(at('2012-01-01T00:00:00Z'), 4, 'Pacific/Apia');
    expect(days.map(({ day }) => day)).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
    expect(days.map(({ from, to }) => (to - from) / HOUR)).toEqual([24, 24, 24, 24]);
  });

  it('that a zone leapt over begins as the next one, where a component says since or retired', () => {
    expect(startOfDay('2011-12-30', 'Pacific/Apia')).toBe(startOfDay('2011-12-31', 'Pacific/Apia'));
  });

  it('belongs to one month, whose edge is the zone’s own midnight', () => {
    const edge = startOfDay('2026-11-01', 'Pacific/Kiritimati');
    expect(new Date(edge).toISOString()).toBe('2026-10-31T10:00:00.000Z');
    expect([edge - 1, edge].map((instant) => monthOf(instant, 'Pacific/Kiritimati'))).toEqual(['2026-10', '2026-11']);
  });
});

describe('what recurs', () => {
  const local = (instants: readonly number[], zone: string) =>
    instants.map((instant) => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toString());

  it.each([
    ['Europe/Berlin', '2026-03-28T01:30:00Z', ['2026-03-28T02:30', '2026-03-30T02:30']],
    ['Africa/Cairo', '2026-04-22T22:00:00Z', ['2026-04-23T00:00', '2026-04-25T00:00']],
    ['Australia/Lord_Howe', '2026-10-02T15:45:00Z', ['2026-10-03T02:15', '2026-10-05T02:15']],
  ])('in %s leaves a day out on which clocks skip its time', (zone, first, expected) => {
    const found = local(occurrencesOf('FREQ=DAILY', at(first), zone, at(first) + 2 * 24 * HOUR), zone);
    expect(found.map((text) => text.slice(0, 16))).toEqual(expected);
  });

  it('takes place once on a day on which clocks show its time twice, the first time', () => {
    const found = occurrencesOf('FREQ=DAILY', at('2026-10-24T00:30Z'), 'Europe/Berlin', at('2026-10-26T12:00Z'));
    expect(local(found, 'Europe/Berlin')).toEqual([
      '2026-10-24T02:30:00+02:00[Europe/Berlin]',
      '2026-10-25T02:30:00+02:00[Europe/Berlin]',
      '2026-10-26T02:30:00+01:00[Europe/Berlin]',
    ]);
  });
});
