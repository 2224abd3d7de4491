import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import {
  INCIDENT,
  KEYS,
  repository,
  RESOLVED,
  RUNNING,
  SITE,
  TEMPLATES,
  TITLED,
  workshop,
} from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const WORK = 'content/maintenance/upgrade.md';
const ONE = '---\nfor: both\nstatus: update\n---\n\nUntil {{a}}.\n';
const NEW = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
let made: Workshop;
afterEach(() => made.remove());

describe('--template', () => {
  it('gives the message and the status, with its blanks filled by --set', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT });
    const set = ['--set', 'cause=A *database* failed: `db-7`.', '--set', 'doing=We replace it.'];
    const { err } = made.run(['update', '--template', 'identified', ...set, '--set', 'effect=Paying = failing.\r\n']);
    expect(err).toBe('');
    expect(await made.read(PATH)).toBe(
      `${INCIDENT}\n## Identified · 2026-11-20 10:05 UTC\n\nPaying = failing.\n\nWe've found the cause. A *database* failed: \`db-7\`. We replace it.\n`,
    );
  });

  it('lets --status say another status', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT });
    expect((await made.call(['update', '--template', 'holding', '--status', 'monitoring'])).code).toBe(0);
    expect(await made.read(PATH)).toContain('## Monitoring · 2026-11-20 10:05 UTC\n\nNothing has changed');
  });

  it('begins an incident that its template would only repeat as Investigating', async () => {
    made = await workshop({ ...TEMPLATES });
    const set = ['affected', 'unaffected', 'meanwhile'].flatMap((name) => ['--set', `${name}=Text.`]);
    expect((await made.call([...TITLED, '--template', 'scope-known', ...set])).code).toBe(0);
    expect(await made.read(NEW)).toContain('## Investigating · 2026-11-20 10:05 UTC\n\nWe now know who is affected');
  });

  it('announces, finds and ends a maintenance', async () => {
    made = await workshop({ ...TEMPLATES, [WORK]: RUNNING, [PATH]: INCIDENT });
    const announced = ['--set', 'work=We upgrade.', '--set', 'effect=Waits.', '--set', 'prepare=Nothing to prepare.'];
    const when = ['--component', 'checkout', '--scheduled', 'tomorrow 02:00', '--for', '2h'];
    expect(
      (await made.call(['maintenance', 'More', ...when, '--template', 'maintenance-announced', ...announced])).code,
    ).toBe(0);
    expect(await made.read('content/maintenance/2026/2026-11-21-more.md')).toMatch(
      /## Scheduled · 2026-11-20 10:05 UTC\n\nWaits\. Nothing to prepare\.\n\nWe upgrade\.\n$/,
    );
    const begun = [
      'update',
      '--template',
      'maintenance-started',
      '--set',
      'effect=Waits.',
      '--component',
      'checkout=operational',
    ];
    expect((await made.call(begun)).err).toBe('');
    expect(await made.read(WORK)).toContain(
      '## In progress · 2026-11-20 10:05 UTC\n\nThe maintenance on Payments API has started. Waits.\n',
    );
    expect((await made.call(['resolve', '--template', 'maintenance-done', '--set', 'result=Fast.'])).err).toBe('');
    expect(await made.read(WORK)).toMatch(
      /## Completed · 2026-11-20 10:05 UTC\n\nFast\. The maintenance on Payments API is complete\.\n$/,
    );
    expect(await made.read(PATH)).toBe(INCIDENT);
  });

  it('knows components, areas and the start, as text and not as Markdown', async () => {
    const components = '- id: a\n  name: Check*out*\n- id: b\n  name: "{{b}} [x](y)"\n- id: c\n  name: C\n';
    const facts = '---\nfor: incident\nstatus: investigating\n---\n\n{{components}} in {{areas}} since {{started}}.\n';
    made = await workshop({ 'content/components.yml': components, 'content/templates/facts.md': facts });
    const args = ['new', 'T', '--component', 'a=major_outage', '--component', 'b=major_outage', '--area', 'EU, US'];
    const { err } = await made.call([...args, '--started', '20m', '--template', 'facts']);
    expect(err).toBe('');
    expect(await made.read('content/incidents/2026/2026-11-20-t.md')).toContain(
      '\n\nCheck\\*out\\* and \\{\\{b\\}\\} \\[x\\](y) in EU and US since 10:45 CET.\n',
    );
  });

  it('names groups of which all is affected, and counts what is too much to name', async () => {
    const list = (letter: string) => Array.from({ length: 9 }, (_, n) => `{ id: ${letter}${n}, name: ${letter}${n} }`);
    const components = `- group: Eu*rope\n  components: [${list('e').join(', ')}]\n- ${list('u').join('\n- ')}\n`;
    const facts = '---\nfor: incident\nstatus: investigating\n---\n\n{{components}}.\n';
    made = await workshop({ 'content/components.yml': components, 'content/templates/facts.md': facts });
    expect((await made.call(['new', 'T', '--component', 'all=major_outage', '--template', 'facts'])).err).toBe('');
    expect(await made.read('content/incidents/2026/2026-11-20-t.md')).toContain(
      '\n\nEu\\*rope (all 9), u0, u1, u2, u3, u4, u5, and u6 and 2 more.\n',
    );
  });

  it('says what it knows in the language of the page', async () => {
    const facts = '---\nfor: incident\nstatus: investigating\n---\n\n{{components}}: {{areas}}, {{started}}.\n';
    made = await workshop({ 'content/site.yml': `${SITE}locales: [de, en]\n`, 'content/templates/facts.md': facts });
    const args = ['new', 'T', '--component', 'checkout=major_outage', '--component', 'payments-api=major_outage'];
    const more = ['--area', 'EU, US', '--started', '2026-11-19 08:00 UTC', '--template', 'facts'];
    expect((await made.call([...args, ...more])).err).toBe('');
    expect(await made.read('content/incidents/2026/2026-11-19-t.md')).toContain(
      '\n\nCheckout und Payments API: EU und US, 19. Nov., 09:00 MEZ.\n',
    );
  });

  it('asks for what it cannot know', async () => {
    made = await workshop({ ...TEMPLATES, [WORK]: RUNNING.replace('components: [checkout, payments-api]\n', '') });
    const { err, code } = await made.call(['resolve', '--template', 'maintenance-done']);
    expect(err).toBe(
      'Missing: --set result=TEXT (What can customers do again, and what is better now?) and --set components=TEXT. Add that, or run this in a terminal to be asked.\nNothing was written.\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    [['new', '--template', 'investigating'], 'Missing: a title and --set effect=TEXT (What do customers see,'],
    [[...TITLED, '--template', 'investigatin'], 'content/templates/investigatin.md. Did you mean “investigating”?'],
    [[...TITLED, '--template', 'maintenance-done'], 'The template “maintenance-done” is for maintenance. Use'],
    [[...TITLED, '--template', 'broken'], 'The template “broken” has errors.'],
    [[...TITLED, '--set', 'effect=a'], '--set fills the blanks of a template.'],
    [[...TITLED, '--template', 'investigating', '--set', 'efect=a'], 'Did you mean “effect”?'],
    [[...TITLED, '--template', 'investigating', '--set', 'effect'], 'Write --set effect=TEXT.'],
    [['update', '--template', 'one', '--set', 'a='], 'Each sentence of the template “one” has an empty blank.'],
    [[...TITLED, '--template', 'investigating', '--set', 'effect=a', '--set', 'effect=b'], 'is set twice.'],
    [
      ['resolve', '--template', 'identified'],
      'says Identified, but this update is Resolved. Use resolved, false-alarm.',
    ],
    [['update', '--template', 'postmortem'], 'No incident of the last 30 days still needs a postmortem.'],
    [
      ['update', '--template', 'maintenance-started'],
      'The template “maintenance-started” does not fit anything that is open.',
    ],
  ])('writes nothing when it is given %j', async (args, reason) => {
    made = await workshop({
      ...TEMPLATES,
      [PATH]: INCIDENT,
      'content/templates/broken.md': 'Text.',
      'content/templates/one.md': ONE,
    });
    const { err, code } = await made.call(args);
    expect(err).toContain(reason);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(INCIDENT);
    await expect(made.read(NEW)).rejects.toThrow('ENOENT');
  });

  it.each([
    ['the heading of an update', 'a\n\n## Resolved · 2026-11-20 10:05 UTC\n\nb', 'would start a new update'],
    ['a heading that is none', '## Resolved', 'heading'],
    ['a labelled line', 'a\n\n- **Ended:** 10:00 UTC', 'label-misplaced'],
    ['another blank', 'See {{other}}.', 'The blank “other” is not filled in.'],
    ['itself', '{{effect}}', 'The blank “effect” is not filled in.'],
    ['an open block of code', '```\nopen', 'code-unclosed'],
    ['a control character', 'a\u0007', 'U+0007'],
  ])('publishes no blank that is filled with %s', async (_, value, reason) => {
    made = await workshop({ ...TEMPLATES });
    const { err, code } = await made.call([...TITLED, '--template', 'investigating', '--set', `effect=${value}`]);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    await expect(made.read(NEW)).rejects.toThrow('ENOENT');
  });

  it.each([
    '---\ntitle: x',
    "$& $1 $' \\",
    'a: b # c "d" \'e\' [f] {g}',
    'Ü💥'.repeat(150),
    'one\ntwo\n\n- three\n- four',
  ])('writes the value %j as it is', async (value) => {
    made = await workshop({ ...TEMPLATES });
    const { err } = await made.call([...TITLED, '--template', 'investigating', '--set', `effect=Text.\n\n${value}`]);
    expect(err).toBe('');
    expect(await made.read(NEW)).toContain(`\n\nText.\n\n${value}\n\nWe don't know the cause yet`);
  });
});

