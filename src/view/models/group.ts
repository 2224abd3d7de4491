import { dayOf } from '../../core/days.ts';
import { componentsIn, eventsByGroup } from '../../core/groups.ts';
import { isRetired } from '../../core/ledger.ts';
import type { ComponentGroup } from '../../core/model.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { TimeVariant } from '../time-variants.ts';
import type { ComponentList, StatusView } from './components.ts';
import { componentList, statusViews } from './components.ts';
import type { Follow } from './feeds.ts';
import { followOf, namedFeeds } from './feeds.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import type { PartPast } from './part-past.ts';
import { pastOf } from './part-past.ts';
import { langOf } from './rich.ts';

/** `/groups/ID/` */
export interface GroupPage {
  page: Page;
  name: string;
  /** The language of its name, if it is not the page's. */
  lang?: string;
  statuses: TimeVariant<StatusView>[];
  components: { title: string; list: ComponentList };
  follow: Follow;
  past: PartPast;
}

/** What the page says in words, as its twin in Markdown does. */
type GroupText = Pick<GroupPage, 'name' | 'lang' | 'statuses' | 'past'>;

export function groupModel(context: ViewContext, group: ComponentGroup): GroupPage {
  const { words } = context;
  const path = PATHS.group(group.id);
  return {
    ...groupText(context, group),
    page: pageOf(context, {
      title: group.name,
      description: words.say('component.description', { component: group.name }),
      path,
      feeds: namedFeeds(context, path, group.name),
    }),
    components: {
      title: words.say('home.components'),
      list: componentList(context, group.children, false),
    },
    follow: followOf(context, path, retiredView(context, group) ? undefined : `all-${group.id}`),
  };
}

export function groupText(context: ViewContext, group: ComponentGroup): GroupText {
  const retired = retiredView(context, group);
  return {
    name: group.name,
    ...langOf(context, group),
    statuses: retired ? [{ value: retired, when: {} }] : statusViews(context, group),
    past: pastOf(context, eventsByGroup(context.ledger).get(group.id) ?? []),
  };
}

/** If all its components are retired: since when. */
function retiredView({ ledger, words, dates }: ViewContext, group: ComponentGroup): StatusView | undefined {
  const components = componentsIn(group);
  if (components.some((component) => !isRetired(component, ledger.now))) return undefined;
  const last = Math.max(...components.map(({ retired = 0 }) => retired));
  return { tone: 'unknown', text: words.say('component.retired', { day: dates.day(dayOf(last, dates.zone)) }) };
}
