import type { Ledger } from '../../core/ledger.ts';
import type { Instant } from '../../core/model.ts';
import { statuspageId } from './ids.ts';
import { newestMessage } from './messages.ts';
import { timeIn } from './times.ts';

/** What every document says of the page it comes from. */
export interface StatuspagePage {
  id: string;
  name: string;
  /** Without a slash at the end, since clients put `/api/v2/…` behind it. */
  url: string;
  time_zone: string;
  updated_at: string;
}

/** The page's id follows from its address, which is all that tells two sites apart. */
export function pageOf(ledger: Ledger): StatuspagePage {
  const { name, url, time_zone: zone } = ledger.content.site;
  return {
    id: statuspageId('page', url.host + url.pathname),
    name,
    url: url.href.replace(/\/$/, ''),
    time_zone: zone,
    updated_at: timeIn(zone, lastChange(ledger)),
  };
}

/** When anything was last said, corrected or turned by the clock; without any of it, when the record begins, or now. */
function lastChange({ content, now, firstRecord }: Ledger): Instant {
  let last = -Infinity;
  for (const event of [...content.incidents, ...content.maintenance]) {
    if (event.updates.length === 0 && event.kind === 'maintenance' && event.scheduled > now) continue;
    last = Math.max(last, newestMessage(event, now), ...event.updates.map(({ edited }) => edited ?? last));
  }
  return last > -Infinity ? last : (firstRecord ?? now);
}
