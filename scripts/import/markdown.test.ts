import { describe, expect, test } from 'vitest';
import type { Root } from 'hast';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { readContent } from '../../src/reader/content.ts';
import { renderBody } from '../../src/reader/markdown/html.ts';
import { htmlToBody, markdownToBody } from './markdown.ts';
import { CATALOGS } from '../../src/i18n/words.ts';

const parser = unified().use(rehypeParse, { fragment: true });

describe('what becomes of HTML', () => {
  test.each([
    ['a newline', 'one\ntwo', 'one\\\ntwo'],
    ['an empty line', 'one\n \n\ntwo', 'one\n\ntwo'],
    ['<br>', 'one<br />two', 'one\\\ntwo'],
    ['<br> with a newline', 'one<br>\ntwo', 'one\\\ntwo'],
    ['two <br>', 'one<br /><br />two<br />', 'one\n\ntwo'],
    ['newlines between paragraphs', '<p>one\nmore</p>\n<p>two</p>', 'one more\n\ntwo'],
    ['emphasis', '<b>one</b> <i>two</i> <code>a*b</code>', '**one** _two_ `a*b`'],
    ['a list', '<ul><li>one</li><li>two<br>more</li></ul>', '* one\n* two\\\n  more'],
    ['headings', '<h1>A</h1><h3>B</h3>', '### A\n\n##### B'],
    ['a bare address', 'See https://a.example/x_y). Then', 'See <https://a.example/x_y>). Then'],
    ['a relative link', '<a href="/incidents/1">here</a>', '[here](https://status.example/incidents/1)'],
    ['an image', '<img src="https://a.example/b.png" alt="Graph">', '[Graph](https://a.example/b.png)'],
    ['preformatted text', '<pre>a\n  b</pre>', '```\na\n  b\n```'],
    [
      'a table',
      '<table><caption>C</caption><tr><th>a</th></tr><tr><td>b<p>c</p></td></tr></table>',
      'C\n\n| a   |\n| --- |\n| b c |',
    ],
    ['nothing', ' <br> ', ''],
  ])('%s', (_, html, markdown) => {
    expect(htmlToBody(html, 'https://status.example').markdown).toBe(markdown);
  });

  test('words in angle brackets that are no HTML stay text', () => {
    const { markdown, notes } = htmlToBody('A Worker named <worker-name>, <Gather> and latency <5s');
    expect(markdown).toBe('A Worker named \\<worker-name>, \\<Gather> and latency <5s');
    expect(notes).toEqual([
      { kind: 'tag-kept-as-text', detail: '<worker-name>' },
      { kind: 'tag-kept-as-text', detail: '<Gather>' },
    ]);
  });

  test('what runs, is hidden or leads elsewhere is left out and noted', () => {
    const { markdown, notes } = htmlToBody(
      '<script>x()</script><!-- secret --><a href="javascript:x()">y</a><iframe src="https://a.example"></iframe>',
    );
    expect(markdown).toBe('y');
    expect(notes.map(({ kind }) => kind)).toEqual([
      'element-left-out',
      'comment-left-out',
      'link-became-text',
      'element-left-out',
    ]);
  });

  test('tags that nest too deep are left out, and the text stays', () => {
    const { markdown, notes } = htmlToBody(`${'<b>'.repeat(20_000)}deep *down* &amp; out`);
    expect(markdown).toBe('deep \\*down\\* & out');
    expect(notes.map(({ kind }) => kind)).toEqual(['markup-left-out']);
  });

  test('Markdown keeps its marks only where the source is Markdown', () => {
    expect(markdownToBody('# Summary\r\n\r\n**Fixed** <b>now</b>\n\n- a').markdown).toBe(
      '### Summary\n\n**Fixed** **now**\n\n* a',
    );
    expect(htmlToBody('# Summary **Fixed**').markdown).toBe('\\# Summary \\*\\*Fixed\\*\\*');
  });
});

