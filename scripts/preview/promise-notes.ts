import { newestExpectedFix } from '../../src/core/events.ts';
import { incidentState, isNotice } from '../../src/core/incident.ts';
import type { Ledger } from '../../src/core/ledger.ts';
import type { Instant, StatusEvent } from '../../src/core/model.ts';
import { openPromise, postmortemOf, promisesOf } from '../../src/core/promises.ts';
import type { UpdatePromise } from '../../src/core/promises.ts';
import type { EventChange } from './event-changes.ts';
import { onlyWords } from './extent.ts';

/** What an incident or maintenance promises after the change. */
export interface PromiseNote {
  event: StatusEvent;
  /** Earlier promises that an added update answers. */
  answered: UpdatePromise[];
  /** The promise that is open now. */
  next?: UpdatePromise;
  /** Open, and no next update is promised. */
  missing: boolean;
  expectedFix?: Instant;
  /** When its postmortem is due, if this change ends it or promises one. */
  postmortem?: Instant;
}

/** Notes for every event that says something new; corrected words promise nothing. */
export function promiseNotes(events: readonly EventChange[], after: Ledger): PromiseNote[] {
  return events
    .filter((change) => change.kind !== 'removed' && !onlyWords(change))
    .map((change) => noteOf(change, after));
}

function noteOf({ event, before, updates }: EventChange, { content, now }: Ledger): PromiseNote {
  const { promises, postmortems } = content.site;
  const added = new Set(updates.filter(({ kind }) => kind === 'added').map(({ update }) => update.id));
  const answered = promisesOf(event.updates, now, promises.grace).filter(
    ({ answer }) => answer && added.has(answer.id),
  );
  const next = openPromise(event.updates, now, promises.grace);
  const open = event.kind === 'incident' && incidentState(event).open;
  const fix = open ? newestExpectedFix(event.updates) : undefined;
  const ended = event.kind === 'incident' && !open && !(before?.kind === 'incident' && !incidentState(before).open);
  const promised = updates.some(({ kind, update }) => kind === 'added' && update.postmortemBy !== undefined);
  const postmortem =
    event.kind === 'incident' && (ended || promised) ? postmortemOf(event, now, postmortems) : undefined;
  return {
    event,
    answered,
    ...(next && { next }),
    missing: !next && open && !isNotice(event),
    ...(fix !== undefined && { expectedFix: fix }),
    ...(postmortem && !postmortem.delivered && { postmortem: postmortem.due }),
  };
}
