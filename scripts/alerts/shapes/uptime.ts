import type { Shape } from './shape.ts';
import { before, CERTIFICATE, COMMENT, filled, hollow, NOT_YET, PLANNED, taken, TEST, utc, when } from './shape.ts';

/** A test, or a reminder of a certificate, comes without a heartbeat. Its times are in UTC and do not say so. */
const uptimeKuma: Shape = {
  source: 'uptime-kuma',
  displayName: 'Uptime Kuma',
  detect: [['heartbeat', 'monitor'], ['heartbeat', 'msg']],
  state: ['heartbeat.status', hollow('heartbeat', 'test'), hollow('monitor', 'test')],
  firing: '0, down',
  resolved: '1, up',
  ignored: [
    ['2, pending', NOT_YET],
    ['3, maintenance', PLANNED],
    ['test', `${TEST} or ${CERTIFICATE}`],
  ],
  key: ['heartbeat.monitorID', 'monitor.id', 'monitor.name'],
  untimed: 'repeat',
  name: ['monitor.name', 'monitor.pathName'],
  changed: [utc('heartbeat.time')],
  labels: ['monitor.tags', ['type', 'monitor.type'], ['url', 'monitor.url'], ['host', 'monitor.hostname']],
  summary: ['heartbeat.msg', 'msg'],
  description: ['monitor.description'],
}; // prettier-ignore

const uptimeRobot: Shape = {
  source: 'uptimerobot',
  displayName: 'UptimeRobot',
  detect: [
    ['monitorFriendlyName'], ['alertTypeFriendlyName'], ['monitorAlertContacts'], ['monitorURL', 'alertType'],
    ['monitorID', 'alertType', 'alertDetails'],
  ],
  state: ['alertType', 'alertTypeFriendlyName'],
  firing: '1, down',
  resolved: '2, up',
  ignored: [
    ['3, ssl*, domain*', CERTIFICATE],
    ['98, 99, started, paused', PLANNED],
    ['test', TEST],
  ],
  unknown: 'not checked*',
  key: ['monitorID', 'monitorURL', 'monitorFriendlyName'],
  untimed: 'repeat',
  name: ['monitorFriendlyName', 'monitorURL'],
  start: [when('alertType', '2', before('alertDateTime', 'alertDuration'))],
  changed: ['alertDateTime'],
  labels: ['monitorTags', 'tags', ['url', 'monitorURL'], ['type', 'monitorType']],
  summary: ['alertDetails'],
  link: ['dashboardURL', 'monitorDashboardUrl'],
  advice: 'Have the web-hook send the variable `*alertType*` as `alertType`, and `*monitorID*` as `monitorID`.',
}; // prettier-ignore

const pingdom: Shape = {
  source: 'pingdom',
  displayName: 'Pingdom',
  detect: [['check_id', 'current_state'], ['check_name', 'current_state'], ['check_id', 'state_changed_timestamp']],
  state: ['current_state'],
  firing: 'down, failing, failed, fail',
  resolved: 'up, success, passing, ok',
  ignored: [
    ['unconfirmed down', NOT_YET],
    ['paused', PLANNED],
  ],
  unknown: 'unknown, no data',
  key: ['check_id', 'check_name'],
  untimed: 'repeat',
  name: ['check_name'],
  changed: ['state_changed_timestamp', utc('state_changed_utc_time')],
  severity: ['importance_level'],
  labels: ['tags', ['type', 'check_type'], ['url', 'check_params.full_url', 'check_params.url'], ['host', 'check_params.hostname']],
  summary: ['description', 'custom_message'],
  description: ['long_description'],
}; // prettier-ignore

/** Incidents. Messages about a monitor tell that somebody changed it, and those about people who is on call. */
const betterStack: Shape = {
  source: 'better-stack',
  displayName: 'Better Stack',
  detect: [
    ['data.type=incident', 'data.attributes'], ['data.type=monitor, heartbeat*, on call*, user', 'data.attributes'],
    ['data.attributes.cause', 'data.attributes.started_at'], ['type=incident', 'attributes.started_at'],
  ],
  alerts: ['^data'],
  state: [when('type', 'monitor, heartbeat*, on call*, user', 'type'), 'attributes.status', '^event',
    filled('attributes.resolved_at', 'resolved'), filled('attributes.started_at', 'started')],
  firing: 'started, incident.started',
  ongoing: 'acknowledged, validating, reopened, escalated, incident.acknowledged',
  resolved: 'resolved, incident.resolved',
  ignored: [
    ['unconfirmed', NOT_YET],
    ['monitor, heartbeat*, on call*, user', COMMENT],
  ],
  key: ['id'],
  untimed: 'repeat',
  name: ['attributes.name', 'attributes.url'],
  start: ['attributes.started_at'],
  end: ['attributes.resolved_at'],
  // It does not say when.
  again: { detect: ['event=reopened, incident.reopened'] },
  severity: ['attributes.severity', 'attributes.priority'],
  labels: ['attributes.metadata', ['url', 'attributes.url'], ['team', 'attributes.team_name'], ['monitor', 'relationships.monitor.data.id']],
  summary: ['attributes.cause'],
  link: ['attributes.origin_url'],
}; // prettier-ignore

