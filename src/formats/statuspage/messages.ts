import { affectedComponents } from '../../core/incident.ts';
import { isRunning, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { Body, Incident, Instant, Maintenance, StatusEvent, Update } from '../../core/model.ts';
import { latestStatuses } from '../../core/timeline.ts';
import type { ComponentStatus, IncidentWord, MaintenanceStatus, MaintenanceWord } from '../../core/vocabulary.ts';

/** Id of the message that a maintenance has before anybody writes an update. */
export const ANNOUNCEMENT = 'announcement';

export type Statuses = Readonly<Record<string, ComponentStatus>>;

/**
 * One message of an event as Statuspage counts them. Besides the updates that somebody wrote it has one where the
 * clock began or completed a maintenance, as Statuspage writes one then, and one for an announcement without update:
 * its clients look for the status of an event in the newest, and for at least one.
 */
export interface Message {
  /** Unique within its event: an update's id, `announcement`, `clock-in_progress`, `clock-completed`. */
  id: string;
  /** What its heading says. */
  word: IncidentWord | MaintenanceWord;
  /** In Statuspage's words. */
  status: string;
  at: Instant;
  /** When its text was last changed. */
  changed: Instant;
  /** The texts it has, in their order; none where the clock speaks. */
  bodies: readonly { body: Body; idPrefix: string }[];
  /** What it says besides its text. */
  update?: StatusEvent['updates'][number];
  /** Components named until then, in the order they were named. */
  components: readonly string[];
  /** Statuses before and after; those that are not in it are operational. */
  before: Statuses;
  after: Statuses;
}

/** Oldest first, by `now`; never empty. */
export function messagesOf(event: StatusEvent, now: Instant): Message[] {
  return event.kind === 'incident' ? incidentMessages(event) : maintenanceMessages(event, now);
}

/** When the newest one was, without working them out. */
export function newestMessage(event: StatusEvent, now: Instant): Instant {
  const written = event.updates.at(-1)?.at;
  if (event.kind === 'incident') return written ?? event.started;
  return Math.max(written ?? event.scheduled, ...clockTurns(event, now).map(({ from }) => from));
}

function incidentMessages(incident: Incident): Message[] {
  const until = (count: number): Incident => ({ ...incident, updates: incident.updates.slice(0, count) });
  return incident.updates.map((update, index) => ({
    ...written(update),
    status: update.word === 'postmortem' ? 'postmortem' : update.status,
    components: affectedComponents(until(index + 1)),
    before: index > 0 ? latestStatuses(until(index)) : update.status === 'resolved' ? incident.components : {},
    after: latestStatuses(until(index + 1)),
  }));
}

type Draft = Omit<Message, 'status' | 'components' | 'before' | 'after'>;

function maintenanceMessages(maintenance: Maintenance, now: Instant): Message[] {
  const phases = maintenancePhases(maintenance);
  const drafts = [...writtenIn(maintenance), ...clockTurns(maintenance, now).map(byClock)];
  let before: Statuses = {};
  return drafts
    .sort((a, b) => a.at - b.at)
    .map((draft) => {
      const status = draft.id === ANNOUNCEMENT ? 'scheduled' : phaseAt(phases, draft.at).status;
      const updates = maintenance.updates.filter(({ at }) => at <= draft.at);
      const statuses = Object.assign({}, maintenance.components, ...updates.map(({ components }) => components));
      const after = isRunning(status) ? (statuses as Statuses) : {};
      const components = affectedComponents({ ...maintenance, updates });
      const message = { ...draft, status: STATUSPAGE_STATUS[status], components, before, after };
      before = after;
      return message;
    });
}

/** Statuspage knows no cancelled maintenance: it is over, and its text says why. */
const STATUSPAGE_STATUS: Readonly<Record<MaintenanceStatus, string>> = {
  scheduled: 'scheduled',
  in_progress: 'in_progress',
  verifying: 'verifying',
  completed: 'completed',
  cancelled: 'completed',
};

/** Where a maintenance stands, in Statuspage's words. */
export function maintenanceStatus(maintenance: Maintenance, now: Instant): string {
  return STATUSPAGE_STATUS[phaseAt(maintenancePhases(maintenance), now).status];
}

/** The announcement stands before the first update; alone, it has no time but that of the work. */
function writtenIn({ id, announcement, scheduled, updates }: Maintenance): Draft[] {
  const announced = announcement ? [{ body: announcement, idPrefix: `e-${id}-` }] : [];
  const [first, ...others] = updates.map(written);
  if (first) return [{ ...first, bodies: [...announced, ...first.bodies] }, ...others];
  return [{ id: ANNOUNCEMENT, word: 'scheduled', at: scheduled, changed: scheduled, bodies: announced }];
}

function written(update: Update<IncidentWord> | Update<MaintenanceWord>): Draft {
  const { id, word, at, edited, body } = update;
  return {
    id,
    word,
    at,
    changed: edited ?? at,
    bodies: [{ body, idPrefix: `${id}-` }],
    update: update as StatusEvent['updates'][number],
  };
}

interface ClockTurn {
  status: MaintenanceStatus;
  from: Instant;
}

function clockTurns(maintenance: Maintenance, now: Instant): ClockTurn[] {
  return maintenancePhases(maintenance).filter(({ by, from }) => by === 'clock' && from > -Infinity && from <= now);
}

function byClock({ status, from }: ClockTurn): Draft {
  return { id: `clock-${status}`, word: status, at: from, changed: from, bodies: [] };
}
