import { describe, expect, it } from 'vitest';
import { commitMessage } from './post.ts';

describe('the subject of a commit', () => {
  it.each([
    ['The build says [skip ci]', 'The build says skip ci'],
    ['[CI Skip] [no ci] [skip actions] [actions skip]', 'CI Skip no ci skip actions actions skip'],
    ['***NO_CI*** in our pipelines', 'NO_CI in our pipelines'],
    ['[[skip ci]] ****no_ci****', 'skip ci no_ci'],
    ['skip-checks:true', 'skip-checks true'],
    ['skip-checks: true', 'skip-checks true'],
    ['Some [users] cannot skip ci', 'Some [users] cannot skip ci'],
  ])('keeps workflows running when the title is %j', (title, subject) => {
    expect(commitMessage('investigating', title, 'incidents/a.md')).toBe(
      `Investigating: ${subject}\n\nCandor-Post: a\n`,
    );
  });

  it('has no marker that shortening would create', () => {
    const title = `${'a'.repeat(50)}[skip [skip ci]ci]`;
    expect(commitMessage('resolved', title, 'incidents/a.md')).not.toMatch(/\[skip ci\]/i);
  });
});
