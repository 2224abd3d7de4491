import remarkGfm from 'remark-gfm';
import type { Options } from 'remark-stringify';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';

const PLACE = { inConstruct: 'phrasing' as const, notInConstruct: ['autolink' as const, 'link' as const, 'image' as const, 'label' as const] }; // prettier-ignore

/**
 * What GFM links automatically, in any case, and `ftp`, which GitHub adds. Such a link would include the backslash
 * before a `<` after it, so HTML would begin there. https://github.github.com/gfm/#autolinks-extension-
 */
export const AUTOLINKS: NonNullable<Options['unsafe']> = [
  { character: ':', before: '[PSps]', after: '\\/', ...PLACE },
  { character: '.', before: '[Ww]{3}', after: String.raw`\S`, ...PLACE },
];

/** Writes a tree as Markdown so that text is never read as markup. */
export function markdownWriter(options: Options = {}) {
  return unified()
    .use(remarkGfm)
    .use(remarkStringify, { bullet: '-', rule: '-', emphasis: '_', unsafe: AUTOLINKS, ...options })
    .freeze();
}
