import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commit } from './git.ts';
import { repository } from '../../src/__tests__/support/authoring.ts';

it.each(['Import [skip ci] of Acme', 'By the rule [[no ci]]', 'Candor ***NO_CI*** 2', 'Acme\n\nskip-checks: true\n'])(
  'workflows run for the commit of %j',
  async (message) => {
    const made = await repository({});
    writeFileSync(join(made.folder, 'a'), 'A');
    await commit({ folder: made.folder, env: process.env }, ['a'], message);
    expect(made.git('log', '-1', '--format=%B')).not.toMatch(
      /\[(skip|no)[ -](ci|actions)\]|\*{3}no_ci\*{3}|skip-checks:\s*true/i,
    );
  },
);
