import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { packageOf } from '../../src/__tests__/support/upgrade.ts';
import { releaseOf } from './release.ts';

const CHANGELOG = `# Changelog

## [Unreleased]

## [0.2.0] - 2026-12-01

### Added

- Pages in Welsh.

## [0.1.0] - 2026-11-30

- The first version.
`;
const REPOSITORY = { repository: 'github:acme/candor' };

describe('a release', () => {
  it.each([
    ['0.2.0', '### Added\n\n- Pages in Welsh.\n'],
    ['0.1.0', '- The first version.\n'],
  ])('of %s has what the changelog says about it', (version, notes) => {
    expect(releaseOf(packageOf(version, REPOSITORY), CHANGELOG, 'acme/candor')).toEqual({ tag: `v${version}`, notes });
  });

  it.each([
    ['0.3.0', REPOSITORY, CHANGELOG, '## [0.3.0] - YYYY-MM-DD'],
    ['0.2.0', REPOSITORY, CHANGELOG.replace('2026-12-01', 'unreleased'), '## [0.2.0] - YYYY-MM-DD'],
    [
      '0.3.0',
      REPOSITORY,
      '## [0.3.0] - 2026-12-02\n\n## [0.2.0] - 2026-12-01\n\n- News.\n',
      'says nothing about 0.3.0',
    ],
    ['0.2.0', {}, CHANGELOG, '"repository": "github:acme/candor"'],
    ['0.2.0', { repository: 'github:other/candor' }, CHANGELOG, 'released from its own repository'],
  ])('of %s says what to write first (%#)', (version, more, changelog, problem) => {
    const release = releaseOf(packageOf(version, more), changelog, 'acme/candor');
    expect(release).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});

it('the changelog has a section for the version in package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('CHANGELOG.md', 'utf8')).toContain(`\n## [${version}] - `);
});
