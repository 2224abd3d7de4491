import { expect, test } from 'vitest';
import { growth, LINEAR } from '../__tests__/support/growth.ts';
import { fixGuess, noEffect, stockWords } from './wording.ts';

test.each(['a', ' ', '\n', '.', 'a ', '"', '1', 'A-', 'we expect a fix ', 'within the next '])(
  'a megabyte of %j is read with work that grows with it alone',
  (piece) => {
    const read = (text: string) => {
      stockWords(text, 'resolved');
      noEffect('Incident', [text]);
      fixGuess(text, 'identified');
    };
    expect(growth((times) => read(piece.repeat((times * 250_000) / piece.length)))).toBeLessThan(LINEAR);
  },
);
