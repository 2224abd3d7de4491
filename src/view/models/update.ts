import type { StatusEvent, Update } from '../../core/model.ts';
import { factsOf } from '../../i18n/facts.ts';
import type { Fact } from '../../i18n/facts.ts';
import { hrefOf } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import type { PromiseOutcome } from './promise.ts';
import { outcomesOf } from './promise.ts';
import { full, fullRelative, langOf, marked, near, nearRelative, range } from './rich.ts';
import type { Moment, Rich } from './rich.ts';

/** A message of an event, or a change by the clock. */
export interface UpdateView {
  word: string;
  time?: Moment;
  /** Its address on its event's page. */
  href?: string;
  /** Sanitized. */
  html: string;
  /** The language of the text, if it is not the page's. */
  lang?: string;
  facts: FactView[];
}

export interface FactView {
  label: string;
  value: Rich;
  /** Whether owners wrote all of the value, so that its letters say its direction. */
  written?: boolean;
  /** The result of a promise, on its event's own page. */
  outcomes?: TimeVariant<PromiseOutcome>[];
}

interface Place {
  /** Level of the heading above the update's text. */
  headingLevel: number;
  /** Facts that are shown elsewhere on the page. */
  leaveOut?: readonly Fact['name'][];
  /** Whether it is the event's own page, where an update has its own ids. */
  own?: boolean;
  /** Whether times always have their date, as on the event's own page. */
  dated?: boolean;
  /** Whether the script says how long ago it came. */
  relative?: boolean;
}

export function updateView(context: ViewContext, event: StatusEvent, update: Update, place: Place): UpdateView {
  const { words } = context;
  const [plain, relative] = isDated(place) ? [full, fullRelative] : [near, nearRelative];
  return {
    word: words.say(`word.${update.word}` as `word.${StatusEvent['updates'][number]['word']}`),
    ...(!update.undated && { time: (place.relative ? relative : plain)(context, update.at) }),
    href: hrefOf(context, event, update),
    html: context.html(update.body, {
      idPrefix: place.own ? `${update.id}-` : `e-${event.id}-${update.id}-`,
      headingLevel: place.headingLevel,
    }),
    ...langOf(context, update),
    facts: factsOf(event, update, context.ledger.content, words)
      .filter(({ name }) => !place.leaveOut?.includes(name))
      .map((fact) => ({
        ...factView(context, fact, place),
        ...(place.own && fact.name === 'next_update' && { outcomes: outcomesOf(context, event.updates, update) }),
      })),
  };
}

/** A fact as it is shown; on its event's own page with every date. */
export function factView(context: ViewContext, { label, value, written }: Fact, place: Place): FactView {
  if ('text' in value) {
    const rich = marked(context, value.parts);
    // Of what is marked, each part says its own direction.
    return { label, value: rich, ...(written && rich.length === 1 && typeof rich[0] === 'string' && { written }) };
  }
  const moment = isDated(place) ? full : near;
  if ('window' in value) return { label, value: range(context, moment(context, value.window.from), value.window.to) };
  return { label, value: [moment(context, value.instant)] };
}

function isDated({ own = false, dated = own }: Place): boolean {
  return dated;
}