describe('a postmortem', () => {
  const SET = ['what-happened', 'effect', 'why', 'changes', 'making-good'].flatMap((name) => [
    '--set',
    `${name}=Text.`,
  ]);

  it('goes to the incident that waits for it, and not to one that is open', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: RESOLVED, 'content/incidents/open.md': INCIDENT });
    expect((await made.call(['update', '--template', 'postmortem', ...SET])).err).toBe('');
    const text = await made.read(PATH);
    expect(text.slice(RESOLVED.length)).toMatch(
      /^\n## Postmortem · 2026-11-20 10:05 UTC\n\n### What happened\n\nText\.\n/,
    );
    expect((await made.call(['update', '--status', 'postmortem', '-m', 'More.'])).err).toContain(
      'still needs a postmortem',
    );
    expect((await made.call(['update', 'pay', '--status', 'postmortem', '-m', 'More.'])).code).toBe(0);
  });

  it('is not written to one of several by guessing, unless one alone is promised one', async () => {
    const minor = RESOLVED.replace('components:', 'impact: minor\ncomponents:');
    made = await workshop({
      ...TEMPLATES,
      'content/site.yml': `${SITE}postmortems: { critical: 3d, major: 5d }\n`,
      [PATH]: RESOLVED,
      'content/incidents/a.md': minor,
      'content/incidents/b.md': RESOLVED,
    });
    const { err } = await made.call(['update', '--template', 'postmortem', ...SET]);
    expect(err).toContain(
      'Several incidents need a postmortem: b (Some customers cannot pay), pay (Some customers cannot pay). Add the id of the one it explains.',
    );
    await made.write('content/incidents/b.md', minor);
    expect((await made.call(['update', '--template', 'postmortem', ...SET])).err).toBe('');
    expect(await made.read(PATH)).toContain('## Postmortem');
  });
});

