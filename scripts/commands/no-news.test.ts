import { afterEach, describe, expect, it } from 'vitest';
import type { Workshop } from '../../src/__tests__/support/authoring.ts';
import { INCIDENT, KEYS, repository, SITE, TEMPLATES, workshop } from '../../src/__tests__/support/authoring.ts';

const PATH = 'content/incidents/2026/pay.md';
const WORK = 'content/maintenance/upgrade.md';
const HOLDING = 'content/templates/holding.md';
const later = (word: string) => `${INCIDENT}\n## ${word} · 2026-11-20 09:50 UTC\n\nText.\n`;
const started = (time: string) => INCIDENT.replace('---\n\n', `started: 2026-11-20 ${time} UTC\n---\n\n`);
const maintenance = (scheduled: string, until: string) =>
  `---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: ${scheduled}\nuntil: ${until}\n---\n\n## Scheduled · 2026-11-19 10:00 UTC\n\nSoon.\n`;
const RUNNING = maintenance('2026-11-20 09:00 UTC', '2026-11-20 11:00 UTC');

let made: Workshop;
afterEach(() => made.remove());

describe('update --no-news', () => {
  it('says what is still being done and when the next update comes', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT });
    const { err, code } = made.run(['update', '--no-news']);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(await made.read(PATH)).toBe(`${INCIDENT}
## Update · 2026-11-20 10:05 UTC

Nothing has changed since our last update. We're still looking for the cause.

- **Next update:** 10:25 UTC
`);
  });

  it.each([
    ['is Identified', later('Identified'), [], "We're still working on the fix.", '10:25'],
    ['is Monitoring', later('Monitoring'), [], "We're still checking that it stays fixed.", '10:25'],
    ['has lasted for over two hours', started('08:00'), [], "We're still looking for the cause.", '11:05'],
    [
      'is minor',
      INCIDENT.replace('---\n\n', 'impact: minor\n---\n\n'),
      [],
      "We're still looking for the cause.",
      '10:35',
    ],
    ['has another promise', INCIDENT, ['--next', '45m'], "We're still looking for the cause.", '10:50'],
  ])('follows an incident that %s', async (_, text, more, doing, next) => {
    made = await workshop({ ...TEMPLATES, [PATH]: text });
    const { err } = await made.call(['update', '--no-news', ...more]);
    expect(err).toBe('');
    const said = `Nothing has changed since our last update. ${doing}\n\n- **Next update:** ${next} UTC\n`;
    expect(await made.read(PATH)).toBe(`${text}\n## Update · 2026-11-20 10:05 UTC\n\n${said}`);
  });

  it('takes words of its own, and the id of another incident before them', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT, 'content/incidents/older.md': started('07:00') });
    const { code } = await made.call([
      'update',
      'older',
      '--no-news',
      'Two of us are copying *all* payments.',
      '--json',
    ]);
    expect(code).toBe(0);
    expect(await made.read('content/incidents/older.md')).toContain(
      'our last update. Two of us are copying *all* payments.\n',
    );
    expect(await made.read(PATH)).toBe(INCIDENT);
  });

  describe('on a page in several languages', () => {
    const GERMAN = PATH.replace('.md', '.de.md');
    const FILES = { ...TEMPLATES, [PATH]: INCIDENT, 'content/site.yml': `${SITE}locales: [en, de]\n` };

    it('says it in all of them in the words of the page', async () => {
      made = await workshop(FILES);
      const { out } = await made.call(['update', '--no-news']);
      expect(out).toContain('This update is in English and German.');
      expect(await made.read(GERMAN)).toContain(
        '\n## Update · 2026-11-20 10:05 UTC\n\nSeit unserem letzten Update hat sich nichts geändert. Wir suchen weiter nach der Ursache.\n',
      );
    });

    it.each([
      ['words of their own', FILES, ['Two of us are copying payments.']],
      [
        'a template of their own',
        { ...FILES, [HOLDING]: (TEMPLATES[HOLDING] ?? '').replace('Nothing', 'Nothing at all') },
        [],
      ],
    ])('leaves %s to people', async (_, files, words) => {
      made = await workshop(files);
      const { out } = await made.call(['update', '--no-news', ...words, '--json']);
      expect(JSON.parse(out)).not.toHaveProperty('translations');
      await expect(made.read(GERMAN)).rejects.toThrow('ENOENT');
    });
  });

  it('holds for a running maintenance', async () => {
    made = await workshop({ ...TEMPLATES, [WORK]: RUNNING });
    expect((await made.call(['update', '--no-news'])).code).toBe(0);
    expect(await made.read(WORK)).toBe(
      `${RUNNING}\n## Update · 2026-11-20 10:05 UTC\n\nNothing has changed since our last update. The work isn't finished yet.\n\n- **Next update:** 10:35 UTC\n`,
    );
  });

  it.each([
    ['nothing is open', { [PATH]: later('Resolved') }, [], 'No incident is open and no maintenance is running.'],
    [
      'the incident is over',
      { [PATH]: later('Resolved') },
      ['pay'],
      '“pay” has already ended. Use --no-news only while',
    ],
    [
      'the work has not begun',
      { [WORK]: maintenance('2026-11-21 09:00 UTC', '2026-11-21 11:00 UTC') },
      ['upgrade'],
      '“upgrade” has not started',
    ],
    [
      'there are no words for it',
      { [PATH]: INCIDENT, [HOLDING]: undefined },
      [],
      `needs the template ${HOLDING}, which is missing.`,
    ],
    ['its words are broken', { [PATH]: INCIDENT, [HOLDING]: 'Text.' }, [], 'front-matter-missing'],
    [
      'its words say nothing of this status',
      { [PATH]: INCIDENT, [HOLDING]: '---\nfor: both\nstatus: update\n---\n\nNothing new. {{doing}}\n' },
      [],
      'Missing: --set doing=TEXT.',
    ],
  ] as const)('writes nothing when %s', async (_, files, args, reason) => {
    const all: Record<string, string | undefined> = { ...TEMPLATES, ...files };
    made = await workshop(
      Object.fromEntries(Object.entries(all).flatMap(([path, text]) => (text ? [[path, text]] : []))),
    );
    const { err, code } = await made.call(['update', ...args, '--no-news']);
    expect(err).toContain(reason);
    expect(err).toMatch(/Nothing was written\.\n$/);
    expect(code).toBe(1);
  });

  it('does not take an id for what is being done', async () => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT });
    const { err, code } = await made.call(['update', '--no-news', 'pay']);
    expect(err).toContain('would publish “pay” as what you are still doing.');
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });

  it.each([
    ['--message', 'a'],
    ['--template', 'holding'],
    ['--status', 'monitoring'],
  ])('cannot be said together with %s', async (option, value) => {
    made = await workshop({ ...TEMPLATES, [PATH]: INCIDENT });
    const { err, code } = await made.call(['update', '--no-news', option, value]);
    expect(err).toContain(`cannot be used with option`);
    expect(code).toBe(1);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});

