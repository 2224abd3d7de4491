import { expect, it } from 'vitest';
import { outlineOf } from './outline.ts';
import { printMarkdown } from './print.ts';
import { BEGUN, change, company, IDENTIFIED, PAY } from '../../src/__tests__/support/preview-change.ts';

const RUN = 'https://github.com/acme/status/actions/runs/7';

/** The comments that people read, for three changes as they come every day. */
const CHANGES = [
  { name: 'new-incident', before: {}, after: { [PAY]: BEGUN }, now: '2026-11-20T09:29:00Z' },
  {
    name: 'second-update',
    before: { [PAY]: BEGUN },
    after: { [PAY]: BEGUN + IDENTIFIED },
    now: '2026-11-20T09:49:00Z',
  },
  {
    name: 'typo-fix',
    before: { [PAY]: BEGUN + IDENTIFIED },
    after: { [PAY]: (BEGUN + IDENTIFIED).replace('takign', 'taking') },
    now: '2026-11-20T09:55:00Z',
  },
];

it.each(CHANGES)('the comment on a $name reads as its fixture', async ({ name, before, after, now }) => {
  using repository = company(before);
  const told = await change(repository, after, now);
  await expect(printMarkdown(outlineOf({ ...told, run: RUN }))).toMatchFileSnapshot(`fixtures/${name}.md`);
});
