import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Clone } from './support/company.ts';
import { Company, deploy } from './support/company.ts';
import { elementsOf, seen } from './support/dom.ts';
import { feedsmith } from './support/feeds.ts';

const ADDRESS = 'https://status.kaese.example';
const TITLE = 'Cards & wallets: "declined" for <some>';
const ID = '2026-11-20-cards-and-wallets-declined-for-some';
const FILE = `content/incidents/2026/${ID}.md`;

/** An entry of feed.json. */
interface Item {
  id: string;
  title: string;
  content_html: string;
}

const company = new Company('2026-11-20T08:00:20Z');
const [ada, ben, pages] = [company.clone('Ada'), company.clone('Ben'), company.clone('Pages')];
/** The incident's file, as it has to be. */
let text = '';
/** What subscribers have. */
let told: Item[] = [];

let broken = false;

// Each step goes on from the one before.
beforeEach(({ skip, onTestFailed }) => {
  if (broken) skip('A step before this one failed.');
  onTestFailed(() => void (broken = true));
});
afterAll(() => company[Symbol.dispose]());

/** Pushes and deploys, holds what is true of every deployment, and gives what customers see. */
async function live(person?: Clone, verdict = 'skipped') {
  person?.git('push', '--quiet');
  const deployment = await deploy(pages, ADDRESS);
  const { build, file } = deployment;
  expect(build.result, build.printed).toBe('success');
  expect(deployment.verdict).toBe(verdict);
  expect(JSON.parse(file('build.json'))).toMatchObject({ commit: pages.git('rev-parse', 'origin/main') });
  const entries = feedsmith(file('feed.json'));
  expect(feedsmith(file('rss.xml'))).toEqual(entries);
  expect(feedsmith(file('atom.xml'))).toEqual(entries);
  const { items } = JSON.parse(file('feed.json')) as { items: Item[] };
  expect(items).toEqual(expect.arrayContaining(told));
  const added = items.filter(({ id }) => !told.some((item) => item.id === id)).map(({ title }) => title);
  told = items;
  const home = file('index.html');
  const row = home.slice(
    home.lastIndexOf('<li', home.indexOf('/components/checkout/"', home.indexOf('class="sections"'))),
  );
  const checkout = `${seen(row, 'a')} ${seen(row, '.status')}`;
  const newest = () => seen(file(`incidents/${ID}/index.html`), '.updates', 'li');
  return { ...build, file, home, added, newest, answer: seen(home, '.band'), checkout };
}

/** Ada runs a command that commits one file and nothing else. */
function adaCommits(time: string, subject: string, path: string, content: string, args: [string, ...string[]]): void {
  company.now = `2026-11-20T${time}:20Z`;
  ada.git('pull', '--quiet');
  ada.npm(...args, '--commit');
  expect(ada.lastCommit()).toEqual([subject, path]);
  expect(ada.read(path)).toBe(content);
}

/** Ben writes the incident's file by hand and commits it. */
function benCommits(time: string, content: string): void {
  company.now = `2026-11-20T${time}:20Z`;
  ben.write(FILE, content);
  ben.git('commit', '--quiet', '--all', '--message', 'Say who is refunded');
}

