import type { Instant } from '../../core/days.ts';
import fc from 'fast-check';
import { maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Incident, Maintenance } from '../../core/model.ts';
import { at, incident, maintenance } from './core.ts';
import type { ComponentStatus, Impact, IncidentStatus, IncidentWord, MaintenanceWord } from '../../core/vocabulary.ts';
import {
  COMPONENT_STATUSES,
  IMPACTS,
  INCIDENT_STATUSES,
  INCIDENT_WORDS,
  MAINTENANCE_WORDS,
} from '../../core/vocabulary.ts';
import { area, message, oneLine } from './arbitrary-text.ts';

/** What somebody might say, within the rules of the format; times are whole seconds. */

/** The clock of every test: noon of 20 November 2026. */
export const NOW = at('12:00');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** So many values of each property. One that fails is made smaller for a while, not for ever. */
export function runs(numRuns: number): { numRuns: number; interruptAfterTimeLimit: number } {
  return { numRuns, interruptAfterTimeLimit: 5 * 60_000 };
}

/** An update before it is written. */
export interface DraftUpdate<Word extends string> {
  word: Word;
  at: Instant;
  /** Markdown. */
  message: string;
  components?: Record<string, ComponentStatus>;
  areas?: string[];
  nextUpdate?: Instant;
  expectedFix?: Instant;
  ended?: Instant;
  edited?: Instant;
}

interface Draft<Word extends string> {
  id: string;
  title: string;
  impact?: Impact;
  areas: string[];
  reference?: string;
  components: Record<string, ComponentStatus>;
  /** Oldest first. */
  updates: DraftUpdate<Word>[];
}

export interface DraftIncident extends Draft<IncidentWord> {
  kind: 'incident';
  started: Instant;
}

export interface DraftMaintenance extends Draft<MaintenanceWord> {
  kind: 'maintenance';
  scheduled: Instant;
  until: Instant;
}

export type DraftEvent = DraftIncident | DraftMaintenance;

export const COMPONENT_IDS = ['checkout', 'payments-api', 'search'] as const;

/** The components of `COMPONENT_IDS` as `components.yml` has them, one of them with a beginning. */
export const COMPONENTS = `- group: Shop
  components:
    - id: checkout
      name: Checkout
      since: 2026-08-01
    - id: payments-api
      name: Payments API
- id: search
  name: Search & <find>
`;

/** Zones with whole, half and quarter hours, with clocks that change, and one that left out a day. */
export const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Australia/Lord_Howe',
);

const statuses = (minKeys: number) =>
  fc.dictionary(fc.constantFrom(...COMPONENT_IDS), fc.constantFrom(...COMPONENT_STATUSES), {
    minKeys,
    maxKeys: 3,
    noNullPrototype: true,
  });

