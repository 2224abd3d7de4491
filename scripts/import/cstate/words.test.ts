import { expect, test } from 'vitest';
import { readMark } from './words.ts';
import { takeTrack, withoutShortcodes } from './blocks.ts';

const told = (line: string, isStart = true) => {
  const mark = readMark(line, isStart);
  return mark && [mark.word ?? 'time', mark.time?.clock === undefined ? '' : `${mark.time.clock / 60_000}`, mark.rest];
};

test.each([
  ['[Initial message]', 'initial', '', ''],
  ['[Final Message] Back again.', 'final', '', 'Back again.'],
  ['[Update 2]', 'update', '', ''],
  ['[Update - 2023-03-29 15h50 UTC]', 'update', '950', ''],
  ['[Update 11th of February 2022 - 19:00 UTC]', 'update', '1140', ''],
  ['[Closing Incident]', 'final', '', ''],
  ['[end of outage message]', 'final', '', ''],
  ['**Update at 2021-06-08 11:20 UTC**', 'update', '680', ''],
  ['*Investigating* - We look.', 'investigating', '', 'We look.'],
  ['_Investigating:_ We look.', 'investigating', '', 'We look.'],
  ['***Resolved** -* It is over.', 'resolved', '', 'It is over.'],
  ['***Investigating* -** We look.', 'investigating', '', 'We look.'],
  ['### **Resolved** - It is over.', 'resolved', '', 'It is over.'],
  ['*Update* - **Important** text', 'update', '', '**Important** text'],
  ['*Update 2019-01-29 14:40:00*: It is up.', 'update', '880', 'It is up.'],
  ['_10:00:_ It is up.', 'time', '600', 'It is up.'],
  ['*Post-mortem*', 'postmortem', '', ''],
  ['Update on 10:15:00: It is up.', 'update', '615', 'It is up.'],
  ['Update: It took long.', 'update', '', 'It took long.'],
  ['2026-08-14 06:10 UTC', 'time', '370', ''],
  ['15:30 UTC', 'time', '930', ''],
  ['**2021-04-19T21:12:00-00:00**', 'time', '1272', ''],
  ['2026-08-14 06:10 UTC - It is up.', 'time', '370', 'It is up.'],
])('%j begins an update', (line, word, minutes, rest) => {
  expect(told(line)).toEqual([word, minutes, rest]);
});

test.each([
  '[ci.acme.example] No builds.',
  '[Update](https://a.example) is out.',
  '[update]: https://a.example',
  '- Update: in a list',
  '    [Update]',
  '> *Update* - quoted',
  '**Important**: read this',
  '10:00 - 12:00 UTC: work',
  'Around 09:10 it crashed.',
  'Updates - of plugins are slow',
  'Resolved issues: none',
  'December 18 is a Sunday: we rest',
])('%j is only text', (line) => {
  expect(told(line)).toBeUndefined();
});

test('plain words are a mark at the beginning of a paragraph only', () => {
  expect(told('Update: more', false)).toBeUndefined();
});

test('a track is taken out with its time; other shortcodes leave what they enclose', () => {
  expect(takeTrack('It is up. {{< track "2018-04-13 17:30:00" >}}')).toEqual({
    time: '2018-04-13 17:30:00',
    text: 'It is up.',
  });
  expect(takeTrack("{{% track '17:30' %}}")?.time).toBe('17:30');
  expect(takeTrack('{{< youtube a >}}')).toBeUndefined();
  const text =
    'A {{% notice info %}}B{{% /notice %}}\n{{< youtube id >}} {{< figure src="/a b.png" alt="C" >}} {{< track "1" >}}';
  expect(withoutShortcodes(text)).toEqual({
    text: 'A B\n ![C](/a%20b.png) (1)',
    left: [
      { text: '{{% notice info %}}', line: 0 },
      { text: '{{< youtube id >}}', line: 1 },
    ],
  });
});
