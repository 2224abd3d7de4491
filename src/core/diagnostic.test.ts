import { expect, test } from 'vitest';
import type { Diagnostic } from './diagnostic.ts';
import { sortDiagnostics } from './diagnostic.ts';

function diagnostic(place: string): Diagnostic {
  const [file = '', line, column, ruleId = ''] = place.split(':');
  return { file, line: Number(line), column: Number(column), ruleId, severity: 'error', reason: '' };
}

test.each([
  ['file', 'a.md:9:9:z', 'b.md:1:1:a'],
  ['line, as a number', 'a.md:2:9:z', 'a.md:10:1:a'],
  ['column, as a number', 'a.md:2:9:z', 'a.md:2:10:a'],
  ['rule', 'a.md:2:9:a', 'a.md:2:9:b'],
])('diagnostics stand by %s', (_, first, second) => {
  const sorted = [first, second].map(diagnostic);
  expect(sortDiagnostics(sorted)).toEqual(sorted);
  expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
});

test('sorting leaves the list it was given alone', () => {
  const given = [diagnostic('b.md:1:1:a'), diagnostic('a.md:1:1:a')];
  sortDiagnostics(given);
  expect(given.map(({ file }) => file)).toEqual(['b.md', 'a.md']);
});
