import { existsSync, readFileSync } from 'node:fs';
import type { Link, Nodes } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, it } from 'vitest';
import { HOSTILE } from '../../../src/__tests__/support/hostile-strings.ts';
import { escapeMarkdown } from '../../../src/formats/markdown-text.ts';
import { reviewText } from '../../alerts/review.ts';
import { CommandError } from '../../lib/errors.ts';
import { refusalReply } from '../../forms/answer.ts';
import { asBlock } from '../../lib/output.ts';
import { reportSummary } from '../../notify/notify.ts';
import { code, codeBlock, list, paragraph, strong, table } from '../../preview/blocks.ts';
import { printMarkdown } from '../../preview/print.ts';
import { changeSummary } from '../../publish/report.ts';

/** Texts of others; they lie outside of the repository, since they carry no licence. */
const DATA = '../shared/data/hostile/xss-and-naughty.jsonl';
const WORD = 'harmless';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** Everything that is written as Markdown for GitHub from a text of somebody else. */
const WRITTEN: Readonly<Record<string, (text: string) => string>> = {
  'a line': escapeMarkdown,
  'the log of a job': asBlock,
  'the summary of a build': (text) =>
    changeSummary([{ kind: 'left-out', file: `incidents/${text}.md`, line: 1, reason: text }, { kind: 'alias', name: text, owner: text, files: [text] }], 'content', 'Built.'), // prettier-ignore
  'the summary of notices': (text) =>
    reportSummary({ deliveries: [{ channel: text, update: text, sent: false, note: text }], recorded: [], first: false, unusable: [{ channel: text, why: text }] } as unknown as Parameters<typeof reportSummary>[0]), // prettier-ignore
  'the reply to a form': (text) => refusalReply(new CommandError(`${text}\n\n${text}`), 'report-incident', text),
  'a request for review': (text) => reviewText({ name: text }, [text], 'https://github.com/acme/status'),
  'the comment on a pull request': (text) =>
    printMarkdown({ headline: text, lead: [paragraph(text)], foot: [paragraph(text, strong(text), code(text))], sections: [{ title: text, blocks: [list([[text]]), codeBlock(text), table([[text], [text]])] }] }), // prettier-ignore
};

/**
 * What in Markdown is more than text: HTML, pictures, and links to where no text leads. An address in a text may become
 * a link, which some programs make of text that is escaped as well.
 */
function marksIn(markdown: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === 'html') found.push(`html ${node.value}`);
    if (node.type === 'image' || node.type === 'definition') found.push(`${node.type} ${node.url}`);
    if (node.type === 'link' && !isIn(text, node)) found.push(`link ${node.url}`);
    if ('children' in node) node.children.forEach(visit);
  };
  visit(parser.parse(markdown));
  return found;
}

function isIn(text: string, { url, children }: Link): boolean {
  const [shown] = children;
  if (shown?.type !== 'text' || !url.endsWith(shown.value)) return false;
  return text.includes(/^(?:[a-z]+:\/\/)?[\w.@-]*/i.exec(shown.value.replaceAll('\u200b', ''))?.[0] ?? '');
}

const plain = new Map(Object.entries(WRITTEN).map(([name, write]) => [name, marksIn(write(WORD), WORD).join()]));

/** The outputs in which a text is more than a harmless word would be. */
function markedUp(text: string): string[] {
  return Object.entries(WRITTEN).flatMap(([name, write]) => {
    const found = marksIn(write(text), text).join();
    return found === plain.get(name) ? [] : [`${name}: ${JSON.stringify(text)}: ${found}`];
  });
}

it.each(HOSTILE)('%j stays a text in everything that is written as Markdown', (text) => {
  expect(markedUp(text)).toEqual([]);
});

/** Texts that are tried in one test. */
const BATCH = 500;
/** What Markdown tells apart besides signs: how addresses and names of characters are written, not which word or number. */
const shapeOf = (text: string): string =>
  text.replaceAll(/&\w+;|(?:https?|ftp|mailto|xmpp):|www\.|\d+|[a-z]+/gi, (found) =>
    /\W/.test(found) ? found.toLowerCase() : /\d/.test(found) ? '0' : found.length === 1 ? 'a' : 'aa',
  );
const ALL = existsSync(DATA) ? readFileSync(DATA, 'utf8').trim().split('\n').map(payloadIn) : [];
/** One of each shape: most differ from others only in the names of elements and attributes. */
const TEXTS = [...new Map(ALL.map((text) => [shapeOf(text), text])).values()];

describe.skipIf(TEXTS.length === 0)(`hostile texts (skipped where ${DATA} is absent)`, () => {
  const batches = Array.from({ length: Math.ceil(TEXTS.length / BATCH) }, (_, index) => index * BATCH);
  it.each(batches)(
    'stay texts in everything that is written as Markdown, from number %i on',
    { timeout: 900_000 },
    (start) => {
      expect(TEXTS.slice(start, start + BATCH).flatMap(markedUp)).toEqual([]);
    },
  );
});

/** Some of the texts broke the file they stand in; a line that is left of one is a text as well. */
function payloadIn(line: string): string {
  try {
    return (JSON.parse(line) as { payload: string }).payload;
  } catch {
    return line;
  }
}
