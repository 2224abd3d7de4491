import { describe, expect, it } from 'vitest';
import { at } from '../../src/__tests__/support/core.ts';
import { readAlerts } from './read-alerts.ts';
import { AlertDesk, body, rules } from '../../src/__tests__/support/alerts.ts';

const iso = (time: string) => new Date(at(time)).toISOString();

const alerts = (more: object, alert: object) => ({
  receiver: 'r',
  groupKey: 'g',
  status: 'resolved',
  ...more,
  alerts: [
    {
      status: 'resolved',
      labels: { alertname: 'Errors' },
      annotations: {},
      startsAt: iso('09:12'),
      endsAt: iso('09:40'),
      fingerprint: 'f1',
      ...alert,
    },
  ],
});
const grafana = (alert: object) => alerts({ orgId: 1 }, { valueString: '', ...alert });
const reason = (grafana_state_reason: string) => grafana({ annotations: { grafana_state_reason } });
const named = (alertname: string, status: string) => grafana({ status, labels: { alertname, rulename: 'Errors' } });
const datadog = (alert_transition: string) => ({
  alert_id: 12,
  alert_scope: 'host:a',
  alert_transition,
  alert_title: 'CPU',
  date: at('09:40'),
});
const alarm = (NewStateValue: string, NewStateReason = '') => ({
  AlarmName: 'CPU',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:1:alarm:CPU',
  NewStateValue,
  NewStateReason,
  StateChangeTime: iso('09:40'),
});
const relic = (more: object) => ({
  issueId: 'i-1',
  issueUrl: 'https://one.newrelic.com/i-1',
  title: 'Slow',
  state: 'CLOSED',
  ...more,
});
const sentry = (action: string, issue: object) => ({
  action,
  actor: {},
  data: { issue: { id: 55, title: 'TypeError', ...issue } },
});
const beat = (status: number) => ({
  heartbeat: { monitorID: 7, status, time: '2026-11-20 09:40:00.000', msg: 'x' },
  monitor: { id: 7, name: 'Shop' },
});

/** Messages that say that data is missing. */
const LOST: Record<string, unknown> = {
  'Grafana: a series that is gone': reason('MissingSeries'),
  'Grafana: a query that gives nothing': reason('NoData'),
  'Grafana: a query that fails': reason('Error'),
  'Grafana: a rule that is paused': reason('Paused'),
  'Grafana: a rule that is deleted': reason('RuleDeleted'),
  'Grafana: its own alert of no data begins': named('DatasourceNoData', 'firing'),
  'Grafana: its own alert of no data ends': named('DatasourceNoData', 'resolved'),
  'Grafana: its own alert of an error begins': named('DatasourceError', 'firing'),
  'Grafana: its own alert of an error ends': named('DatasourceError', 'resolved'),
  'Grafana, legacy': { ruleId: 3, ruleName: 'CPU', state: 'no_data', evalMatches: [] },
  'Alertmanager: alerts of a resolved group are cut off': alerts({ truncatedAlerts: 3 }, {}),
  'Alertmanager: alerts of a group that fires are cut off': alerts({ truncatedAlerts: 3, status: 'firing' }, {}),
  'Datadog: no data': datadog('No Data'),
  'Datadog: no data, sent again': datadog('Re-No Data'),
  'CloudWatch: too little data': alarm('INSUFFICIENT_DATA'),
  'CloudWatch: well, for want of data': alarm(
    'OK',
    'Threshold Crossed: no datapoints were received for 5 periods and 5 missing datapoints were treated as [NonBreaching].',
  ),
  'New Relic: closed since the signal was lost': relic({ closeCause: 'signal-lost' }),
  'New Relic: closed since it expired': relic({ closeReason: 'EXPIRED' }),
  'Sentry: an issue that nobody met for a while': sentry('resolved', {
    status: 'resolved',
    statusDetails: { autoResolved: true },
  }),
  'Zabbix: an unknown trigger': { event_id: 501, event_value: 'Unknown', event_name: 'Agent' },
  'Elastic: no data': { rule_id: 'r', rule_name: 'Errors', alert_id: 'a', status: 'no data' },
  'Elastic: a rule that is switched off': { rule_id: 'r', rule_name: 'Errors', alert_id: 'a', status: 'untracked' },
  'Pingdom: unknown': { check_id: 1, check_name: 'Shop', current_state: 'UNKNOWN' },
  'Site24x7: no data': { MONITORNAME: 'Shop', MONITOR_ID: 3, STATUS: 'NO DATA' },
  'UptimeRobot: not checked yet': {
    monitorID: 7,
    monitorFriendlyName: 'Shop',
    alertTypeFriendlyName: 'Not checked yet',
  },
  'Honeycomb: no data': { id: 'h', name: 'Slow', status: 'NO_DATA', result_url: 'https://ui.honeycomb.io/x' },
  'the plain format': { name: 'Errors', state: 'unknown' },
};

