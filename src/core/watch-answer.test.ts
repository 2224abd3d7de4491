import { expect, it } from 'vitest';
import type { StatusEvent } from './model.ts';
import { at, content, incident, ledger, maintenance, said } from './testing.ts';
import { answerTo } from './watch-answer.ts';
import { watchCases } from './watch.ts';

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
