import type { Content, StatusEvent, Update } from './model.ts';
import type { WatchKind } from './watch.ts';

/** What a case was about, and the update that ended it, if one did. */
export interface WatchAnswer {
  kind: WatchKind;
  /** The name of the event's file; the file itself may be gone. */
  eventId: string;
  event?: StatusEvent;
  update?: Update;
}

const ENDS: readonly string[] = ['resolved', 'completed', 'cancelled'];

/**
 * What became of a case that is no longer watched.
 * @param id as `watchCases` gave it, perhaps long ago
 */
export function answerTo(
  id: string,
  { incidents, maintenance }: Pick<Content, 'incidents' | 'maintenance'>,
): WatchAnswer {
  const [kind = '', eventId = '', from = ''] = id.split(' ');
  const event = [...incidents, ...maintenance].find((one) => one.id === eventId);
  const update = event && answerIn(event.updates, kind as WatchKind, from);
  return { kind: kind as WatchKind, eventId, ...(event && { event }), ...(update && { update }) };
}

/** @param from the last part of a case's id: the update that it hangs on, or an instant */
function answerIn(updates: readonly Update[], kind: WatchKind, from: string): Update | undefined {
  if (kind === 'promise' || kind === 'silence') {
    const index = updates.findIndex(({ id }) => id === from);
    return index < 0 ? undefined : updates[index + 1];
  }
  const instant = Number(from);
  if (kind === 'postmortem') return updates.find(({ word, at }) => word === 'postmortem' && at >= instant);
  const said = kind === 'fix' ? updates.findLastIndex(({ expectedFix }) => expectedFix === instant) : -1;
  return updates
    .slice(said + 1)
    .find(
      ({ at, status, expectedFix }) =>
        at > instant ||
        ENDS.includes(status) ||
        (kind === 'fix' && (status === 'monitoring' || expectedFix !== undefined)),
    );
}
