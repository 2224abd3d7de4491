import { describe, expect, it } from 'vitest';
import type { AlertMessage, AlertRecord } from '../../src/core/alerts/record.ts';
import { withMessages } from '../../src/core/alerts/record.ts';
import { at } from '../../src/__tests__/support/core.ts';
import { readAlerts } from './read-alerts.ts';
import { SYSTEMS } from './systems.ts';
import { AlertDesk, body, rules } from '../../src/__tests__/support/alerts.ts';

interface Row {
  /** Bodies: it fires at 09:12, is over at 09:40, fires again at 09:50, and is over once more at 10:00. */
  fires: unknown;
  ends: unknown;
  again: unknown;
  endsAgain: unknown;
  /** Only the time of receipt distinguishes a late message from a new one. */
  untimed?: true;
}

const iso = (time: string) => new Date(at(time)).toISOString();
const seconds = (time: string) => at(time) / 1000;

/** Bodies of a shape by state and time. */
function row<T>(body: (state: T, time: string) => unknown, firing: T, over: T): Row {
  const [fires, ends, again, endsAgain] = [
    body(firing, '09:12'),
    body(over, '09:40'),
    body(firing, '09:50'),
    body(over, '10:00'),
  ];
  return { fires, ends, again, endsAgain };
}

/** An alert that says when each time began, and when it ended. */
function episodes(body: (state: 'firing' | 'resolved', start: string, end?: string) => unknown): Row {
  return {
    fires: body('firing', '09:12'),
    ends: body('resolved', '09:12', '09:40'),
    again: body('firing', '09:50'),
    endsAgain: body('resolved', '09:50', '10:00'),
  };
}

const alertmanager = (more: object, alert: object) =>
  episodes((status, start, end) => ({
    ...more,
    alerts: [
      {
        status,
        labels: { alertname: 'Errors' },
        startsAt: iso(start),
        endsAt: end ? iso(end) : '0001-01-01T00:00:00Z',
        fingerprint: 'f1',
        ...alert,
      },
    ],
  }));

const pagerDuty = (event_type: string, status: string, time: string) => ({
  event: {
    event_type,
    occurred_at: iso(time),
    data: { id: 'P1', type: 'incident', status, title: 'Errors', created_at: iso('09:12') },
  },
});

const onCall = (type: string, state: string, time: string, resolved?: string) => ({
  event: { type, time: iso(time) },
  alert_group: {
    id: 'G1',
    title: 'Errors',
    state,
    created_at: iso('09:12'),
    resolved_at: resolved ? iso(resolved) : null,
  },
});

const better = (event: string, resolved?: string) => ({
  event,
  data: {
    id: '9',
    type: 'incident',
    attributes: {
      name: 'Shop',
      cause: 'Status 500',
      started_at: iso('09:12'),
      resolved_at: resolved ? iso(resolved) : null,
    },
  },
});

const sentry = (action: string, status: string) => ({
  action,
  actor: {},
  data: { issue: { id: 55, title: 'TypeError', status, firstSeen: iso('09:12') } },
});

