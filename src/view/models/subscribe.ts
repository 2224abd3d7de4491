import { isRetired } from '../../core/ledger.ts';
import type { ComponentNode } from '../../core/model.ts';
import { FILES, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Copy } from './copy.ts';
import { copyOf } from './copy.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Way } from './subscribe-ways.ts';
import { ownWays, ways } from './subscribe-ways.ts';

/** `/subscribe/` */
export interface Subscribe {
  page: Page;
  title: string;
  lead: string;
  what: { title: string; everything: string; addresses: Address[]; one: string; choices: Choice[] };
  how: { title: string; ways: Way[] };
  own: { title: string; ways: Way[] };
}

/** Where something can be followed. */
export interface Address {
  label: string;
  /** With its host, as a reader, a calendar or a chat wants it. */
  url: string;
  copy: Copy;
}

/** A component, or a group of them. */
export type Choice =
  | { kind: 'component'; id: string; name: string; addresses: Address[] }
  | { kind: 'group'; id: string; name: string; children: Choice[] };

export function subscribeModel(context: ViewContext): Subscribe {
  const { words, ledger } = context;
  const title = words.say('subscribe.title');
  const lead = words.say('subscribe.lead');
  const everything = words.say('subscribe.everything');
  return {
    page: pageOf(context, { title, description: lead, path: PATHS.subscribe }),
    title,
    lead,
    what: {
      title: words.say('subscribe.what'),
      everything,
      addresses: addressesBelow(context, PATHS.home, everything),
      one: words.say('subscribe.one'),
      choices: choicesOf(context, ledger.content.tree),
    },
    how: { title: words.say('subscribe.how'), ways: ways(context) },
    own: { title: words.say('subscribe.own'), ways: ownWays(context) },
  };
}

/** The components that are offered, in the order of the page. */
function choicesOf(context: ViewContext, nodes: readonly ComponentNode[]): Choice[] {
  return nodes.flatMap((node): Choice[] => {
    const { id, name } = node;
    if (node.kind === 'group') {
      const children = choicesOf(context, node.children);
      return children.length > 0 ? [{ kind: 'group', id: `g-${id}`, name, children }] : [];
    }
    if (isRetired(node, context.ledger.now)) return [];
    return [{ kind: 'component', id: `c-${id}`, name, addresses: addressesBelow(context, PATHS.component(id), name) }];
  });
}

function addressesBelow(context: ViewContext, path: string, whose: string): Address[] {
  const { words, absolute } = context;
  return (['rss', 'calendar', 'atom', 'json', 'badge'] as const).map((kind) => {
    const label = words.say(`feed.${kind}`);
    const url = absolute(path + FILES[kind]);
    const what = words.say('feed.of_component', { component: whose, feed: label });
    return { label, url, copy: copyOf(context, url, what) };
  });
}
