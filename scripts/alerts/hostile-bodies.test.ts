import { describe, expect, test } from 'vitest';
import { growth, LINEAR } from '../../src/__tests__/support/growth.ts';
import type { Alert } from '../../src/core/alerts/rule.ts';
import { MAX_ALERTS, readAlerts } from './read-alerts.ts';
import { MAX_LABELS, MAX_TEXT } from './payload.ts';

/** A quarter of five megabytes: four times as much is as large as a body may be. */
const QUARTER = 1_250_000;

function one(body: object): Alert {
  const result = readAlerts(JSON.stringify({ name: 'A', state: 'firing', ...body }));
  if ('problem' in result || !result.alerts[0]) throw new Error(JSON.stringify(result));
  return result.alerts[0];
}

test.each([
  ['long text', (size: number) => JSON.stringify({ name: 'x'.repeat(size), state: 'firing' })],
  ['brackets', (size: number) => '['.repeat(size)],
  ['numbers', (size: number) => `[${'1,'.repeat(size / 2)}1]`],
  ['numbers as alerts', (size: number) => `{"groupKey":"a","alerts":[${'1,'.repeat(size / 2)}1]}`],
  ['digits', (size: number) => `{"a":${'1'.repeat(size)}}`],
  ['quotation marks', (size: number) => `{"a":1234567890123456,"b":"${'\\"'.repeat(size / 2)}"}`],
  ['fields', (size: number) => JSON.stringify(keyed(size / 12.5, 1))],
  ['fields of a form', (size: number) => Array.from({ length: size / 10 }, (_, n) => `k${n}=%41`).join('&')],
  ['labels', (size: number) => JSON.stringify({ alerts: [{ status: 'firing', labels: keyed(size / 12.5, '1') }] })],
  ['tags', (size: number) => JSON.stringify({ Status: 'Down', StatusCode: 0, URL: 'u', Tags: 'a:b,'.repeat(size / 4) })],
  ['objects within objects', (size: number) => `${'{"alerts":'.repeat(size / 50)}1${'}'.repeat(size / 50)}`],
  ['lists within lists', (size: number) => `{"name":"a","state":"firing","labels":${'['.repeat(size / 50)}${']'.repeat(size / 50)}}`],
])('up to 5 MB of %s are answered with work that grows with them alone', (_, text) => {
  const texts = { 1: text(QUARTER), 4: text(4 * QUARTER) };
  expect(readAlerts(texts[4])).toBeTypeOf('object');
  expect(growth((times) => readAlerts(texts[times]))).toBeLessThan(LINEAR);
}); // prettier-ignore

function keyed<T>(length: number, value: T): Record<string, T> {
  return Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, value]));
}

test('as many alerts as are read at once are read, and one more is a problem', () => {
  const alerts = Array.from({ length: MAX_ALERTS + 1 }, (_, n) => ({ status: 'firing', labels: { alertname: 'A', n } }));
  const read = readAlerts(JSON.stringify({ alerts: alerts.slice(1) }));
  expect('alerts' in read && read.alerts).toHaveLength(MAX_ALERTS);
  expect(readAlerts(JSON.stringify({ alerts }))).toEqual({ problem: `The body contains ${MAX_ALERTS + 1} alerts; the limit is ${MAX_ALERTS}.` });
  expect(readAlerts(JSON.stringify(alerts))).toEqual({ problem: expect.stringContaining('the limit is 1000') });
}); // prettier-ignore

test('fields after more than any monitor sends are not looked at', () => {
  const many = Array.from({ length: 1000 }, (_, n) => [`k${n}`, '1']);
  const fields = [...many, ['NAME', 'A'], ['STATE', 'firing']];
  expect(readAlerts(JSON.stringify(Object.fromEntries(fields)))).toHaveProperty('problem');
  const form = many.map((pair) => pair.join('=')).join('&');
  expect(readAlerts(`${form}&name=A&state=firing`)).toHaveProperty('problem');
  expect(readAlerts(`name=A&state=firing&${form}`)).toHaveProperty('alerts');
});

