import fc from 'fast-check';
import { line } from '../../core/schema/fields.ts';
import { HOSTILE } from './hostile-strings.ts';
import { markdownWriter } from '../../formats/markdown-text.ts';
import { hasText } from '../../reader/events/updates.ts';
import { parseMarkdown } from '../../reader/markdown/markdown.ts';

/** One line of any text that may be published; two braces would begin a blank. */
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(...HOSTILE),
    fc.constantFrom(
      'Payments fail',
      '- x',
      '# x',
      '@x',
      '%',
      'null',
      '0x1F',
      '~',
      '2026-11-20',
      'a: b #c',
      '"',
      "it's",
    ),
  )
  .map((written) =>
    written
      .replaceAll('{{', '{ {')
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, ' ')
      .toWellFormed()
      .trim(),
  );

/** The same, where the settings take it. */
export const oneLine = text.filter((written) => line.safeParse(written).success);

const writer = markdownWriter();

/** Markdown that reads as the text, whatever is in it. */
function asMarkdown(value: string): string {
  const children = [{ type: 'text' as const, value }];
  return writer.stringify({ type: 'root', children: [{ type: 'paragraph', children }] }).trim();
}

/** An area of a labelled line, which is Markdown, and where commas part one from the next. */
export const area = oneLine
  .map((written) => written.replaceAll(',', ';'))
  .filter((written) => asMarkdown(`Areas: ${written}`) === `Areas: ${written}`);

const block = fc.oneof(
  oneLine.map(asMarkdown),
  fc.constantFrom(
    'Some customers see an error when they pay. **No card** is charged.',
    '- one\n- two\n  - three',
    '1. first\n2. second',
    '> quoted',
    '```sh\n## Resolved · 2026-11-20 09:20 UTC\n```',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    'See [the docs](https://acme.example/docs) or [this](/help/).',
    '### Who is affected\n\nAll of them.',
    'A note.[^1]\n\n[^1]: Of the foot.',
    'H<sub>2</sub>O\n<br>\nnext',
    'line  \nbreak\\\nbreak',
    '~~gone~~ `code` https://acme.example/',
  ),
);

/** The text of an update, in Markdown. */
export const message = fc
  .array(block, { maxLength: 3 })
  .map((blocks) => [...new Set(blocks)].join('\n\n'))
  .filter((written) => hasText(parseMarkdown(written, 1).tree));
