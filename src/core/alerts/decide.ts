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

/** What to announce now for the alerts of a rule, and the records afterwards. */
export interface Decision {
  records: readonly AlertRecord[];
  say?: Announcement;
  /** When to decide again if no message arrives before. */
  next?: Instant;
}

/** One message to customers. */
export type Announcement =
  | { what: 'begun'; components: Statuses; started: Instant; because: AlertRecord }
  /** @property components those that are worse than announced */
  | { what: 'more'; components: Statuses; because: AlertRecord }
  /** @property components all that the incident names */
  | { what: 'back'; components: Statuses; because: AlertRecord }
  | { what: 'over'; ended: Instant; because: AlertRecord };

type Timing = Pick<AlertRule, 'wait' | 'reopen' | 'clear'>;

/** How long a returned problem must be gone before it is announced as resolved again. It doubles with each return. */
const FIRST_CALM = milliseconds({ minutes: 10 });
/** An earlier start is not believed: some systems give the time at which they first saw this kind of problem. */
const OLDEST = milliseconds({ days: 7 });
const LONGEST_CALM = millisecondsInHour;

/**
 * Decides what to announce for the alerts of a rule. It returns one message; call it again after publishing that one.
 * @param found the incident they belong to, published or about to be. `unreadable` if its file has errors: then a new
 *   problem starts another incident, and the end of this one waits until the file is fixed
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

/** Closes alerts that ended before they were announced, or before the incident was resolved. */
function settle(record: AlertRecord, { wait }: Timing, resolvedAt = -Infinity): AlertRecord {
  const { stage, since, until } = record;
  if (stage !== 'waiting' || until === undefined) return record;
  return until - since < Math.max(wait, millisecondsInMinute) || until <= resolvedAt
    ? { ...record, stage: 'over' }
    : record;
}

/** Adds an alert to an open incident. It is announced only if a component is worse than announced so far. */
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

/** How long a problem must be gone before it is announced as resolved, so that flapping alerts are not announced each time. */
function calmFor({ updates }: Incident): number {
  const returns = updates.filter(
    ({ status }, index) => status !== 'resolved' && updates[index - 1]?.status === 'resolved',
  ).length;
  return returns === 0 ? 0 : Math.min(FIRST_CALM * 2 ** (returns - 1), LONGEST_CALM);
}

function tell(record: AlertRecord): AlertRecord {
  return record.stage === 'waiting' ? { ...record, stage: 'told' } : record;
}

function componentsOf(records: readonly AlertRecord[]): Statuses {
  return worstOf(records.map(({ components }) => components));
}

function rank(status: ComponentStatus): number {
  return COMPONENT_STATUSES.indexOf(status);
}
