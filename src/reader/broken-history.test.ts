import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applySuggestion } from '../__tests__/support/suggestions.ts';
import { readUnchecked } from '../__tests__/support/reader.ts';

/** Incident files that somebody committed broken; they lie outside of the repository. */
const BROKEN = '../shared/data/cstate-broken-history';
const PATH = 'incidents/a.md';

describe.skipIf(!existsSync(BROKEN))(`files that were committed broken (skipped where ${BROKEN} is absent)`, () => {
  const names = existsSync(BROKEN) ? readdirSync(BROKEN).filter((name) => name.endsWith('.md')) : [];

  it.each(names)('the fault of %s is named, and each line to write puts right what it is given for', (name) => {
    const files = { [PATH]: readFileSync(join(BROKEN, name), 'utf8') };
    const { diagnostics } = readUnchecked(files);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).not.toEqual([]);
    expect(diagnostics.map(({ ruleId }) => ruleId)).not.toContain('file-fault');
    for (const diagnostic of diagnostics.filter(({ expected }) => expected !== undefined)) {
      const isSame = ({ ruleId, reason }: typeof diagnostic) =>
        ruleId === diagnostic.ruleId && reason === diagnostic.reason;
      const after = readUnchecked(applySuggestion(files, diagnostic)).diagnostics;
      // What was hidden behind it, such as other keys behind YAML that could not be read, comes to light.
      const counts = [after, diagnostics].map((list) => list.filter(isSame).length);
      expect(counts[0], `${diagnostic.ruleId}: ${diagnostic.expected}`).toBeLessThan(counts[1] ?? 0);
    }
  });
});
