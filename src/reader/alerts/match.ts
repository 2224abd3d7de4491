import { createContext, Script } from 'node:vm';
import { isMatch } from 'matcher';
import type { AlertMatch, Pattern } from '../../core/alerts/rule.ts';
import type { Report } from '../rules.ts';
import type { YamlValue } from '../yaml/yaml.ts';

/** What is wrong with a pattern, and what to write instead. */
interface PatternProblem {
  problem: string;
  expected?: string;
}

const EXPRESSION = /^\/(.+)\/([^/]*)$/s;
/** Allowed flags. With `g` and `y`, a match would depend on the one before. */
const FLAGS = /^[imsuv]*$/;
/** The most time for a match. A malicious text can make an expression run for hours. */
const LONGEST_MS = 500;
/** With less processor time than this, the machine was busy, and the pattern is not slow. */
const LEAST_WORK = 0.5 * LONGEST_MS;
const TRIES = 20;

/**
 * Reads a pattern of `alerts.yml`: text in which `*` matches anything and case is ignored, or a regular expression between
 * slashes. A backslash escapes the next character.
 */
export function readPattern(written: string): Pattern | PatternProblem {
  const [, source, flags = ''] = EXPRESSION.exec(written) ?? [];
  if (source !== undefined) return readExpression(written, source, flags);
  if (!written.startsWith('!')) return { written, fits: (text) => isMatch(text, written) };
  return {
    problem:
      'A pattern cannot start with “!”. To exclude alerts, add a rule with “then: ignore” above this one. If the text itself starts with “!”, put a backslash before it.',
    expected: `\\${written}`,
  };
}

function readExpression(written: string, source: string, flags: string): Pattern | PatternProblem {
  if (!FLAGS.test(flags)) {
    return {
      problem: `“${flags}” are not valid flags of a regular expression. Use i, m, s, u or v after the last slash. If this is text that starts with a slash, put a backslash before it.`,
      expected: `\\${written}`,
    };
  }
  try {
    return { written, fits: bounded(new RegExp(source, flags)) };
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/^.*\/[a-z]*: /s, '');
    return { problem: `“${written}” is not a valid regular expression: ${why}.` };
  }
}

/** An expression that was once too slow matches nothing from then on, because a sender of such texts would send more. */
function bounded(expression: RegExp): Pattern['fits'] {
  let isSlow = false;
  return (text) => {
    for (let tries = 0; !isSlow && tries < TRIES; tries++) {
      const begun = process.cpuUsage();
      try {
        return TEST.runInContext(createContext({ expression, text }), { timeout: LONGEST_MS }) as boolean;
      } catch {
        const { user, system } = process.cpuUsage(begun);
        isSlow = (user + system) / 1000 > LEAST_WORK;
      }
    }
    return false;
  };
}

const TEST = new Script('expression.test(text)');

const FIELDS = ['source', 'name', 'severity'] as const;

/**
 * Reads the conditions of a rule. An invalid pattern matches nothing. The schema reports values of a wrong type.
 * @returns undefined if the rule has none
 */
export function readMatch(written: unknown, index: number, yaml: YamlValue, report: Report): AlertMatch | undefined {
  const match = isMap(written) ? written : {};
  const at = (...path: PropertyKey[]) => yaml.locate([index, 'match', ...path]);
  const read = (value: unknown, ...path: PropertyKey[]): Pattern[] =>
    textsIn(value).flatMap((text, order) => {
      const pattern = readPattern(text);
      if (!('problem' in pattern)) return [pattern];
      const place = ['match', ...path];
      const isList = Array.isArray(value);
      const line =
        pattern.expected &&
        yaml.rewrite([index, ...place, ...(isList ? [order] : [])], JSON.stringify(pattern.expected));
      report('alert-pattern', at(...path, order), pattern.problem, line);
      return [];
    });
  const labels = Object.entries(isMap(match['labels']) ? match['labels'] : {});
  const given = FIELDS.filter((field) => field in match);
  if (given.length + labels.length === 0) {
    if (isMap(written)) {
      const reason =
        'The rule does not say which alerts it handles. To handle all alerts that no rule above matches, match any source.';
      report('alert-match', at(), reason, yaml.rewrite([index, 'match'], '{ source: "*" }'));
    }
    return undefined;
  }
  return {
    ...Object.fromEntries(given.map((field) => [field, read(match[field], field)])),
    labels: Object.fromEntries(labels.map(([label, value]) => [label, read(value, 'labels', label)])),
  };
}

/**
 * Whether one match certainly covers another: each of its conditions is also in the other one, with patterns that are not
 * wider. Regular expressions are compared as text.
 */
export function covers(wide: AlertMatch, narrow: AlertMatch): boolean {
  return (
    FIELDS.every((field) => coversAll(wide[field], narrow[field])) &&
    Object.entries(wide.labels).every(([label, patterns]) => coversAll(patterns, narrow.labels[label]))
  );
}

function coversAll(wide: readonly Pattern[] | undefined, narrow: readonly Pattern[] | undefined): boolean {
  if (!wide) return true;
  // One that can never fit is reported for what is wrong with it.
  if (!narrow || narrow.length === 0) return false;
  return narrow.every((one) => wide.some((other) => coversOne(other, one)));
}

/** Compares as if the narrow pattern were text: its stars can only match stars of the wide one. */
function coversOne(wide: Pattern, { written }: Pattern): boolean {
  if (wide.written === written) return true;
  const isPlain = (text: string) => !text.startsWith('/') && !text.includes('\\');
  return isPlain(wide.written) && isPlain(written) && wide.fits(written);
}

function textsIn(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string' && one.trim() !== '') as string[];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
