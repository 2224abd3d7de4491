import type { Instant } from './days.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftIncident } from '../__tests__/support/arbitrary.ts';
import {
  COMPONENT_IDS,
  draftIncident,
  draftMaintenance,
  incidentOf,
  maintenanceOf,
  NOW,
  runs,
  zone,
} from '../__tests__/support/arbitrary.ts';
import { lastDays } from './days.ts';
import { isNotice } from './incident.ts';
import type { Ledger } from './ledger.ts';
import { buildLedger } from './ledger.ts';
import type { Content } from './model.ts';
import { OVERALL, overallAt } from './status.ts';
import { component, content } from '../__tests__/support/core.ts';
import { formatTime, nearestClock, parseClock, parseTime } from './time-text.ts';
import { dayStatuses, uptime } from './uptime.ts';
import type { ComponentStatus } from './vocabulary.ts';

const RUNS = runs(100);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const incidents = fc.array(draftIncident, { maxLength: 5 });
const maintenances = fc.array(draftMaintenance, { maxLength: 3 });

/** What counts as down how much; the worse never less. */
const weights = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([a, b]) => ({ major_outage: 1, partial_outage: Math.max(a, b), degraded_performance: Math.min(a, b) }));

/** A stretch of time around the last months, which may be empty. */
const span = fc
  .tuple(fc.integer({ min: -5000, max: 100 }), fc.integer({ min: 0, max: 4000 }))
  .map(([from, hours]) => ({ from: NOW + from * HOUR, to: NOW + (from + hours) * HOUR }));

/** One component is known for long, one as long as the record, and one has retired. */
const tree = COMPONENT_IDS.map((id, index) =>
  component(id, index === 0 ? { since: NOW - 200 * DAY } : index === 1 ? {} : { retired: NOW - 2 * DAY }),
);

function page(drafts: readonly DraftIncident[], works: readonly Parameters<typeof maintenanceOf>[0][] = []): Content {
  return content({ tree, incidents: drafts.map(incidentOf), maintenance: works.map(maintenanceOf) });
}

function ledgerOf(...given: Parameters<typeof page>): Ledger {
  return buildLedger(page(...given), NOW);
}

describe('the uptime of a component', () => {
  test('lies between 0 and 100 in every stretch of time, if anything is known of it', () => {
    fc.assert(
      fc.property(incidents, maintenances, span, weights, (drafts, works, window, weighing) => {
        const ledger = ledgerOf(drafts, works);
        for (const one of tree) {
          const percent = uptime(ledger, one, window, weighing) ?? 0;
          expect(percent).toBeGreaterThanOrEqual(0);
          expect(percent).toBeLessThanOrEqual(100);
        }
      }),
      RUNS,
    );
  });

  test('is what the days of its bar say together', () => {
    fc.assert(
      fc.property(incidents, maintenances, zone, fc.integer({ min: 1, max: 90 }), (drafts, works, name, count) => {
        const ledger = ledgerOf(drafts, works);
        const weighing: Partial<Record<ComponentStatus, number>> = { major_outage: 1, partial_outage: 0.3 };
        const [known] = tree;
        const days = known ? dayStatuses(ledger, known, lastDays(NOW, count, name)) : [];
        const seconds = days.flatMap((day) => Object.entries(day.seconds) as [ComponentStatus, number][]);
        const down = seconds.reduce((sum, [status, length]) => sum + length * (weighing[status] ?? 0), 0);
        const from = days[0]?.from ?? NOW;
        const share = 100 * (1 - (down * 1000) / (NOW - from));
        const percent = (known && uptime(ledger, known, { from, to: NOW }, weighing)) ?? 0;
        expect(share - percent).toBeGreaterThanOrEqual(-0.000_01);
        expect(share - percent).toBeLessThan(0.010_01);
      }),
      RUNS,
    );
  });
});

const WORSE: Readonly<Record<ComponentStatus, ComponentStatus>> = {
  operational: 'degraded_performance',
  under_maintenance: 'degraded_performance',
  degraded_performance: 'partial_outage',
  partial_outage: 'major_outage',
  major_outage: 'major_outage',
};

/** The ways in which an incident becomes worse; each may leave it as it is. */
const WORSENED: Readonly<Record<string, (draft: DraftIncident, which: number) => DraftIncident>> = {
  'begins earlier': (draft, which) => ({ ...draft, started: draft.started - which * HOUR }),
  'is not over yet': (draft) => {
    const open = incidentOf(draft).updates.findLastIndex(({ status }) => status !== 'resolved');
    return open < 0 ? draft : { ...draft, updates: draft.updates.slice(0, open + 1) };
  },
  'was over later': (draft) => ({ ...draft, updates: draft.updates.map(({ ended: _, ...update }) => update) }),
  'began with a worse status': (draft, which) => ({ ...draft, components: worsened(draft.components, which) }),
  'came to a worse status': (draft, which) => ({
    ...draft,
    updates: draft.updates.map((update) =>
      update.components && update.word !== 'resolved'
        ? { ...update, components: worsened(update.components, which) }
        : update,
    ),
  }),
};

