import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readFolder } from '../reader/files.ts';
import { EXAMPLE } from './support/sites.ts';

const COPY = 'rm -r src/__tests__/example && cp -R content src/__tests__/example';

async function textsIn(folder: string): Promise<Map<string, string | undefined>> {
  const { files } = await readFolder(folder, 'public');
  return new Map(files.map(({ path, text }) => [path, text]));
}

async function differences(one: string, other: string): Promise<string[]> {
  const [mine, theirs] = await Promise.all([textsIn(one), textsIn(other)]);
  const paths = new Set([...mine.keys(), ...theirs.keys()]);
  return [...paths].filter((path) => mine.get(path) !== theirs.get(path)).sort();
}

it('the tests look at the example as content/ has it, until an owner has begun a page there', async () => {
  const begun = !existsSync('content/.example');
  const different = begun ? [] : await differences('content', EXAMPLE);
  expect(different, `The tests have another example. Copy it: ${COPY}`).toEqual([]);
});
