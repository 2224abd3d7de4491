import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildEnvironment } from '../../src/__tests__/support/sites.ts';
import { harmless, workflowCommand } from './output.ts';

it.each([
  ['an escape sequence', 'a\u001b]0;title\u0007b', 'a�]0;title�b'],
  ['a sequence that hides text', 'a\u001b[8mb', 'a�[8mb'],
  ['a control of C1', 'a\u009b31mb', 'a�31mb'],
  ['a return to the beginning of the line', 'all is well\rnot', 'all is well�not'],
])('%s cannot control a terminal', (_, text, printed) => {
  expect(harmless(text, false)).toBe(printed);
});

it('our colours, tabs and line ends pass', () => {
  const text = '\u001b[1mcontent/a.md\u001b[0m\tb\r\nc\n';
  expect(harmless(text, true)).toBe(text);
});

it.each(['::error::a', '  ::set-env name=a::b', 'a ##[error]b', 'a\n::stop-commands::b'])(
  '%j is no command to GitHub',
  (text) => {
    const printed = harmless(text, true);
    expect(printed).not.toMatch(/^\s*::|##\[/m);
    expect(harmless(text, false)).toBe(text);
  },
);

it('our own workflow command stays one line, whatever it contains', () => {
  const line = workflowCommand('error', 'a%0A::b\n::warning::c\u001b[2J\u202ed', { file: 'a,b:c\n::error::d' });
  expect(line).toBe(
    '::error file=a%2Cb%3Cc%0A%3A%3Aerror%3A%3Ad::a%250A::b%0A::warning::c�[2J�d'.replace('%3Cc', '%3Ac'),
  );
  expect(harmless(line, true)).toBe(line);
});

it('a hostile file name reaches neither the terminal nor the log of a job', () => {
  const folder = mkdtempSync(join(tmpdir(), 'candor-output-'));
  try {
    mkdirSync(join(folder, 'incidents'));
    writeFileSync(join(folder, 'site.yml'), 'name: Acme\nurl: https://status.acme.example\n');
    writeFileSync(join(folder, 'components.yml'), '- id: checkout\n  name: Checkout\n');
    writeFileSync(join(folder, 'incidents', 'a\u001b]0;x\u0007\n::error::b \u202egnp.md'), 'no front matter');
    const run = (env: Record<string, string>, ...args: string[]) =>
      spawnSync(process.execPath, ['scripts/cli.ts', ...args], {
        env: buildEnvironment({ STATUS_CONTENT: folder, ...env }),
      });
    for (const args of [
      ['check'],
      ['check', '--format', 'github'],
      ['report'],
      ['watch'],
      ['build', '--outDir', join(folder, 'out')],
    ]) {
      const { stdout, stderr } = run({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: '' }, ...args);
      const printed = `${stdout.toString()}${stderr.toString()}`;
      expect(printed, args.join(' ')).not.toMatch(/\u001b\]|\u0007|\u202e|^\s*::error::b/m);
      expect(printed.length).toBeGreaterThan(0);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('commands print in only one way', () => {
  const sources = globSync(
    'scripts/{commands,lib,alerts,authoring,forms,import,notify,preview,publish,upgrade,watch}/**/*.ts',
  );
  const printing = sources
    .filter((path) => !/\.test\.ts$|lib\/output\.ts$|alerts\/relay\.ts$/.test(path))
    .filter((path) =>
      /console\.(log|error|warn|info)|std(out|err)\.write|[`'"]::(error|warning|notice|add-mask|debug)/.test(
        readFileSync(path, 'utf8'),
      ),
    );
  expect(printing).toEqual([]);
});
