import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGE_COLOURS, TONE_COLOURS } from './tokens.ts';

it('docs/customise.md has every token, and no other', () => {
  const rows = readFileSync('docs/customise.md', 'utf8').matchAll(/^\| `(--[\w-]+)`/gm);
  const sizes = readFileSync('src/view/styles/tokens.css', 'utf8').matchAll(/^ {2}(--[\w-]+):/gm);
  const colours = [...Object.keys(PAGE_COLOURS), 'accent', ...Object.keys(TONE_COLOURS.ok)].map((name) => `--${name}`);
  expect(Array.from(rows, ([, name]) => name).sort()).toEqual(
    [...colours, ...Array.from(sizes, ([, name]) => name)].sort(),
  );
});
