import { millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import { milliseconds } from 'date-fns/milliseconds';
import type { Instant } from '../days.ts';
import { affectedComponents, incidentState } from '../incident.ts';
import type { Incident } from '../model.ts';
import { latestStatuses } from '../timeline.ts';
import type { ComponentStatus } from '../vocabulary.ts';
import { COMPONENT_STATUSES } from '../vocabulary.ts';
import type { AlertRecord } from './record.ts';
import { firingOf, worstOf } from './record.ts';
import type { AlertRule } from './rule.ts';

type Statuses = Readonly<Record<string, ComponentStatus>>;

/** What is to be said now because of a rule's alerts, and what they are then. */
export interface Decision {
  records: readonly AlertRecord[];
  say?: Announcement;
  /** When to look again, if nothing arrives before. */
  next?: Instant;
}

/** One message to customers. */
export type Announcement =
  | { what: 'begun'; components: Statuses; started: Instant; because: AlertRecord }
  /** @property components those that are worse than was said */
  | { what: 'more'; components: Statuses; because: AlertRecord }
  /** @property components all that the incident named */
  | { what: 'back'; components: Statuses; because: AlertRecord }
  | { what: 'over'; ended: Instant; because: AlertRecord };

type Timing = Pick<AlertRule, 'wait' | 'reopen' | 'clear'>;

/** After the first return, the calm that has to be before customers are told again that it is over; it doubles with each. */
const FIRST_CALM = milliseconds({ minutes: 10 });
/** What began longer ago was no outage all the time: some systems say when they first saw such a thing at all. */
const OLDEST = milliseconds({ days: 7 });
const LONGEST_CALM = millisecondsInHour;

/**
 * What a rule's alerts ask for. One message at a time: whoever says it asks again with what is true then.
 * @param found the incident that they belong to, if it is there, published or about to be; `unreadable` when somebody has
 *   broken its file, so that another one begins, and ends wait until it is mended
 */
export function decide(
  records: readonly AlertRecord[],
  found: Incident | 'unreadable' | undefined,
  rule: Timing,
  now: Instant,
): Decision {
  const incident = found === 'unreadable' ? undefined : found;
  const resolvedAt = incident && incidentState(incident).resolvedAt;
  const settled = records.map((record) => settle(record, rule, resolvedAt));
  const waiting = settled.filter(({ stage }) => stage === 'waiting').sort((a, b) => a.since - b.since);
  const [first] = waiting;
  if (!first) return found === 'unreadable' ? { records: settled } : end(settled, incident, rule, now);
  if (incident && incidentState(incident).open) return join(settled, incident, first);
  const ready = waiting.find(({ since, until }) => until !== undefined || now >= since + rule.wait);
  return ready ? begin(settled, incident, rule, ready, now) : { records: settled, next: first.since + rule.wait };
}

/** What ended so soon that nobody was to be told needs no word, nor what ended before the incident did. */
function settle(record: AlertRecord, { wait }: Timing, resolvedAt = -Infinity): AlertRecord {
  const { stage, since, until } = record;
  if (stage !== 'waiting' || until === undefined) return record;
  return until - since < Math.max(wait, millisecondsInMinute) || until <= resolvedAt
    ? { ...record, stage: 'over' }
    : record;
}

/** More of what is open already: said only when it makes something worse than was said. */
function join(records: readonly AlertRecord[], incident: Incident, because: AlertRecord): Decision {
  const said = latestStatuses(incident);
  const worse = Object.entries(componentsOf(firingOf(records))).filter(
    ([id, status]) => rank(status) > rank(said[id] ?? 'operational'),
  );
  const told = records.map((record) => tell(record));
  if (worse.length === 0) return { records: told };
  return { records: told, say: { what: 'more', components: Object.fromEntries(worse), because } };
}

function begin(
  records: readonly AlertRecord[],
  incident: Incident | undefined,
  rule: Timing,
  because: AlertRecord,
  now: Instant,
): Decision {
  const told = records.map((record) => tell(record));
  const components = componentsOf([because, ...firingOf(records)]);
  const resolvedAt = incident && incidentState(incident).resolvedAt;
  if (incident && resolvedAt !== undefined && rule.reopen > 0 && because.since - resolvedAt <= rule.reopen) {
    const well = Object.fromEntries(affectedComponents(incident).map((id) => [id, 'operational' as const]));
    return { records: told, say: { what: 'back', components: { ...well, ...components }, because } };
  }
  const started = now - because.since < OLDEST ? because.since : now;
  return { records: told, say: { what: 'begun', components, started, because } };
}

function end(
  records: readonly AlertRecord[],
  incident: Incident | undefined,
  { clear }: Timing,
  now: Instant,
): Decision {
  const told = records.filter(({ stage }) => stage === 'told');
  const [because] = told.filter(({ until }) => until !== undefined).sort((a, b) => (b.until ?? 0) - (a.until ?? 0));
  if (!because || firingOf(told).length > 0) return { records };
  const done = records.map((record): AlertRecord => (record.stage === 'told' ? { ...record, stage: 'over' } : record));
  if (!incident || !incidentState(incident).open || clear === 'nothing') return { records: done };
  const ended = because.until ?? now;
  const due = ended + calmFor(incident);
  if (now < due) return { records, next: due };
  return { records: done, say: { what: 'over', ended, because } };
}

/** How long it has to be calm before a word, by how often it has come back: what flaps is not announced each time. */
function calmFor({ updates }: Incident): number {
  const returns = updates.filter(
    ({ status }, index) => status !== 'resolved' && updates[index - 1]?.status === 'resolved',
  ).length;
  return returns === 0 ? 0 : Math.min(FIRST_CALM * 2 ** (returns - 1), LONGEST_CALM);
}

/** What waited is known from now on. */
function tell(record: AlertRecord): AlertRecord {
  return record.stage === 'waiting' ? { ...record, stage: 'told' } : record;
}

function componentsOf(records: readonly AlertRecord[]): Statuses {
  return worstOf(records.map(({ components }) => components));
}

function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}
