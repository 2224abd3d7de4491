import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const ADDED = `
## Identified · 2026-11-20 10:05 UTC

A database failed.

- **Components:** checkout: major outage
- **Areas:** Europe, Asia
- **Next update:** 10:35 UTC
- **Expected fix:** 12:05 UTC
`;
const GIVEN = [
  'update',
  '--status',
  'identified',
  '-m',
  'A database failed.',
  '--component',
  'checkout-v1=major outage',
];
const MORE = ['--next', '30m', '--expected-fix', '2h', '--area', 'Europe, Asia'];

const closed =
  INCIDENT.replace('09:20', '08:20').replace(/- \*\*Next.*\n/, '') +
  '\n## Resolved · 2026-11-20 09:00 UTC\n\nAll is well.\n';
const maintenance = (scheduled: string, until: string) =>
  `---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: ${scheduled}\nuntil: ${until}\n---\n\n## Scheduled · 2026-11-19 10:00 UTC\n\nSoon.\n`;
const running = maintenance('2026-11-20 09:00 UTC', '2026-11-20 11:00 UTC');
const coming = maintenance('2026-11-21 09:00 UTC', '2026-11-21 11:00 UTC');
const NEWEST_FIRST = INCIDENT.replace('\n## I', '\n## Update · 2026-11-20 09:40 UTC\n\nStill.\n\n## I');

let made: Workshop;
afterEach(() => made.remove());

