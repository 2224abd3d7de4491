import { expect, it } from 'vitest';
import type { StatusEvent } from './model.ts';
import { at, content, incident, ledger, maintenance, said } from '../__tests__/support/core.ts';
import { answerTo, watchCases } from './watch.ts';

const given = (event: StatusEvent) => (event.kind === 'incident' ? { incidents: [event] } : { maintenance: [event] });

/** The time of the update that answered the case that was there before. */
function answered(kind: string, before: StatusEvent, after: StatusEvent, now: string): string | undefined {
  const id = watchCases(ledger({ ...given(before), now })).find((one) => one.kind === kind)?.id;
  expect(id).toBeDefined();
  const update = answerTo(id ?? '', content(given(after))).update;
  return update && said(update.at);
}

const promise = ['investigating', '09:20', { nextUpdate: at('09:50') }] as const;
const fix = ['identified', '09:48', { expectedFix: at('11:00') }] as const;
const postmortem = ['postmortem', '2026-11-21 09:00'] as const;

it.each([
  ['promise', incident([[...promise]]), incident([[...promise], ['update', '10:02'], ['update', '10:30']]), '10:02'],
  ['silence', incident([['update', '09:20']]), incident([['update', '09:20'], ['resolved', '10:02']]), '10:02'],
  ['fix', incident([[...fix]]), incident([[...fix], ['update', '10:00'], ['update', '11:02']]), '11:02'],
  ['fix', incident([[...fix]]), incident([[...fix], ['monitoring', '10:00']]), '10:00'],
  ['fix', incident([[...fix]]), incident([[...fix], ['update', '10:10', { expectedFix: at('12:00') }]]), '10:10'],
  [
    'overrun',
    maintenance('10:00', '12:00', [['in_progress', '10:00']]),
    maintenance('10:00', '12:00', [['in_progress', '10:00'], ['completed', '11:40']]),
    '11:40',
  ],
  [
    'overrun',
    maintenance('10:00', '12:00', [['in_progress', '10:00']]),
    maintenance('10:00', '12:00', [['in_progress', '10:00'], ['update', '12:10']]),
    '12:10',
  ],
] as const)('a %s is answered by the update that came', (kind, before, after, time) => {
  expect(answered(kind, before, after, '11:59')).toBe(time);
}); // prettier-ignore

it('a postmortem is answered by the postmortem and by nothing else', () => {
  const over = incident([[...promise], ['resolved', '10:00']], { impact: 'critical' });
  const told = incident([[...promise], ['resolved', '10:00'], ['update', '11:00'], [...postmortem]]);
  expect(answered('postmortem', over, told, '12:00')).toBe('2026-11-21 09:00');
});

it('nothing is answered while nothing came, or when the file is gone', () => {
  const still = incident([[...promise]]);
  expect(answered('promise', still, still, '09:30')).toBeUndefined();
  expect(answerTo('promise incident u-0', content({}))).toEqual({ kind: 'promise', eventId: 'incident' });
});

it('a case is answered by its own event, by an update behind it, and by nothing that was there', () => {
  const other = incident([['investigating', '09:20'], ['update', '09:40']], { id: 'other' });
  const own = incident([['investigating', '09:00'], ['investigating', '09:20'], ['resolved', '09:50']], { id: 'own' });
  const all = content({ incidents: [other, own] });
  expect(answerTo('silence own u-1', all)).toEqual({ kind: 'silence', eventId: 'own', event: own, update: own.updates[2] });
  expect(answerTo('promise own u-1', all).update).toBe(own.updates[2]);
  expect(answerTo('silence own u-2', all)).toEqual({ kind: 'silence', eventId: 'own', event: own });
  expect(answerTo('silence own u-9', all)).toEqual({ kind: 'silence', eventId: 'own', event: own });
}); // prettier-ignore

it('a postmortem from before the end is no answer, one at its instant is', () => {
  const told = incident([
    ['resolved', '09:00'],
    ['postmortem', '09:30'],
    ['investigating', '09:40'],
    ['resolved', '10:00'],
    ['postmortem', '10:00'],
  ]);
  expect(answerTo(`postmortem incident ${at('10:00')}`, content({ incidents: [told] })).update).toBe(told.updates[4]);
});

it('an expected fix is answered neither by what was said before it, nor at the instant itself', () => {
  const told = incident([
    ['investigating', '09:00', { expectedFix: at('10:00') }],
    ['identified', '09:20', { expectedFix: at('11:00') }],
    ['update', '09:30'],
    ['update', '11:00'],
    ['update', '11:01'],
  ]);
  expect(answerTo(`fix incident ${at('11:00')}`, content({ incidents: [told] })).update).toBe(told.updates[4]);
});

it('work that takes longer is answered by what is said after its end, though it names a fix before', () => {
  const told = maintenance('10:00', '12:00', [
    ['in_progress', '10:00'],
    ['update', '11:00', { expectedFix: at('12:00') }],
    ['update', '12:10'],
  ]);
  expect(answerTo(`overrun maintenance ${at('12:00')}`, content({ maintenance: [told] })).update).toBe(told.updates[2]);
});
