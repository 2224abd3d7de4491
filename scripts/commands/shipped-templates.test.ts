import { afterEach, expect, it } from 'vitest';
import { readFiles } from '../../src/__tests__/support/reader.ts';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, RESOLVED, RUNNING, TEMPLATES, TITLED, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const WORK = 'content/maintenance/upgrade.md';
let made: Workshop | undefined;
afterEach(async () => {
  await made?.remove();
  made = undefined;
});

const files = Object.fromEntries(
  Object.entries(TEMPLATES).map(([path, text]) => [path.slice('content/'.length), text]),
);
const { templates = [] } = readFiles(files).content ?? {};
const work = ['Upgrade', '--component', 'checkout', '--scheduled', 'tomorrow 02:00', '--for', '2h'];
const uses: readonly (readonly [name: string, args: readonly string[], files: Record<string, string>])[] = [
  ['investigating', [...TITLED, '--next', '20m'], {}],
  ['scope-known', ['update', '--next', '20m'], { [PATH]: INCIDENT }],
  ['identified', ['update', '--next', '20m'], { [PATH]: INCIDENT }],
  ['holding', ['update', '--next', '20m'], { [PATH]: INCIDENT }],
  ['monitoring', ['update', '--next', '20m', '--component', 'checkout=operational'], { [PATH]: INCIDENT }],
  ['resolved', ['resolve'], { [PATH]: INCIDENT }],
  ['false-alarm', ['resolve'], { [PATH]: INCIDENT }],
  ['postmortem', ['update'], { [PATH]: RESOLVED }],
  ['alert', [...TITLED, '--component', 'payments-api=degraded_performance', '--next', '20m'], {}],
  ['alert-more', ['update', '--next', '20m', '--component', 'payments-api=partial_outage'], { [PATH]: INCIDENT }],
  ['alert-back', ['update', 'pay', '--next', '20m', '--component', 'checkout=partial_outage'], { [PATH]: RESOLVED }],
  ['alert-over', ['resolve'], { [PATH]: INCIDENT }],
  ['maintenance-announced', ['maintenance', ...work], {}],
  ['maintenance-started', ['update', '--next', '20m'], { [WORK]: RUNNING }],
  ['maintenance-overrun', ['update', '--next', '20m', '--expected-fix', '3h'], { [WORK]: RUNNING }],
  ['maintenance-done', ['resolve'], { [WORK]: RUNNING }],
  ['maintenance-cancelled', ['update', 'upgrade'], { [WORK]: RUNNING.replaceAll('11-20', '11-21') }],
];

it('seventeen templates come with the example', () => {
  expect(templates.map(({ name }) => name).sort()).toEqual(uses.map(([name]) => name).sort());
});

const filled = (example: string) => example.replace('{{components}}', 'Checkout').replace('{{started}}', '09:12 UTC');

it.each(uses)('%s says with its own examples nothing that check would warn of', async (name, args, more) => {
  made = await workshop({ ...TEMPLATES, ...more });
  const blanks = templates.find((template) => template.name === name)?.blanks ?? [];
  const set = blanks.flatMap((blank) => (blank.example ? ['--set', `${blank.name}=${filled(blank.example)}`] : []));
  const { out, err, code } = await made.call([...args, '--template', name, ...set]);
  expect(err).toBe('');
  expect(out).not.toContain('warning');
  expect(code).toBe(0);
  expect((await made.call(['check'])).out).toBe('No problems found in the content folder.\n');
});

it.each(templates)('$name has a title, and asks for each blank in words, with an example', ({ title, blanks }) => {
  expect(title).toBeDefined();
  for (const { name, question, example } of blanks) {
    if (name === 'components') continue;
    expect(question).toMatch(/^[A-Z].*[?.]$/);
    expect(example).toMatch(/\.$/);
  }
});
