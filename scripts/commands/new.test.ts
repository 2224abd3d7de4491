import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, SITE, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
const GIVEN = ['new', 'Some customers cannot pay', '--component', 'checkout=partial_outage', '-m', 'We are looking.'];

let made: Workshop;
afterEach(() => made.remove());

describe('new', () => {
  it('writes what a careful person would have written by hand', async () => {
    made = await workshop();
    const more = ['--component', 'payments-api:degraded performance', '--next', '30m', '--started', '20 minutes ago'];
    const { out, code } = made.run([
      ...GIVEN,
      ...more,
      '--area',
      'Europe',
      '--reference',
      'INC-4211',
      '--expected-fix',
      '14:30',
    ]);
    expect(await made.read(PATH)).toBe(`---
title: Some customers cannot pay
components:
  checkout: partial_outage
  payments-api: degraded_performance
started: 2026-11-20 09:45 UTC
areas: [Europe]
reference: INC-4211
---

## Investigating · 2026-11-20 10:05 UTC

We are looking.

- **Next update:** 10:35 UTC
- **Expected fix:** 13:30 UTC
`);
    expect(code).toBe(0);
    expect(out).toContain(`${PATH} (new)`);
    expect(out).toContain('  + - **Next update:** 10:35 UTC\n');
  });

  it('says prepared words in every language that has them, in one commit', async () => {
    const template = (ask: string, text: string) =>
      `---\nfor: incident\nstatus: investigating\nblanks:\n  effect: ${ask}\n---\n\n{{effect}} ${text}\n`;
    made = await repository({
      'content/site.yml': 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de, ar]\n',
      'content/templates/look.md': template('What do customers see?', 'We are looking for the cause.'),
      'content/templates/look.de.md': template('Was sehen Kunden?', 'Wir suchen die Ursache.'),
    });
    const said = ['--template', 'look', '--set', 'effect=Error 500.', '--next', '30m', '--commit'];
    const { out, code } = made.run([...GIVEN.slice(0, 4), ...said]);
    expect(code, out).toBe(0);
    const german = PATH.replace('.md', '.de.md');
    expect(await made.read(german)).toBe(
      '---\n# title: Some customers cannot pay\n---\n\n## Investigating · 2026-11-20 10:05 UTC\n\nError 500. Wir suchen die Ursache.\n',
    );
    expect(made.git('show', '--name-only', '--format=')).toBe(`${german}\n${PATH}`);
    expect(out).toContain('This update is in English and German.');
    expect(out).toContain('Readers of German see the title in English');
    expect(out).toContain('Readers of Arabic see this in English');
  });

  it('writes outside a Git repository too, and says how to go on', async () => {
    made = await workshop();
    const { out, code } = made.run(GIVEN);
    expect(out).toContain(`Wrote ${PATH}. The content folder is not in a Git repository. Build the page with`);
    expect(out).toContain('This update has no “Next update” line.');
    expect(code).toBe(0);
  });

  it('writes nothing outside a Git repository when a commit was asked for', async () => {
    made = await workshop();
    const { err, code } = await made.call([...GIVEN, '--commit']);
    expect(err).toBe(
      'The content folder is not in a Git repository. To write the file only, leave out --commit.\nNothing was written.\n',
    );
    expect(code).toBe(1);
    await expect(made.read(PATH)).rejects.toThrow('ENOENT');
  });

  it('takes the next free name, be it among maintenance or in another case', async () => {
    const name = '2026-11-20-some-customers-cannot-pay';
    made = await workshop({
      [`content/maintenance/${name.toUpperCase()}.md`]: '',
      [`content/incidents/old/${name}-2.md`]: INCIDENT,
    });
    const { code } = await made.call(GIVEN);
    expect(code).toBe(0);
    expect(await made.read(`content/incidents/2026/${name}-3.md`)).toContain('We are looking.');
  });

  it.each([
    [
      '"; rm -rf $(touch pwned) `touch pwned`',
      `'"; rm -rf $(touch pwned) \`touch pwned\`'`,
      'rm-rf-touch-pwned-touch-pwned',
    ],
    ['💥', '💥', 'incident'],
    ['../../etc/passwd: --force', '"../../etc/passwd: --force"', 'etc-passwd-force'],
    ['Ünïcode '.repeat(37).trim(), 'Ünïcode '.repeat(37).trim(), Array(10).fill('unicode').join('-')],
  ])('survives the title %j', async (title, yaml, slug) => {
    made = await repository();
    const { code, err } = await made.call([
      'new',
      '-m',
      'We are looking.',
      '--impact',
      'minor',
      '--commit',
      '--',
      title,
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(await made.read(`content/incidents/2026/2026-11-20-${slug}.md`)).toContain(`---\ntitle: ${yaml}\n`);
    expect(made.git('status', '--porcelain')).toBe('');
    const [subject = ''] = made.git('log', '-1', '--format=%B').split('\n');
    expect(subject.startsWith(`Investigating: ${title.slice(0, 50)}`)).toBe(true);
    expect([...subject].length).toBeLessThanOrEqual(72);
  });

  it('refuses a title of two lines', async () => {
    made = await workshop();
    const { err, code } = await made.call(['new', 'One\ntwo', '-m', 'We are looking.']);
    expect(err).toBe(
      'The title must be one line of text, without line breaks or control characters.\nNothing was written.\n',
    );
    expect(code).toBe(1);
  });

  it.each([
    [['-m', 'Hm\u0007'], 'The character U+0007 cannot be published.'],
    [['-m', '**Next updat:** soon'], 'This line looks like the label “Next update”'],
    [['-m', 'a\n\n## Resolved · 2026-11-20 10:05 UTC\n\nb'], 'would start a new update'],
    [['-m', '<pre>\nopen', '--next', '30m'], 'The HTML above runs up to the next empty line'],
    [['-m', ' \n '], 'The message is empty.'],
    [['-m', 'a', '--component', 'chekout=partial_outage'], 'There is no component “chekout”. Did you mean “checkout”?'],
    [['-m', 'a', '--component', 'checkout=broken'], '“broken” is not a valid component status.'],
    [['-m', 'a', '--component', 'checkout'], 'Write it like this: checkout=partial_outage.'],
    [['-m', 'a', '--component', 'ftp=major_outage'], '“ftp” was retired on'],
    [['-m', 'a', '--component', 'checkout=operational', '--component', 'checkout-v1=operational'], 'is listed twice'],
    [['-m', 'a', '--next', 'soon'], '--next: “soon” is not a valid time.'],
    [['-m', 'a', '--status', 'identifed'], '“identifed” is not a valid status here. Did you mean “Identified”?'],
    [['-m', 'a', '--at', 'in 20 minutes'], 'Write the time at which you publish it. To publish it then'],
    [[], 'Missing: --message. Add that, or run this in a terminal to be asked.'],
  ])('writes nothing when it is given %j', async (args, reason) => {
    made = await workshop();
    const { err, code } = await made.call(['new', 'Title', ...args]);
    expect(err).toContain(reason);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    await expect(made.read('content/incidents')).rejects.toThrow('ENOENT');
  });

  it('is not held up by an error in the file of somebody else', async () => {
    made = await workshop({ 'content/incidents/broken.md': 'no front matter' });
    expect((await made.call(GIVEN)).code).toBe(0);
  });

  it('takes the message from the standard input', async () => {
    made = await workshop();
    const { code } = made.run(['new', 'Title', '--impact', 'minor', '--message-file', '-'], {
      input: '\r\nOne.\r\n\r\nTwo.\r\n\r\n',
    });
    expect(code).toBe(0);
    expect(await made.read('content/incidents/2026/2026-11-20-title.md')).toMatch(/UTC\n\nOne\.\n\nTwo\.\n$/);
  });

  it('shows and writes nothing in a dry run', async () => {
    made = await repository();
    const { out, code } = await made.call([...GIVEN, '--dry-run', '--commit']);
    expect(out).toContain('  + title: Some customers cannot pay\n');
    expect(out).toMatch(/This was a dry run\. Nothing was written\.\n$/);
    expect(code).toBe(0);
    expect(made.git('status', '--porcelain')).toBe('');
  });

  it('commits its file and nothing else, and prints the outcome as JSON', async () => {
    made = await repository();
    await made.write('staged.txt', 'not mine');
    made.git('add', 'staged.txt');
    const { out, code } = await made.call([...GIVEN, '--commit', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      id: '2026-11-20-some-customers-cannot-pay',
      file: PATH,
      status: 'investigating',
      at: '2026-11-20T10:05:00.000Z',
      written: true,
      commit: made.git('rev-parse', '--short', 'HEAD'),
    });
    expect(made.git('show', '--name-only', '--format=%s')).toBe(`Investigating: Some customers cannot pay\n\n${PATH}`);
    expect(made.git('status', '--porcelain')).toBe('A  staged.txt');
  });

  it('prints as JSON why it failed', async () => {
    made = await workshop();
    const { out, err, code } = await made.call(['new', 'Title', '-m', '**Next updat:** soon', '--json']);
    expect(JSON.parse(out)).toMatchObject({ state: 'Nothing was written.', diagnostics: [{ ruleId: 'label-nearly' }] });
    expect(err).toBe('');
    expect(code).toBe(1);
  });

  it('says that the file is there when only the commit failed', async () => {
    made = await repository();
    await made.write('.git/hooks/pre-commit', '#!/bin/sh\necho "No commits on Fridays." >&2\nexit 1\n');
    made.run([], { shell: 'chmod +x .git/hooks/pre-commit; exit' });
    const { err, code } = await made.call([...GIVEN, '--commit']);
    expect(err).toBe(`git commit failed: No commits on Fridays.\nWrote ${PATH}. It is not committed.\n`);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toContain('We are looking.');
  });

  it.each([
    ['there is a file where a folder should be', {}, 'ulimit -c 0'],
    ['the disk quota is used up', undefined, 'ulimit -f 0'],
  ])('writes nothing when %s', async (reason, files, shell) => {
    made = await workshop(files && { 'content/incidents': 'a file' });
    const { err, code } = made.run(GIVEN, { shell });
    expect(err).toContain(`${PATH} cannot be written: ${reason}`);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    expect(made.run([], { shell: `find content -name '*.tmp'; exit` }).out).toBe('');
  });
});

describe('new, at a terminal', () => {
  it('asks for everything, by keys alone, and commits', async () => {
    made = await repository();
    const { screen, code } = await made.drive(
      ['new'],
      [
        ['What’s not working', 'Some customers cannot pay', KEYS.enter],
        ['Which components', KEYS.space, KEYS.enter],
        ['Checkout', KEYS.enter],
        ['Since when?', KEYS.enter],
        ['What do you want to tell', 'We are', KEYS.enter, 'looking.', KEYS.tab, KEYS.enter],
        ['When will you post the next update?', KEYS.enter],
        ['What do you want to do', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toBe(`---
title: Some customers cannot pay
components:
  checkout: partial_outage
---

## Investigating · 2026-11-20 10:05 UTC

We are
looking.

- **Next update:** 10:25 UTC
`);
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('log', '--format=%s')).toBe('Investigating: Some customers cannot pay\nFirst');
  });

  it('keeps keys that are typed before their question, but for the last one, which shows what is published', async () => {
    made = await repository();
    const answers = ['Orders fail', '\r', ' ', '\r', '\r', '\r', 'We are looking.', '\t', '\r', '\r'].join('');
    const { screen, code } = await made.drive(
      ['new'],
      [
        ['', `${answers}\r\r`],
        ['What do you want to do', KEYS.interrupt],
      ],
    );
    expect(screen).toMatch(/title: Orders fail[^]*We are looking\.[^]*Next update:[^]*\nNothing was written\.\r\n$/);
    expect(code).toBe(130);
  });

  it('offers groups and everything beside components, and the areas of the page', async () => {
    made = await repository({
      'content/site.yml': `${SITE}areas: { eu: Europe, us: North America }\n`,
      'content/components.yml':
        '- group: Shop\n  components: [{ id: checkout, name: Checkout }, { id: api, name: API }]\n',
    });
    const said = ['--started', 'now', '--next', '30m', '--no-commit'];
    const { screen, code } = await made.drive(
      ['new', 'Some customers cannot pay', ...said],
      [
        ['Everything', KEYS.space, KEYS.enter],
        ['Partial outage', KEYS.enter],
        ['Enter for all', KEYS.down, KEYS.space, KEYS.enter],
        ['What do you want to tell', 'We are looking.', KEYS.tab, KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toContain('components:\n  shop: partial_outage\nareas: [us]\n');
  });

  it('shows what is wrong with a message while it can be mended', async () => {
    made = await repository();
    const { screen, code } = await made.drive(
      ['new', 'Title', '--started', 'now', '--component', 'checkout=major_outage'],
      [
        ['What do you want to tell', '## Resolved', KEYS.tab, KEYS.enter],
        ['Write: ## Resolved · 2026-11-20 10:05 UTC', KEYS.interrupt],
      ],
    );
    expect(screen).toContain('Interrupted.\r\nNothing was written.');
    expect(code).toBe(130);
  });

  it.each([
    ['at the first question', []],
    ['at the last question', GIVEN.slice(1)],
  ])('leaves everything as it is after Ctrl-C %s', async (_, args) => {
    made = await repository();
    const wait = args.length > 0 ? 'What do you want to do' : 'What’s not working';
    const { screen, code } = await made.drive(['new', ...args], [[wait, KEYS.interrupt]]);
    expect(screen).toMatch(/Interrupted\.\r\nNothing was written\.\r\n$/);
    expect(code).toBe(130);
    expect(made.git('status', '--porcelain')).toBe('');
  });
});
