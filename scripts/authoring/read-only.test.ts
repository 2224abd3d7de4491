import { afterEach, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, repository } from '../../src/__tests__/support/authoring.ts';

/** Whoever is root may write everywhere, but for this. */
const asOthers = process.getuid?.() === 0 ? 'exec setpriv --bounding-set -dac_override "$@"' : ':';
const MESSAGE = ['--message', 'We are looking for the cause.', '--no-commit'];

let made: Workshop;
afterEach(async () => {
  made.run([], { shell: 'chmod -R u+w content; exit' });
  await made.remove();
});

it.each([
  ['new', ['A title', '--component', 'checkout=major_outage', '--next', '30m', ...MESSAGE]],
  ['update', ['--next', '30m', ...MESSAGE]],
  ['resolve', MESSAGE],
  ['maintenance', ['A title', '--component', 'checkout', '--scheduled', 'tomorrow 02:00', '--for', '1h', ...MESSAGE]],
  ['init', ['--name', 'A', '--url', 'a.example', '--component', 'Website', '--force', '--no-commit']],
])('%s says that it may not write, and leaves every file as it is', async (command, args) => {
  made = await repository({ 'content/incidents/2026/2026-11-20-pay.md': INCIDENT });
  const { err, code } = made.run([command, ...args], { shell: `chmod -R a-w content; ${asOthers}` });
  expect(err).toMatch(
    / cannot be written: you do not have permission to write to the folder \(EACCES\)\.\nNothing was written\.\n$/,
  );
  expect(code).toBe(1);
  expect(made.git('-c', 'core.fileMode=false', 'status', '--porcelain')).toBe('');
});
