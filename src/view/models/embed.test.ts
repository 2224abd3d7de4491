import { expect, it } from 'vitest';
import { incident, open } from '../../__tests__/support/core.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { embedModel } from './embed.ts';

it('The banner says what components have now, worst first', () => {
  const incidents = [
    open({ db: 'degraded_performance' }, { id: 'slow', impact: 'minor' }),
    open({ checkout: 'major_outage' }, { id: 'down', impact: 'critical' }),
    open({ website: 'partial_outage' }, { id: 'grave', impact: 'critical' }),
    incident([['investigating', '09:00']], { id: 'vague', impact: 'major' }),
    incident([['investigating', '09:00']], { id: 'notice', impact: 'none' }),
  ];
  expect(embedModel(contextOf({ incidents })).items.map(({ id, tone, kind }) => [id, tone, kind])).toEqual([
    ['down', 'major', 'Major outage'],
    ['grave', 'partial', 'Partial outage · Critical impact'],
    ['vague', 'partial', 'Partial outage'],
    ['slow', 'degraded', 'Degraded performance'],
  ]);
});