/** Time between two updates, often none at all. */
const gap = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 59 }).map((seconds) => seconds * SECOND),
  fc.integer({ min: 1, max: 90 }).map((minutes) => minutes * MINUTE),
  fc.integer({ min: 1, max: 72 }).map((hours) => hours * HOUR),
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const step = fc.record({
  gap,
  choice: fc.nat(1000),
  message,
  components: maybe(statuses(1)),
  areas: maybe(fc.array(area, { minLength: 1, maxLength: 3 })),
  nextUpdate: maybe(gap),
  expectedFix: maybe(gap),
  ended: maybe(gap),
  edited: maybe(gap),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const head = fc.record({
  title: oneLine,
  impact: maybe(fc.constantFrom(...IMPACTS)),
  areas: fc.array(oneLine, { maxLength: 2 }),
  reference: maybe(oneLine),
  components: statuses(0),
});

/** How long ago the newest was said; up to ten minutes ahead of the clock is allowed. */
const age = fc.oneof(
  fc.constantFrom(-10 * MINUTE, 0, HOUR, 24 * HOUR),
  fc.integer({ min: -10 * 60, max: 24 * 3600 }).map((seconds) => seconds * SECOND),
  fc.integer({ min: 1, max: 120 * 24 }).map((hours) => hours * HOUR),
);

/** An incident whose updates keep the rules of the format. */
export const draftIncident: fc.Arbitrary<DraftIncident> = fc
  .record({ head, age, before: gap, steps: fc.array(step, { minLength: 1, maxLength: 5 }) })
  .map(({ head: { impact, reference, ...rest }, age: ago, before, steps }) => {
    const started = Math.min(NOW - ago - sum(steps.map((one) => one.gap)) - before, NOW);
    return {
      kind: 'incident',
      id: 'a',
      ...rest,
      ...given({ impact, reference }),
      started,
      updates: incidentUpdates(started, before, steps),
    };
  });

function incidentUpdates(started: Instant, before: number, steps: readonly Step[]): DraftUpdate<IncidentWord>[] {
  let status: IncidentStatus | undefined;
  let opened = started;
  let now = started + before;
  return steps.map((one) => {
    now += one.gap;
    const word = pick(wordsAfter(status), one.choice);
    const repeats = word === 'update' || word === 'postmortem';
    if (status === 'resolved' && !repeats && word !== 'resolved') opened = now;
    status = repeats ? (status ?? 'investigating') : word;
    const over = status === 'resolved';
    const components = over ? (repeats ? undefined : well(one.components)) : one.components;
    return {
      ...saidBy(one, word, now, !over),
      ...given({ components, ended: word === 'resolved' ? back(one.ended, now, opened) : undefined }),
    };
  });
}

function wordsAfter(status: IncidentStatus | undefined): readonly IncidentWord[] {
  if (status === undefined) return INCIDENT_STATUSES;
  return status === 'resolved' ? INCIDENT_WORDS : [...INCIDENT_STATUSES, 'update'];
}

/** Maintenance whose updates keep the rules of the format; some of it lies ahead. */
export const draftMaintenance: fc.Arbitrary<DraftMaintenance> = fc
  .record({
    head,
    age,
    before: fc.integer({ min: -72, max: 72 }).map((hours) => hours * HOUR),
    length: fc.integer({ min: 1, max: 2000 }).map((minutes) => minutes * MINUTE),
    steps: fc.array(step, { maxLength: 4 }),
  })
  .map(({ head: { impact, reference, ...rest }, age: ago, before, length, steps }) => {
    const first = NOW - ago - sum(steps.map((one) => one.gap));
    const scheduled = first + before;
    return {
      kind: 'maintenance',
      id: 'a',
      ...rest,
      ...given({ impact, reference }),
      scheduled,
      until: scheduled + length,
      updates: maintenanceUpdates(first, steps),
    };
  });

function maintenanceUpdates(first: Instant, steps: readonly Step[]): DraftUpdate<MaintenanceWord>[] {
  let begun = false;
  let now = first;
  return steps.map((one) => {
    now += one.gap;
    const word = pick(
      MAINTENANCE_WORDS.filter((known) => known !== 'scheduled' || !begun),
      one.choice,
    );
    begun ||= word !== 'scheduled' && word !== 'update';
    const over = word === 'completed' || word === 'cancelled';
    return { ...saidBy(one, word, now, !over), ...given({ components: over ? undefined : one.components }) };
  });
}

function saidBy<Word extends string>(one: Step, word: Word, now: Instant, open: boolean): DraftUpdate<Word> {
  const ahead = (length: number | undefined) => (length === undefined ? undefined : now + length);
  return {
    word,
    at: now,
    message: one.message,
    ...given({
      areas: one.areas,
      edited: ahead(one.edited),
      ...(open && { nextUpdate: ahead(one.nextUpdate), expectedFix: ahead(one.expectedFix) }),
    }),
  };
}

function back(length: number | undefined, now: Instant, opened: Instant): Instant | undefined {
  const ended = length === undefined ? undefined : Math.max(now - length, opened);
  return ended === now ? undefined : ended;
}

function well(components: Step['components']): Record<string, ComponentStatus> | undefined {
  return components && Object.fromEntries(Object.keys(components).map((id) => [id, 'operational']));
}

/** Several events, each under an id of its own; at times so many that feeds leave the oldest out. */
export const draftEvents: fc.Arbitrary<DraftEvent[]> = fc
  .oneof({ weight: 9, arbitrary: eventsOf(0, 8) }, { weight: 1, arbitrary: eventsOf(20, 25) })
  .map((drafts) => drafts.map((draft, index) => ({ ...draft, id: `${draft.kind}-${String(index)}.${draft.kind[0]}` })));

function eventsOf(minLength: number, maxLength: number): fc.Arbitrary<DraftEvent[]> {
  const one = fc.oneof({ weight: 2, arbitrary: draftIncident }, { weight: 1, arbitrary: draftMaintenance });
  return fc.array(one, { minLength, maxLength });
}

/** The value that an incident is read as; its texts are left out. */
export function incidentOf({ kind: _, impact = 'minor', updates, ...fields }: DraftIncident): Incident {
  return incident(
    updates.map(({ word, at: instant, message: __, ...details }) => [word, clock(instant), details]),
    { ...fields, impact },
  );
}

/** The value that a maintenance is read as; its texts are left out. */
export function maintenanceOf({ kind: _, updates, scheduled, until, impact = 'none', ...fields }: DraftMaintenance) {
  const made = maintenance(
    clock(scheduled),
    clock(until),
    updates.map(({ word, at: instant, message: __, ...details }) => [word, clock(instant), details]),
    { ...fields, impact },
  );
  return { ...made, updates: withPhases(made) };
}

/** An “Update” repeats what the clock or the update before says. */
function withPhases({ updates, ...window }: Maintenance): Maintenance['updates'] {
  return updates.map((update, index) => {
    if (update.word !== 'update') return update;
    const { status } = phaseAt(maintenancePhases({ ...window, updates: updates.slice(0, index) }), update.at);
    return { ...update, status };
  });
}

function clock(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

/** Without what is undefined, as values have it. */
function given<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

function pick<T>(list: readonly T[], choice: number): T {
  const picked = list[choice % list.length];
  if (picked === undefined) throw new RangeError('There is nothing to choose from.');
  return picked;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}
