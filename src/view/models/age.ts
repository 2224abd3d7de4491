import { isUnsettled, nextRenewal } from '../../core/upcoming-changes.ts';
import type { ViewContext } from '../context.ts';
import { nearRelative } from './rich.ts';
import type { Link, Rich } from './rich.ts';

/** A notice that this copy may be out of date, and other places to look. */
export interface Age {
  /** When a newer build is overdue, in seconds since 1970. */
  stale: number;
  text: Rich;
}

/**
 * The notice on an outdated copy while something is open. Undefined with a frozen clock, or if `stale_after` is none.
 */
export function ageOf(context: ViewContext): Age | undefined {
  const { ledger, words, build } = context;
  const { stale_after: allowed } = ledger.content.site;
  if (allowed === null || build.frozen || !isUnsettled(ledger)) return undefined;
  const places = placesOf(context);
  return {
    stale: Math.ceil((nextRenewal(ledger) + allowed) / 1000),
    text: [
      ...words.parts('age.old', { time: nearRelative(context, ledger.now) }),
      ...(places.length > 0
        ? [' ', ...words.parts<Rich>('age.places', { places: words.listParts(places) }).flat()]
        : []),
    ],
  };
}

/** Other places to look if this page fails, for the foot of the page while something is open. Needs no script. */
export function elsewhereOf(context: ViewContext): Rich | undefined {
  const { ledger, words } = context;
  const { elsewhere } = ledger.content.site;
  if (elsewhere.length === 0 || !isUnsettled(ledger)) return undefined;
  return words.parts<Rich>('foot.elsewhere', { places: words.listParts(linksOf(elsewhere)) }).flat();
}

/** The owner's other places, then the support address. */
function placesOf({ ledger, words }: ViewContext): Link[] {
  const { elsewhere, support_url: support } = ledger.content.site;
  return [...linksOf(elsewhere), ...(support ? [{ text: words.say('support'), href: support }] : [])];
}

function linksOf(places: readonly { name: string; url: string }[]): Link[] {
  return places.map(({ name, url }) => ({ text: name, href: url }));
}
