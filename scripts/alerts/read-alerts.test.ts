import { describe, expect, test } from 'vitest';
import type { AlertsRead } from './read-alerts.ts';
import { readAlerts } from './read-alerts.ts';

const at = (time: string) => Date.parse(`2026-11-20T${time}Z`);
const seconds = (time: string) => at(time) / 1000;
const read = (body: unknown) => readAlerts(JSON.stringify(body));

function alertsOf(result: AlertsRead) {
  if ('problem' in result) throw new Error(result.problem);
  return result.alerts;
}

/** Source, state, key, name, and the times that are there. */
function told(body: unknown) {
  return alertsOf(typeof body === 'string' ? readAlerts(body) : read(body)).map(
    ({ source, state, key, name, start, end }) =>
      [
        source,
        state,
        key,
        name,
        ...(start === undefined ? [] : [`from ${clock(start)}`]),
        ...(end === undefined ? [] : [`to ${clock(end)}`]),
      ].join(' | '),
  );
}

function clock(instant: number): string {
  return new Date(instant).toISOString().replace('2026-11-20T', '').replace('.000Z', '');
}

const monitored = { id: 7, name: 'Shop', url: 'https://shop.example' };
const beat = (status: number) => ({
  heartbeat: { monitorID: 7, status, time: '2026-11-20 09:12:00.000', msg: 'x' },
  monitor: monitored,
  msg: 'y',
});
const v3 = (event_type: string, data: object) => ({
  event: { id: 'E1', event_type, occurred_at: '2026-11-20T09:40:00Z', data },
});
const incident = (status: string) => ({
  id: 'P1',
  type: 'incident',
  status,
  title: 'Checkout is down',
  created_at: '2026-11-20T09:12:00Z',
});
const opsgenie = (action: string) => ({
  action,
  alert: { alertId: 'o-1', message: 'Disk full', createdAt: at('09:12:00'), updatedAt: at('09:40:00') },
});
const alarm = (NewStateValue: string) => ({
  AlarmName: 'CPU',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:1:alarm:CPU',
  NewStateValue,
  StateChangeTime: '2026-11-20T09:12:00.000+0000',
});
const sns = (Message: unknown) => ({
  Type: 'Notification',
  TopicArn: 'arn:aws:sns:eu-west-1:1:t',
  Message: JSON.stringify(Message),
});
const better = (event: string, resolved_at: string | null) => ({
  event,
  data: {
    id: '9',
    type: 'incident',
    attributes: { name: 'Shop', cause: 'Status 500', started_at: '2026-11-20T09:12:00Z', resolved_at },
  },
});
const gcp = (state: string, ended_at: number | null, version = '1.2') => ({
  version,
  incident: { incident_id: '0.a', state, policy_name: 'Too slow', started_at: seconds('09:12:00'), ended_at },
});
const robot = (type: number) => ({
  monitorID: 777,
  monitorFriendlyName: 'Shop',
  alertType: type,
  alertDateTime: seconds('09:40:00'),
  alertDuration: 1680,
});
const issue = (action: string, status: string) => ({
  action,
  actor: {},
  data: { issue: { id: 55, title: 'TypeError', status, firstSeen: '2026-11-20T09:12:00Z' } },
});
const metric = (action: string, date_closed?: string) => ({
  action,
  actor: {},
  data: {
    metric_alert: {
      id: 55,
      title: 'Errors',
      alert_rule: { name: 'Many errors' },
      date_started: '2026-11-20T09:12:00Z',
      date_closed,
    },
  },
});
const zabbix = (event_value: string) => ({
  event_id: '501',
  event_value,
  event_name: 'Agent is silent',
  host_name: 'db1',
  event_timestamp: seconds('09:12:00'),
  event_recovery_timestamp: '{EVENT.RECOVERY.TIMESTAMP}',
});
const datadog = (alert_transition: string) => ({
  alert_id: 12,
  alert_scope: 'host:a',
  alert_transition,
  alert_title: 'CPU',
  date: at('09:12:00'),
});
const relic = (state: string, more: object) => ({
  id: 'i-1',
  issueUrl: 'https://one.newrelic.com/i-1',
  state,
  alertConditionNames: ['Slow'],
  alertPolicyNames: ['Shop'],
  createdAt: at('09:12:00'),
  ...more,
});
const legacyRelic = (current_state: string, timestamp: number) => ({
  current_state,
  condition_name: 'Slow',
  incident_id: 4711,
  timestamp,
});
const site = (STATUS: string, time: string) => ({
  MONITORNAME: 'Shop',
  MONITOR_ID: 3,
  STATUS,
  INCIDENT_TIME_ISO: time,
});
const checkly = (alert_type: string) => ({
  check_id: 'c1',
  check_name: 'Shop',
  alert_type,
  started_at: '2026-11-20T09:12:00.000Z',
});
const dash0 = (type: string, end: string) => ({
  type,
  data: {
    issue: {
      id: 'd1',
      issueIdentifier: 'shop',
      start: '2026-11-20T09:12:00Z',
      end,
      status: 'critical',
      checkrules: [{ name: 'Errors' }],
    },
  },
});

