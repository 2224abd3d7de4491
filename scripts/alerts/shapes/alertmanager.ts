import type { Shape } from './shape.ts';
import { above, COMMENT, NOT_YET, PLANNED, sorted, TEST, unless, when } from './shape.ts';

/** Grafana fires these itself when a query fails or returns nothing. */
const NO_SOURCE = 'datasourcenodata, datasourceerror';

/** Alertmanager, of any version, and what took over its shape; also a single alert outside of a list. */
const alertmanager: Shape = {
  source: 'alertmanager',
  displayName: 'Alertmanager',
  detect: [
    ['alerts.0.labels', 'alerts.0.status'], ['alerts.0.labels', 'alerts.0.startsAt'], ['alerts.0.labels', 'status'],
    ['alerts.0.fingerprint'], ['alerts', 'groupKey'], ['alerts', 'receiver'], ['labels', 'startsAt'], ['labels.alertname', 'status'],
  ],
  alerts: ['^alerts'],
  state: [when('labels.alertname', NO_SOURCE, 'labels.alertname'), 'status', 'status.state', unless('status', '^status')],
  firing: 'firing, alerting, active',
  resolved: 'resolved, ok, normal, inactive',
  ignored: [
    ['suppressed, silenced, inhibited', PLANNED],
    ['pending, unprocessed', NOT_YET],
  ],
  unknown: `no data, nodata, error, ${NO_SOURCE}`,
  // If alerts are cut off, it is unknown which of them are over.
  lost: ['annotations.grafana_state_reason', above('^truncatedAlerts', 0)],
  key: ['fingerprint', sorted('labels')],
  untimed: 'repeat',
  name: ['labels.alertname', '^commonLabels.alertname', '^groupLabels.alertname', 'annotations.title', 'annotations.summary', '^title'],
  start: ['startsAt'],
  end: ['endsAt'],
  severity: ['labels.severity', 'labels.priority', 'labels.level', '^commonLabels.severity'],
  labels: ['labels'],
  summary: ['annotations.summary', 'annotations.title', 'annotations.message', '^commonAnnotations.summary'],
  description: ['annotations.description', 'annotations.message', '^commonAnnotations.description'],
  link: ['generatorURL', 'dashboardURL', 'panelURL', '^externalURL'],
}; // prettier-ignore

const grafana: Shape = {
  ...alertmanager,
  source: 'grafana',
  displayName: 'Grafana',
  detect: [
    ['alerts', 'orgId'], ['alerts.0.labels', 'alerts.0.silenceURL'], ['alerts.0.labels', 'alerts.0.valueString'],
    ['alerts.0.labels', 'alerts.0.dashboardURL'], ['alerts.0.labels', 'alerts.0.values'], ['alerts.0.labels', 'ruleUid'],
    ['alerts.0.labels', 'title', 'state'],
  ],
}; // prettier-ignore

/** The alerts of dashboards, before Grafana 9. They do not say when they began. */
const grafanaLegacy: Shape = {
  source: 'grafana',
  displayName: 'Grafana (legacy alerting)',
  detect: [
    ['ruleName', 'state', 'evalMatches'],
    ['ruleName', 'ruleId', 'state'],
    ['ruleId', 'state', 'title'],
    ['ruleName', 'ruleUrl', 'state'],
  ],
  state: ['state'],
  firing: 'alerting',
  resolved: 'ok',
  ignored: [
    ['pending, unknown', NOT_YET],
    ['paused', PLANNED],
  ],
  unknown: 'no data',
  key: ['ruleId', 'ruleName'],
  untimed: 'repeat',
  name: ['ruleName', 'title'],
  severity: ['tags.severity'],
  labels: ['tags', 'evalMatches.0.tags'],
  summary: ['title'],
  description: ['message'],
  link: ['ruleUrl'],
};

/** Grafana OnCall: the messages that it takes for others in its own plain shape, and its outgoing webhooks. */
const grafanaOnCall: Shape = {
  source: 'grafana-oncall',
  displayName: 'Grafana OnCall',
  detect: [['alert_uid', 'state'], ['alert_group.state'], ['alert_group', 'alert_group_id']],
  state: ['alert_group.state', 'state', 'event.type'],
  firing: 'firing, alerting, alert group created, new',
  ongoing: 'acknowledged, acknowledge, unacknowledge, escalation, unsilence',
  resolved: 'resolved, ok, resolve',
  ignored: [
    ['silenced, silence', PLANNED],
    ['status change', COMMENT],
  ],
  key: ['alert_group.id', 'alert_group_id', 'alert_uid'],
  untimed: 'repeat',
  name: ['alert_group.title', 'title'],
  start: ['alert_group.created_at'],
  end: ['alert_group.resolved_at'],
  again: { detect: ['event.type=unresolve'], at: ['event.time'] },
  changed: ['event.time'],
  severity: ['severity', 'alert_group.labels.severity'],
  labels: ['alert_group.labels', 'labels', ['integration', 'integration.name']],
  summary: ['message'],
  link: ['alert_group.permalinks.web', 'link_to_upstream_details'],
};

export const ALERTMANAGER_LIKE: readonly Shape[] = [grafana, alertmanager, grafanaLegacy, grafanaOnCall];

/**
 * Our own shape, for scripts and for systems that let one write the body:
 *
 * ```json
 * {
 *   "name": "Checkout errors",
 *   "state": "firing",
 *   "key": "checkout-eu",
 *   "start": "2026-11-20T09:12:00Z",
 *   "end": "2026-11-20T09:40:00Z",
 *   "severity": "critical",
 *   "labels": { "service": "checkout" },
 *   "summary": "5 % of payments fail",
 *   "description": "More than 1 % for 5 minutes",
 *   "link": "https://monitoring.example/alerts/7"
 * }
 * ```
 *
 * or `{ "alerts": [ … ] }` with several of these. `name` and `state` are required; `state` is `firing`,
 * `resolved`, or `unknown` while nothing is measured. `updated` says when the message was true, for one that fires again
 * under its first `start`. `key` tells alerts apart and is the same in the message that resolves one; left out, the name does. Times are ISO
 * 8601 with their zone, or seconds or milliseconds since 1970.
 */
const plain: Shape = {
  source: 'plain',
  displayName: 'the plain format',
  detect: [['name', 'state'], ['alerts.0.name'], ['alerts.0.state'], ['title', 'status=firing, resolved']],
  alerts: ['^alerts'],
  state: ['state', 'status'],
  firing: 'firing',
  resolved: 'resolved',
  unknown: 'unknown, no data',
  ignored: [['test', TEST]],
  key: ['key', 'deduplication_key', 'name', 'title'],
  untimed: 'return',
  name: ['name', 'title'],
  start: ['start'],
  end: ['end'],
  updated: ['updated', 'updated_at'],
  severity: ['severity'],
  labels: ['labels'],
  summary: ['summary'],
  description: ['description'],
  link: ['link'],
};

export const PLAIN: readonly Shape[] = [plain];
