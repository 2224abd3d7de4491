import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import type { CharacterReference } from './guard.ts';

const characterReference = Object.assign((node: CharacterReference): string => node.value, { peek: () => '&' });

/** Two braces begin a blank of a template, so the first is escaped. */
const unsafe = [{ character: '{', after: String.raw`(?=\{)` }];

/** Lists of messages use `*`, so that a list of labels, which uses `-`, never joins one. */
const processor = unified()
  .use(remarkGfm)
  .use(remarkStringify, { bullet: '*', bulletOther: '+', emphasis: '_', unsafe, handlers: { characterReference } })
  .freeze();

/** Markdown for a tree, without the line end at its end. */
export function stringifyMarkdown(tree: Root): string {
  return processor.stringify(tree).trim();
}
