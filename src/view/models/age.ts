import { isUnsettled, nextRenewal } from '../../core/upcoming-changes.ts';
import type { ViewContext } from '../context.ts';
import { nearRelative } from './rich.ts';
import type { Link, Rich } from './rich.ts';

/** That this copy may be old, and where else to look. */
export interface Age {
  /** Seconds since 1970 from which on a newer build should have been there. */
  stale: number;
  text: Rich;
}

/**
 * What an old copy says of itself while something is open. Nothing of a clock that stands still, and where
 * `stale_after` is none.
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

/** Where else to look should this page fail, while something is open; for the foot, where it needs no script. */
export function elsewhereOf(context: ViewContext): Rich | undefined {
  const { ledger, words } = context;
  const { elsewhere } = ledger.content.site;
  if (elsewhere.length === 0 || !isUnsettled(ledger)) return undefined;
  return words.parts<Rich>('foot.elsewhere', { places: words.listParts(linksOf(elsewhere)) }).flat();
}

/** The owner's other places, then where customers get help. */
function placesOf({ ledger, words }: ViewContext): Link[] {
  const { elsewhere, support_url: support } = ledger.content.site;
  return [...linksOf(elsewhere), ...(support ? [{ text: words.say('support'), href: support }] : [])];
}

function linksOf(places: readonly { name: string; url: string }[]): Link[] {
  return places.map(({ name, url }) => ({ text: name, href: url }));
}
