import type { Blockquote, Delete, InlineCode, Link, RootContent, Strong, Text } from 'mdast';
import type { Options } from 'remark-stringify';
import { printable } from '../../src/core/printable.ts';
import { markdownWriter } from '../../src/formats/markdown-text.ts';
import { bodyText } from '../../src/reader/markdown/html.ts';
import { visibleText } from '../../src/reader/markdown/markdown.ts';
import type { Block, Limits } from './blocks.ts';
import { code, commentNodes, heading, paragraph, quote, writeComment } from './blocks.ts';
import type { Outline, Preview } from './outline.ts';
import { headlineOf } from './outline.ts';

/** Hidden at the start of a comment, so that the next run finds the comment. */
export const MARKER = '<!-- candor-preview -->';

/** GitHub rejects comments above 65,536 characters. */
const LONGEST = 65_000;

/** Tried in this order until the comment is short enough. */
const LIMITS: readonly Limits[] = [
  { text: Infinity, items: Infinity },
  { text: 30_000, items: 60 },
  { text: 4_000, items: 40 },
  { text: 1_000, items: 20 },
  { text: 200, items: 8 },
];
const SHORTENED = quote(
  paragraph('Shortened to fit into a comment. To see everything, run ', code('npm run preview'), '.'),
);

/** A preview as a comment on GitHub. */
export function printMarkdown(outline: Outline): string {
  for (const limits of LIMITS) {
    const nodes = outlineNodes(outline, limits, limits !== LIMITS[0]);
    // Writing a text that is far too long takes seconds.
    if (visibleText({ type: 'root', children: nodes }).length > LONGEST) continue;
    const text = writeComment(nodes);
    if (text.length <= LONGEST) return text;
  }
  return writeComment(outlineNodes({ ...outline, sections: [] }, { text: 200, items: 8 }, true));
}

function outlineNodes({ headline, lead, sections, foot }: Outline, limits: Limits, shortened: boolean): RootContent[] {
  const rule = foot.length > 0 ? [{ type: 'thematicBreak' } as const] : [];
  const nodes = (blocks: readonly Block[]) => commentNodes(blocks, limits);
  return [
    { type: 'html', value: MARKER },
    ...nodes([heading(3, headline), ...lead]),
    ...sections.flatMap(({ title, blocks }) => [...nodes([heading(4, title)]), ...nodes(blocks)]),
    ...nodes([...(shortened ? [SHORTENED] : []), ...rule, ...foot]),
  ];
}

const STYLES = { bold: 1, dim: 2, removed: 31, added: 32 } as const;

/** A preview for the terminal. Without colour, changed words are in brackets, as in `git diff --word-diff`. */
export function printTerminal({ headline, lead, sections, foot }: Outline, colour: boolean): string {
  const paint = (style: keyof typeof STYLES, text: string) =>
    colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  const handlers: NonNullable<Options['handlers']> = {
    text: ({ value }: Text) => printable(value),
    inlineCode: ({ value }: InlineCode) => printable(value),
    strong: (node: Strong, _, state, info) => {
      const text = state.containerPhrasing(node, info);
      if (!node.data?.change) return paint('bold', text);
      return colour ? paint('added', text) : `{+${text}+}`;
    },
    delete: (node: Delete, _, state, info) => {
      const text = state.containerPhrasing(node, info);
      return colour ? paint('removed', text) : `[-${text}-]`;
    },
    link: (node: Link, _, state, info) => `${state.containerPhrasing(node, info)} (${printable(node.url)})`,
    blockquote: (node: Blockquote, _, state, info) =>
      state.indentLines(state.containerFlow(node, info), (line) => `${paint('dim', '│')} ${line}`.trimEnd()),
  };
  const children = [
    heading(1, headline),
    ...lead,
    ...sections.flatMap(({ title, blocks }) => [heading(2, title), ...blocks]),
    ...foot,
  ];
  return markdownWriter({ unsafe: [], fences: false, setext: true, handlers }).stringify({ type: 'root', children });
}

/** A preview as JSON, with times in milliseconds and texts without markup. */
export function printJson({
  comparison,
  errors,
  warnings,
  untranslated,
  scheduled,
  kept,
  unreadBefore,
}: Preview): string {
  const missing = untranslated.map(({ locale, current, older }) => ({
    ...{ locale, older },
    current: current.map(({ event, file, updates }) => ({
      event: event.id,
      file,
      updates: updates.map(({ id }) => id),
    })),
  }));
  const coming = scheduled.map(({ word, at, text, in: { file, target } }) => ({ file, target, word, at, text }));
  const diagnostics = { errors, warnings, untranslated: missing, scheduled: coming, kept, unreadBefore };
  if (!comparison) return JSON.stringify(diagnostics, null, 2);
  const { after, pageStatus, overall, statuses, uptimes, events, entries, promises, page } = comparison;
  const data = {
    ...{ headline: headlineOf(comparison), now: after.now, pageStatus, overall, statuses, uptimes, entries, page },
    events: events.map(({ kind, subject: { kind: event, id, file, title }, fields, words, updates }) => ({
      ...{ kind, event, id, file, title, fields, ...(words && { announcement: words }) },
      updates: updates.map(({ kind, subject: { id, word, at, body }, fields, words }) => ({
        ...{ kind, id, word, at, text: bodyText(body), fields, ...(words && { words }) },
      })),
    })),
    promises: promises.map(({ event, answered, next, ...promise }) => ({
      ...{ event: event.id, ...promise },
      answered: answered.map(({ due, state }) => ({ due, state })),
      ...(next && { next: { due: next.due, state: next.state } }),
    })),
  };
  return JSON.stringify({ ...data, ...diagnostics }, null, 2);
}