/** Messages that are ignored. */
const SILENT: Record<string, unknown> = {
  'Uptime Kuma: pending': beat(2),
  'UptimeRobot: paused': { monitorID: 7, monitorFriendlyName: 'Shop', alertType: 99 },
  'Better Stack: a monitor is paused': { event: 'paused', data: { id: '1', type: 'monitor', attributes: {} } },
  'Pingdom: paused': { check_id: 1, check_name: 'Shop', current_state: 'PAUSED' },
  'Site24x7: suspended': { MONITORNAME: 'Shop', MONITOR_ID: 3, STATUS: 'SUSPENDED' },
  'Sentry: an issue that is ignored': sentry('archived', { status: 'ignored' }),
  'Checkly: no alert': { check_id: 'c1', check_name: 'Shop', alert_type: 'NO_ALERT' },
};

/** Real ends, in the same systems. */
const OVER: Record<string, unknown> = {
  Grafana: grafana({}),
  Alertmanager: alerts({ truncatedAlerts: 0 }, {}),
  'Datadog, after no data too': datadog('Recovered'),
  CloudWatch: alarm('OK', 'Threshold Crossed: 1 datapoint [0.0] was not greater than the threshold (5.0).'),
  'New Relic': relic({}),
  Sentry: sentry('resolved', { status: 'resolved', statusDetails: { autoResolved: false } }),
};

const statesOf = (message: unknown) => {
  const read = readAlerts(JSON.stringify(message));
  if ('problem' in read) throw new Error(read.problem);
  return { states: read.alerts.map(({ state }) => state), notes: read.notes };
};

describe('missing data', () => {
  it.each(Object.entries(LOST))('does not end an incident: %s', (_, message) => {
    const stays = expect.stringContaining('The page does not change') as string;
    expect(statesOf(message)).toEqual({ states: ['unknown'], notes: [stays] });
  });

  it.each(Object.entries(SILENT))('is not read from a message without a state: %s', (_, message) => {
    expect(statesOf(message)).toEqual({ states: [], notes: [expect.any(String)] });
  });

  it.each(Object.entries(OVER))('is distinguished from a real end: %s', (_, message) => {
    expect(statesOf(message)).toEqual({ states: ['resolved'], notes: [] });
  });

  it('leaves an incident open, and a real end closes it', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const lost = await desk.receive('09:40:05', body({ state: 'unknown' }));
    expect(lost).toMatchObject({ code: 0, summary: expect.stringContaining('data is missing') as string });
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
    await desk.receive('09:50:05', body({ start: '09:12', end: '09:49' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:50']);
  });

  it('opens no incident, and does not end the waiting for one', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  wait: 5m\n'));
    await desk.receive('09:10:05', body({ state: 'unknown' }));
    expect(desk.incidents()).toEqual([]);
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:14:05', body({ state: 'unknown' }));
    await desk.receive('09:18:05');
    expect(desk.timeline()).toEqual(['Investigating 09:18']);
  });
});