/** Posts a form, or JSON through others. Its token is never looked at. */
const statusCake: Shape = {
  source: 'statuscake',
  displayName: 'StatusCake',
  detect: [['Token', 'Status', 'StatusCode'], ['StatusCode', 'URL', 'Status'], ['Status', 'Checkrate'], ['Status', 'ContactGroup', 'URL']],
  state: ['Status'],
  firing: 'down',
  resolved: 'up',
  ignored: [['test', TEST]],
  key: ['TestId', ['URL', 'Name'], 'Name'],
  untimed: 'repeat',
  name: ['Name', 'URL'],
  labels: ['Tags', ['url', 'URL'], ['status_code', 'StatusCode']],
}; // prettier-ignore

const site24x7: Shape = {
  source: 'site24x7',
  displayName: 'Site24x7',
  detect: [
    ['MONITORNAME', 'STATUS'],
    ['MONITOR_DASHBOARD_LINK', 'STATUS'],
    ['MONITORNAME', 'INCIDENT_REASON'],
  ],
  state: ['STATUS'],
  firing: 'down, trouble, critical',
  resolved: 'up',
  ignored: [
    ['maintenance, suspended', PLANNED],
    ['test*', TEST],
  ],
  unknown: 'discovery*, configuration error, no data*',
  key: ['MONITOR_ID', taken('MONITOR_DASHBOARD_LINK', /\/monitors\/([^/?#]+)/), 'MONITORNAME'],
  untimed: 'repeat',
  name: ['MONITORNAME', 'DISPLAY_NAME'],
  start: ['OUTAGE_TIME_UNIX_FORMAT'],
  changed: ['INCIDENT_TIME_ISO'],
  severity: [when('STATUS', 'down, trouble, critical', 'STATUS')],
  labels: ['TAGS', ['group', 'MONITOR_GROUPNAME'], ['type', 'MONITORTYPE'], ['url', 'MONITORURL']],
  summary: ['INCIDENT_REASON', 'REASON'],
  description: ['INCIDENT_DETAILS', 'FAILED_LOCATIONS'],
  link: ['RCA_LINK', 'MONITOR_DASHBOARD_LINK'],
  advice: 'Have the webhook send the incident parameters.',
};

const checkly: Shape = {
  source: 'checkly',
  displayName: 'Checkly',
  detect: [
    ['check_name', 'alert_type'],
    ['check_id', 'alert_type'],
  ],
  state: ['alert_type'],
  firing: 'alert failure, alert degraded, alert degraded failure, alert failure degraded',
  ongoing: 'alert failure remain, alert degraded remain',
  resolved: 'alert recovery, alert degraded recovery, alert failure recovery',
  ignored: [
    ['alert ssl', CERTIFICATE],
    ['no alert', COMMENT],
  ],
  key: ['check_id', 'check_name'],
  untimed: 'repeat',
  name: ['check_name'],
  changed: ['started_at'],
  labels: ['tags', ['group', 'group_name'], ['type', 'check_type'], ['location', 'run_location'], ['region', 'region']],
  summary: ['event', 'alert_title'],
  description: ['check_error_message'],
  link: ['link', 'result_link'],
  advice: 'Keep `"alert_type": "{{ALERT_TYPE}}"` and `"check_id": "{{CHECK_ID}}"` in the payload of the webhook.',
};

const thousandEyes: Shape = {
  source: 'thousandeyes',
  displayName: 'ThousandEyes',
  detect: [['alertId', 'ruleName', 'dateStart'], ['alertId', 'ruleName', 'ruleExpression'], ['alert.alertId', 'alert.ruleName'], ['alert.ruleName', 'eventType'], ['alertId', 'ruleId', 'dateStart']],
  alerts: ['^alert'],
  state: ['^eventType', 'active', 'state', 'status', filled('dateEnd', 'cleared'), filled('dateStart', 'active')],
  firing: '1, true, active, trigger, triggered, alert notification trigger',
  resolved: '0, false, inactive, clear, cleared, alert notification clear',
  ignored: [['webhook test', TEST]],
  key: ['alertId'],
  untimed: 'repeat',
  name: ['ruleName', 'testName'],
  start: ['dateStartZoned', utc('dateStart')],
  end: ['dateEndZoned', utc('dateEnd')],
  severity: ['severity'],
  labels: ['testLabels', ['test', 'testName'], ['type', 'type'], ['agent', 'agentName']],
  summary: ['ruleExpression'],
  link: ['permalink'],
}; // prettier-ignore

export const UPTIME: readonly Shape[] = [
  uptimeKuma, uptimeRobot, pingdom, betterStack, checkly, statusCake, site24x7, thousandEyes,
]; // prettier-ignore
