import { CommandError } from '../../lib/errors.ts';
import { type ImportedContent, type ImportedPage, lastNamed } from '../model.ts';
import { note, type Report } from '../report.ts';
import { isZone } from '../site-text.ts';
import { collect, type Collected } from './collect.ts';
import { indexComponents } from './components.ts';
import { readEvent } from './event.ts';
import type { Document, Located, RawEvent } from './shape.ts';

/** Statuspage's API v2 lists so many incidents, the newest. */
const SERVED = 50;

/**
 * What documents of a Statuspage's API v2 say. What they do not say, or cannot, goes into the report.
 * @throws {CommandError} when they say nothing at all
 */
export function readStatuspage(documents: readonly Document[], live: boolean, report: Report): ImportedContent {
  const collected = collect(documents, report);
  if (isEmpty(collected)) {
    throw new CommandError(
      `There is nothing of a status page in ${report.source}: no page, no component and no incident.\n` +
        "Nothing was written. Expected are the files of a Statuspage's api/v2, such as incidents.json and components.json.",
    );
  }
  const components = indexComponents(collected, report);
  const page = pageOf(collected, report);
  const options = { base: page.url, components, report };
  const events = [
    ...collected.incidents.map((event) => readEvent(event, 'incident', options)),
    ...collected.maintenance.map((event) => readEvent(event, 'maintenance', options)),
  ].filter((event) => event !== undefined);
  report.read.components = collected.components.filter(({ value }) => !value.group).length;
  if (live && collected.incidents.length >= SERVED) {
    note(report, 'newest-only', { file: 'incidents.json' }, { subject: page.url ?? 'incidents' });
  }
  return { source: 'statuspage', page, tree: components.tree(lastNamed(events)), events };
}

function isEmpty({ page, components, incidents, maintenance }: Collected): boolean {
  return !page && components.length + incidents.length + maintenance.length === 0;
}

function pageOf({ page, incidents }: Collected, report: Report): ImportedPage {
  const origin = page?.url ?? originOf(incidents);
  const name = page?.name ?? (origin && new URL(origin).hostname);
  const zone = page?.time_zone?.replace(/^Etc\/UTC$/, 'UTC');
  const guess = (subject: string, reason: string): void =>
    note(report, 'page-guessed', { file: 'site.yml' }, { subject }, reason);
  if (!page && origin) guess(origin, 'Its address is that of its incidents.');
  if (zone && !isZone(zone)) guess(zone, 'It is no time zone that can be read; UTC was taken.');
  return {
    ...(name && { name }),
    ...(origin && { url: origin }),
    ...(isZone(zone) && zone !== 'UTC' && { timeZone: zone }),
  };
}

function originOf(incidents: readonly Located<RawEvent>[]): string | undefined {
  const address = incidents.map(({ value }) => value.url).find((url) => url && URL.canParse(url));
  return address ? new URL(address).origin : undefined;
}
