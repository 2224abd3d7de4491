import { FILES, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Copy } from './copy.ts';
import { copyOf } from './copy.ts';
import type { Rich } from './rich.ts';

/** A way to hear of updates, or to show them elsewhere. */
export interface Way {
  title: string;
  text: Rich;
  picture?: { src: string; alt: string };
  /** What is to be typed or pasted somewhere. */
  code?: { text: string; copy: Copy };
}

/** For customers. Products are named as examples of their kind. */
export function ways(context: ViewContext): Way[] {
  const { words, href, absolute } = context;
  const webcal = absolute(PATHS.home + FILES.calendar).replace(/^https?:/, 'webcal:');
  const calendar = { text: words.say('subscribe.calendar_link'), href: webcal };
  const home = { text: words.say('subscribe.page_link'), href: href(PATHS.home) };
  const plain = (kind: 'reader' | 'teams' | 'discord' | 'email') => ({
    title: words.say(`subscribe.${kind}_title`),
    text: [words.say(`subscribe.${kind}`)],
  });
  const slack = { title: words.say('subscribe.slack_title'), text: [words.say('subscribe.slack')] };
  return [
    plain('email'),
    { title: words.say('subscribe.calendar_title'), text: words.parts('subscribe.calendar', { link: calendar }) },
    withCode(context, slack, `/feed subscribe ${absolute(PATHS.home + FILES.rss)}`),
    plain('teams'),
    plain('discord'),
    plain('reader'),
    { title: words.say('subscribe.page_title'), text: words.parts('subscribe.page', { link: home }) },
  ];
}

/** For those who have a site or a program of their own. */
export function ownWays(context: ViewContext): Way[] {
  const { words, href, absolute, ledger } = context;
  const name = words.say('title.site', { name: ledger.content.site.name });
  const badge = PATHS.home + FILES.badge;
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

function withCode(context: ViewContext, way: Way, text: string): Way {
  return { ...way, code: { text, copy: copyOf(context, text, way.title) } };
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Text as it may stand between Markdown's brackets. */
function bracketed(text: string): string {
  return text.replace(/[\\[\]]/g, '\\$&');
}
