import type { Ledger } from '../../src/core/ledger.ts';
import type { Instant } from '../../src/core/model.ts';
import type { ComponentStatus } from '../../src/core/vocabulary.ts';
import type { Dates } from '../../src/i18n/dates.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import type { Words } from '../../src/i18n/words.ts';
import { wordsFor } from '../../src/i18n/words.ts';

/**
 * How both sides of a comparison are put into words: in the page's language and zone, and with the names of components, as
 * they are after the change, so that nothing differs only because it is called otherwise.
 */
export interface Naming {
  words: Words;
  dates: Dates;
  /** As short as it can be understood today. */
  time: (instant: Instant) => string;
  /** The id after the change of a component that had this one before. */
  idOf: (id: string) => string;
  nameOf: (id: string) => string;
  /** `Checkout: Partial outage`, in the order of the page. */
  statuses: (components: Readonly<Record<string, ComponentStatus>>) => string;
}

export function namingOf(before: Ledger, after: Ledger): Naming {
  const { site, components } = after.content;
  const words = wordsFor(site.locale);
  const dates = datesFor(site.locale, site.time_zone);
  const aliases = new Map([...components.values()].flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id])));
  const idOf = (id: string) => (components.has(id) ? id : (aliases.get(id) ?? id));
  const nameOf = (id: string) => components.get(idOf(id))?.name ?? before.content.components.get(id)?.name ?? id;
  const order = [...components.keys()];
  return {
    words,
    dates,
    time: (instant) => dates.near(instant, after.now),
    idOf,
    nameOf,
    statuses: (given) =>
      Object.entries(given)
        .sort(([a], [b]) => order.indexOf(idOf(a)) - order.indexOf(idOf(b)))
        .map(([id, status]) =>
          words.say('fact.component_status', {
            component: nameOf(id),
            status: words.say(`component_status.${status}`),
          }),
        )
        .join(', '),
  };
}