describe('update --no-news without its template', () => {
  it.each([
    ['', 'Nothing has changed since our last update. {{doing}}', "We're still looking for the cause."],
    ['locale: de\n', 'Seit unserem letzten Update hat sich nichts geändert. {{doing}}', 'Wir suchen weiter nach der'],
    ['locales: [ja, en]\n', '前回の更新から状況に変化はありません。{{doing}}', '引き続き原因を調査しています。'],
  ])('shows one in the language of the page, which does when it is written: %j', async (locales, text, usual) => {
    made = await workshop({ 'content/site.yml': SITE + locales, [PATH]: INCIDENT });
    const { err } = await made.call(['update', '--no-news']);
    expect(err).toContain(text);
    const template = err.slice(err.indexOf('---\n'), err.indexOf('{{doing}}') + '{{doing}}\n'.length);
    await made.write(HOLDING, template);
    expect((await made.call(['update', '--no-news'])).err).toBe('');
    expect(await made.read(PATH)).toContain(usual);
    expect(await made.read(PATH)).toContain(text.replace('{{doing}}', ''));
  });
});

describe('update --no-news, at a terminal', () => {
  it('asks nothing with --commit', async () => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const { screen, code } = await made.drive(['update', '--no-news', '--commit'], []);
    expect(code, screen).toBe(0);
    expect(await made.read(PATH)).toMatch(/cause\.\n\n- \*\*Next update:\*\* 10:25 UTC\n$/);
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.git('log', '-1', '--format=%s')).toBe('Update: Some customers cannot pay');
  });

  it('offers a commit without it, and leaves the file as it is after Ctrl-C', async () => {
    made = await repository({ ...TEMPLATES, [PATH]: INCIDENT });
    const { screen, code } = await made.drive(['update', '--no-news'], [['What do you want to do', KEYS.interrupt]]);
    expect(screen).not.toContain('When will you post the next update?');
    expect(code).toBe(130);
    expect(await made.read(PATH)).toBe(INCIDENT);
  });
});