test('a value of any type in any field of any depth is answered', () => {
  const bodies: Record<string, unknown>[] = [
    { alerts: [{ status: 'firing', labels: { alertname: 'A' }, annotations: { summary: 's' }, startsAt: 't' }] },
    { event: { event_type: 'incident.triggered', occurred_at: 't', data: { id: 'P', status: 'triggered', service: { summary: 's' } } } },
    { heartbeat: { monitorID: 1, status: 0, time: 't' }, monitor: { name: 'n', tags: [{ name: 'a', value: 'b' }] }, msg: 'm' },
    { Type: 'Notification', TopicArn: 'a', Message: '{"AlarmName":"a","NewStateValue":"OK"}' },
    { name: 'a', state: 'firing', key: 'k', start: 1, labels: { a: 'b' }, link: 'https://a.example' },
  ];
  const values: unknown[] = [null, [], {}, 0, -1, 1e308, true, '', '\u0000', '__proto__', [[[]]], { toString: 1 }, '9'.repeat(400)];
  let answers = 0;
  const replaceIn = (body: unknown, place: unknown): void => {
    if (typeof place !== 'object' || place === null) return;
    const fields = place as Record<string, unknown>;
    for (const [name, was] of Object.entries(fields)) {
      for (const value of values) {
        fields[name] = value;
        if (readAlerts(JSON.stringify(body))) answers += 1;
      }
      fields[name] = was;
      replaceIn(body, was);
    }
  };
  for (const body of bodies) replaceIn(body, body);
  expect(answers).toBeGreaterThan(400);
}); // prettier-ignore

describe('Texts', () => {
  test('come in one line, without control characters, lone surrogates and turns of direction', () => {
    expect(one({ name: 'a\u202Eb\uD800\u0000\r\n\u2028c\u001B[31m' }).name).toBe('ab\uFFFD c[31m');
  });

  test('are cut', () => {
    const { name, labels } = one({ name: 'x'.repeat(5000), labels: { a: 'y'.repeat(5000) } });
    expect([name.length, labels['a']?.length]).toEqual([MAX_TEXT, MAX_TEXT]);
  });

  test('that a template left unfilled are left out', () => {
    const alert = one({ summary: '*alertFriendlyDuration*', description: '$EVENT_MSG', severity: '{EVENT.SEVERITY}', link: '{{link}}' });
    expect(alert).toEqual({ source: 'plain', state: 'firing', firingAt: 'received', key: 'A', name: 'A', labels: {} });
  }); // prettier-ignore

  test('that tell alerts apart late make two keys', () => {
    const [a, b] = ['1', '2'].map((end) => one({ key: 'x'.repeat(5000) + end }).key);
    expect(a).toHaveLength(64);
    expect(a).not.toBe(b);
  });
});