describe('templates, at a terminal', () => {
  it('are offered by the status, and their text can be changed before it is written', async () => {
    made = await repository({ ...TEMPLATES });
    const { screen, code } = await made.drive(
      [...TITLED, '--started', 'now', '--next', '20m'],
      [
        ['Which template do you want to start with?', KEYS.enter],
        ['Since 11:05 CET, some customers get an error from Checkout.', 'They see {{an error}}.', KEYS.enter],
        ['What do you want to tell', ' Soon more.', KEYS.tab, KEYS.enter],
        ['The blank “an error” is not filled in.', KEYS.interrupt],
      ],
    );
    expect(screen).toContain("Something is wrong and we're looking for the cause");
    expect(screen).not.toContain("It's fixed");
    expect(code).toBe(130);
    expect(made.git('status', '--porcelain')).toBe('');
  });

  it('end an incident by keys alone, with the one that is named after the status first', async () => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const { screen, code } = await made.drive(
      ['resolve', '--commit'],
      [
        ['Since when has it been working again?', KEYS.enter],
        ['It was a false alarm', KEYS.enter],
        ['What works again?', 'Cards work.', KEYS.enter],
        ['leave it empty to leave out', KEYS.enter],
        ['What was the cause', 'A disk failed.', KEYS.enter],
        ['What do you want to tell', ' Thank you.', KEYS.tab, KEYS.enter],
        ['Promise customers a postmortem?', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toBe(
      `${INCIDENT}\n## Resolved · 2026-11-20 10:05 UTC\n\nCards work.\n\nA disk failed. We're sorry for the disruption. Thank you.\n`,
    );
    expect(made.git('status', '--porcelain')).toBe('');
  });

  it('offer what a blank usually says, and leave room for words of one’s own', async () => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const { screen, code } = await made.drive(
      ['update', '--template', 'holding', '--next', '20m', '--component', 'checkout=major_outage', '--no-commit'],
      [
        ["We're still looking for the cause.", KEYS.enter],
        ['What do you want to tell', KEYS.tab, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toContain("our last update. We're still looking for the cause.\n\n- **Components:**");
  });

  it('can be passed over', async () => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const { code } = await made.drive(
      ['resolve', '--ended', 'now', '--no-commit'],
      [
        ['Write your own', KEYS.down, KEYS.down, KEYS.enter],
        ['What do you want to tell', 'All is well.', KEYS.tab, KEYS.enter],
        ['Promise customers a postmortem?', KEYS.enter],
      ],
    );
    expect(code).toBe(0);
    expect(await made.read(PATH)).toMatch(/UTC\n\nAll is well\.\n$/);
  });

  it.each([
    ['a template is chosen', []],
    ['a blank is filled', [['Which template do you want to start with?', KEYS.enter]] as const],
  ])('leave the file as it is after Ctrl-C while %s', async (_, steps) => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const wait = steps.length > 0 ? 'What works again?' : 'Which template do you want to start with?';
    const { code } = await made.drive(['resolve', '--ended', 'now'], [...steps, [wait, KEYS.interrupt]]);
    expect(code).toBe(130);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});
