import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';

/** `/subscribe/` */
export interface Subscribe {
  page: Page;
  title: string;
  lead: string;
  feeds: { id: string; name: string; text: string; href: string; address: string }[];
  more: { title: string; text: string; code?: string }[];
}

export function subscribeModel(context: ViewContext): Subscribe {
  const { words, href, absolute, ledger } = context;
  const name = ledger.content.site.name;
  const title = words.say('subscribe.title', { name });
  const feed = (id: 'rss' | 'atom' | 'json', path: string) => ({
    id,
    name: words.say(`feed.${id}`),
    text: words.say(`subscribe.${id}`),
    href: href(path),
    address: absolute(path),
  });
  return {
    page: pageOf(context, { title, description: words.say('subscribe.lead'), path: PATHS.subscribe }),
    title,
    lead: words.say('subscribe.lead'),
    feeds: [feed('rss', PATHS.rss), feed('atom', PATHS.atom), feed('json', PATHS.json)],
    more: [
      {
        title: words.say('subscribe.slack_title'),
        text: words.say('subscribe.slack'),
        code: `/feed subscribe ${absolute(PATHS.rss)}`,
      },
      { title: words.say('subscribe.page_title'), text: words.say('subscribe.page') },
    ],
  };
}
