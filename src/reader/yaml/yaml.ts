import type { Document, Node, Pair } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { Position, Report, Suggestion } from '../rules.ts';

/** A YAML text as plain values in which every scalar is text, and where each of them stands. */
export interface YamlValue {
  value: unknown;
  /** Where a key or its value stands; for what is not there, the nearest thing around it. */
  locate: (path: readonly PropertyKey[], part?: 'key' | 'value') => Position;
  /** The line of source a position is on. */
  lineAt: (position: Position) => string;
  /** Suggests the same lines with another value, or another key, for a path; `text` is YAML. */
  rewrite: (path: readonly PropertyKey[], text: string, part?: 'key' | 'value') => Suggestion | undefined;
  /** Suggests the first line of a map with another key; `text` is YAML. */
  withKey: (path: readonly PropertyKey[], key: string, text: string) => Suggestion | undefined;
}

const MOST_ALIASES = 100;

interface Hint {
  reason: string;
  /** The line to write instead. */
  mend?: (line: string) => string | undefined;
}

const HINTS: Readonly<Record<string, Hint>> = {
  BLOCK_AS_IMPLICIT_KEY: { reason: 'A value that contains a colon and a space must be in quotes.', mend: quoted },
  TAB_AS_INDENT: {
    reason: 'This line is indented with a tab. Use spaces.',
    mend: (line) => line.replaceAll('\t', '  '),
  },
  BAD_ALIAS: { reason: 'A value that starts with * or & must be in quotes.', mend: quoted },
  BAD_SCALAR_START: { reason: 'A value that starts with this character must be in quotes.', mend: quoted },
  DUPLICATE_KEY: { reason: 'This key is here twice. Delete one.' },
  MISSING_CHAR: { reason: 'A quote or bracket is not closed.' },
};

/** A document of YAML in which every scalar is text, with what finds the lines of its nodes. */
export function parseFailsafe(text: string) {
  const counter = new LineCounter();
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: counter,
    prettyErrors: false,
    merge: false,
    logLevel: 'error',
  });
  return { document, counter };
}

/**
 * Reads YAML with every scalar as text (the `failsafe` schema), so that `0042` and `10:30` survive.
 * Reports what is no YAML and then returns nothing.
 * @param firstLine the line of the file that the text begins on
 */
export function readYaml(text: string, firstLine: number, report: Report): YamlValue | undefined {
  const lines = text.split('\n');
  const { document, counter } = parseFailsafe(text);
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: line + firstLine - 1, column: Math.max(col, 1) };
  };
  const lineAt = (position: Position) => lines[position.line - firstLine] ?? '';

  const problems = problemsOf(document);
  for (const { code, pos, message } of problems) {
    const position = at(pos[0]);
    const hint = HINTS[code] ?? { reason: `This is not valid YAML: ${message.replace(/\.?$/, '.')}` };
    report('yaml-syntax', position, hint.reason, hint.mend?.(lineAt(position)));
  }
  if (problems.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    return {
      value,
      lineAt,
      locate: (path, part = 'value') => at(nodeAt(document, path, part).offset),
      rewrite(path, written, part = 'value') {
        const { node } = nodeAt(document, path, part);
        if (!node) return undefined;
        const [start, last] = rangeOf(node, text);
        // After an empty value there is only a comment, or what YAML took for one.
        const lineEnd = text.indexOf('\n', start);
        const end = last > start ? last : lineEnd < 0 ? text.length : lineEnd;
        const space = text[start - 1] === ':' ? ' ' : '';
        return edited(text, start, end, space + written, firstLine);
      },
      withKey(path, key, written) {
        const { node } = nodeAt(document, path, 'value');
        const [first] = isMap(node) ? node.items : [];
        if (!isMap(node) || !isScalar(first?.key)) return undefined;
        const [start] = rangeOf(first.key, text);
        const [, end] = rangeOf(isScalar(first.value) ? first.value : first.key, text);
        const indent = ' '.repeat(start - text.lastIndexOf('\n', start - 1) - 1);
        const pair = `${key}: ${written}`;
        // Below the first key where its value is on the same line, else above it.
        if (isScalar(first.value) && !text.slice(start, end).includes('\n')) {
          return edited(text, end, end, node.flow ? `, ${pair}` : `\n${indent}${pair}`, firstLine);
        }
        return edited(text, start, start, node.flow ? `${pair}, ` : `${pair}\n${indent}`, firstLine);
      },
    };
  } catch {
    const reason = 'This YAML uses too many aliases. Write the values out.';
    report('yaml-syntax', at(0), reason);
    return undefined;
  }
}

function problemsOf(document: Document): { code: string; pos: [number, number]; message: string }[] {
  if (document.errors.length > 0) return document.errors;
  const unresolved: ReturnType<typeof problemsOf> = [];
  visit(document, {
    Alias(_, node) {
      const at = node.range?.[0] ?? 0;
      if (!node.resolve(document)) unresolved.push({ code: 'BAD_ALIAS', pos: [at, at], message: node.source });
    },
  });
  return unresolved;
}

/** The line with its value in quotes, where it has one that is not. */
function quoted(line: string): string | undefined {
  const match = /^(\s*(?:- )?(?:[\w-]+: +)?)([^"'\s[{|>].*)$/.exec(line);
  return match?.[2] ? `${match[1]}${JSON.stringify(match[2].trimEnd())}` : undefined;
}

/** A text as YAML: as it is where that is safe, else in quotes. */
export function yamlText(text: string): string {
  const isPlain = /^[\p{L}\p{N}/](?:[\p{L}\p{N} _./@+()-]|:(?=\S))*$/u.test(text) && !text.endsWith(' ');
  return isPlain ? text : JSON.stringify(text);
}

/** The whole lines that a part of a text stands in, with another in its place. */
function edited(text: string, start: number, end: number, written: string, firstLine: number): Suggestion {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  const line = firstLine + countLines(text.slice(0, start));
  const endLine = firstLine + countLines(text.slice(0, end));
  const lines = text.slice(from, start) + written + text.slice(end, to < 0 ? undefined : to);
  return endLine === line ? lines : { text: lines, endLine };
}

function countLines(text: string): number {
  return text.split('\n').length - 1;
}

/** Where a node begins and ends, without the space behind it. */
function rangeOf(node: Node, text: string): [start: number, end: number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, start + text.slice(start, end).trimEnd().length];
}

/** What stands at a path, if anything does, and where it or the nearest thing around it begins. */
function nodeAt(
  document: Document,
  path: readonly PropertyKey[],
  part: 'key' | 'value',
): { node: Node | null; offset: number } {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const next = child(node, step, document);
    if (!next) return { node: null, offset };
    const isKey = part === 'key' && index === path.length - 1;
    node = (isPair(next) ? (isKey ? next.key : next.value) : next) as Node | null;
    const shown = node ?? (isPair(next) ? (next.key as Node) : undefined);
    offset = shown?.range?.[0] ?? offset;
  }
  return { node: isAlias(node) ? (node.resolve(document) ?? node) : node, offset };
}

function child(node: Node | null, step: PropertyKey, document: Document): Pair | Node | undefined {
  const target = isAlias(node) ? node.resolve(document) : node;
  const named = (item: unknown) => isScalar(item) && item.value === step;
  if (isMap(target)) return target.items.find(({ key }) => named(key));
  if (isSeq(target))
    return (typeof step === 'number' ? target.items[step] : target.items.find(named)) as Node | undefined;
  return undefined;
}
