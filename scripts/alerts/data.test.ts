import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAlerts } from './read-alerts.ts';

/** Bodies of others; they lie outside of the repository. */
const BODIES = '../shared/data/webhooks';

/** Source, state, key, name, start, end: written by hand from the bodies. */
type Expected = readonly (readonly [string, string, string, string, (string | undefined)?, string?])[];

const ON_FIRE = ['PT4KHLK', 'The server is on fire.', '2015-10-06T21:30:42Z'] as const;
const PING = 'ICMP ping failed';
const pinged = (instance: string) =>
  `alertname="${PING}",instance="${instance}",job="blackbox-icmp",monitor="monis",severity="major",summary="No physical connection to ${instance}",tags="icmp, ping failed"`;
const PINGED = ['172.29.254.30', '172.29.254.50', '172.29.254.66'];
const ERRORS = ['f489f494d68edd19', 'Checkout-Customer-High-Error-Rate', '2023-03-20T09:29:53.180Z'] as const;
const ORDERS = ['31a801d2ef38764a', 'Checkout-Customer-No-Orders-Created', '2023-03-20T09:32:57.840Z'] as const;
const SYNTHETIC = ['ea661a73f0ae6a30', 'Checkout-Customer-Synthetic-Test-Failure', '2023-03-20T09:35:05.922Z'] as const;
const EXCEPTION = 'This is an example Python exception';

