import { describe, expect, it } from 'vitest';
import { maskCommands } from './secrets.ts';

describe('values of STATUS_SECRETS', () => {
  it('are masked in the log of a job, each on its own and as encoded in addresses and headers', () => {
    const masks = maskCommands({ STATUS_SECRETS: 'SLACK_URL=https://hooks.example/s3cr3t?a=b%20c\n' });
    expect(masks).toEqual([
      '::add-mask::https://hooks.example/s3cr3t?a=b%2520c',
      '::add-mask::https%253A%252F%252Fhooks.example%252Fs3cr3t%253Fa%253Db%252520c',
      '::add-mask::aHR0cHM6Ly9ob29rcy5leGFtcGxlL3MzY3IzdD9hPWIlMjBj',
    ]);
  });

  it.each(['https://s3cr3t@matrix.example', 'https://status:s3cr3t@acme.zulipchat.com'])(
    'have their token or password masked, and no user name that may be a word: %s',
    (url) => {
      const masks = maskCommands({ STATUS_SECRETS: `A=${url}\n` });
      expect(masks).toContain('::add-mask::s3cr3t');
      expect(masks).not.toContain('::add-mask::status');
    },
  );

  it('are masked line by line if they have several', () => {
    const masks = maskCommands({ STATUS_SECRETS: 'TO="ada@acme.example\nbob@acme.example"\n' });
    expect(masks).toEqual(expect.arrayContaining(['::add-mask::ada@acme.example', '::add-mask::bob@acme.example']));
    expect(masks.every((mask) => !mask.includes('\n'))).toBe(true);
  });

  it('of a few letters are not masked, and neither is anything without secrets', () => {
    expect(maskCommands({ STATUS_SECRETS: 'A=on\n' })).toEqual([]);
    expect(maskCommands({})).toEqual([]);
  });
});
