import type { Position, Report, Suggestion } from '../rules.ts';

/** A key of a JSON object, with what stands behind it. */
export interface JsonEntry {
  key: string;
  /** Text; nothing for a value of another kind. */
  text: string | undefined;
  /** Where the key and the value stand. */
  keyAt: Position;
  valueAt: Position;
  /** The line of the key with another key. */
  renamed: (key: string) => Suggestion;
}

interface Token {
  /** `text` for one in quotes, `word` for a number, a name and anything else. */
  kind: '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'word' | 'end';
  start: number;
  end: number;
}

const TOKEN = /("(?:[^"\\\n]|\\[^\n])*")|([{}[\]:,])|[^\s{}[\]:,"]+|"[^\n]*/gy;

/**
 * The entries of a file that is one JSON object, in their order. Parsers of JSON say neither where a key stands nor, in
 * all cases, where an error is. Reports what is no JSON, and then returns nothing.
 */
export function readJsonObject(text: string, report: Report): JsonEntry[] | undefined {
  const tokens = tokensOf(text);
  const positionAt = positionsIn(text);
  const entries: JsonEntry[] = [];
  let index = 0;
  const peek = (): Token => tokens[index] ?? END(text);
  const refuse = ({ start }: Token, reason: string, suggestion?: Suggestion): undefined => {
    report('json-syntax', positionAt(start), reason, suggestion);
    return undefined;
  };

  if (peek().kind !== '{')
    return refuse(peek(), 'The file must start with {.', { example: '{\n  "history": "History"\n}' });
  index += 1;
  while (peek().kind !== '}') {
    const key = peek();
    const name = stringOf(text, key);
    if (name === undefined) {
      if (key.kind === 'end') return refuse(key, 'The file must end with }.', { text: '}', edit: 'end' });
      const quoted = key.kind === 'word' && lineWith(text, key, JSON.stringify(text.slice(key.start, key.end)));
      return refuse(key, 'A key in double quotes must stand here.', quoted || undefined);
    }
    index += 1;
    if (peek().kind !== ':') return refuse(peek(), `A colon must follow the key “${name}”.`);
    index += 1;
    const value = peek();
    const isNested = value.kind === '{' || value.kind === '[';
    if (isNested) index = afterNested(tokens, index);
    else if (value.kind === 'text' || value.kind === 'word') index += 1;
    else return refuse(value, `A text in double quotes must follow the key “${name}”.`);
    if (value.kind === 'word' && text[value.start] === '"') return refuse(value, 'This text has no closing quote.');
    const said = stringOf(text, value);
    if (value.kind === 'text' && said === undefined)
      return refuse(value, 'This text has a backslash that JSON does not know. Write two, or \\n, \\" or \\u0041.');
    entries.push({
      key: name,
      text: said,
      keyAt: positionAt(key.start),
      valueAt: positionAt(value.start),
      renamed: (other) => lineWith(text, key, JSON.stringify(other)),
    });
    const next = peek();
    if (next.kind === ',') {
      index += 1;
      if (peek().kind === '}') return refuse(next, 'Delete the comma after the last text.', lineWith(text, next, ''));
    } else if (next.kind === 'text') {
      const last = tokens[index - 1] ?? value;
      const at = { ...last, start: last.end };
      return refuse(at, 'A comma is missing after this text.', lineWith(text, at, ','));
    } else if (next.kind === 'end') return refuse(next, 'The file must end with }.', { text: '}', edit: 'end' });
    else if (next.kind !== '}') return refuse(next, 'A comma or } must stand here.');
  }
  index += 1;
  return peek().kind === 'end' ? entries : refuse(peek(), 'Nothing may follow the last }. Delete it.');
}

function END(text: string): Token {
  return { kind: 'end', start: text.trimEnd().length, end: text.length };
}

function tokensOf(text: string): Token[] {
  return Array.from(text.matchAll(new RegExp(TOKEN.source, 'g')), (match) => ({
    kind: match[1] !== undefined ? 'text' : match[2] !== undefined ? (match[2] as Token['kind']) : 'word',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The index behind a list or a set of keys, whatever is in it: no text is one. */
function afterNested(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const kind = tokens[index]?.kind ?? 'end';
    if (kind === '{' || kind === '[') depth += 1;
    if (kind === '}' || kind === ']') depth -= 1;
    if (depth === 0) return index + 1;
  }
  return tokens.length;
}

function stringOf(text: string, { kind, start, end }: Token): string | undefined {
  if (kind !== 'text') return undefined;
  try {
    return JSON.parse(text.slice(start, end)) as string;
  } catch {
    return undefined;
  }
}

/** The line of a token with another text in its place. */
function lineWith(text: string, { start, end }: Token, written: string): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return text.slice(from, start) + written + text.slice(end, to < 0 ? undefined : to);
}

/** Finds the line and the column of an offset without reading the whole text each time. */
function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
