import fc from 'fast-check';
import type { PhrasingContent, Root } from 'mdast';
import { expect, test } from 'vitest';
import { runs } from '../__tests__/support/arbitrary.ts';
import { bodyMarkdown, markdownWriter } from './markdown-text.ts';

const PIECES = [
  'w', 'www.', 'a.b', 'É', '1', '2.', '3)', ' ', '  ', '.', ',', ':', '://', 'http', '-', '+', '=', '#', '>', '<a', '(', ')', '[', ']', '!',
  '?', '/', '%', '"', "'", '’', '“', '–', '—', ';', '*', '_', '`', '~', '|', '&', '&amp', '@', '\\', '^', '$', '{', '\n', '\t', '\u00A0', '木', '😀',
]; // prettier-ignore

const pieces = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 });
const amongWords = fc.tuple(
  fc.constantFrom('Some ', 'w', ' and', 'http', ''),
  fc.constantFrom(...PIECES),
  fc.constantFrom('', '//', ' customers', 'b '),
);
const value = fc.oneof(pieces, amongWords).map((parts) => parts.join(''));
const text = value.map((one): PhrasingContent => ({ type: 'text', value: one }));
const link = fc
  .tuple(fc.constantFrom('https:', 'https://acme.example/'), text)
  .map(([url, child]): PhrasingContent => ({ type: 'link', url, children: [child] }));
const phrasing = fc.oneof(
  text,
  text,
  link,
  value.map((one): PhrasingContent => ({ type: 'link', url: `https:${one}`, children: [{ type: 'text', value: `https:${one}` }] })),
  fc.tuple(fc.constantFrom('strong' as const, 'emphasis' as const, 'delete' as const), text).map(([type, child]) => ({ type, children: [child] })),
  value.map((one): PhrasingContent => ({ type: 'inlineCode', value: one })),
  fc.constant<PhrasingContent>({ type: 'break' }),
); // prettier-ignore

const paragraph = fc
  .array(phrasing, { minLength: 1, maxLength: 4 })
  .map((children) => ({ type: 'paragraph' as const, children }));

const body = fc.array(paragraph, { minLength: 1, maxLength: 2 }).map((children): Root => ({
  type: 'root',
  children: [...children, { type: 'list', children: [{ type: 'listItem', children }] }],
}));

test('texts are written as they are only where looking for markup would change nothing', () => {
  const writer = markdownWriter({ incrementListMarker: true });
  const place = { root: 'https://acme.example/', page: 'https://acme.example/', idPrefix: '' };
  fc.assert(
    fc.property(body, (tree) => {
      expect(bodyMarkdown(tree, place)).toBe(writer.stringify(tree).trim());
    }),
    runs(5000),
  );
});
