import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import type { RenderOptions } from './html.ts';
import { bodyText, renderBody } from './html.ts';
import { parseMarkdown } from './markdown.ts';

const PAGE: RenderOptions = {
  idPrefix: 'u-1-',
  headingLevel: 3,
  root: '/status/',
  tableLabel: 'Table',
  footnotesLabel: 'Footnotes',
  footnoteBackLabel: (reference) => `Back to ${reference}`,
};

const FEED: RenderOptions = {
  idPrefix: 'u-1-',
  headingLevel: 2,
  root: 'https://acme.example/status/',
  page: 'https://acme.example/status/incidents/a/',
};

function html(markdown: string, options = PAGE): string {
  return renderBody(parseMarkdown(markdown, 1).tree, options);
}

function text(markdown: string): string {
  return bodyText(parseMarkdown(markdown, 1).tree);
}

function complaints(fragment: string): string[] {
  const validator = new HtmlValidate({ extends: ['html-validate:recommended'] });
  return validator
    .validateStringSync(fragment)
    .results.flatMap(({ messages }) => messages.map(({ message }) => message));
}

describe('what the author may write', () => {
  test.each([
    ['**Payments** _work_ ~~again~~.', '<p><strong>Payments</strong> <em>work</em> <del>again</del>.</p>'],
    ['- [x] found\n- [ ] fixed', '<ul>\n<li>☑ found</li>\n<li>☐ fixed</li>\n</ul>'],
    ['Press <kbd>R</kbd> & wait', '<p>Press <kbd>R</kbd> &amp; wait</p>'],
    ['<abbr title="Service level">SLA</abbr>', '<p><abbr title="Service level">SLA</abbr></p>'],
    ['`<script>`', '<p><code>&lt;script></code></p>'],
    ['```js\nlet a;  \n```', '<pre><code>let a;\n</code></pre>'],
    ['3. c\n4. d', '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>'],
    ['<details open><summary>More</summary>x</details>', '<details open><summary>More</summary>x</details>'],
  ])('%j becomes %j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test('the tree that is rendered stays as it was', () => {
    const body = parseMarkdown('# A\n\n[b](/c) <b>d</b>[^1]\n\n[^1]: e', 1).tree;
    const before = JSON.stringify(body);
    renderBody(body, PAGE);
    expect(JSON.stringify(body)).toBe(before);
  });
});

