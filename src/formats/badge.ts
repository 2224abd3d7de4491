import type { Area } from '../core/areas.ts';
import { areaStatusAt } from '../core/areas.ts';
import type { ComponentNode } from '../core/model.ts';
import { nodeStatusAt, overallAt, pageStatusAt } from '../core/status.ts';
import type { ComponentStatus, Indicator } from '../core/vocabulary.ts';
import type { FeedContext } from './context.ts';

/** What a badge says, in the page's language. */
export interface Badge {
  label: string;
  message: string;
  /** `#rrggbb`, on which white can be read. */
  color: string;
}

/** The colour of a status as `#rrggbb`. */
export const STATUS_COLORS: Readonly<Record<ComponentStatus, string>> = {
  operational: '#17703f',
  under_maintenance: '#1d4fb8',
  degraded_performance: '#8a5c00',
  partial_outage: '#a84300',
  major_outage: '#b3101f',
};

const OF_INDICATOR: Readonly<Record<Indicator, string>> = {
  none: STATUS_COLORS.operational,
  maintenance: STATUS_COLORS.under_maintenance,
  minor: STATUS_COLORS.degraded_performance,
  major: STATUS_COLORS.partial_outage,
  critical: STATUS_COLORS.major_outage,
};

/** For an unknown severity. */
const UNCLEAR = '#5a6270';

/** The page's status. */
export function siteBadge({ ledger, words }: FeedContext): Badge {
  if (pageStatusAt(ledger, ledger.now) === 'unclear') {
    return { label: ledger.content.site.name, message: words.say('page_status.unclear'), color: UNCLEAR };
  }
  const { id, indicator } = overallAt(ledger, ledger.now);
  return { label: ledger.content.site.name, message: words.say(`overall.${id}`), color: OF_INDICATOR[indicator] };
}

/** The status of a component or a group. */
export function nodeBadge({ ledger, words }: FeedContext, node: ComponentNode): Badge {
  const status = nodeStatusAt(ledger, node, ledger.now);
  return { label: node.name, message: words.say(`component_status.${status}`), color: STATUS_COLORS[status] };
}

/** The worst status in an area. */
export function areaBadge({ ledger, words }: FeedContext, area: Area): Badge {
  const status = areaStatusAt(ledger, area, ledger.now);
  return { label: area.name, message: words.say(`component_status.${status}`), color: STATUS_COLORS[status] };
}

/** A badge as an endpoint of shields.io, which draws it in any style: https://shields.io/badges/endpoint-badge */
export function badgeJson({ label, message, color }: Badge): string {
  return `${JSON.stringify({ schemaVersion: 1, label, message, color })}\n`;
}
