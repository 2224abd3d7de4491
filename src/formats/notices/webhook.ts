import type { StatusEvent } from '../../core/model.ts';
import { announcementData } from '../announcements.ts';
import type { FeedContext } from '../context.ts';
import type { StatuspageContext } from '../statuspage/context.ts';
import { statuspageContext } from '../statuspage/context.ts';
import { overallStatus } from '../statuspage/documents.ts';
import type { StatuspageIncident, StatuspageUpdate } from '../statuspage/events.ts';
import { incidentOf, maintenanceOf } from '../statuspage/events.ts';
import { xmlText } from '../xml.ts';
import type { Notice } from './notice.ts';

/** The fields of incidents and maintenance that Statuspage sends only to webhooks. */
interface WebhookIncident extends StatuspageIncident {
  incident_updates: (StatuspageUpdate & { wants_twitter_update: boolean; twitter_updated_at: null })[];
  backfilled: boolean;
  impact_override: null;
  postmortem_body: string | null;
  postmortem_body_last_updated_at: string | null;
  postmortem_ignored: boolean;
  postmortem_notified_subscribers: boolean;
  postmortem_notified_twitter: boolean;
  postmortem_published_at: string | null;
  scheduled_auto_completed: boolean;
  scheduled_auto_in_progress: boolean;
  scheduled_for: string | null;
  scheduled_remind_prior: boolean;
  scheduled_reminded_at: null;
  scheduled_until: string | null;
}

/**
 * The body of Statuspage's webhook notifications: the page's current status, and the event with all messages up to this
 * one, newest first, with the ids of the API. An announcement, which Statuspage does not have, is under a key of its own.
 * https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/
 */
export function webhookBody(notice: Notice, context: FeedContext): object {
  const { ledger } = context;
  const { event, message } = notice;
  const { url } = ledger.content.site;
  const statuspage = statuspageContext(context);
  const { indicator, description } = overallStatus(ledger);
  const body = {
    meta: {
      unsubscribe: `${url.href}subscribe/`,
      documentation: `${url.href}subscribe/`,
      generated_at: new Date(ledger.now).toISOString(),
    },
    page: { id: statuspage.page.id, status_indicator: indicator, status_description: description },
    ...(event.kind === 'announcement'
      ? { announcement: announcementData({ event, message }, context) }
      : { incident: incidentIn({ event, message }, statuspage) }),
  };
  return JSON.parse(JSON.stringify(body), withoutForbidden) as object;
}

/** Removes lone surrogates, as in the API. */
function withoutForbidden(_: string, value: unknown): unknown {
  return typeof value === 'string' ? xmlText(value) : value;
}

function incidentIn(
  { event, message }: Pick<Notice, 'message'> & { event: StatusEvent },
  statuspage: StatuspageContext,
): WebhookIncident {
  const { feed } = statuspage;
  const now = message.at;
  const then = { ...statuspage, feed: { ...feed, ledger: { ...feed.ledger, now } } };
  const count = event.updates.findIndex(({ id }) => id === message.update?.id) + 1;
  const plan = { scheduled_for: null, scheduled_until: null };
  const said =
    event.kind === 'incident'
      ? { ...plan, ...incidentOf({ ...event, updates: event.updates.slice(0, count) }, then) }
      : maintenanceOf({ ...event, updates: event.updates.filter(({ at }) => at <= now) }, then);
  const postmortem = said.incident_updates.find(({ status }) => status === 'postmortem');
  return {
    ...said,
    incident_updates: said.incident_updates.map((update) => ({
      ...update,
      wants_twitter_update: false,
      twitter_updated_at: null,
    })),
    backfilled: false,
    impact_override: null,
    postmortem_body: postmortem?.body ?? null,
    postmortem_body_last_updated_at: postmortem?.updated_at ?? null,
    postmortem_ignored: false,
    postmortem_notified_subscribers: postmortem !== undefined,
    postmortem_notified_twitter: false,
    postmortem_published_at: postmortem?.display_at ?? null,
    scheduled_auto_completed: event.kind === 'maintenance',
    scheduled_auto_in_progress: event.kind === 'maintenance',
    scheduled_remind_prior: false,
    scheduled_reminded_at: null,
  };
}