describe('what is taken away', () => {
  test.each([
    ['scripts with all they hold', 'a <script>alert(1)</script>b', '<p>a b</p>'],
    ['styles with all they hold', '<style>p { color: red }</style>', ''],
    ['frames', '<iframe src="https://x.example"></iframe>', ''],
    ['event handlers', '<b onclick="alert(1)">a</b>', '<p><b>a</b></p>'],
    ['inline styles and classes', '<b style="top:0" class="x">a</b>', '<p><b>a</b></p>'],
    ['comments', 'a <!-- not for customers --> b', '<p>a  b</p>'],
    ['form fields but for ticks', '<input value="x"><button>a</button>', '<p>a</p>'],
    ['drawings', '<svg onload="alert(1)"><circle r="1"/></svg>', ''],
  ])('%s', (_, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('links', () => {
  test.each([
    ['[a](https://x.example/b?c=d)', '<a href="https://x.example/b?c=d">a</a>'],
    ['[a](https://x.example "b")', '<a href="https://x.example/" title="b">a</a>'],
    ['[a](/history/#b)', '<a href="/status/history/#b">a</a>'],
    ['[a](/)', '<a href="/status/">a</a>'],
    ['[a](/../b)', '<a href="/status/b">a</a>'],
    ['[a](mailto:b@x.example)', '<a href="mailto:b@x.example">a</a>'],
    ['[+1 22-33](tel:+12233)', '<a href="tel:+12233">+1\u00a022\u201133</a>'],
    ['[](https://x.example/b)', '<a href="https://x.example/b">https://x.example/b</a>'],
    ['[](mailto:b@x.example)', '<a href="mailto:b@x.example">b@x.example</a>'],
    ['[a](b.html)', 'a'],
    ['[a](//x.example/)', 'a'],
    ['<a href="/\\x.example">a</a>', 'a'],
    ['<a href="/&#9;/x.example">a</a>', 'a'],
    ['[a](javascript:alert(1))', 'a'],
    ['<a href="java&#10;script:alert(1)">a</a>', 'a'],
    ['<a href=" javascript:alert(1)">a</a>', 'a'],
    ['[a](data:text/html,b)', 'a'],
    ['[a](vbscript:b)', 'a'],
    ['[a](#nowhere)', 'a'],
  ])('%j becomes %j', (markdown, expected) => {
    expect(html(markdown)).toBe(`<p>${expected}</p>`);
  });

  test('are absolute in feeds, also within the text', () => {
    expect(html('<b id="x">a</b> [b](#x) [c](/d)', FEED)).toBe(
      '<p><b id="u-1-x">a</b> <a href="https://acme.example/status/incidents/a/#u-1-x">b</a> ' +
        '<a href="https://acme.example/status/d">c</a></p>',
    );
  });
});

describe('images', () => {
  test.each([
    ['![A map](/map.png "b")', '<p><img src="/status/map.png" alt="A map" title="b" loading="lazy"></p>'],
    ['<img src="/map.png" width="40">', '<img src="/status/map.png" alt="" width="40" loading="lazy">'],
    ['![](/map.png)', '<p><img src="/status/map.png" alt="" loading="lazy"></p>'],
    ['![A map](https://x.example/map.png)', '<p>A map</p>'],
    ['![A map](//x.example/map.png)', '<p>A map</p>'],
    ['![A map](data:image/png,x)', '<p>A map</p>'],
    ['![](https://x.example/map.png)', ''],
    ['[![](https://x.example/map.png)](/a)', '<p><a href="/status/a">/status/a</a></p>'],
  ])('%j becomes %j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('headings', () => {
  const levels = (markdown: string, options = PAGE) =>
    [...html(markdown, options).matchAll(/<h(\d)[^>]*>([^<]*)/g)].map(([, level = '', name = '']) => level + name);

  test.each([
    ['# A\n## B\n### C\n#### D', ['4A', '5B', '6C', '6D']],
    ['### A\n# B', ['4A', '4B']],
    ['# A\n##### B\n### C\n# D', ['4A', '5B', '5C', '4D']],
    ['# A\n#\n### B', ['4A', '5B']],
    ['# ![](https://x.example/a.png)\n### B', ['4B']],
  ])('%j stand as %j', (markdown, expected) => {
    expect(levels(markdown)).toEqual(expected);
  });

  test('never lie deeper than six', () => {
    expect(levels('# A\n## B', { ...PAGE, headingLevel: 6 })).toEqual(['6A', '6B']);
  });

  test('of the footnotes are one of them', () => {
    expect(levels('# A\n### B[^1]\n\n[^1]: c')).toEqual(['4A', '5B', '4Footnotes']);
  });
});

describe('ids', () => {
  test('of footnotes, and links to them, carry the prefix', () => {
    const rendered = html('a[^x] b[^x] c[^ü]\n\n[^x]: d\n[^ü]: e');
    const ids = [...rendered.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    const references = [...rendered.matchAll(/(?:href="#|aria-describedby=")([^"]*)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      'u-1-fnref-x',
      'u-1-fnref-x-2',
      'u-1-fnref-_fc_',
      'u-1-footnote-label',
      'u-1-fn-x',
      'u-1-fn-_fc_',
    ]);
    expect(new Set(references)).toEqual(new Set(ids));
  });

  test('of the author are given out once', () => {
    expect(html('<b id="x">a</b> <i id="x">b</i>')).toBe('<p><b id="u-1-x">a</b> <i>b</i></p>');
  });

  test('hold no character that HTML checkers refuse', () => {
    expect(html('<b id="a.b c">d</b>', { ...PAGE, idPrefix: 'e-1.2-' })).toBe(
      '<p><b id="e-1_2e_2-a_2e_b_20_c">d</b></p>',
    );
  });
});

describe('footnotes', () => {
  test('name the way back', () => {
    expect(html('a[^x] b[^x]\n\n[^x]: c')).toContain(
      'c <a href="#u-1-fnref-x" class="footnote-back" aria-label="Back to 1">↩</a> ' +
        '<a href="#u-1-fnref-x-2" class="footnote-back" aria-label="Back to 1-2">',
    );
  });

  test('have neither heading nor way back where there are no words for them', () => {
    expect(html('a[^x]\n\n[^x]: c', FEED)).toBe(
      '<p>a<sup><a href="https://acme.example/status/incidents/a/#u-1-fn-x" class="footnote-ref" id="u-1-fnref-x">1</a></sup></p>\n' +
        '<section class="footnotes">\n<ol>\n<li id="u-1-fn-x">\n<p>c </p>\n</li>\n</ol>\n</section>',
    );
  });
});

describe('tables', () => {
  const MARKDOWN = '| a | |\n|:-:|--:|\n| 1 | 2 |';

  test('on pages are reached by keyboard', () => {
    expect(html(MARKDOWN)).toMatch(/^<div class="table" role="group" tabindex="0" aria-label="Table"><table>/);
  });

  test('in feeds stand alone', () => {
    expect(html(MARKDOWN, FEED)).toMatch(/^<table>/);
  });

  test('align by class, and say what a header cell heads', () => {
    const rendered = html(MARKDOWN);
    expect(rendered).toContain('<th scope="col" class="align-center">a</th>\n<td class="align-right"></td>');
    expect(rendered).toContain('<td class="align-center">1</td>\n<td class="align-right">2</td>');
    expect(html('<table><tr><th>a<td>b</table>')).toContain('<th scope="row">a</th><td>b</td>');
  });
});

describe('what HTML does not allow where it stands', () => {
  test.each([
    ['blocks in words', '<div><mark><p>a</p></mark></div>', '<div><p>a</p></div>'],
    ['blocks in a heading', '<h2><p>a</p></h2>', '<h4>a </h4>'],
    ['words in a list', '<ul>a</ul>', '<ul><li>a</li></ul>'],
    ['an item in no list', '<div><li>a</li></div>', '<div>a </div>'],
    ['a term in no list', '<div><dt>a</dt></div>', '<div>a </div>'],
    ['details without a summary', '<details>a</details>', 'a'],
    ['a summary of nothing', '<div><summary>a</summary></div>', '<div>a </div>'],
    [
      'details in a link',
      '<div><a href="/b"><details><summary>a</summary></details></a></div>',
      '<div><a href="/status/b">a  </a></div>',
    ],
    [
      'a link in a link',
      '[a[^1]](/b)\n\n[^1]: c',
      '<p><a href="/status/b">a<sup><span id="u-1-fnref-1">1</span></sup></a></p>',
    ],
  ])('%s: %j', (_, markdown, expected) => {
    expect(html(markdown).split('\n')[0]).toBe(expected);
  });
});

describe('what comes out', () => {
  const AWKWARD = [
    '# A\n\n### B\n\n[a [^1]](/x) b[^1]\n\n[^1]: c',
    '| a | |\n|-:|:-:|\n| 1 | [x](/y "t") |\n\n| b |\n|-|\n| 2 |',
    '<b><p>a</p></b><h2><p>b</p></h2><ul>c<b>d</b></ul><li>e</li><details>f</details><dl>g<dt>h<dd>i</dl>',
    '<a href="/x"><details><summary>a</summary>b</details></a> <p><svg><foreignObject><div>c</div></foreignObject></svg>',
    '![](/a.png "b") [![](/a.png)](/c) [+1 2-3](tel:+123) a ![](data:b) \nc',
    '```\na   \n   \nb\n```',
  ];

  test.each(AWKWARD)('pleases an HTML checker: %j', (markdown) => {
    expect(complaints(html(markdown))).toEqual([]);
    expect(complaints(html(markdown, FEED))).toEqual([]);
  });

  test('is checked by something that complains', () => {
    expect(complaints('<b><p>a</p></b>')).not.toEqual([]);
  });
});

describe('text without markup', () => {
  test.each([
    ['# A\n\nb **c**\\\nd', 'A b c d'],
    ['- [x] a\n- b', '☑ a b'],
    ['| a | b |\n|-|-|\n| c | d |', 'a b c d'],
    ['a[^1] ![b](/c.png)\n\n[^1]: d', 'a b'],
    ['<div>a</div><div>b</div><!-- c -->', 'a b'],
    ['`<script>` & <script>a</script>', '<script> &'],
    ['', ''],
  ])('of %j is %j', (markdown, expected) => {
    expect(text(markdown)).toBe(expected);
  });
});

test.each(['**a** [b](#c)\n\n# C', 'a[^1]\n\n[^1]: b', '| a |\n|-|\n| ![b](/c.png) |', '<p id="a">b</p>'])(
  'One text reads the same on every page, whatever was made of it before: %j',
  (markdown) => {
    const body = parseMarkdown(markdown, 1).tree;
    expect([renderBody(body, PAGE), renderBody(body, FEED), bodyText(body), renderBody(body, PAGE)]).toEqual([
      html(markdown),
      html(markdown, FEED),
      text(markdown),
      html(markdown),
    ]);
  },
);
