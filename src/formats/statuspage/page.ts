import { pageIdentity } from '../../core/identity.ts';
import type { Ledger } from '../../core/ledger.ts';
import type { Instant } from '../../core/model.ts';
import { statuspageId } from './ids.ts';
import { newestMessage } from '../../core/messages.ts';
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

export function pageOf(ledger: Ledger): StatuspagePage {
  const { site } = ledger.content;
  const { name, url, time_zone: zone } = site;
  return {
    id: statuspageId('page', pageIdentity(site)),
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
    last = Math.max(last, newestMessage(event, now), ...event.updates.map(({ edited }) => edited ?? last));
  }
  return last > -Infinity ? last : (firstRecord ?? now);
}
