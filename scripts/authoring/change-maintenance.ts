import type { Diagnostic } from '../../src/core/diagnostic.ts';
import type { Maintenance } from '../../src/core/model.ts';
import { CommandError } from '../lib/errors.ts';
import type { Answers } from './answers.ts';
import { approve, approveException } from './approve.ts';
import type { ChosenEvent } from './choose-event.ts';
import { stageOf } from './choose-event.ts';
import type { Draft } from './draft.ts';
import { draftException, draftUpdate, takesException } from './draft.ts';

/** How a maintenance is moved or cancelled. */
export interface MaintenanceChange {
  event: Maintenance;
  /** Whether it is an occurrence of a series, which an exception in the front matter changes, without a message. */
  byException: boolean;
  draft: (answers: Answers) => Draft;
  /** @returns warnings @throws {CommandError} when the page would refuse it */
  approve: (draft: Draft) => Diagnostic[];
}

const NO_MESSAGE =
  'Moving or cancelling one occurrence of a series changes only the front matter. Leave out the message, or post it as an update.';

/**
 * To move or cancel maintenance that has not ended.
 * @throws {CommandError} when it cannot be
 */
export function changeMaintenance({ found, event, text }: ChosenEvent, hasMessage: boolean): MaintenanceChange {
  if (event.kind !== 'maintenance') throw new CommandError(`“${event.id}” is an incident, not a maintenance.`);
  if (stageOf(event, found.now) === 'over') throw new CommandError(`“${event.id}” has already ended.`);
  const byException = takesException(event, text);
  if (byException && hasMessage) throw new CommandError(NO_MESSAGE);
  const draft = byException ? draftException : draftUpdate;
  const check = byException ? approveException : approve;
  return {
    event,
    byException,
    draft: (answers) => draft(answers, event, text, found),
    approve: (drafted) => check(found, drafted, event),
  };
}
