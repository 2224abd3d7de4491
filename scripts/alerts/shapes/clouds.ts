import type { Shape } from './shape.ts';
import {
  always,
  COMMENT,
  filled,
  marked,
  NOT_YET,
  parameter,
  PLANNED,
  priority,
  taken,
  TEST,
  when,
  without,
} from './shape.ts';

const NO_DATAPOINTS = /\b(no datapoints were received)\b/i;

/** Bare, through EventBridge, and through Amazon SNS, which is taken off before. */
const cloudWatch: Shape = {
  source: 'cloudwatch',
  displayName: 'Amazon CloudWatch',
  detect: [['AlarmName'], ['detail.alarmName'], ['alarmData.alarmName']],
  alerts: ['^detail', '^alarmData'],
  state: ['NewStateValue', 'state.value', 'stateValue'],
  firing: 'alarm',
  resolved: 'ok',
  unknown: 'insufficient data',
  // An alarm can be set to OK while data is missing.
  lost: [taken('NewStateReason', NO_DATAPOINTS), taken('state.reason', NO_DATAPOINTS)],
  key: ['AlarmArn', '^AlarmArn', '^resources.0', ['AlarmName', 'AWSAccountId', 'Region']],
  untimed: 'repeat',
  name: ['AlarmName'],
  changed: ['StateChangeTime', 'state.timestamp', '^time'],
  labels: ['Trigger.Dimensions', 'dimensions', ['namespace', 'Trigger.Namespace', 'namespace'], ['metric', 'Trigger.MetricName', 'MetricName'],
    ['region', 'region', '^region'], ['account', 'AWSAccountId', '^account']],
  summary: ['AlarmDescription', 'configuration.description', 'NewStateReason', 'state.reason'],
  description: ['NewStateReason', 'state.reason'],
}; // prettier-ignore

/** Google Cloud Monitoring, once Stackdriver. A policy may be told by its path, which is no name. */
const googleCloud: Shape = {
  source: 'google-cloud',
  displayName: 'Google Cloud Monitoring',
  detect: [['incident.incident_id', 'incident.state'], ['incident.policy_name'], ['incident.condition_name'], ['incident_id', 'policy_name', 'state'], ['incident_id', 'condition_name', 'state']],
  alerts: ['^incident'],
  state: [when('^version', 'test', '^version'), 'state'],
  firing: 'open',
  ongoing: 'acknowledged',
  resolved: 'closed',
  ignored: [['test', TEST]],
  key: ['incident_id'],
  untimed: 'repeat',
  name: [without('policy_name', /^projects\/.*$/s), 'condition_name', 'condition.display_name', 'documentation.subject'],
  start: ['started_at'],
  end: ['ended_at'],
  severity: ['severity', 'policy_user_labels.severity', 'metadata.user_labels.severity', 'metadata.system_labels.severity'],
  labels: ['policy_user_labels', 'metadata.user_labels', 'resource.labels', 'metric.labels', ['condition', 'condition_name'],
    ['resource', 'resource_display_name', 'resource_name'], ['project', 'scoping_project_id']],
  summary: ['summary'],
  description: ['documentation.content', 'documentation.subject'],
  link: ['url'],
}; // prettier-ignore

/** Issues of workflows, and the incidents of the older notification channels. */
const newRelic: Shape = {
  source: 'newrelic',
  displayName: 'New Relic',
  detect: [
    ['issueId', 'state'], ['issueUrl', 'state'], ['issueId', 'issueUrl'], ['alertConditionNames'], ['alertPolicyNames', 'state'],
    ['current_state', 'condition_name'], ['current_state', 'incident_id'], ['current_state', 'policy_name'],
  ],
  state: ['current_state', 'state', 'status', 'event'],
  firing: 'open, opened, created, activated, active',
  ongoing: 'acknowledged',
  resolved: 'closed, resolved, deactivated',
  unknown: 'signal lost, expired',
  lost: ['closeCause', 'closeReason'].map((place) => taken(place, /(.*(?:expir|signal|no data).*)/i)),
  ignored: [['test', TEST]],
  key: ['issueId', 'incident_id', 'id'],
  untimed: 'repeat',
  name: ['condition_name', 'alertConditionNames.0', 'title'],
  start: ['activatedAt', 'createdAt', 'openedAt'],
  end: ['closedAt', 'issueClosedAt', 'updatedAt'],
  changed: ['timestamp'],
  severity: ['severity', 'priority'],
  labels: ['labels', 'targets.0.labels', ['policy', 'policy_name', 'alertPolicyNames.0'], ['entity', 'targets.0.name', 'impactedEntities.0'], ['account', 'account_name', 'account_id']],
  summary: ['title', 'details', 'condition_name'],
  description: ['condition_description', 'details'],
  link: ['issueUrl', 'incident_url'],
  advice: 'Keep `"id": {{ json issueId }}` and `"state": {{ json state }}` in the template of the webhook.',
}; // prettier-ignore

