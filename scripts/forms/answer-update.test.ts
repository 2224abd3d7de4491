import { describe, expect, it } from 'vitest';
import { PUBLISH, STANDS } from './forms.ts';
import { FormDesk, issueBody, REPORT } from '../../src/__tests__/support/forms.ts';

const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
const ADDRESS = 'https://status.acme.example/incidents/2026-11-20-some-customers-cannot-pay/';
const FILLED = issueBody('report-incident', REPORT);

describe('the form of an update', () => {
  const update = (answers: Record<string, string>) => issueBody('post-update', { review: PUBLISH.now, ...answers });

  it('goes to the newest open incident, with the words of a status', async () => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED);
    desk.now = '2026-11-20T10:15:00Z';
    await desk.open(update({ status: STANDS.identified, message: 'A database failed.' }));
    expect(desk.log()[0]).toBe('Identified: Some customers cannot pay');
    expect(desk.read(PATH)).toMatch(
      /## Identified · 2026-11-20 10:15 UTC\n\nA database failed\.\n\n- \*\*Next update:\*\* 10:35 UTC\n$/,
    );
  });

  it('publishes issues whose forms still had the former labels and options', async () => {
    await using desk = await FormDesk.start();
    await desk.open(
      '### What can customers not do?\n\nSome customers cannot pay\n\n### What is affected?\n\nShop › Checkout (checkout)\n\n' +
        '### How bad is it?\n\nDoes not work at all\n\n### Since when?\n\n_No response_\n\n### The message to customers\n\nThey see an error.\n\n' +
        '### The next message comes in\n\n30m\n\n### Areas\n\nEurope\n\n### Your own ticket\n\nINC-1\n\n### Who has to agree?\n\nPublish at once',
    );
    expect(desk.read(PATH)).toMatch(
      /checkout: major_outage\n[^]*areas: .*Europe[^]*reference: INC-1\n[^]*10:35 UTC\n$/,
    );
    desk.now = '2026-11-20T10:15:00Z';
    await desk.open(
      '### Id of the incident\n\n_No response_\n\n### Where does it stand?\n\nIt is over\n\n### What is new?\n\nIt works again.\n\n' +
        '### The next update comes in\n\n_No response_\n\n### Who has to agree?\n\nPublish at once',
    );
    expect(desk.read(PATH)).toMatch(/## Resolved · 2026-11-20 10:15 UTC\n\nIt works again\.\n$/);
  });

  it('ends the one with an id', async () => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED);
    await desk.open(issueBody('report-incident', { ...REPORT, title: 'Search is slow' }));
    desk.now = '2026-11-20T10:15:00Z';
    const unnamed = await desk.open(update({ status: STANDS.over, message: 'It works again.' }));
    expect(desk.said(unnamed.number)[0]).toContain('Several are open: ');
    await desk.open(
      update({ id: '2026-11-20-some-customers-cannot-pay', status: STANDS.over, message: 'It works again.' }),
    );
    expect(desk.read(PATH)).toMatch(/## Resolved · 2026-11-20 10:15 UTC\n\nIt works again\.\n$/);
  });

  it.each([
    `${ADDRESS}`,
    ADDRESS.slice(0, -1),
    `${ADDRESS}#u-20261120T100500Z`,
    '2026-11-20-some-customers-cannot-pay/',
    PATH,
    `https://github.com/acme/status/blob/main/${PATH}?plain=1#L3`,
  ])('finds the one whose id is written as %s', async (id) => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED);
    await desk.open(issueBody('report-incident', { ...REPORT, title: 'Search is slow' }));
    desk.now = '2026-11-20T10:15:00Z';
    await desk.open(update({ id, status: STANDS.over, message: 'It works again.' }));
    expect(desk.read(PATH)).toMatch(/## Resolved · 2026-11-20 10:15 UTC\n\nIt works again\.\n$/);
  });

  it.each(['/', '#u-20261120T100500Z'])('finds none by %s', async (id) => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED);
    const { number } = await desk.open(update({ id, status: STANDS.same, message: 'x' }));
    expect(desk.said(number)[0]?.replaceAll('\u200b', '')).toContain('There is no incident or maintenance “');
  });

  it('takes the words of the holding template when nothing is new', async () => {
    const template = '---\nfor: both\nstatus: update\n---\n\nThere is no news.\n';
    await using desk = await FormDesk.start({ 'content/templates/holding.md': template });
    await desk.open(FILLED);
    desk.now = '2026-11-20T10:15:00Z';
    await desk.open(update({ status: STANDS.nothing }));
    expect(desk.read(PATH)).toMatch(/## Update · 2026-11-20 10:15 UTC\n\nThere is no news\.\n\n- \*\*Next/);
  });

  it('says prepared words in every language that has them', async () => {
    const template = (text: string) => `---\nfor: both\nstatus: update\n---\n\n${text}\n`;
    await using desk = await FormDesk.start({
      'content/site.yml': 'name: Acme\nurl: https://status.acme.example\nlocales: [en, de]\n',
      'content/templates/holding.md': template('There is no news.'),
      'content/templates/holding.de.md': template('Es gibt nichts Neues.'),
    });
    await desk.open(FILLED);
    desk.now = '2026-11-20T10:15:00Z';
    desk.github.dispatchStatus = 403;
    const body = update({ status: STANDS.nothing });
    const { number } = await desk.open(body);
    expect(desk.read(PATH.replace('.md', '.de.md'))).toMatch(
      /## Update · 2026-11-20 10:15 UTC\n\nEs gibt nichts Neues\.\n$/,
    );
    desk.github.dispatchStatus = 204;
    await desk.answer({ action: 'opened', number, body, by: 'ada' });
    expect(desk.log()).toHaveLength(3);
    expect(desk.said(number).at(-1)).toContain(ADDRESS);
    const { number: next } = await desk.open(body);
    expect(desk.said(next)[0]).toContain('This update is in English and German.');
  });

  it('names the questions of the form in what it complains of', async () => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED);
    const { number } = await desk.open(update({ status: STANDS.same, message: 'x', next: 'soon' }));
    expect(desk.said(number)[0]).toContain('“Next update”: “soon” is not a valid time.');
    const { number: empty } = await desk.open(update({ status: STANDS.same }));
    expect(desk.said(empty)[0]).toContain('Missing: “Message to customers”');
  });
});
