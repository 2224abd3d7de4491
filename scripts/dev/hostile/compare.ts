import { wordsFor } from '../../../src/i18n/words.ts';

/**
 * What a parser made of an output: text, or something named with properties and parts. Elements, XML, JSON, calendars and
 * Markdown are all brought into this form.
 */
export type Tree = string | { name: string; properties: Readonly<Record<string, string>>; parts: readonly Tree[] };

/** How a difference is told: where in the tree, and what is there. */
export interface Difference {
  path: string;
  expected: string;
  found: string;
}

export interface Comparing {
  /** What stands in the place of each mark. */
  readonly values: ReadonlyMap<string, string>;
  /** Says what is unsafe in a part that an author wrote as Markdown. */
  readonly dangers: (tree: Tree) => readonly string[];
  /** What this output leaves out of texts, or adds to them, as it states itself. */
  readonly ignored?: RegExp;
  /** The words after which the rest of a part is such a text. */
  readonly sentinel: string;
}

const MARK = /Mark[a-z]+\d*x/g;

/** What a comparison found: the marks whose text arrived, and all else that is not the same. */
export interface Compared {
  arrived: Set<string>;
  differences: Difference[];
}

/**
 * Compares an output made of marks with one made of hostile texts: everything must be the same, but that in the place of
 * each mark stands its text. A text that was shortened has an ellipsis, one that is no formula an apostrophe.
 */
export function compare(plain: Tree, hostile: Tree, comparing: Comparing): Compared {
  const found: Compared = { arrived: new Set(), differences: [] };
  compareParts(plain, hostile, '', comparing, found);
  return found;
}

function compareParts(plain: Tree, hostile: Tree, path: string, comparing: Comparing, found: Compared): void {
  if (typeof plain === 'string' || typeof hostile === 'string') {
    if (typeof plain !== typeof hostile) differ(found, path, nameOf(plain), nameOf(hostile));
    else compareTexts(String(plain), String(hostile), path, comparing, found);
    return;
  }
  const here = `${path}/${plain.name}`;
  const isText = textIn(plain).includes(comparing.sentinel) && /^(p|div)$/.test(hostile.name);
  if (plain.name !== hostile.name && !isText) differ(found, here, plain.name, hostile.name);
  const names = Object.keys(plain.properties).join();
  if (names !== Object.keys(hostile.properties).join())
    differ(found, here, names, Object.keys(hostile.properties).join());
  for (const [name, value] of Object.entries(plain.properties)) {
    compareTexts(value, hostile.properties[name] ?? '', `${here}@${name}`, comparing, found);
  }
  const until = plain.parts.findIndex((part) => isBegin(part, comparing.sentinel)) + 1;
  if (until > 0 && isBegin(hostile.parts[until - 1] ?? '', comparing.sentinel)) {
    const written = hostile.parts.slice(until);
    for (const danger of written.flatMap(comparing.dangers)) differ(found, here, 'nothing unsafe', danger);
    for (const mark of plain.parts.slice(until).flatMap((part) => textIn(part).match(MARK) ?? []))
      found.arrived.add(mark);
    compareAll(plain.parts.slice(0, until), hostile.parts.slice(0, until), here, comparing, found);
    return;
  }
  compareAll(plain.parts, hostile.parts, here, comparing, found);
}

function compareAll(
  plain: readonly Tree[],
  hostile: readonly Tree[],
  here: string,
  comparing: Comparing,
  found: Compared,
) {
  if (plain.length !== hostile.length) {
    differ(found, here, `${plain.length} parts ${plain.map(nameOf).join()}`.slice(0, 200), `${hostile.length} parts ${hostile.map(nameOf).join()}`.slice(0, 200)); // prettier-ignore
    return;
  }
  plain.forEach((part, index) => compareParts(part, hostile[index] ?? '', here, comparing, found));
}

function compareTexts(
  plain: string,
  hostile: string,
  path: string,
  { values, sentinel, ignored = /(?!)/ }: Comparing,
  found: Compared,
): void {
  const begun = plain.indexOf(sentinel);
  const [expected, given] =
    begun < 0 ? [plain, hostile] : [plain.slice(0, begun + sentinel.length), hostile.slice(0, hostile.indexOf(sentinel) + sentinel.length)]; // prettier-ignore
  const marks = expected.match(MARK) ?? [];
  const meant = settled(expected.replace(MARK, (mark) => values.get(mark) ?? mark)).replace(ignored, '');
  const is = settled(given).replace(ignored, '');
  if (meant === is || `'${meant}` === is || isShortened(meant, is)) marks.forEach((mark) => found.arrived.add(mark));
  else {
    const same = [...meant].findIndex((letter, index) => letter !== [...is][index]);
    const from = Math.max(0, same - 40);
    differ(found, path, meant.slice(from), is.slice(from));
  }
}

/** A text in which white space and what no format may hold do not count. */
function settled(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/gu,
      '',
    ) // prettier-ignore
    .replace(/\s+/g, '');
}

/** How notices end that are too long. */
const REST = settled(wordsFor('en').say('message.rest'));

function isShortened(meant: string, is: string): boolean {
  const cut = is.indexOf('…');
  if (cut < 0 || is.length > meant.length) return false;
  const rest = is.slice(is.lastIndexOf('…') + 1);
  return meant.startsWith(is.slice(0, cut).replace(/…/g, '')) && (meant.endsWith(rest) || rest.includes(REST));
}

function differ(found: Compared, path: string, expected: string, is: string): void {
  found.differences.push({ path, expected: expected.slice(0, 300), found: is.slice(0, 300) });
}

function nameOf(tree: Tree): string {
  return typeof tree === 'string' ? '“”' : tree.name;
}

/** Whether an author's own Markdown begins in or after a part. */
function isBegin(tree: Tree, sentinel: string): boolean {
  return typeof tree === 'string' || /^(p|paragraph)$/.test(tree.name) ? textIn(tree).includes(sentinel) : false;
}

/** All text in a tree. */
export function textIn(tree: Tree): string {
  return typeof tree === 'string' ? tree : tree.parts.map(textIn).join('');
}
