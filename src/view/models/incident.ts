import { monthOf } from '../../core/days.ts';
import { isFinal } from '../../core/upcoming-changes.ts';
import { incidentState } from '../../core/incident.ts';
import type { Incident } from '../../core/model.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Answer } from './answer.ts';
import { eventAnswer } from './answer.ts';
import { articleDates } from './event.ts';
import { eventFeeds } from './feeds.ts';
import type { EventFollow } from './follow.ts';
import { followOf } from './follow.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { previewsOf } from './preview.ts';
import { problemLink } from './open.ts';
import { linesOf, postmortemLine, recordLine } from './promise.ts';
import type { Link } from './rich.ts';
import type { UpdateView } from './update.ts';
import { updateView } from './update.ts';

/** `/incidents/ID/` and `/maintenance/ID/` */
export interface EventPage {
  page: Page;
  answer: Answer;
  /** Updates and changes by the clock, newest first. */
  updates: Entry[];
  follow: EventFollow;
  /** To a report that it affects its reader too, while it is open. */
  problem?: Link | undefined;
  /** The month that it is listed in. */
  back?: Link;
}

export interface Entry {
  /** Its anchor. */
  id: string;
  update: UpdateView;
}

export function incidentModel(site: ViewContext, incident: Incident): EventPage {
  const { words, ledger } = site;
  const finished = isFinal(incident, ledger);
  const context = finished ? { ...site, instants: [] } : site;
  const { open } = incidentState(incident);
  const newest = incident.updates.at(-1);
  return {
    page: pageOf(site, {
      title: incident.title,
      description: newest
        ? words.say('feed.fact', { label: words.say(`word.${newest.word}`), value: context.text(newest.body) })
        : incident.title,
      path: PATHS.event(incident),
      preview: previewsOf(site).get(incident),
      article: articleDates(incident, ledger.now),
      feeds: eventFeeds(site, incident),
      finished,
    }),
    answer: eventAnswer(
      context,
      incident,
      linesOf(
        context,
        (at) => postmortemLine(context, incident, at),
        (at) => recordLine(context, incident.updates, at),
      ),
    ),
    updates: incident.updates.toReversed().map((update) => ({
      id: update.id,
      update: updateView(context, incident, update, {
        headingLevel: 2,
        own: true,
        relative: open && update === newest,
      }),
    })),
    follow: followOf(context, incident),
    problem: problemLink(context, incident),
    back: monthLink(context, Math.min(incident.started, ledger.now)),
  };
}

/** To the month that an instant falls in. */
export function monthLink({ words, dates, href }: ViewContext, instant: number): Link {
  const month = monthOf(instant, dates.zone);
  return { text: words.say('event.month', { month: dates.month(month) }), href: href(PATHS.month(month)) };
}
