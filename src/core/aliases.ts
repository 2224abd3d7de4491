import { eventPath } from './events.ts';
import { memoize } from './memoize.ts';
import type { Alias, Content, StatusEvent } from './model.ts';

/** The first folders of the site's own addresses, besides those of events and languages. An alias in them could hide a page. */
const OWN_FOLDERS: readonly string[] = [
  '_astro',
  'announcements',
  'api',
  'areas',
  'components',
  'embed',
  'groups',
  'history',
  'icon',
  'og',
  'pages',
  'reports',
  'subscribe',
];

interface Aliases {
  /** The event that each old address leads to, by its path below the site. */
  leads: ReadonlyMap<string, StatusEvent>;
  /** Old addresses that lead nowhere, because the page, or an earlier alias, has them. */
  clashes: readonly { event: StatusEvent; alias: Alias; other?: StatusEvent }[];
}

/** Where old addresses of incidents and maintenance lead. Upper and lower case are the same. */
export const aliasesOf = memoize(
  ({ incidents, maintenance, site }: Pick<Content, 'incidents' | 'maintenance' | 'site'>): Aliases => {
    const events: readonly StatusEvent[] = [...incidents, ...maintenance];
    const folders = new Set([...OWN_FOLDERS, ...(site.locales ?? [])].map((name) => name.toLowerCase()));
    const own = new Map(events.map((event) => [eventPath(event).toLowerCase(), event]));
    const taken = new Map<string, StatusEvent>();
    const leads = new Map<string, StatusEvent>();
    const clashes: Aliases['clashes'][number][] = [];
    for (const event of events) {
      for (const alias of event.aliases ?? []) {
        const path = `${alias.path.toLowerCase()}/`;
        const [first = '', second = ''] = path.split('/');
        // The files of an event are in the folder of its page, those of the whole page have an end.
        const other = taken.get(path) ?? own.get(`${first}/${second}/`);
        if (other || folders.has(first) || (second === '' && first.includes('.'))) {
          clashes.push({ event, alias, ...(other && { other }) });
          continue;
        }
        taken.set(path, event);
        leads.set(alias.path, event);
      }
    }
    return { leads, clashes };
  },
);
