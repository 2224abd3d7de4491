import { componentsOf, ruleFor } from './match.ts';
import { describe, expect, it } from 'vitest';
import { component, content, group } from '../../__tests__/support/core.ts';
import type { Alert, AlertMatch, AlertRule, Pattern } from './rule.ts';

const ALERT: Alert = { source: 'alertmanager', state: 'firing', key: '1', name: 'CheckoutErrors', labels: { a: 'b' } };
const is = (...texts: string[]): Pattern[] => texts.map((text) => ({ written: text, fits: (one) => one === text }));
const anything: Pattern[] = [{ written: '*', fits: () => true }];

function rule(name: string, match: Partial<AlertMatch>, fields: Partial<AlertRule> = {}): AlertRule {
  return {
    name,
    match: { labels: {}, ...match },
    then: 'publish',
    title: 'A',
    components: { byId: {} },
    areas: [],
    template: 'alert',
    more: 'alert-more',
    back: 'alert-back',
    over: 'alert-over',
    set: {},
    wait: 0,
    clear: 'publish',
    reopen: 0,
    line: 1,
    ...fields,
  };
}

describe('the rule for an alert', () => {
  it.each<[why: string, match: Partial<AlertMatch>, matches: boolean]>([
    ['all that is asked for holds', { source: is('alertmanager'), name: is('CheckoutErrors') }, true],
    ['one of several patterns fits', { name: is('other', 'CheckoutErrors') }, true],
    ['one part does not fit', { source: is('alertmanager'), name: is('other') }, false],
    ['it has no severity and one is asked for', { severity: anything }, false],
    ['its label fits', { labels: { a: is('b') } }, true],
    ['one of its labels does not fit', { labels: { a: is('b'), c: anything } }, false],
    ['the label is one that every object has', { labels: { constructor: anything } }, false],
    ['none of the patterns could be read', { name: [] }, false],
  ])('when %s', (_, match, matches) => {
    expect(ruleFor(ALERT, [rule('one', match)])?.name).toBe(matches ? 'one' : undefined);
  });

  it('is the first that matches, a broken one too', () => {
    const rules = [
      rule('other', { name: is('other') }),
      rule('broken', { name: anything }, { then: 'broken' }),
      rule('last', { name: anything }),
    ];
    expect(ruleFor(ALERT, rules)?.name).toBe('broken');
  });
});

const partial = { bySeverity: { critical: 'major_outage' }, otherwise: 'partial_outage' } as const;
const page = content({
  tree: [
    component('checkout', { name: 'Paying', aliases: ['checkout-v1'] }),
    component('ftp', { name: 'FTP', retired: 1000 }),
    component('paying', { name: 'Other' }),
    component('problem'),
    { ...group('card-payments', component('visa'), component('amex', { retired: 1000 })), name: 'Cards' },
    group('old', component('fax', { retired: 1000 })),
  ],
});

describe('the components of an alert', () => {
  const fixed = rule('one', {}, { components: { byId: { checkout: partial, problem: partial } } });

  it.each([
    [undefined, 'partial_outage'],
    ['warning', 'partial_outage'],
    ['critical', 'major_outage'],
    ['CRITICAL', 'major_outage'],
    ['constructor', 'partial_outage'],
  ])('have with severity %s the status %s', (severity, status) => {
    const alert = { ...ALERT, ...(severity !== undefined && { severity }) };
    expect(componentsOf(fixed, alert, page)).toEqual({ components: { checkout: status, problem: status } });
  });

  const named = rule('one', {}, { components: { label: 'service', status: partial } });
  it.each([
    ['checkout', 'checkout'],
    [' CheckOut ', 'checkout'],
    ['checkout-V1', 'checkout'],
    ['paying', 'paying'],
    ['OTHER', 'paying'],
  ])('are those that a label calls %j', (service, id) => {
    const alert = { ...ALERT, labels: { service } };
    expect(componentsOf(named, alert, page)).toEqual({ components: { [id]: 'partial_outage' } });
  });

  it.each([
    [{}, 'The alert has no label “service” to name the component.'],
    [{ service: '' }, 'The alert has no label “service” to name the component.'],
    [{ service: 'shop' }, 'The label “service” is “shop”, but no component or group has that id, alias or name.'],
    [{ service: 'old' }, 'The label “service” is “old”, but all components of that group are retired.'],
    [{ service: 'ftp' }, 'The label “service” is “ftp”, but that component is retired.'],
  ])('cannot be told from the labels %j', (labels, problem) => {
    expect(componentsOf(named, { ...ALERT, labels: { ...labels } }, page)).toEqual({ problem });
  });

  it.each([
    ['Card-Payments', ['visa']],
    ['cards', ['visa']],
    ['all', ['checkout', 'paying', 'problem', 'visa']],
  ])('are those of the group that a label calls %j', (service, ids) => {
    const { components } = componentsOf(named, { ...ALERT, labels: { service } }, page) as { components: object };
    expect(Object.keys(components)).toEqual(ids);
  });

  it('are those that were not retired when the alert began', () => {
    const alert = { ...ALERT, start: 999, labels: { service: 'ftp' } };
    expect(componentsOf(named, alert, page)).toEqual({ components: { ftp: 'partial_outage' } });
  });
});