describe('update', () => {
  it('writes to the newest open incident what a careful person would have written', async () => {
    made = await workshop({ [PATH]: INCIDENT, 'content/incidents/closed.md': closed });
    const { out, code } = made.run([...GIVEN, ...MORE]);
    expect(await made.read(PATH)).toBe(INCIDENT + ADDED);
    expect(await made.read('content/incidents/closed.md')).toBe(closed);
    expect(out).toContain('  + ## Identified · 2026-11-20 10:05 UTC\n');
    expect(out).not.toContain('Some customers see an error');
    expect(code).toBe(0);
  });

  it.each([
    ['all', 'degraded performance'],
    ['shop', 'major outage'],
    ['shop', 'operational'],
  ])('changes the status of %s to %s', async (name, status) => {
    const shop = '- group: Shop\n  components: [{ id: checkout, name: Checkout }, { id: api, name: API }]\n';
    made = await workshop({ [PATH]: INCIDENT, 'content/components.yml': shop });
    const { err, code } = await made.call(['update', '-m', 'Orders fail.', '--component', `${name}=${status}`]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(await made.read(PATH)).toContain(`\n- **Components:** ${name}: ${status}\n`);
  });

  it('says what is to be translated, and in which file', async () => {
    const german = '---\ntitle: Störung\n---\n\n## Investigating · 2026-11-20 09:20 UTC\n\nWir suchen die Ursache.\n';
    made = await workshop({
      [PATH]: INCIDENT,
      [PATH.replace('.md', '.de.md')]: german,
      'content/site.yml': 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de, ar]\n',
    });
    const warned = (out: string) => out.split('\n').filter((line) => line.includes('translation-missing'));
    const { out, code } = await made.call([...GIVEN, ...MORE]);
    expect(warned(out)).toEqual([
      expect.stringMatching(
        /Readers of German see this update in English until you add it to incidents\/2026\/pay\.de\.md\./,
      ),
      expect.stringMatching(/Readers of Arabic see this in English until you write incidents\/2026\/pay\.ar\.md\./),
    ]);
    expect(out).toMatch(/ {4}## Identified · 2026-11-20 10:05 UTC\n\s*\n {4}…/);
    expect(code).toBe(0);
  });

  describe('with a template in another language', () => {
    const TEMPLATE = (text: string) => `---\nfor: incident\nstatus: identified\n---\n\n${text}\n`;
    const GERMAN = PATH.replace('.md', '.de.md');
    const FILES = {
      [PATH]: INCIDENT,
      'content/site.yml': 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de, ar]\n',
      'content/components.yml': '- id: checkout\n  name: { en: Checkout, de: Kasse }\n',
      'content/templates/cause.md': TEMPLATE('We found the cause in {{components}}: {{cause}}.'),
      'content/templates/cause.de.md': TEMPLATE('Wir kennen die Ursache in {{components}}: {{cause}}.'),
    };
    const ARGS = ['update', '--template', 'cause', '--set', 'cause=a database', '--next', '30m'];
    const BEFORE = '---\ntitle: Störung\n---\n\n## Investigating · 2026-11-20 09:20 UTC\n\nWir suchen die Ursache.\n';
    const AFTER = `${BEFORE}\n## Identified · 2026-11-20 10:05 UTC\n\nWir kennen die Ursache in Kasse: a database.\n`;

    it.each([
      ['', BEFORE, AFTER],
      [' with CRLF', BEFORE.replaceAll('\n', '\r\n'), AFTER.replaceAll('\n', '\r\n')],
    ])('writes to the translation%s too, and commits both', async (_, before, after) => {
      made = await repository({ ...FILES, [GERMAN]: before });
      const { out, code } = await made.call([...ARGS, '--commit']);
      expect(await made.read(GERMAN)).toBe(after);
      expect(await made.read(PATH)).toContain('We found the cause in Checkout: a database.');
      expect(out).toContain('This update is in English and German.');
      expect(out).not.toContain('Readers of German');
      expect(out).toContain('Readers of Arabic');
      expect(made.git('status', '--porcelain')).toBe('');
      expect(code).toBe(0);
    });

    it('makes the translation if there is none yet, and leaves its title to people', async () => {
      made = await workshop(FILES);
      const { out, code } = await made.call(ARGS);
      expect(await made.read(GERMAN)).toBe(
        `---\n# title: Some customers cannot pay\n---\n${AFTER.slice(BEFORE.length)}`,
      );
      expect(out).toMatch(
        /Readers of German see this update in English[^]*\n {4}## Investigating · 2026-11-20 09:20 UTC/,
      );
      expect(code).toBe(0);
    });

    it('writes it where the order of the translation wants it, by the id that the update has', async () => {
      const newestFirst = `---\ntitle: Störung\n---\n\n## Update · 2026-11-20 10:05 UTC\n\nNoch immer.\n\n${BEFORE.slice(BEFORE.indexOf('##'))}`;
      const original = `${INCIDENT}\n## Update · 2026-11-20 10:05 UTC\n\nStill.\n`;
      made = await workshop({ ...FILES, [PATH]: original, [GERMAN]: newestFirst });
      const { out, code } = await made.call([...ARGS, '--json']);
      expect(JSON.parse(out)).toMatchObject({ translations: [expect.stringMatching(/pay\.de\.md$/)] });
      expect(code).toBe(0);
      const added =
        '## Identified · 2026-11-20 10:05 UTC {#u-20261120T100500Z-2}\n\nWir kennen die Ursache in Kasse: a database.';
      expect(await made.read(GERMAN)).toBe(newestFirst.replace('## Update', `${added}\n\n## Update`));
      expect((await made.call(['check'])).code).toBe(0);
    });

    it('says so where the translation has errors, and posts the update', async () => {
      const broken = BEFORE.replace('09:20', '09:21');
      made = await workshop({ ...FILES, [GERMAN]: broken });
      const { out, code } = await made.call(ARGS);
      expect(out).toMatch(/pay\.de\.md has errors, so this update was not added to it\. Run npm run check\./);
      expect(await made.read(GERMAN)).toBe(broken);
      expect(await made.read(PATH)).toContain('We found the cause');
      expect(code).toBe(0);
    });

    it('leaves the translation of other words to people', async () => {
      made = await workshop({ ...FILES, [GERMAN]: BEFORE });
      const { out } = await made.call([
        'update',
        '--status',
        'identified',
        '-m',
        'A database failed.',
        '--next',
        '30m',
      ]);
      expect(await made.read(GERMAN)).toBe(BEFORE);
      expect(out).toContain('Readers of German see this update in English');
      expect(out).not.toContain('This update is in');
    });
  });

  it.each([
    ['with CRLF', INCIDENT.replaceAll('\n', '\r\n'), (INCIDENT + ADDED).replaceAll('\n', '\r\n')],
    ['without a last line end', INCIDENT.trimEnd(), INCIDENT + ADDED],
    ['with a byte order mark', `\uFEFF${INCIDENT}`, `\uFEFF${INCIDENT}${ADDED}`],
    ['with a comment at its end', `${INCIDENT}\n<!-- ask Ines -->\n`, `${INCIDENT}\n<!-- ask Ines -->\n${ADDED}`],
    [
      'that is newest first',
      INCIDENT.replace('\n## I', '\n## Update · 2026-11-20 09:40 UTC\n\nStill.\n\n## I'),
      INCIDENT.replace('\n## I', `${ADDED}\n## Update · 2026-11-20 09:40 UTC\n\nStill.\n\n## I`),
    ],
  ])('keeps every byte of a file %s', async (_, before, after) => {
    made = await workshop({ [PATH]: before });
    const { err, code } = await made.call([...GIVEN, ...MORE]);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(await made.read(PATH)).toBe(after);
  });

  it('goes to none of several open incidents by guessing, and takes the id or the path of one', async () => {
    const older = INCIDENT.replace('09:20', '09:10').replace('pay', 'order');
    made = await workshop({ [PATH]: INCIDENT, 'content/incidents/older.md': older });
    const { err, code } = await made.call(['update', 'Still.']);
    expect(err).toContain(
      'Several are open: pay (Some customers cannot pay), older (Some customers cannot order). Add the id of the one you mean.',
    );
    expect(code).toBe(1);
    expect(await made.read('content/incidents/older.md')).toBe(older);
    expect((await made.call(['update', 'content/incidents/Older.md', 'Again.'])).err).toBe('');
    expect(await made.read('content/incidents/older.md')).toContain('## Update · 2026-11-20 10:05 UTC\n\nAgain.\n');
  });

  it('goes to the only open incident while maintenance runs, and says so', async () => {
    made = await workshop({ [PATH]: INCIDENT, 'content/maintenance/upgrade.md': running });
    const { out } = await made.call(['update', 'Still.']);
    expect(out).toContain('One more is open. To choose another one, add its id');
    expect(await made.read(PATH)).toContain('\n\nStill.\n');
  });

  it.each([
    [['We found the cause.']],
    [['pay', 'Fixed']],
    [['pay.md', 'pay']],
    [['原因を特定しました。']],
    [['Fixed.']],
  ])('tells the id from the message in %j', async (words) => {
    made = await workshop({ [PATH]: INCIDENT });
    const { err, code } = await made.call(['update', ...words]);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(await made.read(PATH)).toContain(`UTC\n\n${words.at(-1)}\n`);
  });

  it.each([
    [
      ['Fixed'],
      'no incident or maintenance “Fixed”. Use one of pay. If this is your message, write it behind --message.',
    ],
    [['2026-11-20-pay'], 'There is no incident or maintenance “2026-11-20-pay”.'],
    [['pya', 'We found it.'], 'There is no incident or maintenance “pya”.'],
    [['We', 'found', 'it'], 'Put the message in quotes, behind the id if there is one: "We found it"'],
    [['pay', 'We', 'found'], 'Put the message in quotes'],
    [['It works.', '-m', 'It works.'], 'would be a second message'],
    [['It works.', '--no-news'], 'Leave out the message, or --no-news.'],
  ])('writes nothing when it is given %j', async (words, reason) => {
    made = await workshop({ [PATH]: INCIDENT });
    const { err, code } = await made.call(['update', ...words]);
    expect(err).toContain(reason);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });

  it('names what it is about, and each component by its present status', async () => {
    const said = `${INCIDENT}\n## Update · 2026-11-20 09:40 UTC\n\nA.\n\n- **Components:** checkout: operational, payments-api: major outage\n`;
    made = await workshop({ [PATH]: said });
    expect((await made.call(['update', 'Still.', '--dry-run'])).out).toMatch(
      /^Some customers cannot pay\n {2}Investigating, since 10:20 CET\n {2}Major outage: Payments API\n {2}Operational: Checkout\n/,
    );
    expect((await made.call(['update', 'Still.', '--dry-run', '--json'])).out).not.toContain('since 10:20');
  });

  it('writes to the running maintenance when no incident is open, in its own words', async () => {
    made = await workshop({ 'content/maintenance/upgrade.md': running });
    expect((await made.call(['update', '--status', 'in-progress', '-m', 'Begun.'])).code).toBe(0);
    expect(await made.read('content/maintenance/upgrade.md')).toBe(
      `${running}\n## In progress · 2026-11-20 10:05 UTC\n\nBegun.\n`,
    );
  });

  it('calls off a maintenance that has not begun', async () => {
    made = await workshop({ 'content/maintenance/upgrade.md': coming });
    expect((await made.call(['update', 'upgrade', '--status', 'cancelled', '-m', 'Not needed.'])).code).toBe(0);
    expect(await made.read('content/maintenance/upgrade.md')).toContain('## Cancelled · 2026-11-20 10:05 UTC');
  });

  it('opens a resolved incident again when it is named', async () => {
    made = await workshop({ 'content/incidents/closed.md': closed });
    expect(
      (await made.call(['update', 'closed', '--status', 'investigating', '-m', 'Again.', '--next', '20m'])).code,
    ).toBe(0);
    expect(await made.read('content/incidents/closed.md')).toContain(
      '## Investigating · 2026-11-20 10:05 UTC\n\nAgain.\n',
    );
  });

  it('is not dated before an update that a faster clock has dated a little ahead', async () => {
    made = await workshop({ [PATH]: `${INCIDENT}\n## Update · 2026-11-20 10:09 UTC\n\nAhead.\n` });
    expect((await made.call(['update', '-m', 'Still.'])).code).toBe(0);
    expect(await made.read(PATH)).toMatch(/Ahead\.\n\n## Update · 2026-11-20 10:09 UTC\n\nStill\.\n$/);
  });

  it.each([
    [
      ['update', '-m', 'a'],
      { 'content/incidents/closed.md': closed },
      'No incident is open and no maintenance is running.',
    ],
    [['update', 'closd', '-m', 'a'], { 'content/incidents/closed.md': closed }, 'Did you mean “closed”?'],
    [['update', '-m', 'a', '--status', 'completed'], { [PATH]: INCIDENT }, '“completed” is not a valid status here.'],
    [['update', '-m', 'a', '--next', '20 minutes ago'], { [PATH]: INCIDENT }, 'before the update itself'],
    [['update', 'pay', '-m', 'a'], { [PATH]: INCIDENT.replace(' UTC', '') }, 'The file already has errors.'],
    [['update', 'pay', '-m', 'a'], { [PATH]: INCIDENT.replace('Next', 'Nxt') }, 'The file already has errors.'],
    [['update', '-m', '<pre>\nopen'], { [PATH]: NEWEST_FIRST }, 'html-swallows'],
    [
      ['update', '-m', 'a'],
      { [PATH]: INCIDENT, 'content/site.yml': 'nme: Acme' },
      'Fix the errors in the page’s settings first.',
    ],
  ])('leaves everything as it is when %j cannot be done', async (args, files, reason) => {
    made = await workshop(files as Record<string, string>);
    const { err, code } = await made.call(args);
    expect(err).toContain(reason);
    expect(err).toMatch(/\nNothing was written\.\n$/);
    expect(code).toBe(1);
    for (const [path, text] of Object.entries(files)) expect(await made.read(path)).toBe(text);
  });

  it('leaves the file whole on a full disk', async () => {
    made = await workshop({ [PATH]: INCIDENT });
    const { err, code } = made.run(GIVEN, { shell: 'ulimit -f 0' });
    expect(err).toContain(`${PATH} cannot be written: the disk quota is used up (EFBIG).\nNothing was written.`);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});

describe('update, at a terminal', () => {
  it('asks for everything, by keys alone, and commits', async () => {
    made = await repository({ [PATH]: INCIDENT, 'content/incidents/older.md': INCIDENT.replace('09:20', '09:10') });
    const { screen, code } = await made.drive(
      ['update'],
      [
        ['Which one is this about?', KEYS.down, KEYS.enter],
        ['What is the status now?', KEYS.down, KEYS.down, KEYS.enter],
        ['Which components change?', KEYS.enter],
        ['What do you want to tell', 'Known.', KEYS.tab, KEYS.enter],
        ['When will you post the next update?', KEYS.enter],
        ['What do you want to do', KEYS.enter],
      ],
    );
    expect(code, screen).toBe(0);
    expect(await made.read('content/incidents/older.md')).toMatch(
      /\n\n## Identified · 2026-11-20 10:05 UTC\n\nKnown\.\n\n- \*\*Next update:\*\* 10:25 UTC\n$/,
    );
    expect(made.git('show', '--name-only', '--format=%s')).toBe(
      'Identified: Some customers cannot pay\n\ncontent/incidents/older.md',
    );
  });

  it('leaves the file as it is after Ctrl-C', async () => {
    made = await repository({ [PATH]: INCIDENT });
    const { screen, code } = await made.drive(['update', '-m', 'Known.'], [['What do you want to do', KEYS.interrupt]]);
    expect(screen).toMatch(/Interrupted\.\r\nNothing was written\.\r\n$/);
    expect(code).toBe(130);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});

describe('update, of maintenance that recurs', () => {
  const PATH_OF_SERIES = 'content/maintenance/db.md';
  const series =
    '---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-06 10:00 UTC\nuntil: 2026-11-06 11:00 UTC\nrepeat: FREQ=WEEKLY\n---\n\n## In progress · 2026-11-06 10:00 UTC\n\nWe begin.\n\n## Completed · 2026-11-06 10:50 UTC\n\nDone.\n';
  const own = ['update', '-m', 'We begin again.', '--status', 'in-progress'];

  it('is about the occurrence that runs, and stands where the file’s order wants it', async () => {
    made = await workshop({ [PATH_OF_SERIES]: series });
    const { out, code } = await made.call([...own, '--json']);
    expect(code, out).toBe(0);
    expect(await made.read(PATH_OF_SERIES)).toBe(
      `${series}\n## In progress · 2026-11-20 10:05 UTC\n\nWe begin again.\n`,
    );
  });

  it('may be named by its day', async () => {
    made = await workshop({ [PATH_OF_SERIES]: series });
    expect((await made.call([...own.slice(0, 1), 'db-2026-11-20', ...own.slice(1)])).code).toBe(0);
    const { err, code } = await made.call([...own.slice(0, 1), 'db-2026-11-21', ...own.slice(1)]);
    expect(err).toContain('There is no incident or maintenance “db-2026-11-21”.');
    expect(code).toBe(1);
  });

  it('is not about one that lies further ahead', async () => {
    made = await workshop({ [PATH_OF_SERIES]: series });
    const { err } = await made.call(['update', 'db-2026-12-11', '-m', 'Not then.', '--status', 'cancelled']);
    expect(err).toContain('use the key “except” in the file');
    expect(await made.read(PATH_OF_SERIES)).toBe(series);
  });
});