/** For each shape whose alerts can end, how they fire again under the same key. */
const RETURNING: Record<string, Row> = {
  'Uptime Kuma': row(
    (status, time) => ({
      heartbeat: { monitorID: 7, status, time: `2026-11-20 ${time}:00.000`, msg: 'x' },
      monitor: { id: 7, name: 'Shop' },
    }),
    0,
    1,
  ),
  UptimeRobot: row(
    (alertType, time) => ({
      monitorID: 7,
      monitorFriendlyName: 'Shop',
      alertType,
      alertDateTime: seconds(time),
      alertDuration: alertType === 2 ? (time === '09:40' ? 1680 : 600) : undefined,
    }),
    1,
    2,
  ),
  Pingdom: row(
    (current_state, time) => ({
      check_id: 1,
      check_name: 'Shop',
      current_state,
      state_changed_timestamp: seconds(time),
    }),
    'DOWN',
    'UP',
  ),
  'Better Stack': {
    fires: better('started'),
    ends: better('resolved', '09:40'),
    again: better('reopened', '09:40'),
    endsAgain: better('resolved', '10:00'),
  },
  StatusCake: {
    ...row((Status) => ({ Name: 'Shop', Status, StatusCode: 200, URL: 'https://shop.example' }), 'Down', 'Up'),
    untimed: true,
  },
  Site24x7: row(
    (STATUS, time) => ({ MONITORNAME: 'Shop', MONITOR_ID: 3, STATUS, INCIDENT_TIME_ISO: iso(time) }),
    'DOWN',
    'UP',
  ),
  Checkly: row(
    (alert_type, time) => ({ check_id: 'c1', check_name: 'Shop', alert_type, started_at: iso(time) }),
    'ALERT_FAILURE',
    'ALERT_RECOVERY',
  ),
  Alertmanager: alertmanager({ receiver: 'r', groupKey: 'g' }, {}),
  Grafana: alertmanager({ receiver: 'r', orgId: 1 }, { valueString: '' }),
  'Grafana (legacy alerting)': {
    ...row((state) => ({ ruleId: 3, ruleName: 'CPU', state, evalMatches: [] }), 'alerting', 'ok'),
    untimed: true,
  },
  'Grafana OnCall': {
    fires: onCall('alert group created', 'firing', '09:12'),
    ends: onCall('resolve', 'resolved', '09:40', '09:40'),
    again: onCall('unresolve', 'firing', '09:50'),
    endsAgain: onCall('resolve', 'resolved', '10:00', '10:00'),
  },
  'Amazon CloudWatch': row(
    (NewStateValue, time) => ({
      AlarmName: 'CPU',
      AlarmArn: 'arn:aws:cloudwatch:eu-west-1:1:alarm:CPU',
      NewStateValue,
      StateChangeTime: iso(time),
    }),
    'ALARM',
    'OK',
  ),
  Sentry: {
    fires: sentry('created', 'unresolved'),
    ends: sentry('resolved', 'resolved'),
    again: sentry('unresolved', 'unresolved'),
    endsAgain: sentry('resolved', 'resolved'),
  },
  Datadog: row(
    (alert_transition, time) => ({
      alert_id: 12,
      alert_scope: 'host:a',
      alert_transition,
      alert_title: 'CPU',
      date: at(time),
    }),
    'Triggered',
    'Recovered',
  ),
  Checkmk: row(
    (notification_type, time) => ({ notification_type, host: 'db1', service: 'Disk', timestamp: seconds(time) }),
    'PROBLEM',
    'RECOVERY',
  ),
  Elastic: row(
    (status, time) => ({
      title: 'Errors',
      id: 'e1',
      status,
      version: 'WzQ3LDFd',
      created_at: iso('09:12'),
      updated_at: iso(time),
      closed_at: status === 'closed' ? iso(time) : null,
    }),
    'open',
    'closed',
  ),
  Honeycomb: row(
    (status, time) => ({
      id: 'h',
      name: 'Slow',
      status,
      result_url: 'https://ui.honeycomb.io/x',
      timestamp: iso(time),
    }),
    'TRIGGERED',
    'OK',
  ),
  Axiom: row(
    (action, time) => ({ action, event: { monitorID: 'm', title: 'Slow', timestamp: iso(time) } }),
    'Open',
    'Closed',
  ),
  PagerDuty: {
    fires: pagerDuty('incident.triggered', 'triggered', '09:12'),
    ends: pagerDuty('incident.resolved', 'resolved', '09:40'),
    again: pagerDuty('incident.reopened', 'triggered', '09:50'),
    endsAgain: pagerDuty('incident.resolved', 'resolved', '10:00'),
  },
  'incident.io': row(
    (category, time) => ({
      event_type: 'public_incident.incident_updated_v2',
      'public_incident.incident_updated_v2': {
        id: 'I1',
        name: 'Errors',
        created_at: iso('09:12'),
        updated_at: iso(time),
        incident_status: { category, name: category },
      },
    }),
    'live',
    'closed',
  ),
  FireHydrant: row(
    (current_milestone, time) => ({
      event: { operation: 'UPDATED', resource_type: 'incident' },
      data: {
        incident: {
          id: 'F1',
          name: 'Errors',
          started_at: iso('09:12'),
          current_milestone,
          milestones: ['09:12', '09:40', '09:50', '10:00']
            .filter((one) => one <= time)
            .map((one) => ({ type: ['09:40', '10:00'].includes(one) ? 'resolved' : 'started', occurred_at: iso(one) }))
            .reverse(),
        },
      },
    }),
    'investigating',
    'resolved',
  ),
  Rootly: row(
    (status, time) => ({
      event: { type: 'incident.updated', issued_at: iso(time) },
      data: {
        id: 'R1',
        title: 'Errors',
        status,
        started_at: iso('09:12'),
        updated_at: iso(time),
        resolved_at: status === 'resolved' ? iso(time) : null,
      },
    }),
    'started',
    'resolved',
  ),
  Statuspage: row(
    (status, time) => ({
      page: { id: 'p' },
      incident: {
        id: 's1',
        name: 'Errors',
        status,
        created_at: iso('09:12'),
        started_at: iso('09:12'),
        updated_at: iso(time),
        resolved_at: status === 'resolved' ? iso(time) : null,
        incident_updates: [{ id: `u${time}`, status, created_at: iso(time), body: 'x' }],
      },
    }),
    'investigating',
    'resolved',
  ),
  'an incident management system': row(
    (status, time) => ({
      incident: { id: 1, title: 'Errors', status, created_at: iso('09:12'), updated_at: iso(time) },
    }),
    'open',
    'closed',
  ),
  'the plain format': {
    ...row(
      (state, time) => ({
        name: 'Errors',
        state,
        start: iso('09:12'),
        end: state === 'resolved' ? iso(time) : undefined,
      }),
      'firing',
      'resolved',
    ),
    untimed: true,
  },
};

