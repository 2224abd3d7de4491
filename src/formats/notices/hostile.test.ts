import { describe, expect, test } from 'vitest';
import { HOSTILE } from '../../__tests__/support/hostile-strings.ts';
import { hostileNotices, wrongWithNotice } from '../../__tests__/support/notices.ts';

/** What means something in chats. */
const CHAT = [
  '<!channel> <!here|here> <!everyone> <@U024BE7LH> <#C024BE7LR> <!subteam^SAZ94GDB8>',
  '@channel @here, @everyone',
  '`<!here>` and `<@123456789012345678>`',
  '    <!channel>\n    @everyone ```',
  '[x](https://x.example/|<!here>) <https://x.example/>|x>',
  '[a](https://x.example/%3E%3C!here%3E)',
  '<at>Everybody</at> {{DATE(2017-02-14T06:00:00Z,SHORT)}} ${title}',
  '<@&165511591545143296> <#103735883630395392> <t:1618953630> </airhorn:816437322781949972> @​everyone',
  '*a* _b_ ~c~ `d` > e || f || __g__ ~~h~~ # i',
  '> a\n\n# b\n\n- c\n\n1. d',
  '&lt;!here&gt; &amp;lt;!here&amp;gt;',
  'a\u001b[31mb\u009b31mc\rd\nSubject: x',
  `${'word '.repeat(20_000)}end`,
  'x'.repeat(100_000),
  '&<>*_'.repeat(5_000),
  '田'.repeat(20_000),
  `${'😀'.repeat(10_000)}`,
  `${'[a](https://x.example/) **b** '.repeat(2_000)}`,
];

describe.each([...HOSTILE, ...CHAT].map((text) => [text.slice(0, 60), text] as const))('%j', (_, text) => {
  test.each(hostileNotices(text).map(([notice, context]) => [notice.id, notice, context] as const))(
    'in %s calls nobody, runs nothing and fits',
    (_, notice, context) => {
      expect(wrongWithNotice(notice, context)).toEqual([]);
    },
  );
});
