import type { ComponentStatus, Impact, Indicator } from '../core/vocabulary.ts';

/** What a colour and its shape stand for; the class of that name sets both. */
export type Tone = 'ok' | 'maintenance' | 'degraded' | 'partial' | 'major' | 'unknown' | 'note';

/** The tones that a component, or a day of one, can have. */
export type StatusTone = Exclude<Tone, 'note'>;

const OF_STATUS: Readonly<Record<ComponentStatus | 'no_data', StatusTone>> = {
  operational: 'ok',
  under_maintenance: 'maintenance',
  degraded_performance: 'degraded',
  partial_outage: 'partial',
  major_outage: 'major',
  no_data: 'unknown',
};

const OF_INDICATOR: Readonly<Record<Indicator, StatusTone>> = {
  none: 'ok',
  maintenance: 'maintenance',
  minor: 'degraded',
  major: 'partial',
  critical: 'major',
};

const OF_IMPACT: Readonly<Record<Impact, Tone>> = {
  none: 'note',
  minor: 'degraded',
  major: 'partial',
  critical: 'major',
};

export function statusTone(status: ComponentStatus | 'no_data'): StatusTone {
  return OF_STATUS[status];
}

export function indicatorTone(indicator: Indicator): StatusTone {
  return OF_INDICATOR[indicator];
}

export function impactTone(impact: Impact): Tone {
  return OF_IMPACT[impact];
}