/** Issues, alerts on issues, metric alerts. An issue that is archived is judged unimportant, which does not make it end. */
const sentry: Shape = {
  source: 'sentry',
  displayName: 'Sentry',
  detect: [['action', 'data', 'actor'], ['action', 'data.issue.id'], ['action', 'data.event.event_id'], ['action', 'data.metric_alert']],
  alerts: ['^data.metric_alert', '^data.issue', '^data.event', '^data.error', '^data'],
  state: [filled('comment', 'comment'), filled('^data.installation', 'installation'), when('^action', 'assigned', 'status'), '^action', 'status'],
  firing: 'created, triggered, critical, warning, open, unresolved',
  ongoing: 'assigned',
  resolved: 'resolved',
  // Resolved because it was not seen for the time set in the project.
  lost: [when('statusDetails.autoResolved', 'true', always('autoResolved'))],
  ignored: [['archived, ignored, muted', PLANNED], ['comment, installation, updated, deleted', COMMENT]],
  key: [marked('metric-alert', '^data.metric_alert.id'), 'issue_id', taken('issue_url', /\/issues\/(\d+)/), 'id'],
  untimed: 'repeat',
  name: ['alert_rule.name', 'title', '^data.description_title', 'message'],
  start: ['date_started', 'date_detected', when('^action', 'created', 'first_seen'), when('^action', 'created, triggered', 'datetime'), when('^action', 'created, triggered', 'timestamp')],
  end: ['date_closed', '^timestamp'],
  severity: [when('^action', 'critical, warning', '^action'), 'level'],
  labels: ['tags', ['project', 'project.slug', 'project', 'projects.0'], ['environment', 'environment', 'alert_rule.environment'],
    ['rule', '^data.triggered_rule', '^data.issue_alert.title'], ['culprit', 'culprit']],
  summary: ['^data.description_title', 'title'],
  description: ['^data.description_text', 'culprit', 'message'],
  link: ['web_url', 'permalink', '^data.web_url'],
}; // prettier-ignore

/** The legacy webhook plugin. It tells of an event and never that an issue is over. */
const sentryLegacy: Shape = {
  source: 'sentry',
  displayName: 'Sentry (legacy webhooks)',
  detect: [
    ['project_slug', 'event', 'url'],
    ['project_name', 'culprit', 'url'],
    ['project', 'event.event_id'],
  ],
  state: [always('event')],
  firing: 'event',
  resolved: 'resolved',
  key: ['id', taken('url', /\/issues\/(\d+)/), 'event.fingerprint.0'],
  untimed: 'repeat',
  name: ['event.title', 'message', 'event.metadata.title', 'culprit'],
  start: ['event.timestamp', 'event.datetime', 'event.received'],
  severity: ['level', 'event.level'],
  labels: [
    'event.tags',
    ['project', 'project_slug', 'project'],
    ['environment', 'event.environment'],
    ['logger', 'logger'],
  ],
  summary: ['message', 'event.title'],
  description: ['culprit'],
  link: ['url'],
};

const DATADOG_TITLE =
  /^(?:\[[^\]]{0,10}\] *)?\[(?:Triggered|Re-?Triggered|Recovered|Resolved|Warn|Re-?Warn|No Data|Re-?No Data|Renotify|Test|OK|Alert)\b[^\]]*\] */i;

