import { isOver, isRunning } from '../../core/maintenance.ts';
import type { MaintenanceStatus } from '../../core/vocabulary.ts';
import type { Notice } from './notice.ts';

/** Where the event stands with this message: `identified`, `in_progress`. */
function standingOf({ message }: Notice): string {
  return message.update?.status ?? message.word;
}

/** Whether nothing is wrong and no work is to be done any more, so that nothing is promised. */
export function isOverWith(notice: Notice): boolean {
  const standing = standingOf(notice);
  return standing === 'resolved' || isOver(standing as MaintenanceStatus);
}

/** Whether components have now what the message says: neither before the work nor long after. */
export function saysStatuses(notice: Notice): boolean {
  if (notice.event.kind === 'incident') return !isPostmortem(notice);
  const standing = standingOf(notice) as MaintenanceStatus;
  return isRunning(standing) || standing === 'completed';
}

export function isPostmortem({ message }: Notice): boolean {
  return message.word === 'postmortem';
}
