import { affectedNodes } from '../core/affected.ts';
import { eventAddress } from '../core/events.ts';
import { incidentState } from '../core/incident.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Incident } from '../core/model.ts';
import { fillAddress } from '../core/report-problem.ts';
import type { Dates } from './dates.ts';
import { affectedInWords } from './facts.ts';
import type { Words } from './words.ts';

interface Edition {
  ledger: Ledger;
  words: Words;
  dates: Dates;
}

/**
 * Where readers say that an incident affects them too, with what the page says about it filled in; nothing if it is over or
 * the owner wants no reports.
 */
export function problemAddress(incident: Incident, { ledger, words, dates }: Edition): string | undefined {
  const { content } = ledger;
  const { report_problem: address, url } = content.site;
  const { open, status } = incidentState(incident);
  if (address === undefined || !open) return undefined;
  const newest = incident.updates.at(-1);
  return fillAddress(address, {
    title: incident.title,
    components: affectedInWords(affectedNodes(content, incident), words),
    status: words.say(`word.${status}`),
    ...(newest && !newest.undated && { time: dates.dateTime(newest.at) }),
    url: eventAddress(url, incident),
  });
}
