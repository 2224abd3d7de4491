/**
 * For tests: files that have stopped, slowed or misled parsers of Markdown and YAML, in the terms of this format. Each
 * is as large as a file may be, or as deep or as wide as fits in one.
 */

/** What a file may have, less some room for what stands around: see `files.ts` and `source.ts`. */
const ROOM = 500 * 1024;
const LINE = 19_000;

/** A text repeated until it fills a length. */
export function fill(piece: string, length = ROOM): string {
  return piece.repeat(Math.max(1, Math.floor(length / piece.length)));
}

/** A text repeated in lines as long as a line may be, until they fill a file. */
export function lines(piece: string, room = ROOM): string {
  return fill(`${fill(piece, LINE)}\n`, room);
}

/** An incident about nothing; what is hostile stands in its text, or in its front matter. */
export function hostileIncident(text: string, front = 'title: A\nimpact: none'): string {
  return `---\n${front}\n---\n\n## Resolved · 2026-11-20 09:20 UTC\n\nIt is over.\n\n${text}\n`;
}

/** Texts of one update that cost a parser of Markdown or of HTML, or an expression, more than they are long. */
export function hostileTexts(room = ROOM): Readonly<Record<string, string>> {
  const marks = ['[', ']', '![', '[](', '[a](', '[a](<', '[a][', '[^a]', '<', '<a ', '<!--', '<?', '<![CDATA[', '</a>', '&', '&#', '\\', '|', '~', '~~a', '`', '`a``', '*', '**a ', '*a _b ', 'a**b', '_', '> ', '- ', '* ', '1. ', '#', '# ', '=', '-', '- - ', '- [ ] ', '"', "'", '(', '{{', '{{a', '\\\\{{', 'www.', 'http://', 'https://a.', 'a@', 'a@b.', 'a.', '.', '!', 'a', 'a ', ' ', '\t', '\u00a0', 'é', '😀', '\u0301', '\u202e', ':', 'a:', '·', '· ', 'a - ', '1', '1:', '12:30 ', 'Resolved ', 'Resolved · ', 'Resolved at ', 'Next update ', '**Next update:** ', '**Next update', 'Ended: ', '2026-11-20 ', '2026-11-20 09:20 ', 'expect ', 'within the next ', 'some customers ', 'we are ']; // prettier-ignore
  const of = (name: string, text: (mark: string) => string) =>
    Object.fromEntries(marks.map((mark) => [`${name} of ${JSON.stringify(mark)}`, text(mark)]));
  const columns = LINE / 2;
  return {
    ...of('lines', (mark) => lines(mark, room)),
    ...of('short lines', (mark) => fill(`${mark.trimEnd()}\n`, room)),
    ...of('paragraphs', (mark) => fill(`${mark.trimEnd()}\n\n`, room)),
    ...of('a heading', (mark) => `## ${fill(mark, LINE)}`),
    ...of('an item', (mark) => `- ${fill(mark, LINE)}`),
    'brackets on many lines': fill('[\n', room),
    'brackets opened and closed': lines('[', room / 2) + lines(']', room / 2),
    'links within brackets': lines('[', room / 3) + lines('](a)', (2 * room) / 3),
    'quotations in lists': fill(`${'> - '.repeat(20)}a\n`, room),
    'lists ever deeper': Array.from({ length: 48 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join(''),
    'deep lists again and again': fill(Array.from({ length: 48 }, (_, depth) => `${'  '.repeat(depth)}- a\n`).join(''), room), // prettier-ignore
    'emphasis ever deeper': `${fill('*a **b ', room / 2)}\n${fill(' c** d*', room / 2)}`.replace(/(.{18000}\S*) /g, '$1\n'), // prettier-ignore
    'a table of many columns and short rows': `${fill('|a', 2 * columns)}|\n${fill('|-', 2 * columns)}|\n${fill("a\n", Math.max(2, room - 4 * columns))}`, // prettier-ignore
    'many small tables': fill('|a|\n|-|\n|b|\n\n', room),
    'a long address used often': `${fill('[a] ', LINE)}\n`.repeat(Math.max(1, Math.floor(room / LINE) - 1)) + `\n[a]: https://a.example/${fill('b', 18_000)}`, // prettier-ignore
    'many definitions': Array.from({ length: room / 20 }, (_, n) => `[a${n}]: https://a.example/`)
      .join('\n')
      .slice(0, room),
    'a footnote used often': `${lines('[^a] ', room)}\n[^a]: b`,
    'many footnotes': Array.from({ length: room / 24 }, (_, n) => `[^${n}] a\n\n[^${n}]: b\n\n`)
      .join('')
      .slice(0, room),
    'footnotes within footnotes': Array.from({ length: room / 20 }, (_, n) => `[^${n}]: a [^${n + 1}]\n\n`)
      .join('')
      .slice(0, room),
    'fences never closed': fill('```\na\n', room),
    'fences ever longer': Array.from({ length: 800 }, (_, n) => `${'`'.repeat(n + 3)}\n`).join(''),
    'runs of backticks, each longer': Array.from({ length: 900 }, (_, n) => `${'`'.repeat(n + 1)} a`).join('\n'),
    'HTML opened': fill('<b>\n', room),
    'HTML opened in paragraphs': fill('a <b>\n\n', room),
    'HTML closed': fill('</p>\n', room),
    'HTML breaks': fill('<br>', LINE).concat('\n').repeat(25),
    'HTML with many attributes': `<p\n${Array.from({ length: room / 8 }, (_, n) => `a${n}\n`).join('').slice(0, room)}>`, // prettier-ignore
    'HTML formatting out of order': fill('<b><i></b></i>\n', room),
    'HTML paragraphs in formatting': fill('<a><p></a></p>\n', room),
    'HTML tables': fill('<table><b>\n', room),
    'HTML cells': fill('<table><tr><td>a</td></tr></table>\n', room),
    'HTML comments': fill('<!-- a -->\n', room),
    'HTML comments within lines': lines('a <!-- b --> ', room),
    'HTML selects': fill('<select><option>\n', room),
    'HTML templates': fill('<template>\n', room),
    entities: lines('&amp;&#0;&#x10FFFF;&#xD800;', room),
    'many headings': fill('### A\n\n', room),
    'many headings of updates': fill('## Update · 2026-11-20 09:20 UTC\n\n', room),
    'many updates with labels': fill('## Update · 2026-11-20 09:20 UTC\n\na\n\n- **Edited:** 09:21 UTC\n\n', room),
    'many labels': fill('- **Areas:** a\n', room),
    'a label with many values': `- **Areas:** ${fill('a, ', LINE)}`,
    'a label with many components': `- **Components:** ${fill('a: operational, ', LINE)}`,
    'updates in no order': Array.from(
      { length: room / 40 },
      (_, n) => `## Update · 2026-11-${10 + (n % 10)} 09:20 UTC\n\n`,
    ).join(''),
    'JSX and scripts': lines('<Foo bar={process.exit(1)} />{{constructor.constructor("a")()}}${1}', room),
  };
}

/** Front matter, or a whole file of YAML, that is more than it looks like. */
export function hostileYaml(room = ROOM): Readonly<Record<string, string>> {
  const numbered = (piece: (n: number) => string) => {
    let text = '';
    for (let n = 0; text.length < room; n += 1) text += piece(n);
    return text;
  };
  const laughs = (value: (n: number) => string) =>
    ['a0: &a0 [lol]\n', ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} ${value(n)}\n`)].join('');
  return {
    'an alias of aliases': laughs((n) => `[${fill(`*a${n}, `, 60)}]`),
    'a mapping of aliases': laughs((n) => `{ ${'bcdefghi'.replace(/./g, (key) => `${key}: *a${n}, `)} }`),
    'merges of merges': laughs((n) => `{ <<: [*a${n}, *a${n}], k${n}: v }`),
    'an alias to itself': 'title: &a [*a]',
    'a merge of itself': 'x: &x\n  <<: *x',
    'a long text repeated by aliases': `a: &a "${fill('b', LINE)}"\nb: [\n${fill('*a,\n', room - LINE)}]`,
    'many anchors': numbered((n) => `a${n}: &a${n} b\n`),
    'aliases to nothing': numbered((n) => `a${n}: *b${n}\n`),
    'an alias as a key': numbered((n) => `? &a${n} b${n}\n: c\n`),
    'many keys': numbered((n) => `a${n}: b\n`),
    'many equal keys': fill('a: b\n', room),
    'many components': `components:\n${numbered((n) => `  a${n}: operational\n`)}`,
    'many items': `areas:\n${fill('  - a\n', room)}`,
    brackets: `a: ${fill('[', LINE)}`,
    'brackets on many lines': `a:\n${fill(' [\n', room)}`,
    'brackets opened and closed': `a:\n${fill(' [\n', room / 2)}${fill(' ]\n', room / 2)}`,
    braces: `a: ${fill('{a: ', LINE)}`,
    'braces on many lines': `a:\n${fill(' {a:\n', room)}`,
    dashes: `a:\n ${fill('- ', 90)}b`,
    questions: `${fill('? ', LINE)}a`,
    colons: `a: ${fill(': ', LINE)}`,
    'keys ever deeper': Array.from({ length: 90 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    'quotes never closed': `a: "${fill('b\n ', room)}`,
    'a text on many lines': `a: |\n${fill('  b\n', room)}`,
    'a plain text on many lines': `a: b\n${fill('  c\n', room)}`,
    comments: fill('# a\n', room),
    'empty lines': fill('\n', room),
    tabs: `a:\n${fill('\t\n', room)}b: c`,
    directives: fill('%YAML 1.2\n', room),
    documents: fill('a: b\n...\n', room),
    tags: 'title: !!js/function "function () { process.exit(1) }"\nareas: !!python/object/apply:os.system ["id"]',
    'tags of ever more': numbered((n) => `a${n}: !<tag:a.example,2026:${n}> b\n`),
    'a prototype':
      '__proto__:\n  polluted: true\nconstructor:\n  prototype:\n    polluted: true\ntoString: a\ntitle: A\nimpact: none',
    'a prototype of components':
      'title: A\ncomponents:\n  __proto__: major_outage\n  constructor: major_outage\n  hasOwnProperty: major_outage',
    'escapes of what is no character': 'title: "\\ud800 \\u0000 \\uffff"',
    'a key that is a map': '{ a: b }: c\n[ d ]: e',
    'a long key': `? ${fill('a', LINE)}\n: b`,
    spaces: fill(`${fill(' ', 90)}\n`, room),
    'no values': fill(':\n', room),
  };
}

/** What is no text, or not that of a file somebody wrote, as bytes. */
export const HOSTILE_BYTES: Readonly<Record<string, Uint8Array>> = {
  nothing: Buffer.alloc(0),
  'a space': Buffer.from(' '),
  'a NUL': Buffer.from(hostileIncident('a\0b')),
  'UTF-16 with a mark': Buffer.from(`\uFEFF${hostileIncident('a')}`, 'utf16le'),
  'UTF-16 without a mark': Buffer.from(hostileIncident('a'), 'utf16le'),
  'UTF-16, the other end first': Buffer.from(`\uFEFF${hostileIncident('a')}`, 'utf16le').swap16(),
  'UTF-8 with a mark': Buffer.from(`\uFEFF${hostileIncident('a')}`),
  'two marks of UTF-8': Buffer.from(`\uFEFF\uFEFF${hostileIncident('a')}`),
  'Latin-1': Buffer.from(hostileIncident('Störung'), 'latin1'),
  'half a pair of UTF-16 in UTF-8': Buffer.concat([Buffer.from('---\ntitle: '), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('\n---\n')]), // prettier-ignore
  'an overlong form of UTF-8': Buffer.from([0x2d, 0xc0, 0xaf]),
  'carriage returns only': Buffer.from(hostileIncident('a').replaceAll('\n', '\r')),
  CRLF: Buffer.from(hostileIncident('a').replaceAll('\n', '\r\n')),
  'line ends of three kinds': Buffer.from(hostileIncident('a\r\nb\rc')),
  'separators of lines': Buffer.from(hostileIncident('a\u2028## Resolved\u2029b\u0085c')),
  'a megabyte of brackets': Buffer.from(hostileIncident(fill('[', 1024 * 1024))),
  'a byte less than is read': Buffer.from(hostileIncident('').padEnd(512 * 1024 - 1, `${fill('a ', LINE)}\n`)),
  'a picture': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  'JavaScript for front matter': Buffer.from('---js\n{ title: (globalThis.hostile = true) }\n---\n'),
  'JavaScript by its long name': Buffer.from('---javascript\nglobalThis.hostile = true\n---\n'),
  'JavaScript after a space': Buffer.from('--- js\nglobalThis.hostile = true\n---\n'),
  'JSON for front matter': Buffer.from('---json\n{ "title": "A" }\n---\n'),
  'TOML for front matter': Buffer.from('---toml\ntitle = "A"\n---\n'),
  'TOML between plus signs': Buffer.from('+++\ntitle = "A"\n+++\n'),
  'coffee for front matter': Buffer.from('---coffee\ntitle: "A"\n---\n'),
  'front matter never closed': Buffer.from('---\ntitle: A\n'),
  'front matter closed by dots': Buffer.from('---\ntitle: A\n...\n'),
  'front matter twice': Buffer.from('---\ntitle: A\n---\n---\ntitle: B\n---\n'),
  'only front matter': Buffer.from('---\n---\n'),
};

/** Names of files that lead elsewhere, that some system refuses, or that a tool takes for something else. */
export const HOSTILE_NAMES: readonly string[] = [
  'CON', 'con', 'aux.x', 'NUL', 'COM1', '-rf', '--help', '..', '...', '.', '%2e%2e', '%2e%2e%2fx', '..%5cx', 'a b', 'a\nb', 'a\rb', 'a\tb', 'a"b', "a'b", 'a`b', 'a<b>', 'a&b', 'a;b', 'a|b', 'a*', 'a?', 'a#b', 'a:b', 'a\\b', '..\\x', '$(id)', '${{ x }}', '::error::x', 'a,line=1::b', 'é', 'e\u0301', '😀', '田中', '\u202egnp', '\u200b', 'a\u0000b', '\ud800', '__proto__', 'constructor', 'toString', 'index', 'a.md', 'a.html', 'x'.repeat(252), 'x'.repeat(151), '田'.repeat(84), ' a', 'a ', 'a.', '~', '0', '1e3', 'undefined',
]; // prettier-ignore
