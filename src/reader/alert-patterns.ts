import { createContext, Script } from 'node:vm';
import { isMatch } from 'matcher';
import type { Pattern } from '../core/alerts/rule.ts';

/** What is wrong with a pattern, and what to write instead. */
export interface PatternProblem {
  problem: string;
  expected?: string;
}

const EXPRESSION = /^\/(.+)\/([^/]*)$/s;
/** Of a regular expression: `g` and `y` would make what it finds depend on what it found before. */
const FLAGS = /^[imsuv]*$/;
/** An expression can take hours for a text made for that; on any other it takes no time at all. */
const LONGEST_MS = 500;
/** With less processor time than this, the machine was busy, not the pattern slow. */
const LEAST_WORK = 0.5 * LONGEST_MS;
const TRIES = 20;

/**
 * A pattern as it stands in `alerts.yml`: text in which `*` stands for anything, without regard to case, or a
 * regular expression between slashes. A backslash takes the meaning of the sign behind it away.
 */
export function readPattern(written: string): Pattern | PatternProblem {
  const [, source, flags = ''] = EXPRESSION.exec(written) ?? [];
  if (source !== undefined) return readExpression(written, source, flags);
  if (!written.startsWith('!')) return { written, fits: (text) => isMatch(text, written) };
  return {
    problem:
      'A pattern cannot begin with !. For alerts that this rule is not to take, put a rule with “then: ignore” above it; where a text begins with !, write a backslash before it.',
    expected: `\\${written}`,
  };
}

function readExpression(written: string, source: string, flags: string): Pattern | PatternProblem {
  if (!FLAGS.test(flags)) {
    return {
      problem: `Behind the last slash of a regular expression stand flags: i, m, s, u or v, and not “${flags}”. For text that begins with a slash, write a backslash before it.`,
      expected: `\\${written}`,
    };
  }
  try {
    return { written, fits: bounded(new RegExp(source, flags)) };
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/^.*\/[a-z]*: /s, '');
    return { problem: `“${written}” is no regular expression: ${why}.` };
  }
}

/** An expression fits nothing any more once a text took it too long: whoever sends such texts would send more of them. */
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