describe('Labels', () => {
  test.each([
    ['an object', { a: 'b', n: 1, t: true }, { a: 'b', n: '1', t: 'true' }],
    ['a text', 'env:prod, team:web,plain', { env: 'prod', team: 'web', plain: '' }],
    ['a list of texts', ['env:prod', 'https://a.example'], { env: 'prod', 'https://a.example': '' }],
    ['a list of pairs', [['a', 'b'], ['c', null]], { a: 'b', c: '' }],
    ['a list of objects', [{ name: 'a', value: 'b' }, { key: 'c', value: { stringValue: 'd' } }, { tag: 'e' }], { a: 'b', c: 'd', e: '' }],
    ['JSON in a text', '[{"tag":"a","value":"b"}]', { a: 'b' }],
    ['a number', 7, {}],
  ])('are read from %s', (_, labels, expected) => {
    expect(one({ labels }).labels).toEqual(expected);
  }); // prettier-ignore

  test('are cut off after as many as are kept, also where they come from several places', () => {
    const labels = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`k${n}`, 'v']));
    expect(Object.keys(one({ labels }).labels)).toHaveLength(MAX_LABELS);
    const read = readAlerts(JSON.stringify({ Status: 'Down', StatusCode: 0, URL: 'u', Tags: labels }));
    expect('alerts' in read && Object.keys(read.alerts[0]?.labels ?? {})).toHaveLength(MAX_LABELS);
  });

  test('of the name of a prototype change none', () => {
    const { labels } = one(JSON.parse('{"labels":{"__proto__":"x","constructor":"y"}}') as object);
    expect(Object.entries(labels)).toEqual([['constructor', 'y']]);
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
  });

  test('in another order make the same key', () => {
    const keys = [{ a: 'x', b: 'y' }, { b: 'y', a: 'x' }].map((labels) => readAlerts(JSON.stringify({ alerts: [{ status: 'firing', labels }] })));
    expect(keys[0]).toMatchObject({ alerts: [{ key: 'a="x",b="y"' }] });
    expect(keys[1]).toMatchObject({ alerts: [{ key: 'a="x",b="y"' }] });
  }); // prettier-ignore
});

describe('Numbers', () => {
  test('of 19 digits keep them all', () => {
    const read = readAlerts(
      '{"name":"A","state":"firing","key":1502709956288000111,"labels":{"id":-9007199254740993,"text":"1502709956288000111"}}',
    );
    const labels = { id: '-9007199254740993', text: '1502709956288000111' };
    expect(read).toMatchObject({ alerts: [{ key: '1502709956288000111', labels }] });
  });

  test('that only look long stay as they are', () => {
    expect(one({ labels: { share: 0.1234567890123456, tiny: 1.234567890123456e-12 } }).labels).toEqual({
      share: '0.1234567890123456',
      tiny: '1.234567890123456e-12',
    });
  });
});

describe('Times', () => {
  test.each([
    ['2026-11-20T09:12:00Z', '09:12:00.000'],
    ['2026-11-20T10:12:00.123456789+01:00', '09:12:00.123'],
    ['2026-11-20 10:12:00 +0100', '09:12:00.000'],
    ['Fri, 20 Nov 2026 09:12:00 GMT', '09:12:00.000'],
    ['Fri Nov 20 09:12:00 UTC 2026', '09:12:00.000'],
    [1795165920, '09:12:00.000'],
    ['1795165920', '09:12:00.000'],
    [1795165920123, '09:12:00.123'],
    ['1795165920123456789', '09:12:00.123'],
  ])('%s is read', (start, clock) => {
    expect(new Date(one({ start }).start ?? NaN).toISOString()).toBe(`2026-11-20T${clock}Z`);
  });

  test.each([
    '0001-01-01T00:00:00Z', 0, -1, 1e300, '2026-02-30T09:12:00Z', 'Mon, 31 Feb 2026 09:12:00 GMT', '2026-11-20T09:12:00', '2126-01-01T00:00:00Z', '*now*', true, {},
  ])('%s is left out', (start) => {
    expect(one({ start }).start).toBeUndefined();
  }); // prettier-ignore

  test('an end before the start is left out', () => {
    expect(one({ state: 'resolved', start: 1795165920, end: 1795165919 }).end).toBeUndefined();
  });

  test('an alert that fires has no end, whatever it says', () => {
    expect(one({ end: 1795165920 }).end).toBeUndefined();
  });
});

test.each([
  ['javascript:alert(1)', undefined],
  ['/relative', undefined],
  ['https://user:secret@a.example', undefined],
  [`https://a.example/${'x'.repeat(3000)}`, undefined],
  ['https://a.example/b c', 'https://a.example/b%20c'],
])('The link %s becomes %s', (link, expected) => {
  expect(one({ link }).link).toBe(expected);
}); // prettier-ignore
