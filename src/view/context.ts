import type { Instant } from '../core/days.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Body } from '../core/model.ts';
import type { Dates } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';

/** Where the HTML of an update is put. */
export interface BodyPlace {
  /** Begins every id inside, so that two updates on a page never share one; starts with a letter. */
  idPrefix: string;
  /** Level of the heading above the text; its own headings come below it. */
  headingLevel: number;
}

/** What a page model needs to know, and all it may ask. */
export interface ViewContext {
  /** The same in each language of the site, the first language before others. */
  editions: readonly Pick<ViewContext, 'words' | 'href' | 'absolute'>[];
  ledger: Ledger;
  words: Words;
  dates: Dates;
  /** The instants to come at which the page says something else by itself, soonest first. */
  instants: readonly Instant[];
  /** Sanitized HTML of an update's text. */
  html: (body: Body, place: BodyPlace) => string;
  /** The same text without any markup. */
  text: (body: Body) => string;
  /** The address of a path of the site, such as `/history/`, on the host. */
  href: (path: string) => string;
  /** The same with the host. */
  absolute: (path: string) => string;
  build: BuildFacts;
  /** Width and height of the logo in its own units, where they are known. */
  logo?: { width: number; height: number };
}

/** What the page says about its own making. */
export interface BuildFacts {
  /** Changes with everything the page could show. */
  version: string;
  /** Why the clock stands still, if it does. */
  frozen?: 'example' | 'environment';
}
