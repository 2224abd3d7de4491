import type { Direction } from '../../i18n/words.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import { timeVariants } from '../time-variants.ts';
import { pageStatusView } from './answer.ts';
import type { StatusView } from './components.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { Link } from './rich.ts';

/** The page of an address that has none. */
export interface NotFound {
  page: Page;
  title: string;
  text: string;
  /** To the home page, with what it says. */
  home: Link & { statuses: TimeVariant<StatusView>[] };
  links: Link[];
  /** The same in the other languages of the site: a host has one file for all addresses that it does not know. */
  others: Other[];
}

interface Other {
  lang: string;
  dir: Direction;
  title: string;
  text: string;
  home: Link;
}

export function notFoundModel(context: ViewContext): NotFound {
  const { words, href } = context;
  const title = words.say('not_found.title');
  const text = words.say('not_found.text');
  return {
    page: pageOf(context, { title, description: text, path: PATHS.notFound }),
    title,
    text,
    home: {
      text: words.say('not_found.home'),
      href: href(PATHS.home),
      statuses: timeVariants(context, (at) => pageStatusView(context, at)),
    },
    links: [
      { text: words.say('not_found.history'), href: href(PATHS.history) },
      { text: words.say('not_found.subscribe'), href: href(PATHS.subscribe) },
    ],
    others: context.editions.slice(1).map(inOther),
  };
}

function inOther({ words, href }: ViewContext['editions'][number]): Other {
  return {
    lang: words.locale,
    dir: words.direction,
    title: words.say('not_found.title'),
    text: words.say('not_found.text'),
    home: { text: words.say('not_found.home'), href: href(PATHS.home) },
  };
}