function worsened(statuses: Record<string, ComponentStatus>, which: number): Record<string, ComponentStatus> {
  const ids = Object.keys(statuses);
  const id = ids[which % Math.max(ids.length, 1)];
  const status = id === undefined ? undefined : statuses[id];
  return id === undefined || !status ? statuses : { ...statuses, [id]: WORSE[status] };
}

/** Of components without a beginning the record tells more when it begins earlier, so that their uptime may rise by that. */
function expectNoBetter(before: Ledger, after: Ledger, window: { from: Instant; to: Instant }): void {
  const rankOf = (ledger: Ledger) => OVERALL.indexOf(overallAt(ledger, NOW));
  expect(rankOf(after)).toBeLessThanOrEqual(rankOf(before));
  for (const one of tree) {
    if (one.since === undefined && after.firstRecord !== before.firstRecord) continue;
    const weighing = { major_outage: 1, partial_outage: 0.3 };
    expect(uptime(after, one, window, weighing) ?? 0).toBeLessThanOrEqual(uptime(before, one, window, weighing) ?? 0);
  }
}

describe('neither uptime rises nor the answer becomes milder', () => {
  test('when there is one incident more', () => {
    fc.assert(
      fc.property(incidents, maintenances, draftIncident, span, (drafts, works, another, window) => {
        expectNoBetter(ledgerOf(drafts, works), ledgerOf([...drafts, { ...another, id: 'another' }], works), window);
      }),
      RUNS,
    );
  });

  test.each(Object.entries(WORSENED))('when an incident %s', (_, change) => {
    fc.assert(
      fc.property(incidents, maintenances, draftIncident, fc.nat(50), span, (drafts, works, one, which, window) => {
        expectNoBetter(ledgerOf([...drafts, one], works), ledgerOf([...drafts, change(one, which)], works), window);
      }),
      RUNS,
    );
  });
});

test('an open incident never lies under a green answer, unless it is a notice', () => {
  fc.assert(
    fc.property(incidents, maintenances, (drafts, works) => {
      const ledger = ledgerOf(drafts, works);
      fc.pre(ledger.openIncidents.some((incident) => !isNotice(incident)));
      expect(overallAt(ledger, NOW).indicator).not.toBe('none');
    }),
    RUNS,
  );
});

describe('a time', () => {
  const instant = fc
    .integer({ min: Date.UTC(2000, 0), max: Date.UTC(2060, 0) })
    .map((at) => Math.floor(at / 1000) * 1000);
  const offset = fc.integer({ min: -12 * 60, max: 14 * 60 });
  const written = (minutes: number) => {
    const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    return `${minutes < 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  };

  test('is read as it was written, in whatever zone', () => {
    fc.assert(
      fc.property(instant, offset, zone, fc.constantFrom(' ', 'T'), (at, minutes, name, gap) => {
        expect(parseTime(formatTime(at), name)).toEqual({ instant: at });
        const wall = new Date(at + minutes * 60_000).toISOString().slice(0, 19).replace('T', gap);
        expect(parseTime(`${wall} ${written(minutes)}`, name)).toEqual({ instant: at });
      }),
      RUNS,
    );
  });

  test('of a clock alone is the first behind an instant, or the last that is not', () => {
    fc.assert(
      fc.property(instant, instant, offset, (at, from, minutes) => {
        const wall = new Date(at + minutes * 60_000).toISOString().slice(11, 19);
        const clock = parseClock(`${wall} ${written(minutes)}`) ?? { milliseconds: NaN, offset: NaN };
        const after = nearestClock(clock, from, 'after');
        const before = nearestClock(clock, from, 'before');
        expect([(after - at) % DAY === 0, after > from, after - from <= DAY]).toEqual([true, true, true]);
        expect([(before - at) % DAY === 0, before <= from, from - before < DAY]).toEqual([true, true, true]);
      }),
      RUNS,
    );
  });

  test('without a zone, or in one by name, is refused with the form that names the same wall clock', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name).toPlainDateTime();
        const meant = wall.toZonedDateTime(name, { disambiguation: 'later' }).epochMilliseconds;
        const text = wall.toString({ smallestUnit: 'second' }).replace('T', ' ');
        for (const doubtful of [text, ...(name === 'UTC' ? [] : [`${text} ${name}`])]) {
          const result = parseTime(doubtful, name);
          const expected = 'problem' in result ? (result.problem.expected ?? '') : '';
          expect(parseTime(expected, 'UTC')).toEqual({ instant: meant });
        }
      }),
      RUNS,
    );
  });
});
