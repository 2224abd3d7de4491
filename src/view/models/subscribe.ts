import { areasOf } from '../../core/areas.ts';
import { componentsIn } from '../../core/groups.ts';
import { isRetired } from '../../core/ledger.ts';
import type { ComponentNode } from '../../core/model.ts';
import { BADGE, FEEDS, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { EmailForm } from './email-form.ts';
import { emailForm } from './email-form.ts';
import type { Copy } from './event.ts';
import { copyOf } from './event.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { langOf } from './rich.ts';
import type { Rich } from './rich.ts';

/** A way to get updates, or to show them elsewhere. */
export interface SubscribeOption {
  title: string;
  text: Rich;
  picture?: { src: string; alt: string };
  /** Text to paste. */
  code?: { text: string; copy: Copy };
}

/** For customers. Products are named as examples of their kind. */
function subscribeOptions(context: ViewContext): SubscribeOption[] {
  const { words, href, absolute, ledger } = context;
  const webcal = absolute(PATHS.home + FEEDS.calendar.file).replace(/^https?:/, 'webcal:');
  const link = { text: words.say('subscribe.calendar_link'), href: webcal };
  const home = { text: words.say('subscribe.page_link'), href: href(PATHS.home) };
  const plain = (kind: 'reader' | 'teams' | 'discord' | 'email') => ({
    title: words.say(`subscribe.${kind}_title`),
    text: [words.say(`subscribe.${kind}`)],
  });
  const slack = { title: words.say('subscribe.slack_title'), text: [words.say('subscribe.slack')] };
  return [
    ...(ledger.content.site.subscribe.email ? [] : [plain('email')]),
    { title: words.say('subscribe.calendar_title'), text: words.parts('subscribe.calendar', { link }) },
    withCode(context, slack, `/feed subscribe ${absolute(PATHS.home + FEEDS.rss.file)}`),
    plain('teams'),
    plain('discord'),
    plain('reader'),
    { title: words.say('subscribe.page_title'), text: words.parts('subscribe.page', { link: home }) },
  ];
}

/** For those who have a site or a program of their own. */
function ownSubscribeOptions(context: ViewContext): SubscribeOption[] {
  const { words, href, absolute, ledger } = context;
  const name = words.say('title.site', { name: ledger.content.site.name });
  const badge = PATHS.home + BADGE;
  const way = (kind: 'banner' | 'frame' | 'badge' | 'api') => ({
    title: words.say(`subscribe.${kind}_title`),
    text: [words.say(`subscribe.${kind}`)],
  });
  const [component = 'website'] = ledger.content.components.keys();
  const options = { limit: `data-components="${component}"`, place: 'data-position="top"' };
  const banner = { ...way('banner'), text: [words.say('subscribe.banner', options)] };
  return [
    withCode(context, banner, `<script src="${absolute(PATHS.embedScript)}" async></script>`),
    withCode(
      context,
      way('frame'),
      `<iframe src="${absolute(PATHS.embed)}" title="${attribute(name)}" width="100%" height="160"></iframe>`,
    ),
    {
      ...withCode(context, way('badge'), `[![${bracketed(name)}](${absolute(badge)})](${absolute(PATHS.home)})`),
      picture: { src: href(badge), alt: name },
    },
    withCode(context, way('api'), absolute(PATHS.summary)),
  ];
}

function withCode(context: ViewContext, way: SubscribeOption, text: string): SubscribeOption {
  return { ...way, code: { text, copy: copyOf(context, text, way.title) } };
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Escapes text between Markdown's brackets. */
function bracketed(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}

/** The feeds, most wanted first. */
const { rss, calendar, ...others } = FEEDS;
const FOLLOWED = { rss, calendar, ...others, badge: { file: BADGE } };

/** `/subscribe/` */
interface Subscribe {
  page: Page;
  title: string;
  lead: string;
  email?: EmailForm | undefined;
  what: {
    title: string;
    everything: string;
    addresses: Address[];
    one: string;
    choices: Choice[];
    areas?: { title: string; choices: Choice[] };
  };
  how: { title: string; ways: SubscribeOption[] };
  own: { title: string; ways: SubscribeOption[] };
}

/** Where something can be followed. */
export interface Address {
  label: string;
  /** The absolute address, for feed readers, calendars and chats. */
  url: string;
  copy: Copy;
}

/** What can be followed by itself: a component or a whole group. Or a group of such choices. */
export type Choice =
  | { kind: 'single'; id: string; name: string; lang?: string; addresses: Address[] }
  | { kind: 'group'; id: string; name: string; lang?: string; children: Choice[] };

export function subscribeModel(context: ViewContext): Subscribe {
  const { words, ledger } = context;
  const title = words.say('subscribe.title');
  const lead = words.say('subscribe.lead');
  const everything = words.say('subscribe.everything');
  const email = emailForm(context);
  const areas = areasOf(ledger.content.site).map((area): Choice => {
    const addresses = addressesBelow(context, PATHS.area(area.id), area.name);
    return { kind: 'single', id: `a-${area.id}`, name: area.name, ...langOf(context, area), addresses };
  });
  return {
    page: pageOf(context, { title, description: lead, path: PATHS.subscribe, formOrigins: email?.origins }),
    title,
    lead,
    email,
    what: {
      title: words.say('subscribe.what'),
      everything,
      addresses: addressesBelow(context, PATHS.home, everything),
      one: words.say('subscribe.single'),
      choices: choicesOf(context, ledger.content.tree),
      ...(areas.length > 0 && { areas: { title: words.say('subscribe.area'), choices: areas } }),
    },
    how: { title: words.say('subscribe.how'), ways: subscribeOptions(context) },
    own: { title: words.say('subscribe.own'), ways: ownSubscribeOptions(context) },
  };
}

/** The components that are offered, in the order of the page. A group itself is the first of its choices. */
function choicesOf(context: ViewContext, nodes: readonly ComponentNode[]): Choice[] {
  return nodes.flatMap((node): Choice[] => {
    const { id, name } = node;
    const named = { name, ...langOf(context, node) };
    const offered = componentsIn(node).filter((component) => !isRetired(component, context.ledger.now));
    if (offered.length === 0) return [];
    const addresses = addressesBelow(context, PATHS[node.kind](id), name);
    if (node.kind === 'component') return [{ kind: 'single', id: `c-${id}`, ...named, addresses }];
    const all = context.words.count('affected.group', offered.length, { group: name });
    const whole = { kind: 'single' as const, id: `all-${id}`, name: all, addresses };
    return [{ kind: 'group', id: `g-${id}`, ...named, children: [whole, ...choicesOf(context, node.children)] }];
  });
}

function addressesBelow(context: ViewContext, path: string, whose: string): Address[] {
  const { words, absolute } = context;
  return (Object.keys(FOLLOWED) as (keyof typeof FOLLOWED)[]).map((kind) => {
    const label = words.say(`feed.${kind}`);
    const url = absolute(path + FOLLOWED[kind].file);
    const what = words.say('feed.of_component', { component: whose, feed: label });
    return { label, url, copy: copyOf(context, url, what) };
  });
}
