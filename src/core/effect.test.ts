import { describe, expect, test } from 'vitest';
import { noEffect } from './wording.ts';

const INVESTIGATING = 'We are currently investigating this issue.';

describe('no effect is named', () => {
  test.each([
    ['Incident with Search', INVESTIGATING],
    ['Disruption with some Acme services', 'We are investigating. More updates to follow shortly.'],
    ['Service disruption', 'We have identified the cause of the issue affecting Acme.com and are working on a fix.'],
    [
      'Acme Maps Issues in Western Europe',
      'Acme is aware of an issue which potentially impacts multiple customers using Acme Maps.',
    ],
    [
      'API issues',
      'Our monitoring systems have detected a potential issue with the public API. Our engineers have been alerted.',
    ],
    ['Webshop Impacted', 'We are investigating an issue with Webshop that may impact a subset of users.'],
    ['Problem with Model 2.5 Pro', ''],
  ])('%s: %s', (title, text) => {
    expect(noEffect(title, [text])).toEqual({ phrase: title, offset: 0 });
  });

  test('by a title of which components are a part', () => {
    expect(noEffect('Issue with parcel lockers', [INVESTIGATING])).toBeUndefined();
    expect(noEffect('Issue with parcel lockers', [INVESTIGATING], ['parcel', 'parcel lockers'])).toBeDefined();
  });
});

describe('an effect is named', () => {
  test.each([
    ['in the title', 'Customers cannot pay', INVESTIGATING],
    ['in the title, beside a word for trouble', 'Login issues', INVESTIGATING],
    ['in a title with capitals throughout', 'Issue With Delayed Invoices', INVESTIGATING],
    ['as something done, in a title with capitals throughout', 'Issues Storing Photos', INVESTIGATING],
    ['by its outage', 'API Outage: Issue With Provider', INVESTIGATING],
    ['in the update', 'Incident with Search', 'Results are up to an hour old.'],
    ['in plain words that no list knows', 'Issue with Mail', 'Your messages go to spam.'],
    ['by a component that is what customers do', 'Issue with Payments', INVESTIGATING],
    ['as an error', 'Incident with the API', 'Some requests end with 503.'],
    ['as a share', 'Incident with the API', 'An issue affects 20% of users.'],
    ['as there being none', 'Incident with the API', 'Customers are not affected.'],
    ['by the title alone, without a word for trouble', 'Emails go to spam', INVESTIGATING],
  ])('%s', (_, title, text) => {
    expect(noEffect(title, [text], ['Search', 'Payments'])).toBeUndefined();
  });
});

test('every update so far counts', () => {
  expect(noEffect('Incident with Search', [INVESTIGATING, 'We are working on a fix.'])).toBeDefined();
  expect(noEffect('Incident with Search', [INVESTIGATING, 'Searching takes up to a minute.'])).toBeUndefined();
});

test('an incident without updates is not judged', () => {
  expect(noEffect('Incident with Search', [])).toBeUndefined();
});

test('a name that only holds the end of a word is a name', () => {
  expect(noEffect('Incident with Redis', [INVESTIGATING])).toBeDefined();
  expect(noEffect('Incident with Kingston', [INVESTIGATING])).toBeDefined();
});