describe('a day of a company', () => {
  it('begins with a page of its own in place of the example', async () => {
    const components = ['--component', 'Website', '--component', 'Shop: Checkout'];
    const identity = ['--name', 'R&D Käse', '--url', ADDRESS, '--time-zone', 'Europe/Berlin', ...components];
    ada.npm('init', ...identity, '--commit');
    const site = ada.read('content/site.yml');
    expect(ada.lastCommit()[0]).toBe('Set up the page of R&D Käse');
    expect(site.match(/^\w.*/gm)).toEqual([
      'name: R&D Käse',
      `url: ${ADDRESS}`,
      `id: tag:${new URL(ADDRESS).host},2026:status`,
      'time_zone: Europe/Berlin',
    ]);
    expect(ada.git('ls-files', 'content/*.yml', 'content/incidents', 'content/maintenance', 'public')).toBe(
      'content/components.yml\ncontent/site.yml',
    );
    expect(ada.git('status', '--porcelain')).toBe('');
    ada.write('public/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"/>');
    ada.write('content/site.yml', `${site}logo: /logo.svg\n`);
    ada.git('add', '--all');
    ada.git('commit', '--quiet', '--message', 'Our logo');
    ada.write('notes.txt', 'Staged all day, and committed by no command.\n');
    ada.git('add', 'notes.txt');

    const { answer, added, home, file } = await live(ada);
    expect(answer).toBe('All systems operational As of 20 Nov 2026, 09:00 CET');
    expect(added).toEqual([]);
    const logo = elementsOf(home).find(({ tagName }) => tagName === 'img');
    expect(logo?.properties).toMatchObject({ src: '/logo.svg', alt: 'R&D Käse status' });
    expect(file('logo.svg')).toBe(ada.read('public/logo.svg'));
    expect(home + file('sitemap.xml')).not.toMatch(/ladenhall/i);
  });

  it('has an incident, which is at the top of the page with its promise and every sign escaped', async () => {
    const front = `title: '${TITLE}'\ncomponents:\n  checkout: partial_outage\nstarted: 2026-11-20 09:12 UTC`;
    const said = 'Some see <b>“declined”</b> & cannot pay.';
    text = `---\n${front}\n---\n\n## Investigating · 2026-11-20 09:20 UTC\n\n${said}\n\n- **Next update:** 09:50 UTC\n`;
    const facts = ['--component', 'checkout=partial_outage', '--started', '8m', '--next', '30m'];
    adaCommits('09:20', `Investigating: ${TITLE}`, FILE, text, ['new', TITLE, '-m', said, ...facts]);

    const { answer, checkout, added, file, newest } = await live(ada);
    const times = 'Since 10:12 CET Next update by 10:50 CET';
    const affected = 'Checkout Partial outage since 10:12 CET The other component is operational';
    expect(answer).toBe(`Partial outage · Investigating ${TITLE} ${times} ${affected} As of 20 Nov 2026, 10:20 CET`);
    expect(checkout).toBe('Checkout Partial outage');
    expect(newest()).toContain('Investigating 20 Nov 2026, 10:20 CET Some see “declined” & cannot pay.');
    expect(seen(file(`incidents/${ID}/index.html`), 'h1')).toBe(TITLE);
    expect(added).toEqual([`${TITLE} — Investigating`]);
    expect(told[0]?.id).toBe(`tag:status.kaese.example,2026:status/incidents/${ID}/u-20261120T092000Z`);
    expect(told[0]?.content_html).toBe(
      '<p>Some see <b>“declined”</b> &amp; cannot pay.</p>\n<ul><li>Next update: 20 Nov 2026, 10:50 CET</li></ul>',
    );
  });

  it('knows the cause at the first update', async () => {
    const facts = '- **Next update:** 10:10 UTC\n- **Expected fix:** 10:40 UTC';
    text += `\n## Identified · 2026-11-20 09:40 UTC\n\nA database failed.\n\n${facts}\n`;
    const said = ['--status', 'identified', '-m', 'A database failed.', '--next', '30m', '--expected-fix', '1h'];
    adaCommits('09:40', `Identified: ${TITLE}`, FILE, text, ['update', ...said]);

    const { answer, added, newest } = await live(ada);
    expect(answer).toContain('Since 10:12 CET Next update by 11:10 CET Fix expected by 11:40 CET');
    expect(newest()).toContain('Identified 20 Nov 2026, 10:40 CET A database failed.');
    expect(added).toEqual([`${TITLE} — Identified`]);
  });

  it('has the second update reviewed, and it is live once its pull request is merged', async () => {
    company.now = '2026-11-20T10:05:20Z';
    const said = ['-m', 'Half of the payments work.', '--component', 'checkout=degraded_performance', '--next', '25m'];
    const printed = ada.npm('update', ...said, '--pull-request');
    const branch = `status/${ID}-update`;
    expect(printed).toContain(`The change is on the branch ${branch}. main is checked out again, without the change.`);
    expect(ada.read(FILE)).toBe(text);
    ben.git('pull', '--quiet');
    expect(ben.git('diff', '--name-only', `main...origin/${branch}`)).toBe(FILE);
    ben.git('merge', '--quiet', '--no-ff', '--no-edit', `origin/${branch}`);
    const facts = '- **Components:** checkout: degraded performance\n- **Next update:** 10:30 UTC';
    text += `\n## Update · 2026-11-20 10:05 UTC\n\nHalf of the payments work.\n\n${facts}\n`;
    expect(ben.read(FILE)).toBe(text);

    const { answer, checkout, added, newest } = await live(ben);
    expect(answer).toContain('Degraded performance');
    expect(checkout).toBe('Checkout Degraded performance');
    expect(newest()).toContain('Half of the payments work. Components Checkout: Degraded performance');
    expect(added).toEqual([`${TITLE} — Update`]);
  });

  it('watches the fix at the third update', async () => {
    text += '\n## Monitoring · 2026-11-20 10:30 UTC\n\nWe watch it.\n\n- **Next update:** 11:15 UTC\n';
    const said = ['--status', 'monitoring', '-m', 'We watch it.', '--next', '45m'];
    adaCommits('10:30', `Monitoring: ${TITLE}`, FILE, text, ['update', ...said]);

    const { answer, added, newest } = await live(ada);
    expect(answer).toContain('Since 10:12 CET Next update by 12:15 CET');
    expect(newest()).toContain('Monitoring 20 Nov 2026, 11:30 CET We watch it.');
    expect(added).toEqual([`${TITLE} — Monitoring`]);
  });

  it('keeps the last good text live after a wrong edit, beside what another one says in the same push', async () => {
    const title = 'Fake e-mails in our name';
    const notice = `---\ntitle: ${title}\nimpact: none\n---\n\n## Investigating · 2026-11-20 10:45 UTC\n\nDelete them.\n`;
    const path = 'content/incidents/2026/2026-11-20-fake-e-mails-in-our-name.md';
    const said = ['--impact', 'none', '-m', 'Delete them.'];
    adaCommits('10:45', `Investigating: ${title}`, path, notice, ['new', title, ...said]);
    ben.git('pull', '--quiet', ada.folder, 'main');
    benCommits('10:46', `${text}\n## Monitoring · 2026-11-20 11:46\n\nWhoever paid twice is refunded.\n`);

    const { printed, summary, answer, added, home, file, newest } = await live(ben, 'failure');
    const line = text.split('\n').length + 1;
    const shown = 'The page shows this file as it was at 2026-11-20 10:30:20 UTC';
    expect(printed).toContain(`::error file=${FILE},line=${line},col=1,title=last-good::${shown}`);
    expect(printed).toContain('For example:%0A## Monitoring · 2026-11-20 10:46 UTC');
    expect(summary).toContain(`- **${FILE}**, line ${line}: ${shown}`);
    expect(answer).toContain('Since 10:12 CET Next update by 12:15 CET');
    expect(newest()).toContain('Monitoring 20 Nov 2026, 11:30 CET We watch it.');
    expect(home + file(`incidents/${ID}/index.html`) + file('rss.xml')).not.toContain('refunded');
    expect(seen(home, '#e-2026-11-20-fake-e-mails-in-our-name', '.body')).toBe('Delete them.');
    expect(added).toEqual([`${title} — Investigating`]);
  });

  it('shows the new text after the fix', async () => {
    text += '\n## Monitoring · 2026-11-20 10:46 UTC\n\nWhoever paid twice is refunded.\n';
    benCommits('10:50', text);

    const { summary, added, newest } = await live(ben);
    expect(summary).toContain('Everything in content/ is published as written.');
    expect(newest()).toContain('Monitoring 20 Nov 2026, 11:46 CET Whoever paid twice is refunded.');
    expect(added).toEqual([`${TITLE} — Monitoring`]);
  });

  it('is green once the incident is resolved, and bar and uptime remember it', async () => {
    text += '\n## Resolved · 2026-11-20 11:10 UTC\n\nPayments work again.\n\n- **Ended:** 11:00 UTC\n';
    const said = ['-m', 'Payments work again.', '--ended', '10m'];
    adaCommits('11:10', `Resolved: ${TITLE}`, FILE, text, ['resolve', ID, ...said]);

    const { answer, checkout, added, home, file } = await live(ada);
    expect(answer).toBe('All systems operational No incidents since 12:00 CET As of 20 Nov 2026, 12:10 CET');
    expect(checkout).toBe('Checkout Operational');
    const day = 'Partial outage, 53 minutes; Degraded performance, 55 minutes';
    const page = file('components/checkout/index.html');
    expect(seen(page, '.days-bar', '.partial')).toBe(`20 Nov: ${day}`);
    expect(seen(page, '.days-bar', 'td')).toBe(`${day} ${TITLE}`);
    // 53 minutes at 30 % of the 12 hours, 10 minutes and 20 seconds since the day on which the page began.
    expect(home).toMatch(/>\s*97\.82%\s*<span class="unseen"> uptime since 20 Nov</);
    expect(added).toEqual([`${TITLE} — Resolved`]);
  });

  it('announces a maintenance, which changes nothing before it begins', async () => {
    const path = 'content/maintenance/2026/2026-11-21-database-upgrade.md';
    const front = 'components: [checkout]\nscheduled: 2026-11-21 01:00 UTC\nuntil: 2026-11-21 03:00 UTC';
    const update = '## Scheduled · 2026-11-20 12:00 UTC\n\nOrders wait for a minute.';
    const content = `---\ntitle: Database upgrade\n${front}\n---\n\n${update}\n`;
    const said = ['-m', 'Orders wait for a minute.', '--component', 'checkout', '--scheduled', 'tomorrow 02:00'];
    const args = ['Database upgrade', ...said, '--for', '2h'];
    adaCommits('12:00', 'Scheduled: Database upgrade', path, content, ['maintenance', ...args]);

    const { answer, checkout, added, home } = await live(ada);
    expect(answer).toContain('All systems operational');
    expect(checkout).toBe('Checkout Operational');
    const announced = 'Database upgrade Checkout Scheduled · 21 Nov, 02:00 CET – 04:00 CET';
    expect(seen(home, '#e-2026-11-21-database-upgrade')).toBe(announced);
    expect(added).toEqual(['Database upgrade — Scheduled']);
  });

  it('is under maintenance when the time has come, without a push', async () => {
    company.now = '2026-11-21T01:30:20Z';
    const { answer, checkout, added } = await live();
    expect(ada.git('diff', '--cached', '--name-only')).toBe('notes.txt');
    const times = 'Since 02:00 CET Until 04:00 CET';
    const affected = 'Checkout Under maintenance until 04:00 CET The other component is operational';
    expect(answer).toBe(
      `Under maintenance · In progress Database upgrade ${times} ${affected} As of 21 Nov 2026, 02:30 CET`,
    );
    expect(checkout).toBe('Checkout Under maintenance');
    expect(added).toEqual(['Database upgrade — In progress']);
  });
});
