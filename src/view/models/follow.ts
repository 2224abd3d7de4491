import { affectedNodes } from '../../core/affected.ts';
import { incidentState } from '../../core/incident.ts';
import { isOver, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type { ComponentNode, StatusEvent } from '../../core/model.ts';
import { postmortemOf } from '../../core/promises.ts';
import { EVENT_FEED, FEEDS, hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { timeVariants } from '../time-variants.ts';
import type { TimeVariant } from '../time-variants.ts';
import { copyOf } from './event.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';
import type { Address } from './subscribe.ts';

/** How to follow one incident or maintenance, on its page. */
export interface EventFollow {
  title: string;
  forms: TimeVariant<FollowForm>[];
  /** To all other ways. */
  more: Link;
}

/** The feed of the event, or once it is over what to follow instead. */
interface FollowForm {
  text: string;
  addresses: Address[];
  instead: Link[];
}

/** The anchor of the section. */
export const FOLLOW = 'follow';

/** A link to the section on the event's page. */
export function followLink(context: ViewContext, event: StatusEvent): Link {
  return { text: context.words.say(`follow.${event.kind}`), href: `${hrefOf(context, event)}#${FOLLOW}` };
}

export function followOf(context: ViewContext, event: StatusEvent): EventFollow {
  const { words, href } = context;
  return {
    title: words.say(`follow.${event.kind}`),
    forms: timeVariants(context, (at) =>
      hasMoreToCome(context, event, at)
        ? { text: words.say('follow.feed'), addresses: [addressOf(context, event)], instead: [] }
        : { text: words.say('follow.over'), addresses: [], instead: affectedFeeds(context, event) },
    ),
    more: { text: words.say('subscribe.title'), href: href(PATHS.subscribe) },
  };
}

/** Whether updates are to be expected: until it is over, and its postmortem written if one is promised. */
function hasMoreToCome({ ledger }: ViewContext, event: StatusEvent, at: number): boolean {
  if (event.kind === 'maintenance') return !isOver(phaseAt(maintenancePhases(event), at).status);
  const postmortem = postmortemOf(event, at, ledger.content.site.postmortems);
  return incidentState(event).open || (postmortem !== undefined && postmortem.state !== 'delivered');
}

function addressOf(context: ViewContext, event: StatusEvent): Address {
  const label = context.words.say(`feed.${EVENT_FEED}`);
  const url = context.absolute(PATHS.event(event)) + FEEDS[EVENT_FEED].file;
  return { label, url, copy: copyOf(context, url, label) };
}

/** To the feeds of what it affected, else to those of the whole page. */
function affectedFeeds(context: ViewContext, event: StatusEvent): Link[] {
  const { words, href, ledger } = context;
  const named = affectedNodes(ledger.content, event).named.filter(({ node }) => isOffered(node));
  const subscribe = href(PATHS.subscribe);
  if (named.length === 0) return [{ text: words.say('subscribe.everything'), href: `${subscribe}#what` }];
  return named.map(({ node }) => ({
    text: node.name,
    ...langOf(context, node),
    href: `${subscribe}#${node.kind === 'group' ? 'g' : 'c'}-${node.id}`,
  }));
}

/** Whether it has feeds to subscribe to, today and later: the page of an event that is over does not change with time. */
function isOffered(node: ComponentNode): boolean {
  return node.kind === 'group' ? node.children.some(isOffered) : node.retired === undefined;
}
