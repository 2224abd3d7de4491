import type { PageStatus } from '../core/status.ts';

/** The meaning of a colour and shape. The CSS class of the same name sets both. */
export type Tone = 'ok' | 'maintenance' | 'degraded' | 'partial' | 'major' | 'unknown' | 'note';

/** The tones that a component, or a day of one, can have. */
export type StatusTone = Exclude<Tone, 'note'>;

const OF_STATUS: Readonly<Record<PageStatus | 'no_data', StatusTone>> = {
  operational: 'ok',
  under_maintenance: 'maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'partial',
  major_outage: 'major',
  all_down: 'major',
  unclear: 'unknown',
  no_data: 'unknown',
};

export function statusTone(status: PageStatus | 'no_data'): StatusTone {
  return OF_STATUS[status];
}