describe('visible text and Candor’s own lines', () => {
  const bodies = [
    'plain *stars* _lines_ `ticks` ~~struck~~ [x](y) ![x](y) #1 a|b \\ {x}',
    '# no heading\n- no list\n1. no list\n> no quote\n===\n---\n    no code\n| a | b |\n|---|---|',
    'AT&amp;T &lt;b&gt; &#58; &copy; R&D <3',
    'mail a@b.example www.example.com https://a.example/?q=1&r=2 http://',
    'Next update: 10:00\nNext update：10:00\nnext updates : soon',
    '<b>Next update:</b> 10:00 UTC\n<strong>Components</strong>: api\n<i>Areas</i> affected',
    '<ul><li><b>Ended:</b> 10:00</li><li>Expcted fix: 11:00</li></ul>',
    'Component: D1\nEnded: ~12:43 UTC\nNextupdate: 5',
    'Resolved - 2026-01-01 10:00 UTC\nResolved at 2026-01-01 10:00 UTC\n**Resolved** (2026-01-01 10:00 UTC)',
    '<b>Monitoring</b> · 2026-01-01 10:00 UTC\nIn progress 2026-01-01 10:00\n2026-01-01 10:00 UTC - Resolved',
    '## Resolved · 2026-01-01 10:00 UTC\n##Resolved\n2026-01-01 10:00 UTC: Update',
    '<h2>Resolved</h2><h3>Update</h3><h4>Identified - 2026-01-01 10:00 UTC</h4>',
    '<blockquote>Next update: 10:00</blockquote><table><tr><td>Ended: 1</td></tr></table>',
    '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c',
    '<pre>\n<<<<<<< HEAD\n>>>>>>> c\n## Resolved · 2026-01-01 10:00 UTC\n</pre>',
    '<b>bold</b>glued<i>it</i> <b> spaced </b>x<a href="https://a.example/(b)">c</a>d',
    '&#1;&#xFFFE;controls\u0007',
    'Hello {{first_name}}, {{{b}}} {{ c }}\n<a href="https://a.example/{{d}}">{{e}}</a> <code>{{f}}</code>\n{{g',
  ];

  test.each(bodies)('%j looks the same and is no line of Candor’s', (html) => {
    const { rendered, problems } = throughCandor(htmlToBody(html).markdown);
    expect(problems).toEqual([]);
    expect(bare(rendered)).toBe(bare(html.replace(/<(?=[<3 ]|$)/g, '&lt;')));
  });
});

/** The body as Candor renders it, and what its reader says is wrong with the file. */
function throughCandor(markdown: string): { rendered: string; problems: string[] } {
  const heading = '## Investigating · 2026-01-01 09:00 UTC';
  const label = '- **Next update:** 09:30 UTC';
  const files = [
    { path: 'site.yml', text: 'name: A\nurl: https://a.example\n' },
    { path: 'components.yml', text: '[]\n' },
    { path: 'incidents/a.md', text: `---\ntitle: A\nimpact: minor\n---\n\n${heading}\n\n${markdown}\n\n${label}\n` },
  ];
  const { content, diagnostics } = readContent(
    { files, publicFiles: new Set() },
    { now: Date.parse('2026-01-02T00:00Z'), catalogs: CATALOGS },
  );
  const update = content?.incidents[0]?.updates[0];
  return {
    rendered:
      update && update.nextUpdate ? renderBody(update.body, { idPrefix: 'u-', headingLevel: 3, root: '/' }) : 'nothing',
    problems: diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ ruleId, reason }) => `${ruleId}: ${reason}`),
  };
}

/** Visible text of HTML without white space, and without characters that nothing shows. */
function bare(html: string): string {
  const text = (node: Root | Root['children'][number]): string =>
    node.type === 'text' ? node.value : 'children' in node ? node.children.map(text).join('') : '';
  return text(parser.parse(html)).replace(/[\s\u0000-\u0008\u200b\ufffe]+/g, '');
}
