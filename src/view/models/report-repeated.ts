import { dayOf } from '../../core/days.ts';
import type { RepeatedFailure } from '../../core/report/repeated.ts';
import { hrefOf, PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Link } from './rich.ts';

/** The components that failed again and again, those that did most often first. */
export interface Repeated {
  title: string;
  rule: string;
  none: string;
  components: RepeatedComponent[];
  /** Those that are named without their times, where there are too many. */
  others?: { title: string; components: { link: Link; count: string }[] };
}

/** A component with the newest times, and where the earlier ones are. */
export interface RepeatedComponent {
  link: Link;
  /** Of all times. */
  count: string;
  times: { day: string; link: Link }[];
  earlier?: Link;
}

/** So many components are told with so many times each at most, so that the page stays light whatever happens. */
const MOST = { components: 10, times: 5 };

export function repeatedView(context: ViewContext, failures: readonly RepeatedFailure[], rule: string): Repeated {
  const { words } = context;
  const others = failures.slice(MOST.components);
  return {
    title: words.say('report.repeated'),
    rule,
    none: words.say('report.repeated.none'),
    components: failures.slice(0, MOST.components).map((failure) => componentView(context, failure)),
    ...(others.length > 0 && {
      others: {
        title: words.count('report.repeated.others', others.length),
        components: others.map((failure) => headOf(context, failure)),
      },
    }),
  };
}

function componentView(context: ViewContext, failure: RepeatedFailure): RepeatedComponent {
  const { words, dates } = context;
  const newest = failure.incidents.slice(0, MOST.times);
  const head = headOf(context, failure);
  const earlier = failure.incidents.length - newest.length;
  return {
    ...head,
    times: newest.map((incident) => ({
      day: dates.day(dayOf(incident.started, dates.zone)),
      link: { text: incident.title, href: hrefOf(context, incident) },
    })),
    ...(earlier > 0 && {
      earlier: {
        text: words.count('report.repeated.earlier', earlier, { component: head.link.text }),
        href: head.link.href,
      },
    }),
  };
}

function headOf(
  { words, href }: ViewContext,
  { component, incidents }: RepeatedFailure,
): { link: Link; count: string } {
  return {
    link: { text: component.name, href: href(PATHS.component(component.id)) },
    count: words.count('report.repeated.count', incidents.length),
  };
}
