import { expect, it } from 'vitest';
import { fieldBlank, labelBlank } from './rule.ts';

it.each([
  ['kubernetes_cluster', 'alert-label-kubernetes-cluster'],
  ['k8s.io/cluster - name', 'alert-label-k8s-io-cluster-name'],
  ['__Region__', 'alert-label-region'],
  ['a--b', 'alert-label-a-b'],
])('the label %s is asked for by the blank %s', (label, blank) => {
  expect(labelBlank(label)).toBe(blank);
});

it('a field is asked for by its name', () => {
  expect(fieldBlank('summary')).toBe('alert-summary');
});
