import { expect, test } from 'vitest';
import { noEffect } from './effect.ts';
import { fixGuess } from './fix-guess.ts';
import { stockWords } from './stock.ts';

test.each(['a', ' ', '\n', '.', 'a ', '"', '1', 'A-', 'we expect a fix ', 'within the next '])(
  'a megabyte of %j is read in a time that grows with it alone',
  (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const start = performance.now();
    stockWords(text, 'resolved');
    noEffect('Incident', [text]);
    fixGuess(text, 'identified');
    expect(performance.now() - start).toBeLessThan(10_000);
  },
);
