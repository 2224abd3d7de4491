import type { Ledger } from '../../core/ledger.ts';
import { hasWindow } from '../../core/maintenance.ts';
import type { Maintenance } from '../../core/model.ts';
import { overallAt } from '../../core/status.ts';
import type { Indicator } from '../../core/vocabulary.ts';
import type { FeedContext } from '../context.ts';
import { xmlText } from '../xml.ts';
import type { StatuspageContext } from './context.ts';
import { statuspageContext } from './context.ts';
import type { StatuspageIncident } from './events.ts';
import { incidentOf, maintenanceOf, unplannedOf } from './events.ts';

/** The most incidents, and the most maintenance, in long lists. */
const NEWEST = 50;

function unplanned(context: StatuspageContext): StatuspageIncident[] {
  const { maintenance } = context.feed.ledger.content;
  return maintenance.filter((one) => !hasWindow(one)).map((one) => unplannedOf(one, context));
}

type Part = (context: StatuspageContext) => object;

const status: Part = ({ feed }) => ({ status: overallStatus(feed.ledger) });
const components: Part = (context) => ({ components: [...context.components.values()] });
const unresolved: Part = (context) => ({
  incidents: [
    ...unplanned(context),
    ...context.feed.ledger.openIncidents.map((incident) => incidentOf(incident, context)),
  ],
});
const toCome: Part = (context) => {
  const { running, upcoming } = context.feed.ledger;
  return {
    scheduled_maintenances: [...running, ...upcoming].filter(hasWindow).map((one) => maintenanceOf(one, context)),
  };
};

/**
 * Statuspage's API v2 by the path of each document below `/api/v2/`, without `.json`:
 * https://metastatuspage.com/api
 */
const DOCUMENTS = {
  summary: (context) => ({ ...components(context), ...unresolved(context), ...toCome(context), ...status(context) }),
  status,
  components,
  incidents: (context) => ({
    incidents: [
      ...unplanned(context),
      ...context.feed.ledger.content.incidents.slice(0, NEWEST).map((one) => incidentOf(one, context)),
    ].slice(0, NEWEST),
  }),
  'incidents/unresolved': unresolved,
  'scheduled-maintenances': (context) => ({
    scheduled_maintenances: newest(context.feed.ledger)
      .filter(hasWindow)
      .map((one) => maintenanceOf(one, context)),
  }),
  'scheduled-maintenances/upcoming': (context) => ({
    scheduled_maintenances: context.feed.ledger.upcoming.filter(hasWindow).map((one) => maintenanceOf(one, context)),
  }),
  'scheduled-maintenances/active': (context) => ({
    scheduled_maintenances: context.feed.ledger.running.filter(hasWindow).map((one) => maintenanceOf(one, context)),
  }),
} as const satisfies Readonly<Record<string, Part>>;

/** The newest maintenance. Of a series, only the next occurrence, so that past maintenance fits in the list. */
function newest({ content, upcoming }: Ledger): Maintenance[] {
  const next = upcoming.filter(
    ({ series }, index) => series === undefined || upcoming.findIndex((one) => one.series === series) === index,
  );
  const shown = new Set(next);
  return content.maintenance.filter((one) => !upcoming.includes(one) || shown.has(one)).slice(0, NEWEST);
}

export type DocumentName = keyof typeof DOCUMENTS;

export const DOCUMENT_NAMES = Object.keys(DOCUMENTS) as DocumentName[];

/** A document of Statuspage's API v2 as JSON. */
export function statuspageDocument(name: DocumentName, feed: FeedContext): string {
  const context = statuspageContext(feed);
  const document = { page: context.page, ...DOCUMENTS[name](context) };
  // Half a surrogate pair is legal in JSON's text, and refused by its stricter readers.
  return `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? xmlText(value) : value))}\n`;
}

/** The page's status. */
export function overallStatus(ledger: Ledger): { indicator: Indicator; description: string } {
  const { id, indicator } = overallAt(ledger, ledger.now);
  return { indicator, description: titleCase(id) };
}

/** `major_system_outage` in Statuspage's words. Always English, because clients look for them. */
function titleCase(id: string): string {
  return id.replace(/(^|_)([a-z])/g, (_, gap: string, letter: string) => (gap ? ' ' : '') + letter.toUpperCase());
}