const DATADOG_WORD = /^(?:\[[^\]]{0,10}\] *)?\[([A-Za-z -]+?)(?: on\b[^\]]*)?\]/;
const DATADOG_SCOPE = /\[[A-Za-z -]+ on \{?([^\]}]+)/;

/** Bodies come from a template; in that of Datadog itself only the title says what happened. */
const datadog: Shape = {
  source: 'datadog',
  displayName: 'Datadog',
  detect: [
    ['alert_transition'], ['alert_cycle_key'], ['aggreg_key'], ['alert_type', 'event_type'], ['event_type', 'org', 'title'], ['monitor_id', 'scopes'],
    ['alert_scope'], ['monitor_id', 'query', 'type'], ['alert_id', 'alert_query'], ['alert_id', 'alert_title'],
  ],
  state: [taken('title', /^\[(test)\]/i), taken('event_title', /^\[(test)\]/i), 'alert_transition', 'transition',
    taken('title', DATADOG_WORD), taken('event_title', DATADOG_WORD), taken('alert_title', DATADOG_WORD),
    'alert_type', 'alert_status', 'status'],
  firing: 'triggered, warn, alert, error, warning',
  ongoing: 're triggered, retriggered, renotify, re notify, re warn',
  resolved: 'recovered, resolved, ok, success, warn recovered, no data recovered, no data resolved',
  unknown: 'no data, re no data, nodata',
  ignored: [['test', TEST], ['info, user update, snapshot', COMMENT]],
  key: ['aggreg_key', ['monitor_id', 'alert_scope', 'scopes', 'scope'], ['alert_id', 'alert_scope', 'scopes', 'scope'], 'alert_cycle_key',
    ...['event_title', 'title', 'alert_title'].map((title) => [without(title, DATADOG_TITLE), taken(title, DATADOG_SCOPE)])],
  untimed: 'repeat',
  name: [without('alert_title', DATADOG_TITLE), 'monitor_name', without('event_title', DATADOG_TITLE), without('title', DATADOG_TITLE)],
  changed: ['date', 'last_updated', 'timestamp'],
  severity: [priority('alert_priority'), 'severity', priority('priority'), 'alert_type'],
  labels: ['alert_scope', 'scopes', 'scope', 'tags', ['host', 'hostname']],
  summary: ['event_title', 'title', 'alert_title'],
  description: ['text_only_msg', 'event_msg', 'body', 'message', 'alert_status'],
  link: ['link', 'url'],
  advice: 'Put `"alert_transition": "$ALERT_TRANSITION"`, `"aggreg_key": "$AGGREG_KEY"` and `"alert_title": "$ALERT_TITLE"` into the payload of the webhook.',
}; // prettier-ignore

/** Bodies come from the parameters of a media type. The id is that of the problem, also in the message of its recovery. */
const zabbix: Shape = {
  source: 'zabbix',
  displayName: 'Zabbix',
  detect: [
    ['event_id', 'event_value'], ['event_id', 'trigger_name'], ['event_id', 'trigger_id'], ['event_id', 'event_name'], ['event_id', 'severity', 'host'],
    ['trigger', 'hostname'], ['trigger', 'host', 'status'], ['trigger_name', 'host_name'], ['trigger_name', 'status'], ['event_nseverity'], ['event.id', 'trigger'],
    ['trigger_status'], ['event_source', 'event_value'],
  ],
  state: ['event_value', 'event.value', 'trigger_value', 'event_status', 'event.status', 'trigger_status', 'trigger.status', 'status', 'state', 'problem_status'],
  firing: '1, problem, alert',
  ongoing: 'update, updated, acknowledged',
  resolved: '0, ok, resolved, recovery, recovered',
  unknown: 'unknown, not supported',
  ignored: [['test', TEST]],
  key: ['problem_id', 'event_id', 'event.id', parameter('link', 'eventid'), parameter('url', 'eventid'), parameter('event_url', 'eventid'),
    'trigger_id', 'trigger.id', ['trigger_name', 'host_name', 'host'], ['trigger', 'hostname', 'host', 'host_name'], ['event_name', 'host_name', 'host', 'hostname']],
  untimed: 'repeat',
  name: ['event_name', 'trigger_name', 'event.name', 'trigger.name', 'trigger', 'problem_name', 'name', 'alert_subject', 'subject', 'title'],
  start: ['event_timestamp', 'event.timestamp', 'event_clock'],
  end: ['event_recovery_timestamp', 'recovery_timestamp', 'event.recovery_timestamp'],
  changed: ['clock', 'timestamp'],
  severity: ['event_severity', 'trigger_severity', 'event.severity', 'trigger.severity_text', 'trigger.severity', 'severity', 'event_nseverity'],
  labels: ['event_tags_json', 'event_tags', 'tags', 'trigger.tags', ['host', 'host_name', 'hostname', 'host.name', 'host'], ['group', 'host_group', 'host.groups'], ['item', 'item.name', 'item_name', 'item']],
  summary: ['alert_subject', 'subject', 'event_name', 'trigger_name', 'trigger'],
  description: ['event_opdata', 'alert_message', 'message', 'trigger_description', 'trigger.description'],
  link: ['link', 'event_url', 'trigger_url', 'url'],
  advice: 'Give the media type the parameters `event_id` = `{EVENT.ID}`, `event_value` = `{EVENT.VALUE}`, `event_name` = `{EVENT.NAME}`, `event_timestamp` = `{EVENT.TIMESTAMP}` and `event_recovery_timestamp` = `{EVENT.RECOVERY.TIMESTAMP}`.',
}; // prettier-ignore

