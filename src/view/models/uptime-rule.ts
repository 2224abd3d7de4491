import type { ViewContext } from '../context.ts';

const OUTAGES = ['major_outage', 'partial_outage', 'degraded_performance'] as const;

/**
 * How uptime is counted, with the site's own weights.
 * @param days over how many days, where that is not said beside each figure
 */
export function uptimeRule({ ledger, words }: ViewContext, days?: number): string {
  const { weights } = ledger.content.site.uptime;
  const share = (weight: number) => (weight * 100).toLocaleString(words.locale, { maximumFractionDigits: 1 });
  const counted = OUTAGES.filter((status) => weights[status] > 0).map((status) => {
    const percent = words.say('uptime.percent', { number: share(weights[status]) });
    return words.say(`uptime.counts.${status}`, { percent });
  });
  const parts = counted.length > 0 ? counted.join(', ') : words.say('uptime.counts.nothing');
  return days === undefined ? words.say('uptime.rule', { parts }) : words.count('uptime.rule_days', days, { parts });
}
