import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../../../src/__tests__/support/arbitrary.ts';
import type { ImportedEvent } from '../model.ts';
import { post, read } from '../../../src/__tests__/support/import-cstate.ts';

const SHAPES = ['heading', 'bold', 'bracket', 'italic', 'track', 'time'] as const;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A word that occurs once, and means nothing to a reader of statuses. */
const wordOf = (number: number): string => `zq${LETTERS[number % 26]}${LETTERS[Math.floor(number / 26) % 26]}v`;

/** A text whose letters stand for themselves. Markdown writes some of them as numbers beside signs of emphasis. */
function withoutReferences(text: string): string {
  return text.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex?: string, digits?: string) =>
    String.fromCodePoint(hex === undefined ? Number(digits) : Number.parseInt(hex, 16)),
  );
}

const posts = fc.record({
  count: fc.integer({ min: 2, max: 6 }),
  paragraphs: fc.integer({ min: 1, max: 3 }),
  shape: fc.constantFrom(...SHAPES),
  isNewestFirst: fc.boolean(),
  isOver: fc.boolean(),
  hasLooseFirst: fc.boolean(),
});
type Post = typeof posts extends fc.Arbitrary<infer T> ? T : never;

/** Messages oldest first: what marks each, and words of its own. */
function messagesOf({ count, paragraphs, shape, hasLooseFirst, isOver }: Post): string[] {
  return Array.from({ length: count }, (_, index) => {
    const isLast = index === count - 1 && isOver;
    const name = index === 0 ? 'Investigating' : isLast ? 'Resolved' : 'Update';
    const clock = `2026-01-10 ${10 + index}:00`;
    const words = Array.from({ length: paragraphs }, (_item, part) => wordOf(index * 10 + part)).join('\n\n');
    // The first message may stand without a mark where the others have one.
    if (index === 0 && hasLooseFirst) return words;
    const extra = wordOf(200 + index);
    return {
      heading: `### ${name === 'Update' && index % 2 === 0 ? extra : `${name} - ${extra}`}\n\n${words}`,
      bold: `**${name}**: ${words}`,
      bracket: `[${name} message]\n${words}`,
      italic: `*${name}* - ${words}`,
      track: `*${name}* - ${words} {{< track "${clock}" >}}`,
      time: `**${clock} UTC**\n\n${words}`,
    }[shape]
      .replace('[Investigating message]', '[Initial message]')
      .replace('[Resolved message]', '[Final message]');
  });
}

test('no word is lost, and no message stands in an update before that of an older message', () => {
  fc.assert(
    fc.property(posts, (one) => {
      const messages = messagesOf(one);
      const inOrder = one.isNewestFirst ? messages.toReversed() : messages;
      // Of several paragraphs only a line of dashes tells which is that of the first message.
      const needsDashes = one.isNewestFirst && one.hasLooseFirst && one.paragraphs > 1;
      const body = inOrder.join(needsDashes ? '\n\n---\n\n' : '\n\n');
      const fields = {
        resolved: String(one.isOver),
        resolvedWhen: one.isOver ? `2026-01-10 ${9 + one.count}:00:00` : '',
      };
      const { updates } = read({ 'a.md': post(body, fields) }).events[0] as ImportedEvent;
      const placeOfName = (word: string): number => updates.findIndex((update) => update.body.includes(word));
      const places = messages.map((message) => (message.match(/zq[a-z]{2}v/g) ?? []).map(placeOfName));
      expect(places.flat()).not.toContain(-1);
      const first = places.map((of) => Math.min(...of));
      expect(first).toEqual(first.toSorted((a, b) => a - b));
      expect(first[0]).toBe(0);
      // Where “Resolved” is the only mark, and the text goes on below it, nothing tells the two messages apart.
      const areMessages = one.count > 2 || !one.isNewestFirst || !one.hasLooseFirst || needsDashes;
      if (one.isOver && areMessages) expect(first.at(-1)).toBeGreaterThan(0);
      expect(updates.map(({ at }) => at)).toEqual(updates.map(({ at }) => at).toSorted((a, b) => a - b));
    }),
    runs(100),
  );
});

test('any text comes in with all of its words, whatever signs stand in it', () => {
  const sign = fc.constantFrom(
    '\n',
    '\n\n',
    ' ',
    '---\n',
    '**',
    '*',
    '_',
    '## ',
    '#### ',
    '[',
    ']',
    ': ',
    ' - ',
    '10:00',
    '12 AM',
    '2026-01-10',
    'Update',
    'Resolved',
    'Initial',
    '{{< track "2026-01-10 10:30" >}}',
    '> ',
    '- ',
  );
  const text = fc.array(fc.tuple(sign, fc.integer({ min: 0, max: 300 })), { minLength: 1, maxLength: 25 });
  fc.assert(
    fc.property(text, (parts) => {
      const body = parts.map(([signs, number]) => `${signs}${wordOf(number)}`).join('');
      const { updates } = read({ 'a.md': post(body) }).events[0] as ImportedEvent;
      const result = updates.map((update) => withoutReferences(update.body)).join('\n');
      const lost = (body.match(/zq[a-z]{2}v/g) ?? []).filter((word) => !result.includes(word));
      expect(lost).toEqual([]);
    }),
    runs(150),
  );
});