describe('Bodies of', () => {
  test.each<[string, unknown, string[]]>([
    ['Uptime Kuma: down', beat(0), ['uptime-kuma | firing | 7 | Shop | from 09:12:00']],
    ['Uptime Kuma: up', beat(1), ['uptime-kuma | resolved | 7 | Shop | to 09:12:00']],
    ['UptimeRobot: down', robot(1), ['uptimerobot | firing | 777 | Shop | from 09:40:00']],
    ['UptimeRobot: up', robot(2), ['uptimerobot | resolved | 777 | Shop | from 09:12:00 | to 09:40:00']],
    ['UptimeRobot: as a form', `monitorID=777&monitorFriendlyName=My+Shop&alertType=1&alertDateTime=${seconds('09:12:00')}`, ['uptimerobot | firing | 777 | My Shop | from 09:12:00']],
    ['Pingdom: a transaction fails', { check_id: 1, check_name: 'Login', current_state: 'FAILING', state_changed_utc_time: '2026-11-20T09:12:00' }, ['pingdom | firing | 1 | Login | from 09:12:00']],
    ['Better Stack: started', better('started', null), ['better-stack | firing | 9 | Shop | from 09:12:00']],
    ['Better Stack: acknowledged', better('acknowledged', null), ['better-stack | firing | 9 | Shop | from 09:12:00']],
    ['Better Stack: resolved', better('resolved', '2026-11-20T09:40:00Z'), ['better-stack | resolved | 9 | Shop | from 09:12:00 | to 09:40:00']],
    ['Better Stack: reopened, which does not say when', better('reopened', '2026-11-20T09:40:00Z'), ['better-stack | firing | 9 | Shop']],
    ['Better Stack: reopened, in its longer word', better('incident.reopened', null), ['better-stack | firing | 9 | Shop']],
    ['StatusCake: down', 'Token=secret&Status=Down&StatusCode=0&URL=https%3A%2F%2Fshop.example&Name=Shop&Tags=a%2Cb', ['statuscake | firing | https://shop.example Shop | Shop']],
    ['StatusCake: up, as JSON', { Name: 'Shop', Status: 'UP', StatusCode: 200, URL: 'https://shop.example' }, ['statuscake | resolved | https://shop.example Shop | Shop']],
    ['Site24x7: trouble', site('TROUBLE', '2026-11-20T10:12:00+0100'), ['site24x7 | firing | 3 | Shop | from 09:12:00']],
    ['Site24x7: up', site('UP', '2026-11-20T10:40:00+0100'), ['site24x7 | resolved | 3 | Shop | to 09:40:00']],
    ['Checkly: failed', checkly('ALERT_FAILURE'), ['checkly | firing | c1 | Shop | from 09:12:00']],
    ['Checkly: still failing, which is no start', checkly('ALERT_FAILURE_REMAIN'), ['checkly | firing | c1 | Shop']],
    ['Checkly: recovered', checkly('ALERT_DEGRADED_RECOVERY'), ['checkly | resolved | c1 | Shop | to 09:12:00']],
    ['ThousandEyes', { eventType: 'ALERT_NOTIFICATION_TRIGGER', alert: { alertId: 5, ruleName: 'Loss', dateStart: '2026-11-20 09:12:00' } }, ['thousandeyes | firing | 5 | Loss | from 09:12:00']],
    ['Grafana, legacy', { ruleId: 3, ruleName: 'CPU', state: 'alerting', evalMatches: [] }, ['grafana | firing | 3 | CPU']],
    ['Grafana OnCall', { alert_group: { id: 'G1', title: 'CPU', state: 'resolved', created_at: '2026-11-20T09:12:00Z', resolved_at: '2026-11-20T09:40:00Z' } }, ['grafana-oncall | resolved | G1 | CPU | from 09:12:00 | to 09:40:00']],
    ['Grafana OnCall: unresolved', { event: { type: 'unresolve', time: '2026-11-20T09:50:00Z' }, alert_group: { id: 'G1', title: 'CPU', state: 'firing', created_at: '2026-11-20T09:12:00Z', resolved_at: '2026-11-20T09:40:00Z' } }, ['grafana-oncall | firing | G1 | CPU | from 09:50:00']],
    ['Datadog: triggered', datadog('Triggered'), ['datadog | firing | 12 host:a | CPU | from 09:12:00']],
    ['Datadog: sent again', datadog('Re-Triggered'), ['datadog | firing | 12 host:a | CPU']],
    ['Datadog: recovered', datadog('Recovered'), ['datadog | resolved | 12 host:a | CPU | to 09:12:00']],
    ['Datadog: its own template, triggered', { id: '1', event_type: 'query_alert_monitor', org: { id: '1' }, title: '[Triggered on {host:a}] CPU', date: String(at('09:12:00')) }, ['datadog | firing | CPU host:a | CPU | from 09:12:00']],
    ['Datadog: its own template, recovered', { id: '2', event_type: 'query_alert_monitor', org: { id: '1' }, title: '[P2] [Recovered on {host:a}] CPU', date: String(at('09:40:00')) }, ['datadog | resolved | CPU host:a | CPU | to 09:40:00']],
    ['Datadog: triggered, with the state in its title', { ...datadog('Triggered'), alert_title: '[Triggered on {host:a}] CPU' }, ['datadog | firing | 12 host:a | CPU | from 09:12:00']],
    ['Datadog: recovered, with the state in its title', { ...datadog('Recovered'), alert_title: '[Recovered on {host:a}] CPU' }, ['datadog | resolved | 12 host:a | CPU | to 09:12:00']],
    ['Datadog: nothing but a title', { alert_title: '[P1] [Recovered on {host:a}] CPU', alert_transition: 'Recovered' }, ['datadog | resolved | CPU host:a | CPU']],
    ['PagerDuty v3: triggered', v3('incident.triggered', incident('triggered')), ['pagerduty | firing | P1 | Checkout is down | from 09:12:00']],
    ['PagerDuty v3: acknowledged', v3('incident.acknowledged', incident('acknowledged')), ['pagerduty | firing | P1 | Checkout is down | from 09:12:00']],
    ['PagerDuty v3: resolved', v3('incident.resolved', incident('resolved')), ['pagerduty | resolved | P1 | Checkout is down | from 09:12:00 | to 09:40:00']],
    ['PagerDuty v3: reopened, whose start is now and not the first one', v3('incident.reopened', incident('triggered')), ['pagerduty | firing | P1 | Checkout is down | from 09:40:00']],
    ['PagerDuty v3: reopened, without an envelope', { ...v3('incident.reopened', incident('triggered')).event, resource_type: 'incident' }, ['pagerduty | firing | P1 | Checkout is down | from 09:40:00']],
    ['PagerDuty v3: escalated', v3('incident.escalated', incident('triggered')), ['pagerduty | firing | P1 | Checkout is down | from 09:12:00']],
    ['PagerDuty v2', { messages: [{ id: 'm', event: 'incident.resolve', created_on: '2026-11-20T09:40:00Z', incident: incident('resolved') }] }, ['pagerduty | resolved | P1 | Checkout is down | from 09:12:00 | to 09:40:00']],
    ['PagerDuty v1', { messages: [{ id: 'm', type: 'incident.trigger', data: { incident: { id: 'P1', status: 'triggered', created_on: '2026-11-20T09:12:00Z', trigger_summary_data: { subject: 'Down' } } } }] }, ['pagerduty | firing | P1 | Down | from 09:12:00']],
    ['Opsgenie: created', opsgenie('Create'), ['opsgenie | firing | o-1 | Disk full | from 09:12:00']],
    ['Opsgenie: acknowledged', opsgenie('Acknowledge'), ['opsgenie | firing | o-1 | Disk full | from 09:12:00']],
    ['Opsgenie: closed', opsgenie('Close'), ['opsgenie | resolved | o-1 | Disk full | from 09:12:00 | to 09:40:00']],
    ['CloudWatch, bare', alarm('ALARM'), ['cloudwatch | firing | arn:aws:cloudwatch:eu-west-1:1:alarm:CPU | CPU | from 09:12:00']],
    ['CloudWatch, through SNS', sns(alarm('OK')), ['cloudwatch | resolved | arn:aws:cloudwatch:eu-west-1:1:alarm:CPU | CPU | to 09:12:00']],
    ['CloudWatch, through SNS and Lambda', { Records: [{ Sns: sns(alarm('OK')) }] }, ['cloudwatch | resolved | arn:aws:cloudwatch:eu-west-1:1:alarm:CPU | CPU | to 09:12:00']],
    ['Google Cloud: open', gcp('open', null), ['google-cloud | firing | 0.a | Too slow | from 09:12:00']],
    ['Google Cloud: closed', gcp('closed', seconds('09:40:00')), ['google-cloud | resolved | 0.a | Too slow | from 09:12:00 | to 09:40:00']],
    ['Sentry: a new issue', issue('created', 'unresolved'), ['sentry | firing | 55 | TypeError | from 09:12:00']],
    ['Sentry: an issue that came back, which is not when it was first seen', issue('unresolved', 'unresolved'), ['sentry | firing | 55 | TypeError']],
    ['Sentry: assigned', issue('assigned', 'unresolved'), ['sentry | firing | 55 | TypeError']],
    ['Sentry: resolved', issue('resolved', 'resolved'), ['sentry | resolved | 55 | TypeError']],
    ['Sentry: an alert on an issue has the key of the issue', { action: 'triggered', actor: {}, data: { event: { event_id: 'e', issue_id: '55', title: 'TypeError', datetime: '2026-11-20T09:12:00Z' }, triggered_rule: 'Rule' } }, ['sentry | firing | 55 | TypeError | from 09:12:00']],
    ['Sentry: a metric alert, whose ids are others', metric('critical'), ['sentry | firing | metric-alert 55 | Many errors | from 09:12:00']],
    ['Sentry: a metric alert is over', metric('resolved', '2026-11-20T09:40:00Z'), ['sentry | resolved | metric-alert 55 | Many errors | from 09:12:00 | to 09:40:00']],
    ['Zabbix: a problem', zabbix('1'), ['zabbix | firing | 501 | Agent is silent | from 09:12:00']],
    ['Zabbix: its recovery', { ...zabbix('0'), event_recovery_timestamp: seconds('09:40:00') }, ['zabbix | resolved | 501 | Agent is silent | from 09:12:00 | to 09:40:00']],
    ['Zabbix: a problem, with a time of the message alone', { event_id: 501, event_value: 1, event_name: 'Agent', timestamp: seconds('09:12:00') }, ['zabbix | firing | 501 | Agent | from 09:12:00']],
    ['Zabbix: its recovery, with a time of the message alone', { event_id: 501, event_value: 0, event_name: 'Agent', timestamp: seconds('09:40:00') }, ['zabbix | resolved | 501 | Agent | to 09:40:00']],
    ['Zabbix: an update, whose time is not the beginning', { event_id: 501, event_value: 'update', event_name: 'Agent', timestamp: seconds('09:40:00') }, ['zabbix | firing | 501 | Agent']],
    ['Zabbix: macros as names', { 'EVENT.ID': 501, 'EVENT.VALUE': 1, 'EVENT.NAME': 'Agent is silent' }, ['zabbix | firing | 501 | Agent is silent']],
    ['New Relic: activated', relic('ACTIVATED', {}), ['newrelic | firing | i-1 | Slow | from 09:12:00']],
    ['New Relic: closed', relic('CLOSED', { updatedAt: at('09:40:00') }), ['newrelic | resolved | i-1 | Slow | from 09:12:00 | to 09:40:00']],
    ['New Relic: activated, with a time of the message alone', { ...relic('ACTIVATED', { timestamp: at('09:12:00') }), createdAt: undefined }, ['newrelic | firing | i-1 | Slow | from 09:12:00']],
    ['New Relic: an incident of a channel', legacyRelic('open', at('09:12:00')), ['newrelic | firing | 4711 | Slow | from 09:12:00']],
    ['New Relic: that incident closed', legacyRelic('closed', at('09:40:00')), ['newrelic | resolved | 4711 | Slow | to 09:40:00']],
    ['Dash0: ongoing', dash0('alert.ongoing', ''), ['dash0 | firing | d1 | Errors | from 09:12:00']],
    ['Dash0: resolved', dash0('alert.resolved', '2026-11-20T09:40:00Z'), ['dash0 | resolved | d1 | Errors | from 09:12:00 | to 09:40:00']],
    ['Checkmk: a service', { notification_type: 'PROBLEM', host: 'db1', service: 'Disk', timestamp: seconds('09:12:00') }, ['checkmk | firing | db1 Disk | Disk | from 09:12:00']],
    ['Elastic', { rule_id: 'r', rule_name: 'Errors', alert_id: 'a', status: 'recovered' }, ['elastic | resolved | r a | Errors']],
    ['Elastic: still active, whose time is not the beginning', { rule_id: 'r', rule_name: 'Errors', alert_id: 'a', status: 'active', date: '2026-11-20T09:40:00Z' }, ['elastic | firing | r a | Errors']],
    ['Elastic: recovered, with a time of the message alone', { rule_id: 'r', rule_name: 'Errors', alert_id: 'a', status: 'recovered', date: '2026-11-20T09:40:00Z' }, ['elastic | resolved | r a | Errors | to 09:40:00']],
    ['Honeycomb', { id: 'h', name: 'Slow', status: 'TRIGGERED', result_url: 'https://ui.honeycomb.io/x', shared_secret: 's' }, ['honeycomb | firing | h | Slow']],
    ['Axiom', { action: 'Closed', event: { monitorID: 'm', title: 'Resolved: Slow', timestamp: '2026-11-20T09:40:00Z' } }, ['axiom | resolved | m | Slow | to 09:40:00']],
    ['incident.io, whose field has the name of the event', { event_type: 'public_incident.incident_updated_v2', 'public_incident.incident_updated_v2': { id: 'I1', name: 'Down', incident_status: { category: 'closed', name: 'Closed' } } }, ['incident-io | resolved | I1 | Down']],
    ['Rootly', { event: { type: 'incident.mitigated', issued_at: 'x' }, data: { id: 'R1', title: 'Down', status: 'mitigated', started_at: '2026-11-20T09:12:00Z' } }, ['rootly | firing | R1 | Down | from 09:12:00']],
    ['Rootly: deleted', { event: { type: 'incident.deleted', issued_at: '2026-11-20T09:40:00Z' }, data: { id: 'R1', title: 'Down', started_at: '2026-11-20T09:12:00Z' } }, ['rootly | resolved | R1 | Down | from 09:12:00 | to 09:40:00']],
    ['FireHydrant', { data: { incident: { id: 'F1', name: 'Down', current_milestone: 'resolved', milestones: [{ type: 'resolved', occurred_at: '2026-11-20T09:40:00Z' }] } }, event: { operation: 'UPDATED' } }, ['firehydrant | resolved | F1 | Down | to 09:40:00']],
    ['Statuspage: a component', { page: { id: 'p' }, component: { id: 'c', name: 'API' }, component_update: { component_id: 'c', new_status: 'operational', created_at: '2026-11-20T09:40:00Z' } }, ['statuspage | resolved | c | API | to 09:40:00']],
    ['any incident management', { incident: { id: 1, title: 'Down', status: 'open' } }, ['incident | firing | 1 | Down']],
    ['the plain format', { name: 'Down', state: 'firing' }, ['plain | firing | Down | Down']],
    ['the plain shape, several', { alerts: [{ name: 'A', state: 'resolved', key: 'k', start: '2026-11-20T09:12:00Z', end: '2026-11-20T09:40:00Z' }, { name: 'B', state: 'firing' }] }, ['plain | resolved | k | A | from 09:12:00 | to 09:40:00', 'plain | firing | B | B']],
    ['the plain shape, several with labels', { alerts: [{ name: 'A', state: 'firing', labels: { service: 'checkout' } }, { name: 'B', state: 'firing' }] }, ['plain | firing | A | A', 'plain | firing | B | B']],
    ['the plain shape, several of which a later one has labels', { alerts: [{ name: 'A', state: 'firing' }, { name: 'B', state: 'resolved', labels: { alertname: 'x' } }] }, ['plain | firing | A | A', 'plain | resolved | B | B']],
    ['the plain shape, with the labels of Alertmanager', { name: 'A', state: 'firing', labels: { alertname: 'x' } }, ['plain | firing | A | A']],
    ['the plain shape, a list', [{ name: 'A', state: 'firing' }, { name: 'B', state: 'firing' }], ['plain | firing | A | A', 'plain | firing | B | B']],
    ['JSON within a text', JSON.stringify('{"name":"Down","state":"firing"}'), ['plain | firing | Down | Down']],
    ['JSON in a field of a form', 'payload=%7B%22name%22%3A%22Down%22%2C%22state%22%3A%22firing%22%7D', ['plain | firing | Down | Down']],
  ])('%s', (_, body, expected) => {
    expect(told(body)).toEqual(expected);
  }); // prettier-ignore
}); // prettier-ignore

