import { describe, expect, test } from 'vitest';
import { jargon, jargonOf } from './jargon.ts';

const LIST = jargonOf(['failover', 'Control Plane', 'k8s', 'db-*', '*.internal', ' ', '*']);

describe('a word of the list', () => {
  test.each([
    ['is found', 'The failover did not work.', 'failover'],
    ['is found whatever its case', 'K8S is down.', 'K8S'],
    ['is found at the start', 'Failover is under way.', 'Failover'],
    ['is found in the plural', 'Two failovers failed.', 'failovers'],
    ['is found over the end of a line', 'The control\nplane is down.', 'control\nplane'],
    ['is found as a host name', 'We lost db-prod-03.', 'db-prod-03'],
    ['is found as an internal host name', 'Requests to cart.eu.internal fail.', 'cart.eu.internal'],
    ['is found where it stands first', 'On db-1, failover failed.', 'db-1'],
  ])('%s: %s', (_, text, phrase) => {
    expect(jargon(text, LIST)).toEqual({ phrase, offset: text.indexOf(phrase) });
  });
});

describe('no jargon is', () => {
  test.each([
    ['part of a word', 'The failovering thing.'],
    ['part of a version', 'Since 2.0.0-failover.3, builds fail.'],
    ['part of an address', 'See https://acme.example/failover and mail failover@acme.example.'],
    ['a quoted message', 'Customers see "failover in progress" when they pay.'],
    ['a name in the middle of a sentence', 'Customers can use Instant Failover.'],
    ['a word that no entry fits', 'Customers cannot pay.'],
  ])('%s', (_, text) => {
    expect(jargon(text, LIST)).toBeUndefined();
  });

  test('part of the name of a component', () => {
    expect(jargon('The failover service is down.', LIST, ['failover service'])).toBeUndefined();
  });

  test('no name that is listed as one', () => {
    const named = jargonOf(['Kafka']);
    expect(jargon('We restarted Kafka.', named)).toEqual({ phrase: 'Kafka', offset: 13 });
  });

  test('anything, while the list is empty', () => {
    expect(jargon('The failover did not work.', jargonOf([]))).toBeUndefined();
  });
});

test.each([
  ['db-*', 'db-1', true],
  ['db-*', 'mydb-1', false],
  ['*-prod-*', 'eu-prod-3', true],
  ['a*a', 'a', false],
  ['ip-*-*', 'ip-10-0', true],
  ['node*.eu.*', 'node7.us.acme', false],
])('the entry %s for %s: %s', (entry, name, fits) => {
  expect(jargon(`On ${name} now.`, jargonOf([entry])) !== undefined).toBe(fits);
});