const READ: Record<string, Expected> = {
  'payloads/alertmanager-v3/fc196f1cbc.json': [
    ['alertmanager', 'firing', '__name__="ping_success",alertname="failedConnect",environment="Production",instance="host2",job="pinger",monitor="testlab",service="System",severity="critical",timeout="600"', 'failedConnect', '2016-08-01T10:27:08.008Z'],
  ],
  'payloads/alertmanager-v4/ab67ae292f.json': [['alertmanager', 'firing', ...ERRORS]],
  'payloads/alertmanager-v4/41e69d3ed7.json': [['alertmanager', 'firing', ...ERRORS], ['alertmanager', 'firing', ...ORDERS]],
  'payloads/alertmanager-v4/d3eb2616ff.json': [
    ['alertmanager', 'resolved', ...ERRORS, '2023-03-20T09:36:23.180Z'],
    ['alertmanager', 'firing', ...ORDERS],
    ['alertmanager', 'firing', ...SYNTHETIC],
  ],
  'payloads/alertmanager-v4/0a21b98b36.json': [
    ['alertmanager', 'resolved', ...ORDERS, '2023-03-20T09:39:57.840Z'],
    ['alertmanager', 'resolved', ...SYNTHETIC, '2023-03-20T09:40:05.922Z'],
  ],
  'payloads/alertmanager-v4/1a6b3d9ffe.json': [
    ['alertmanager', 'firing', 'alertname="high_memory_load",instance="instance-with-hyphen_and_underscore",job="docker_nodes",monitor="master",severity="warning"', 'high_memory_load', '2018-03-07T11:33:21.873Z'],
  ],
  'payloads/alertmanager-v4/1f09ae4a98.json': PINGED.map((one) => ['alertmanager', 'firing', pinged(one), PING, '2019-09-27T16:27:56.612Z'] as const),
  'payloads/alertmanager-v4/927eff079b.json': PINGED.map((one) => ['alertmanager', 'resolved', pinged(one), PING, '2019-09-27T16:27:56.612Z'] as const),
  'payloads/alertmanager-v4/455641d64e.json': [['alertmanager', 'firing', 'alertname="Fire",severity="critical"', 'Fire', '2018-11-04T21:43:58.283Z']],
  'payloads/alertmanager-v4/4af399e72a.json': ['ff6a7a0f5f1c1309', '554664fa753a2b45', '911c76f0240f015b'].map((key) => ['alertmanager', 'firing', key, 'JustATestAlert_1', '2020-10-11T14:34:11.279Z'] as const),
  'payloads/alertmanager-v4/6164b52ac3.json': ['f404ecabc8dd5cd7', 'f8f08d4e32c61a9d'].map((key) => ['alertmanager', 'firing', key, 'InstanceDown', '2023-06-12T08:24:38.326Z'] as const),
  'payloads/alertmanager-v4/d6fb2d1bd8.json': ['f404ecabc8dd5cd7', 'f8f08d4e32c61a9d', '39f38c0611ee7abd'].map((key) => ['alertmanager', 'firing', key, 'InstanceDown', '2023-06-12T08:24:38.326Z'] as const),
  'payloads/alertmanager-v4/a6d991158a.json': [['alertmanager', 'firing', 'alertname="TestAlert",region="eu-1"', 'TestAlert', '2018-12-25T15:47:47.377Z']],
  'payloads/alertmanager-v4/c732e70a3b.json': [['alertmanager', 'firing', 'alertname="TestAlert",region="eu-1",severity="critical"', 'TestAlert', '2018-12-25T15:47:47.377Z']],
  'payloads/alertmanager-vx/80d14d9d5a.json': [['alertmanager', 'firing', 'alertname="TestAlert"', 'TestAlert']],
  'payloads/prometheus/09468d10c2.json': [['alertmanager', 'firing', 'aac3b474e2c0658c', 'SuperplaneTestAlert', '2026-02-12T16:08:39Z']],
  'payloads-zulip/alertmanager_two_alerts.json': ['a1bc48475b20e73d', 'c2ea85182f28cbd9'].map((key) => ['alertmanager', 'firing', key, 'High CPU Temperature', '2020-02-06T00:17:58.432Z'] as const),
  'payloads/grafana/9ad3032a11.json': [['grafana', 'firing', 'alertname="HighErrorRate",service="api"', 'HighErrorRate']],
  'payloads-zulip/grafana9_mixed_firing_resolved.json': [
    ['grafana', 'resolved', 'aaafafe0953f0962', 'Test alert', '2022-06-17T01:04:00.782Z', '2022-06-17T01:08:28.652Z'],
    ['grafana', 'resolved', 'fb31814ac93dbe7d', 'Test alert', '2022-06-17T01:04:00.782Z', '2022-06-17T01:08:28.652Z'],
    ['grafana', 'firing', '6f9cd313db421ef1', 'Second webhook test', '2022-06-17T01:03:00.782Z'],
  ],
  'payloads/grafana-legacy/078eddeeb7.json': [['grafana', 'firing', '7', 'Zeta CPU alert']],
  'payloads/grafana-legacy/fff1eebc35.json': [['grafana', 'resolved', '7', 'Zeta CPU alert']],
  'payloads/grafana-legacy/3a42e16656.json': [['grafana', 'firing', '1', 'bob']],
  'payloads/grafana-legacy/6d9e81d5df.json': [['grafana', 'firing', '58', 'Testing -> Battery Voltage alert']],
  'payloads/grafana-legacy/cabca59fa1.json': [['grafana', 'firing', '1', 'Load peaking!']],
  'payloads/grafana-legacy/6c9b085b9d.json': [['thousandeyes', 'firing', '562949955000593', 'Default Agent Offline Notification', '2025-03-24T17:28:40Z']],
  'payloads/grafana-legacy/6f3ad32049.json': [['thousandeyes', 'resolved', '5abda706-c065-40fa-aa8c-059c3ac1ea9d', 'PDF Test', '2025-03-17T19:43:00Z', '2025-03-24T17:21:00Z']],
  'payloads/grafana-legacy/c42fb987e7.json': [['elastic', 'firing', 'abc-123', 'High error rate detected']],
  'payloads/zabbix/351ebf0d3e.json': [['grafana-oncall', 'firing', '08d6891a-835c-e661-39fa-96b6a9e26552', 'TestAlert: The whole system is down']],
  'payloads-zulip/zabbix_disaster.json': [['zabbix', 'firing', '10528', 'Zabbix agent on www.example.com is unreachable for 5 minutes']],
  'payloads/aws-sns/ddd6ed3870.json': [['cloudwatch', 'firing', 'bucketbytesAlarm 1234567890 EU (Ireland)', 'bucketbytesAlarm', '2019-02-15T23:53:45.093Z']],
  'payloads/aws/a3b7c2f29f.json': [['cloudwatch', 'firing', 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:HighCPUUtilization', 'HighCPUUtilization', '2024-11-20T20:35:33Z']],
  'payloads/check-generic/d7fa9d3962.json': [['checkly', 'resolved', '927a2982-1007-4b81-b383-eae8bf717e61', 'API Check #1', undefined, '2025-01-26T11:19:40.544Z']],
  'payloads/checkmk/8d123ee6e5.json': [['checkmk', 'resolved', 'server1', 'server1', undefined, '2024-10-26T23:20:39Z']],
  'payloads/dash0/f9d70ed4a1.json': [['dash0', 'firing', 'issue_123', 'API availability', '2026-02-20T12:00:00Z']],
  'payloads/elastic/4b37fb9703.json': [['elastic', 'firing', '3c0a2b10-4e5f-11ee-be56-0242ac120002', 'Production incident', '2026-03-12T09:00:00Z']],
  'payloads/gcp/6537f41bd2.json': [['google-cloud', 'firing', '0.abcdef1234567890', 'CPU utilization above threshold', '2026-01-01T00:00:00Z']],
  'payloads/gcp-stackdriver/578554d8bd.json': [['google-cloud', 'firing', 'prod-5xx-123', '5XX Error Rate > 5%']],
  'payloads/gcp-stackdriver/78cc2523bc.json': [['google-cloud', 'firing', 'db-345', 'Query Latency > 2s']],
  'payloads/gcp-stackdriver/e16b2cbdbb.json': [['google-cloud', 'firing', 'mem-234', 'Memory Usage > 90%']],
  'payloads/newrelic/4f7cc6c1c1.json': [['google-cloud', 'firing', 'f2e08c333dc64cb09f75eaab355393bz', 'Webserver Health', '2017-07-06T19:10:14Z']],
  'payloads/newrelic/e81cb08353.json': [['google-cloud', 'resolved', 'f2e08c333dc64cb09f75eaab355393bz', 'Webserver Health', '2017-07-06T19:10:14Z', '2017-07-06T19:20:36Z']],
  'payloads/newrelic/0af71b205b.json': [['newrelic', 'firing', 'MXxBSXxJU1NVRXwxMjM0NTY3ODk', 'CPU usage > 90%', '2024-01-01T00:00:00Z']],
  'payloads/pingdom/61e6d50a82.json': [['pingdom', 'firing', '803318', 'Alerta API on OpenShift', '2017-06-30T22:25:43Z']],
  'payloads/pingdom/7a45638ba1.json': [['pingdom', 'resolved', '803318', 'Alerta API on OpenShift', undefined, '2017-06-30T22:30:43Z']],
  'payloads-zulip/pingdom_http_up_to_down.json': [['pingdom', 'firing', '2048467', 'Test check', '2016-03-14T07:10:34Z']],
  'payloads/sentry/7d7c49d6ee.json': [['sentry', 'firing', '123', 'Error #1: This is a test error!', '2022-04-04T18:17:18.320Z']],
  'payloads/sentry-legacy/88da377f9c.json': [['sentry', 'firing', '5', EXCEPTION, '2019-12-17T10:26:44.933Z']],
  'payloads/sentry-legacy/b33fa1fb5d.json': [['sentry', 'firing', '541485531', EXCEPTION, '2018-05-02T08:07:10Z']],
  'payloads/sentry-legacy/b89683ee3f.json': [['sentry', 'firing', '4616132098', 'Order submission failed', '2024-03-09T13:36:25.873Z']],
  'payloads/sentry-legacy/ddaf9861e4.json': [['sentry', 'firing', '4616132099', 'Failed to load product catalog', '2024-03-09T13:38:05.873Z']],
  'payloads/site24x7/62e1f94468.json': [['site24x7', 'firing', 'xxxxxxxxxxxxxx', 'GoAlert Site24x7 Test', '2019-07-30T09:36:59.939Z']],
  'payloads/uptime-kuma/kuma_1_down.json': [['uptime-kuma', 'firing', '89', 'test', '2023-07-31T18:56:15.374Z']],
  'payloads-zulip/uptimerobot_down.json': [['uptimerobot', 'firing', 'server1.example.com', 'Web Server']],
  'payloads-zulip/statuscake_down.form.txt': [['statuscake', 'firing', 'https://example.com/ Example', 'Example']],
  'payloads-zulip/opsgenie_create.json': [['opsgenie', 'firing', 'ec03dad6-62c8-4c94-b38b-d88f398e900f', 'another alert', '2017-08-14T11:25:56.288Z']],
  'payloads-zulip/statuspage_incident_created.json': [['statuspage', 'firing', 'z3lct0r596n4', 'Database query delays', '2017-12-26T07:32:00.507Z']],
  'payloads-zulip/pagerduty_triggered_v3.json': [['pagerduty', 'firing', 'PFQZPSY', 'Test Incident 3', '2021-06-04T13:35:29.781Z']],
  'payloads/betterstack/60d5d29cbd.json': [['pagerduty', 'firing', 'PGR0VU2', 'A little bump in the road']],
  'payloads/incident-generic/8ad93e6de0.json': [['pagerduty', 'firing', 'PGR0VU2', 'A little bump in the road', '2020-04-09T15:16:27Z']],
  'payloads/incident-generic/646b82e055.json': [['pagerduty', 'firing', ...ON_FIRE]],
  'payloads/incident-generic/6bc0103687.json': [['pagerduty', 'firing', ...ON_FIRE]],
  'payloads/incident-generic/c3b3f9f326.json': [['pagerduty', 'firing', ...ON_FIRE]],
  'payloads/incident-generic/46bb8a7331.json': [['pagerduty', 'resolved', ...ON_FIRE, '2015-10-06T21:45:00Z']],
  'payloads/incident-generic/3456eb6192.json': [['incident-io', 'firing', '01FDAG4SAP5TYPT98WGR2N7W91', 'Our database is sad', '2021-08-17T13:28:57.801Z']],
  'payloads/incident-generic/433be62342.json': [['rootly', 'firing', 'abc123-def456', 'API latency spike detected', '2026-01-19T12:00:00Z']],
  'payloads/incident-generic/a24f039a59.json': [['firehydrant', 'firing', '21fe20b5-8012-4a51-a34c-623b1389af66', 'Production Database Accidentally Deleted', '2026-03-02T14:43:05Z']],
}; // prettier-ignore

/** Understood, but of no alert. */
const NOTED: Record<string, RegExp> = {
  'payloads-zulip/uptimerobot_invalid_missing_data.json': /^Uptime Kuma .* is a test message/,
  'payloads-zulip/statuspage_component_update.json': /^Statuspage says “under_maintenance”, which is about maintenance/,
  'payloads/incident-generic/1209280e7c.json': /^Rootly says “incident_event.created”, which does not say/,
};

const UNKNOWN = /^The body does not match any supported monitoring system/;
const NO_STATE =
  /^This looks like a message from .*, but nothing in it says whether the alert is firing or resolved: `.*` is missing\./;

const REFUSED: Record<string, RegExp> = {
  'payloads/aws-sns/8b216c8421.json': /confirm by opening https:\/\/sns\.eu-west-1\.amazonaws\.com\//,
  // The message within is an order of a shop.
  'payloads/aws/83bbd21284.json': UNKNOWN,
  // What follows is no message but the settings that messages are made from.
  'payloads/alertmanager-other/29fc9b0bce.json': UNKNOWN,
  'payloads/grafana-other/500bf4e73a.json': UNKNOWN,
  'payloads/grafana-other/7a06df0533.json': UNKNOWN,
  'payloads/cloudwatch-alarm/44c23eeaef.json': UNKNOWN,
  'payloads/cloudwatch-alarm/a0c0073d87.json': UNKNOWN,
  'payloads/cloudwatch-alarm/c1c5e2b361.json': UNKNOWN,
  'payloads/cloudwatch-alarm/346b304b53.json': NO_STATE,
  'payloads/cloudwatch-alarm/6428beb1a1.json': NO_STATE,
  'payloads/datadog/85e48e0a97.json': NO_STATE,
  'payloads/datadog/8f7dc5082e.json': NO_STATE,
  'payloads/datadog/bd612fae71.json': NO_STATE,
  'payloads/datadog/de584ae6f9.json': NO_STATE,
};

const files = globSync('payloads*/**/*.{json,txt}', { cwd: BODIES }).filter((file) => !file.endsWith('README.txt'));
const read = (file: string) => readAlerts(readFileSync(join(BODIES, file), 'utf8'));
const instant = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));

describe.skipIf(!existsSync(BODIES))(`Bodies of monitoring systems (skipped where ${BODIES} is absent)`, () => {
  test('each has an expectation', () => {
    expect(files.sort()).toEqual(Object.keys({ ...READ, ...NOTED, ...REFUSED }).sort());
  });

  test.each(Object.keys(READ))('%s is read', (file) => {
    const body = read(file);
    if ('problem' in body) throw new Error(body.problem);
    expect(body.notes).toEqual([]);
    expect(
      body.alerts.map(({ source, state, key, name, start, end }) => ({ source, state, key, name, start, end })),
    ).toEqual(
      READ[file]?.map(([source, state, key, name, start, end]) => ({
        source,
        state,
        key,
        name,
        start: instant(start),
        end: instant(end),
      })),
    );
  });

  test.each(Object.entries(NOTED))('%s is understood and tells of no alert', (file, note) => {
    expect(read(file)).toMatchObject({ alerts: [], notes: [expect.stringMatching(note)] });
  });

  test.each(Object.entries(REFUSED))('%s is refused with a reason', (file, reason) => {
    expect(read(file)).toEqual({ problem: expect.stringMatching(reason) });
  });
});