describe('A message that is understood and tells of no alert comes with a note', () => {
  test.each([
    ['a test of Uptime Kuma', { heartbeat: null, monitor: null, msg: 'Testing' }, 'test message'],
    ['a pending check', beat(2), 'not confirmed yet'],
    ['a maintenance', beat(3), 'about maintenance'],
    ['a certificate that expires', robot(3), 'certificate'],
    ['a change of a monitor', { event: 'paused', data: { id: '1', type: 'monitor', attributes: {} } }, 'does not say'],
    ['a test of Datadog', { ...datadog('Triggered'), event_title: '[TEST] [Triggered] CPU' }, 'test message'],
    ['a note on an incident', v3('incident.annotated', { incident: { id: 'P1', summary: 'x' }, content: 'y' }), 'does not say'],
    ['a test of PagerDuty', v3('pagey.ping', { message: 'Hello', type: 'ping' }), 'test message'],
    ['a note on an alert', opsgenie('AddNote'), 'does not say'],
    ['a comment on an issue', { action: 'created', actor: {}, data: { comment: 'Hm', issue_id: 55 } }, 'does not say'],
    ['an issue put aside', issue('archived', 'ignored'), 'that was silenced'],
    ['a test of Google Cloud', gcp('open', null, 'test'), 'test message'],
    ['a test of New Relic', legacyRelic('test', at('09:12:00')), 'test message'],
    ['an empty list', { receiver: 'x', groupKey: 'y', alerts: [] }, 'empty list'],
  ])('%s', (_, body, note) => {
    expect(read(body)).toMatchObject({ alerts: [], notes: [expect.stringContaining(note)] });
  }); // prettier-ignore
}); // prettier-ignore