const checkmk: Shape = {
  source: 'checkmk',
  displayName: 'Checkmk',
  detect: [['notification_type', 'host'], ['notification_type', 'hostname'], ['notification_type', 'host_name'], ['notify_notificationtype', 'notify_hostname']],
  state: ['notification_type', 'notify_notificationtype'],
  firing: 'problem',
  ongoing: 'acknowledgement',
  resolved: 'recovery',
  ignored: [['flapping*', NOT_YET], ['downtime*', PLANNED], ['custom*, test*, alerthandler*', COMMENT]],
  key: [['host', 'service'], ['hostname', 'servicedesc', 'service_description', 'service'], ['host_name', 'service_description', 'service_desc'], ['notify_hostname', 'notify_servicedesc']],
  untimed: 'repeat',
  name: ['service', 'servicedesc', 'service_description', 'notify_servicedesc', 'host', 'hostname', 'host_name', 'notify_hostname'],
  changed: ['timestamp', 'micro_time', 'date_time', 'long_date_time', 'notify_longdatetime'],
  severity: ['severity', 'service_state', 'host_state', 'notify_servicestate', 'notify_hoststate', 'status'],
  labels: ['tags', 'labels', ['host', 'host', 'hostname', 'host_name', 'notify_hostname'], ['service', 'service', 'servicedesc', 'service_description', 'notify_servicedesc'], ['site', 'site', 'omd_site'], ['what', 'what', 'notify_what']],
  summary: ['summary', 'output', 'service_output', 'host_output', 'notify_serviceoutput', 'notify_hostoutput'],
  description: ['long_output', 'output'],
  link: ['url', 'link'],
}; // prettier-ignore

/** Rules of Kibana, whose bodies come from a template, and cases, which people open. */
const elastic: Shape = {
  source: 'elastic',
  displayName: 'Elastic',
  detect: [
    ['rule.id', 'alert.id'], ['rule.name', 'alert'], ['rule_id', 'rule_name', 'alert_id'], ['rule_id', 'rule_name', 'status'],
    ['event_type=alert*', 'rule_name'], ['rule_id', 'space_id'], ['title', 'status', 'created_at', 'updated_at', 'version=wz*'],
  ],
  state: ['status', 'alert.status', 'alert_status', 'state', 'context.alert_state', 'event_type', 'alert.action_group_name', 'alert.action_group', 'action_group_name', 'action_group'],
  firing: 'active, open, alert, alerting, fired, firing, alert fired, triggered, threshold met, query matched, default, critical, warning',
  ongoing: 'in progress, acknowledged',
  resolved: 'recovered, alert recovered, closed, ok, resolved',
  // A rule that is disabled or deleted no longer tracks anything.
  unknown: 'no data, nodata, untracked',
  key: [['rule.id', 'alert.id'], ['rule_id', 'alert_id', 'alert_instance_id'], 'alert_id', 'id'],
  untimed: 'repeat',
  name: ['rule.name', 'rule_name', 'title'],
  start: ['alert.start', 'started_at', 'created_at', when('event_type', 'alert fired', 'timestamp')],
  end: ['alert.end', 'recovered_at', 'closed_at', 'updated_at', 'timestamp', 'date'],
  updated: ['updated_at', 'timestamp', 'date'],
  severity: ['severity', 'rule.severity'],
  labels: ['labels', 'tags', 'rule.tags', ['space', 'space_id', 'rule.space_id']],
  summary: ['context.title', 'message', 'context.message', 'title'],
  description: ['context.message', 'context.reason', 'reason', 'description'],
  link: ['rule.url', 'context.alert_details_url', 'url'],
  advice: 'Put `"rule_id": "{{rule.id}}"`, `"rule_name": "{{rule.name}}"`, `"alert_id": "{{alert.id}}"` and `"status": "active"`, or `"recovered"` for the action that is run on recovery, into the body.',
}; // prettier-ignore

