import { describe, expect, test } from 'vitest';
import { fixGuess } from './wording.ts';

describe('a guess at when it works again', () => {
  test.each([
    'This should be fixed within the hour.',
    'We expect to be back by 15:00.',
    'ETA 30 minutes.',
    'The ETA for a fix is 16:30 UTC.',
    'We anticipate full recovery in about two hours.',
    'Checkout will be restored by Friday.',
    'We hope to have this resolved later today.',
    'Our new expected completion time is 21:00 UTC.',
    'We are targeting 2:00 AM UTC for full resolution.',
    'We expect this to last until 19:00 UTC.',
    'It is estimated to take 20-30 minutes to complete.',
    'The fix will be rolled out over the next few hours.',
    'Service should be back to normal in less than half an hour.',
    'We plan to release it early next week.',
    'Full recovery is expected to take several hours.',
  ])('%s', (text) => {
    expect(fixGuess(text, 'identified')).toEqual({ phrase: text, offset: 0 });
  });

  test('is pointed at with its clause', () => {
    const text = 'Payments fail.\nA fix is on its way, and we expect to recover in 10 minutes, with thanks to you.';
    expect(fixGuess(text, 'identified')).toEqual({
      phrase: 'we expect to recover in 10 minutes',
      offset: text.indexOf('we expect'),
    });
  });
});

describe('no guess is made by', () => {
  test.each([
    ['the time of the next update', 'We will post an update within 30 minutes.'],
    ['a promise of details', 'We expect to have more information available in an hour.'],
    ['a time to look at it', 'We will monitor the recovery over the next two hours.'],
    ['a time that has passed', 'Payments were restored by 15:00.'],
    ['what should work by now', 'Payments should now be fully restored as of 15:00.'],
    ['when the fix was made', 'The fix that we deployed at 15:00 should resolve this.'],
    ['a delay', 'Emails are delayed by up to 30 minutes.'],
    ['a queue', 'The backlog is expected to be complete in 2 hours.'],
    ['what customers wait for', 'New orders may take 30 minutes to appear.'],
    ['an old guess', 'The work was expected to be finished by 15:00.'],
    ['a maintenance', 'The maintenance window should be complete by 15:00.'],
    ['hope without a time', 'We expect a fix soon.'],
    ['a report to come', 'A full review will be released next week.'],
    ['someone on the way', 'A technician should arrive to fix it within the hour.'],
    ['advice', 'If it is not fixed within 10 minutes, it will help to restart.'],
  ])('%s', (_, text) => {
    expect(fixGuess(text, 'identified')).toBeUndefined();
  });

  test.each(['resolved', 'postmortem', 'scheduled', 'in_progress'])('an update whose status is %s', (status) => {
    expect(fixGuess('We expect to be back by 15:00.', status)).toBeUndefined();
  });
});

describe('a clause by itself is judged', () => {
  test.each([
    ['The cause is known, recovery is expected within 30 minutes.', 'recovery is expected within 30 minutes.'],
    ['We update the status page and we expect to recover within an hour.', 'we expect to recover within an hour.'],
    ['We investigate – recovery is expected within an hour.', 'recovery is expected within an hour.'],
    ['We monitor it; but it should be fixed by noon.', 'it should be fixed by noon.'],
  ])('%s', (text, phrase) => {
    expect(fixGuess(text, 'identified')).toEqual({ phrase, offset: text.indexOf(phrase) });
  });

  test('and not with what stands around it', () => {
    expect(fixGuess('We expect it to be fixed and then, by 15:00, look again.', 'identified')).toBeUndefined();
  });

  test('unless it is longer than any clause', () => {
    const clause = (length: number) => {
      const [start, end] = ['It should be fixed ', ' by 15:00.'];
      return `${start}${'x'.repeat(length - start.length - end.length)}${end}`;
    };
    expect(fixGuess(clause(300), 'identified')).toBeDefined();
    expect(fixGuess(clause(301), 'identified')).toBeUndefined();
  });
});