describe('A body that cannot be read says what was expected', () => {
  test.each([
    ['nothing', '', 'is empty'],
    ['a page', '<html>', 'neither JSON nor form data'],
    ['a number', '7', 'the plain format'],
    ['unknown JSON', '{"hello":1}', '{"name": "Checkout errors", "state": "firing"}'],
    ['a known body without its state', JSON.stringify({ AlarmName: 'CPU' }), '`NewStateValue`'],
    ['a known body with another state', JSON.stringify(alarm('WOBBLING')), '“WOBBLING”, which is neither a state of a firing alert (alarm) nor of a resolved one (ok)'],
    ['a known body without a key', JSON.stringify({ alerts: [{ status: 'firing', labels: {} }] }), '`fingerprint` is missing'],
    ['a template that was not filled in', JSON.stringify(datadog('$ALERT_TRANSITION')), '"alert_transition": "$ALERT_TRANSITION"'],
    ['a message of SNS that is no JSON', JSON.stringify({ Type: 'Notification', TopicArn: 'a', Message: 'Hello' }), 'does not contain the JSON of an alarm'],
    ['a subscription', JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Token=1' }), 'confirm by opening https://sns.eu-west-1.amazonaws.com/?Token=1'],
    ['a subscription that leads elsewhere', JSON.stringify({ Type: 'SubscriptionConfirmation', SubscribeURL: 'https://evil.example/sns.eu-west-1.amazonaws.com/' }), 'the URL in the field `SubscribeURL`'],
  ])('%s', (_, text, expected) => {
    expect(readAlerts(text)).toEqual({ problem: expect.stringContaining(expected) });
  }); // prettier-ignore

  test('one that cannot be read in a list keeps none of the others back', () => {
    const body = read({
      status: 'firing',
      receiver: 'r',
      alerts: [
        { status: 'firing', labels: { alertname: 'A' } },
        { status: 'odd', labels: { alertname: 'B' } },
        { status: 'firing', labels: {} },
      ],
    });
    expect(alertsOf(body).map(({ name }) => name)).toEqual(['A']);
    expect('notes' in body && body.notes).toEqual([
      expect.stringContaining('says “odd”'),
      expect.stringContaining('`fingerprint` is missing'),
    ]);
  });
});
