import type { Root } from 'mdast';
import { AUTOLINKS, markdownWriter } from '../../../src/formats/markdown-writer.ts';
import type { CharacterReference } from './guard.ts';

const characterReference = Object.assign((node: CharacterReference): string => node.value, { peek: () => '&' });

/** Two braces begin a blank of a template, so the first is escaped. */
const unsafe = [...AUTOLINKS, { character: '{', after: String.raw`(?=\{)` }];

/** Lists of messages use `*`, so that a list of labels, which uses `-`, never joins one. */
const processor = markdownWriter({ bullet: '*', bulletOther: '+', unsafe, handlers: { characterReference } });

/** Markdown for a tree, without the line end at its end. */
export function stringifyMarkdown(tree: Root): string {
  return processor.stringify(tree).trim();
}
