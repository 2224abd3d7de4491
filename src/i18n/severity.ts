import { isNotice } from '../core/incident.ts';
import type { StatusEvent } from '../core/model.ts';
import { impactByHand, isRecovering, severityOf } from '../core/severity.ts';
import type { Words } from './words.ts';

/** The severity of an event: `Partial outage`, or `Partial outage · Critical impact` if its owner set the impact by hand. */
export function severityInWords(event: StatusEvent, words: Words): string {
  if (event.kind === 'maintenance') return words.say('maintenance');
  if (event.partial) return words.say('page_status.unclear');
  if (isNotice(event)) return words.say('notice');
  const severity = words.say(isRecovering(event) ? 'recovering' : `component_status.${severityOf(event)}`);
  const impact = impactByHand(event);
  return impact === undefined
    ? severity
    : words.say('severity.with_impact', { severity, impact: words.say(`impact.${impact}`) });
}
