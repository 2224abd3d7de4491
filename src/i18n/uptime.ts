import type { Weights } from '../core/uptime.ts';
import { hundredthsInWords, numberInWords } from './numbers.ts';
import type { Words } from './words.ts';

/** Bars show them too, the worst first. */
const UNCOUNTED = ['major_outage', 'partial_outage', 'degraded_performance', 'under_maintenance'] as const;
const OUTAGES = ['major_outage', 'partial_outage', 'degraded_performance'] as const;

/** `99.98%`; never rounded up, since the value was floored to two decimals. */
export function percentInWords(percent: number, words: Words): string {
  const number = percent === 100 ? percent.toLocaleString(words.locale) : hundredthsInWords(percent, words);
  return words.say('uptime.percent', { number });
}

/** `99.95%`: the promised uptime with all its decimals. */
export function slaInWords(target: number, words: Words): string {
  const number = target.toLocaleString(words.locale, { maximumFractionDigits: 5 });
  return words.say('uptime.percent', { number });
}

/**
 * How uptime is counted, with the site's own weights.
 * @param days over how many days, where that is not said beside each figure
 */
export function uptimeRule(weights: Weights, words: Words, days?: number): string {
  const counted = OUTAGES.flatMap((status) => {
    const weight = weights[status] ?? 0;
    const percent = words.say('uptime.percent', { number: numberInWords(weight * 100, words) });
    return weight > 0 ? [words.say(`uptime.counts.${status}`, { percent })] : [];
  });
  const parts = counted.length > 0 ? words.list(counted) : words.say('uptime.counts.nothing');
  return days === undefined ? words.say('uptime.rule', { parts }) : words.count('uptime.rule_days', days, { parts });
}

/** Which statuses are shown but not counted as downtime, for where a figure says 100% beside them; none if all are. */
export function uncountedNote(weights: Weights, words: Words): string | undefined {
  const uncounted = UNCOUNTED.filter((status) => !weights[status]);
  if (uncounted.length === 0) return undefined;
  // Not as a sentence lists them: labels keep their capitals.
  return words.say('uptime.uncounted', {
    parts: uncounted.map((one) => words.say(`component_status.${one}`)).join(' · '),
  });
}
