import { expect, it } from 'vitest';
import type { FeedContext } from '../../src/formats/context.ts';
import { culprits } from './culprits.ts';
import { contentOf, NOW } from '../dev/hostile/content.ts';

const content = contentOf([{ title: 'One' }, { title: 'Two', work: 'Work on two' }]);

const failsFor = (title: string) => (context: FeedContext) => {
  const { incidents, maintenance } = context.ledger.content;
  if ([...incidents, ...maintenance].some((event) => event.title === title)) throw new Error('Out of luck.');
};

it.each([
  ['Two', ['incidents/s-1.md']],
  ['Work on two', ['maintenance/w-1.md']],
])('what fails with “%s” is traced to its file', (title, files) => {
  expect(culprits(content, NOW, failsFor(title))).toEqual(files);
});

it('a failure without any event is traced to the settings', () => {
  const fails = () => {
    throw new Error('Out of luck.');
  };
  expect(culprits(content, NOW, fails)).toEqual(['site.yml', 'components.yml']);
});

it('files that can all be built are not blamed', () => {
  expect(culprits(content, NOW)).toEqual([]);
});
