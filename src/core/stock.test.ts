import { describe, expect, test } from 'vitest';
import { sentencesOf, stockWords } from './wording.ts';

describe('an update has stock words only', () => {
  test.each([
    ['investigating', 'We are looking into this issue.'],
    [
      'investigating',
      'Our engineers are aware of the problem and are actively investigating. More updates to follow shortly.',
    ],
    ['investigating', 'We’re still investigating and will share an update as soon as we have more information.'],
    ['investigating', 'Our monitoring systems have alerted us; our team is investigating.'],
    ['identified', 'We found the cause of this incident and are working on a fix.'],
    ['identified', 'The issue has been identified and a fix is being prepared'],
    ['identified', 'The issue has been identified and a fix is being implemented.'],
    ['monitoring', 'The fix has been deployed.\n\nWe are now monitoring the results.'],
    ['monitoring', 'This has been mitigated. Thank you for your patience, and we apologize for the inconvenience.'],
    ['resolved', 'This incident is now fully resolved.'],
    ['resolved', 'The problem was fixed and all services are operating normally.'],
    ['resolved', 'RESOLVED'],
  ])('%s: %s', (status, text) => {
    expect(stockWords(text, status)?.offset).toBe(0);
  });
});

describe('an update says more', () => {
  test.each([
    ['what fails', 'investigating', 'We are investigating failed payments.'],
    ['who is affected', 'investigating', 'We are investigating an issue in Europe.'],
    ['when the next one comes', 'investigating', 'We are investigating and will post an update in 20 minutes.'],
    ['what is done', 'identified', 'We have identified the issue and are rolling back yesterday’s release.'],
    ['what customers can do', 'monitoring', 'A fix has been implemented. Please sign in again.'],
    ['that it works', 'monitoring', 'The service is working. We are monitoring.'],
    ['that it does not', 'monitoring', 'The fix did not resolve the issue.'],
    ['in one sentence of several', 'resolved', 'This incident has been resolved. No order was lost.'],
    [
      'than its status: a fix is in place',
      'investigating',
      'A fix has been implemented and we are monitoring the results.',
    ],
    ['than its status: it is over', 'monitoring', 'The issue has been resolved.'],
  ])('%s', (_, status, text) => {
    expect(stockWords(text, status)).toBeUndefined();
  });

  test('the name of a component', () => {
    const text = 'We are investigating an issue with Reports.';
    expect(stockWords(text, 'investigating', ['Search'])).toBeDefined();
    expect(stockWords(text, 'investigating', ['Reports'])).toBeUndefined();
  });
});

test('the first sentence is pointed at', () => {
  const text = '\n  We are investigating this issue. Thank you for your patience.';
  expect(stockWords(text, 'investigating')).toEqual({ phrase: 'We are investigating this issue.', offset: 3 });
});

test.each(['', ' \n ', '…'])('an update without words has none: %j', (text) => {
  expect(stockWords(text, 'resolved')).toBeUndefined();
});

test.each(['postmortem', 'update', 'scheduled', 'completed'])(
  '%s is no status of an incident, and is not judged',
  (status) => {
    expect(stockWords('We are investigating this issue.', status)).toBeUndefined();
  },
);

test('a sentence ends with its line, without the spaces behind it', () => {
  expect(sentencesOf('We look  \nNo cause yet. Wait!').map(({ phrase, offset }) => `${offset} ${phrase}`)).toEqual([
    '0 We look',
    '10 No cause yet.',
    '24 Wait!',
  ]);
});