/** Why these never fire twice under one key. */
const ONCE: Record<string, string> = {
  'Google Cloud Monitoring': 'each incident has an id of its own',
  'New Relic': 'each issue has an id of its own',
  'Sentry (legacy webhooks)': 'it never tells that an issue is over',
  Zabbix: 'each problem has an event of its own',
  Dash0: 'each issue has an id of its own',
  ThousandEyes: 'each alert has an id of its own',
  Opsgenie: 'a closed alert stays closed, and the next one has another id',
};

/** Messages as `[received, body]`, and what is remembered after them. */
function remembered(...received: (readonly [now: string, body: unknown, first?: string])[]): AlertRecord[] {
  return received.reduce<AlertRecord[]>((records, [now, body, first]) => {
    const read = readAlerts(JSON.stringify(body));
    if ('problem' in read) throw new Error(read.problem);
    const messages = read.alerts.map(({ key, state, start, end, firingAt }): AlertMessage => ({
      key,
      state,
      components: { checkout: 'partial_outage' },
      fields: {},
      ...(start !== undefined && { start }),
      ...(end !== undefined && { end }),
      ...(firingAt !== undefined && { firingAt }),
      ...(first !== undefined && { received: at(first) }),
    }));
    return withMessages(records, messages, at(now));
  }, []);
}

it('every shape has a row that says how its alerts come back, or why they do not', () => {
  const rows = [...Object.keys(RETURNING), ...Object.keys(ONCE)].sort();
  expect(rows).toEqual(SYSTEMS.map(({ displayName: called }) => called).sort());
});

describe.each(Object.entries(RETURNING))('%s', (_, { fires, ends, again, endsAgain, untimed }) => {
  const first = [['09:13', fires], ['09:41', ends]] as const; // prettier-ignore
  const second = [...first, ['09:51', again]] as const;

  it('fires again after it was over', () => {
    expect(remembered(...first)).toMatchObject([{ stage: 'waiting', until: expect.any(Number) as number }]);
    const [record, ...others] = remembered(...second);
    expect(others).toEqual([]);
    expect(record).not.toHaveProperty('until');
    expect([at('09:50'), at('09:51')]).toContain(record?.since);
  });

  it('ends again, and a late copy of its first end does not end it', () => {
    expect(remembered(...second, ['10:01', endsAgain])[0]?.until).toBeGreaterThanOrEqual(at('10:00'));
    expect(remembered(...second, ['09:52', ends, '09:41'])).toEqual(remembered(...second));
  });

  it('says nothing new when a job is run again', () => {
    expect(remembered(...first, ['09:45', fires, '09:13'])).toEqual(remembered(...first));
    const twice = [...second, ['10:01', endsAgain]] as const;
    expect(remembered(...twice, ['10:05', again, '09:51'])).toEqual(remembered(...twice));
  });

  if (untimed) return;
  it('says nothing new when an old message comes again', () => {
    expect(remembered(...first, ['09:45', fires])).toEqual(remembered(...first));
    expect(remembered(...second, ['09:55', again])).toEqual(remembered(...second));
  });
});

describe('customers', () => {
  const firing = body({ start: '09:12' });
  const over = body({ start: '09:12', end: '09:40' });
  const told = ['Investigating 09:13', 'Resolved 09:41'];

  it('hear that a problem is back even if the message has the first start', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', over);
    const { summary } = await desk.receive('09:51:05', firing);
    expect(summary).not.toContain('Nothing new for customers');
    expect(desk.timeline()).toEqual([...told, 'Investigating 09:51']);
  });

  it('hear nothing when the job of the first message is run again', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', over);
    const { summary } = await desk.receive('09:51:05', firing, { again: '09:13:05' });
    expect(summary).toContain('Nothing new for customers');
    expect(desk.timeline()).toEqual(told);
  });

  it('hear nothing of a message from before the end', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', over);
    await desk.receive('09:51:05', body({ start: '09:12', updated: iso('09:39') }));
    expect(desk.timeline()).toEqual(told);
    await desk.receive('09:52:05', body({ start: '09:12', updated: iso('09:50') }));
    expect(desk.timeline()).toEqual([...told, 'Investigating 09:52']);
  });
});
