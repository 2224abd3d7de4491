import type { Instant } from '../core/days.ts';
import type { Ledger } from '../core/ledger.ts';
import type { Body } from '../core/model.ts';
import type { Dates } from '../i18n/dates.ts';
import type { Words } from '../i18n/words.ts';

/** The place of an update's HTML. */
export interface BodyPlace {
  /** The prefix of all ids inside, so that they are unique on the page. Starts with a letter. */
  idPrefix: string;
  /** Level of the heading above the text; its own headings come below it. */
  headingLevel: number;
}

/** Everything that page models use. */
export interface ViewContext {
  /** The same in each language of the site, the first language before others. */
  editions: readonly Pick<ViewContext, 'words' | 'href' | 'absolute'>[];
  ledger: Ledger;
  words: Words;
  dates: Dates;
  /** The future instants at which the page changes by itself, soonest first. */
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
  /** The path of the owner's style sheet. */
  theme?: { path: string };
  /** Whether pictures of the status can be drawn. */
  hasPictures?: boolean;
  /** Width and height of the logo in its own units, if known. */
  logo?: { width: number; height: number };
}

/** Facts about the build. */
export interface BuildFacts {
  /** A hash of everything that the page can show. */
  version: string;
  /** Why the clock is frozen, if it is. */
  frozen?: 'example' | 'environment';
}
