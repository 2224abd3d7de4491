import { expect, test } from 'vitest';
import type { ComponentStatus } from './vocabulary.ts';
import { worstStatus } from './vocabulary.ts';

test.each<[ComponentStatus[], ComponentStatus]>([
  [[], 'operational'],
  [['operational', 'under_maintenance'], 'under_maintenance'],
  [['degraded_performance', 'under_maintenance'], 'degraded_performance'],
  [['degraded_performance', 'partial_outage'], 'partial_outage'],
  [['major_outage', 'partial_outage', 'under_maintenance'], 'major_outage'],
])('the worst of %j is %s', (statuses, worst) => {
  expect(worstStatus(statuses)).toBe(worst);
});