/** An issue that another version of its rule takes over ends; the new one has an id of its own. */
const dash0: Shape = {
  source: 'dash0',
  displayName: 'Dash0',
  detect: [['issueIdentifier'], ['data.issue.issueIdentifier'], ['data.issue.checkrules'], ['data.issue', 'type']],
  alerts: ['^data.issue', '^issue'],
  state: ['^type', filled('end', 'resolved'), 'status'],
  firing: 'alert.ongoing, synthetic.alert.ongoing, synthetic check.ongoing, ongoing, critical, degraded, warning, error, open, firing, failing',
  resolved: 'alert.resolved, alert.closed, alert.superseded, synthetic.alert.resolved, synthetic.alert.closed, resolved, closed, superseded, ok, clear, cleared, healthy',
  ignored: [['test, alert.test', TEST]],
  key: ['id', 'issueIdentifier'],
  untimed: 'repeat',
  name: ['checkrules.0.name', 'checkrule.name', 'check.name', 'syntheticCheck.name', 'checks.0.name', 'name', 'summary'],
  start: ['start'],
  end: ['end'],
  severity: [when('status', 'critical, degraded, warning, error', 'status'), 'severity'],
  labels: ['labels', 'checkrules.0.labels', 'checkrule.labels', ['dataset', 'dataset', 'dataset.slug']],
  summary: ['summary'],
  description: ['description', 'checkrules.0.description'],
  link: ['url'],
}; // prettier-ignore

const honeycomb: Shape = {
  source: 'honeycomb',
  displayName: 'Honeycomb',
  detect: [
    ['trigger_url', 'status'],
    ['result_url', 'status'],
    ['result_groups', 'status'],
  ],
  state: ['status'],
  firing: 'triggered',
  resolved: 'ok, resolved',
  unknown: 'no data, unknown',
  ignored: [['test*', TEST]],
  key: ['id', 'name'],
  untimed: 'repeat',
  name: ['name'],
  changed: ['timestamp'],
  severity: ['severity'],
  labels: [
    ['dataset', 'dataset'],
    ['environment', 'environment'],
  ],
  summary: ['summary'],
  description: ['description', 'trigger_description'],
  link: ['result_url', 'trigger_url'],
};

const axiom: Shape = {
  source: 'axiom',
  displayName: 'Axiom',
  detect: [
    ['action', 'event.monitorID'],
    ['action', 'event.queryEndTime'],
  ],
  alerts: ['^event'],
  state: ['^action'],
  firing: 'open, opened',
  resolved: 'closed',
  ignored: [['test', TEST]],
  key: ['monitorID'],
  untimed: 'repeat',
  name: [without('title', /^(?:Triggered|Resolved): /), 'description'],
  changed: ['timestamp', 'queryEndTime'],
  summary: ['title'],
  description: ['description', 'body'],
};

export const CLOUDS: readonly Shape[] = [sentry, sentryLegacy, newRelic, googleCloud, cloudWatch, dash0];
export const TEMPLATED: readonly Shape[] = [checkmk, zabbix, elastic, honeycomb, axiom, datadog];
