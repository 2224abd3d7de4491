import { statuspageId } from '../../src/formats/statuspage/page.ts';
import { describe, expect, it } from 'vitest';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Incident, Maintenance } from '../../src/core/model.ts';
import { overallAt, pageStatusAt } from '../../src/core/status.ts';
import { upcomingChanges } from '../../src/core/upcoming-changes.ts';
import { atom } from '../../src/formats/atom.ts';
import { siteBadge } from '../../src/formats/badge.ts';
import { calendarOf } from '../../src/formats/calendar.ts';
import { feedOf } from '../../src/formats/feed.ts';
import { historyFeed } from '../../src/formats/history.ts';
import { jsonFeed } from '../../src/formats/json-feed.ts';
import { eventMarkdown } from '../../src/formats/markdown.ts';
import { noticesOf } from '../../src/formats/notices/notice.ts';
import { noticeText } from '../../src/formats/notices/text.ts';
import { rss } from '../../src/formats/rss.ts';
import type { DocumentName } from '../../src/formats/statuspage/documents.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../../src/formats/statuspage/documents.ts';
import { eventPath } from '../../src/core/events.ts';
import type { StatuspageIncident } from '../../src/formats/statuspage/events.ts';
import { statuspageSchema } from '../../src/formats/statuspage/schema.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { CATALOGS, wordsFor } from '../../src/i18n/words.ts';
import { readContent } from '../../src/reader/content.ts';
import type { SourceFile } from '../../src/reader/files.ts';
import { bodyText, renderBody } from '../../src/reader/markdown/html.ts';
import type { RuleId, RULES } from '../../src/reader/rules.ts';
import type { ViewContext } from '../../src/view/context.ts';
import { answerOf } from '../../src/view/models/answer.ts';
import { embedModel } from '../../src/view/models/embed.ts';
import { homeModel } from '../../src/view/models/home.ts';
import { incidentModel } from '../../src/view/models/incident.ts';
import { maintenanceModel } from '../../src/view/models/maintenance.ts';
import { NO_HISTORY } from './history.ts';
import { lastGood } from './last-good.ts';
import { COMPONENTS, incident, NOW, SITE } from '../../src/__tests__/support/publish.ts';

/** Every rule that is an error; a new one does not compile without a case below. */
type ErrorRule = { [Id in RuleId]: (typeof RULES)[Id] extends 'error' ? Id : never }[RuleId];

const FRONT = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage';
const LOOK = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';
const FIXED = '## Resolved · 2026-11-20 11:00 UTC\n\nIt works.';
const WORK =
  'title: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 02:00 UTC\nuntil: 2026-12-01 04:00 UTC';

const text = (body: string, front = FRONT) => `---\n${front}\n---\n\n${body}\n`;
const inIncident = (body: string, front?: string): SourceFile => ({
  path: 'incidents/new.md',
  text: text(body, front),
});
const inMaintenance = (front: string, body = ''): SourceFile => ({
  path: 'maintenance/new.md',
  text: text(body, front),
});
const unread = (ruleId: RuleId): SourceFile => ({
  path: 'incidents/2026-11-20-checkout-errors.md',
  problem: { ruleId, reason: 'It cannot be read.' },
});

/** A new file that breaks each rule; `elsewhere` for rules that no incident or maintenance can break; `certain` for those that leave nothing uncertain, so that the file is shown as it stands. */
const CASES: Readonly<Record<ErrorRule, SourceFile | 'elsewhere' | 'certain'>> = {
  'file-missing': 'elsewhere',
  'file-misplaced': { path: 'incidents/new.txt', text: text(LOOK) },
  'file-name': { path: 'incidents/new störung.md', text: text(LOOK) },
  'file-too-large': unread('file-too-large'),
  'file-link': unread('file-link'),
  'folder-link': { path: 'incidents/2026', problem: { ruleId: 'folder-link', reason: 'It is a link.' } },
  'file-unreadable': unread('file-unreadable'),
  'not-utf8': unread('not-utf8'),
  'line-too-long': inIncident(`${LOOK}\n\n${'a '.repeat(10_001)}`),
  'nested-too-deep': inIncident(`${LOOK}\n\n${'>'.repeat(200)} a`),
  'control-character': inIncident(`${LOOK}\u0000`),
  'merge-conflict': inIncident(`<<<<<<< HEAD\n${LOOK}\n=======\n${FIXED}\n>>>>>>> other`),
  'example-instant': 'elsewhere',
  'id-taken': { path: 'incidents/z/QUIET.md', text: text(LOOK) },
  'file-fault': unread('file-fault'),
  'front-matter-missing': { path: 'incidents/new.md', text: LOOK },
  'front-matter-unclosed': { path: 'incidents/new.md', text: `---\n${FRONT}\n\n${LOOK}` },
  'front-matter-language': { path: 'incidents/new.md', text: `---toml\ntitle = "A"\n---\n\n${LOOK}` },
  'yaml-syntax': inIncident(LOOK, 'title: "Some customers'),
  'unknown-key': inIncident(LOOK, `${FRONT}\nimpcat: major`),
  'missing-key': inIncident(LOOK, 'impact: major'),
  'wrong-kind': inIncident(LOOK, 'title: [a]'),
  'bad-value': inIncident(LOOK, 'title: A\nimpact: huge'),
  'locale-missing': 'elsewhere',
  'locale-twice': 'elsewhere',
  'logo-missing': 'elsewhere',
  'time-no-zone': inIncident(LOOK.replace(' UTC', '')),
  'time-named-zone': inIncident(LOOK.replace('UTC', 'CET')),
  'time-impossible': inIncident(LOOK.replace('11-20', '11-31')),
  'time-invalid': inIncident(LOOK.replace('UTC', 'XYZW')),
  'time-needs-date': inIncident(`${LOOK}\n\n- **Next update:** 22:00 UTC`),
  'time-in-future': inIncident(LOOK.replace('11-20', '12-20')),
  'time-implausible': { path: 'incidents/2026-11-20-new.md', text: text(LOOK.replace('2026', '2025')) },
  'times-reversed': inMaintenance(WORK.replace('04:00', '01:00')),
  'alias-taken': 'elsewhere',
  'group-too-deep': 'elsewhere',
  'unknown-component': inIncident(LOOK, FRONT.replace('checkout', 'chekout')),
  'component-twice': inIncident(LOOK, `${FRONT}\n  pay: degraded_performance`),
  'component-retired': inIncident(LOOK, FRONT.replace('checkout', 'ftp')),
  'channel-twice': 'elsewhere',
  'secret-written': 'elsewhere',
  'updates-missing': inIncident(''),
  'update-empty': 'certain',
  'updates-mixed': inIncident(`${LOOK}\n\n${FIXED}\n\n## Monitoring · 2026-11-20 10:00 UTC\n\nWe watch it.`),
  'heading-form': inIncident('## Investigating\n\nWe are looking.'),
  'heading-id': inIncident(LOOK.replace('UTC', 'UTC {#x}')),
  'heading-id-twice': inIncident(`${LOOK}\n\n${FIXED.replace('UTC', 'UTC {#u-20261120T092000Z}')}`),
  'heading-status': inIncident(LOOK.replace('Investigating', 'Looking into it')),
  'heading-nearly': inIncident(LOOK.replace('## ', '##')),
  'heading-dashes': inIncident('Investigating · 2026-11-20 09:20 UTC\n---\n\nWe are looking.'),
  'status-back': inMaintenance(
    WORK,
    '## In progress · 2026-11-20 09:00 UTC\n\nIt begins.\n\n## Scheduled · 2026-11-20 10:00 UTC\n\nIt is to come.',
  ),
  'text-before-updates': inIncident(`We are looking.\n\n${LOOK}`),
  'first-update': inIncident(LOOK.replace('Investigating', 'Update')),
  'postmortem-early': inIncident(LOOK.replace('Investigating', 'Postmortem')),
  'repeat-mismatch': inMaintenance(`${WORK}\nrepeat: FREQ=WEEKLY;BYDAY=SU`),
  'except-unknown': inMaintenance(`${WORK}\nexcept: {2026-12-02: cancelled}`),
  'label-nearly': inIncident(`${LOOK}\n\n- **Next updat:** 09:50 UTC`),
  'label-mixed': inIncident(`${LOOK}\n\nMore soon.\n**Next update:** 09:50 UTC`),
  'label-twice': inIncident(`${LOOK}\n\n- **Areas:** A\n- **Areas:** B`),
  'label-empty': inIncident(`${LOOK}\n\n- **Areas:**`),
  'label-misplaced': inIncident(`${LOOK}\n\n- **Ended:** 09:10 UTC`),
  'resolved-components': inIncident(`${LOOK}\n\n${FIXED}\n\n- **Components:** checkout: partial outage`),
  'comment-unclosed': inIncident(`${LOOK}\n\n<!-- not for customers\n\n${FIXED}`),
  'code-unclosed': inIncident(`${LOOK}\n\n\`\`\`\n\n${FIXED}`),
  'html-swallows': inIncident(`${LOOK}\n\n<div>\n${FIXED}\n</div>`),
  'link-unsafe': inIncident(`${LOOK} [More](javascript:alert(1))`),
  'link-relative': inIncident(`${LOOK} [More](more.html)`),
  'image-foreign': inIncident(`${LOOK} ![a](https://elsewhere.example/a.png)`),
  'image-missing': inIncident(`${LOOK} ![a](/none.png)`),
  // The original of a translation is read without it.
  'translation-locale': 'elsewhere',
  'translation-orphan': 'elsewhere',
  'translation-update': 'elsewhere',
  'json-syntax': 'elsewhere',
  'words-blank': 'elsewhere',
  'words-plural': 'elsewhere',
  'css-syntax': 'elsewhere',
  'css-foreign': 'elsewhere',
  'css-colour': 'elsewhere',
  'alert-match': 'elsewhere',
  'alert-pattern': 'elsewhere',
  'alert-unreachable': 'elsewhere',
  'alert-idle': 'elsewhere',
  'unknown-template': 'elsewhere',
  'template-unfitting': 'elsewhere',
  'blank-unfilled': 'elsewhere',
  'blank-left': inIncident(`${LOOK} {{effect}}`),
  'blank-name': 'elsewhere',
  'blank-unused': 'elsewhere',
  'template-update': 'elsewhere',
  'template-empty': 'elsewhere',
  'scheduled-stale': 'elsewhere',
};

const QUIET: readonly SourceFile[] = [
  { path: 'site.yml', text: SITE },
  {
    path: 'components.yml',
    text: `${COMPONENTS.replace('name: Checkout', 'name: Checkout\n  aliases: [pay]')}- id: ftp\n  name: FTP\n  retired: 2026-01-01\n`,
  },
  { path: 'incidents/quiet.md', text: `${incident('It was.')}\n${FIXED}\n` },
];

/** What is published of a file without history, on a page without other problems. */
async function publish(file: SourceFile) {
  const files = [...QUIET, file].sort((a, b) => (a.path < b.path ? -1 : 1));
  const good = await lastGood({ files, publicFiles: new Set() }, async () => NO_HISTORY, {
    clock: () => NOW,
    catalogs: CATALOGS,
  });
  const { content, diagnostics } = readContent(good.source, { now: NOW, catalogs: CATALOGS });
  if (!content) throw new Error('Nothing can be published.');
  const ledger = buildLedger(content, NOW);
  const event = [...content.incidents, ...content.maintenance].find(({ partial }) => partial);
  if (!event) throw new Error('The file is not on the page.');
  const words = wordsFor('en');
  const feed = { ledger, words, dates: datesFor('en', 'UTC') };
  const page: ViewContext = {
    ...feed,
    editions: [],
    instants: upcomingChanges(ledger),
    html: (body, place) => renderBody(body, { ...place, root: '/' }),
    text: bodyText,
    href: (path) => path,
    absolute: (path) => `https://status.acme.example${path}`,
    build: { version: 'v1' },
  };
  return { good, diagnostics, ledger, event, feed, page };
}

const broken = Object.entries(CASES).flatMap(([rule, file]) => (typeof file === 'string' ? [] : [{ rule, file }]));

describe('a new file that breaks the rule', () => {
  it.each(broken)('$rule is shown, and nothing is green', async ({ rule, file }) => {
    const { good, diagnostics, ledger, event, feed, page } = await publish(file);
    expect(good.diagnostics.map(({ ruleId }) => ruleId)).toContain(rule);
    expect(good.changes).toMatchObject([{ kind: 'partial', file: file.path }]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);

    expect(pageStatusAt(ledger, NOW)).toBe('unclear');
    expect(overallAt(ledger, NOW).indicator).not.toMatch(/none|maintenance/);
    expect(siteBadge(feed)).toMatchObject({ message: 'Something may be wrong', color: '#5a6270' });
    const answer = answerOf(page);
    expect(answer.bands.map(({ value }) => value.tone)).not.toContain('ok');
    expect(answer.words[0]?.value).toEqual({ tone: 'unknown', text: 'Something may be wrong' });
    expect(answer.sentence[0]?.value).toMatchObject({ text: event.title });
    expect(embedModel(page).items).toMatchObject([{ id: event.id, tone: 'unknown', kind: 'Something may be wrong' }]);

    const document = (name: DocumentName): unknown => JSON.parse(statuspageDocument(name, feed));
    for (const name of DOCUMENT_NAMES)
      expect(statuspageSchema.shape[name].safeParse(document(name)).error).toBeUndefined();
    const { status, incidents, scheduled_maintenances } = document('summary') as {
      status: { indicator: string };
      incidents: StatuspageIncident[];
      scheduled_maintenances: StatuspageIncident[];
    };
    expect(status.indicator).not.toMatch(/none|maintenance/);
    const own = [...incidents, ...scheduled_maintenances];
    expect(own).toMatchObject([{ id: statuspageId('event', event.id), name: event.title }]);
    for (const one of incidents) expect(one).toMatchObject({ status: 'investigating', impact: 'minor' });
  });

  it.each(broken)('$rule is in every output once, in words that say so', async ({ file }) => {
    const { event, feed, page } = await publish(file);
    const { entries } = feedOf(feed);
    const own = entries.filter(({ url }) => url.includes(eventPath(event)));
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
    expect(own.length).toBe(event.updates.length);
    const note = 'Part of this update can’t be shown. We’re fixing it.';
    expect(own.filter(({ text: said }) => said.includes(note))).toHaveLength(1);
    const notices = noticesOf(feed.ledger).filter((notice) => notice.event === event);
    expect(notices.filter((notice) => noticeText(notice, feed).includes(note))).toHaveLength(1);
    expect(eventMarkdown(event, feed)).toContain('can’t be shown');

    const model = isIncident(event) ? incidentModel(page, event) : maintenanceModel(page, event);
    const outputs = [
      rss(feedOf(feed)),
      atom(feedOf(feed)),
      jsonFeed(feedOf(feed)),
      calendarOf(feed),
      JSON.stringify([historyFeed(feed), homeModel(page), model]),
    ].join('\n');
    expect(outputs).not.toMatch(/Invalid|Infinity|undefined|NaN|javascript:|elsewhere\.example|not for customers/);
    expect(Math.max(...own.map(({ updated }) => updated))).toBeLessThanOrEqual(NOW);
  });
});

function isIncident(event: Incident | Maintenance): event is Incident {
  return event.kind === 'incident';
}

describe('a file that cannot be read in full', () => {
  const shown = async (file: SourceFile) => (await publish(file)).event;

  it('has its title, or its name in words', async () => {
    expect((await shown(inIncident(LOOK.replace(' UTC', '')))).title).toBe('Some customers cannot pay');
    expect((await shown(unread('not-utf8'))).title).toBe('Checkout errors');
    expect((await shown(inIncident(LOOK, 'title: {{effect}}'))).title).toBe('New');
    const plain = { path: 'incidents/new.md', text: `title: "We are down"\n\n${LOOK}` };
    expect((await shown(plain)).title).toBe('We are down');
  });

  it('has the updates whose heading is valid under their own ids, and the rest behind them without a time', async () => {
    const { updates } = await shown(inIncident(`${LOOK}\n\n${FIXED.replace(' UTC', '')}`));
    expect(updates.map(({ id, undated }) => [id, undated ?? false])).toEqual([
      ['u-20261120T092000Z', false],
      ['u-20261120T110000Z', true],
    ]);
    expect(updates.map(({ body }) => bodyText(body))).toEqual([
      'We are looking.',
      'Resolved · 2026-11-20 11:00 It works.',
    ]);
  });

  it('has an update without a time under the id that the time in its heading will give it once it is corrected', async () => {
    const ids = async (heading: string) => (await shown(inIncident(`${heading}\n\nText.`))).updates.map(({ id }) => id);
    expect(await ids('## Investigating · 2026-11-20 10:20 CET')).toEqual(['u-20261120T092000Z']);
    expect(await ids('## Invesitgatin · 2026-11-20 09:20 UTC')).toEqual(['u-20261120T092000Z']);
    expect(await ids('## Investigating · soon {#u-20261120T092000Z}')).toEqual(['u-20261120T092000Z']);
    expect(await ids('## Investigating · soon')).toEqual(['u-undated']);
  });

  it('keeps a labelled line that cannot be read as text', async () => {
    const [update] = (await shown(inIncident(`${LOOK}\n\n- **Next update:** 10:30`))).updates;
    expect(update && bodyText(update.body)).toContain('Next update: 10:30');
  });

  it('has an update of its title alone when it has no text', async () => {
    const { updates } = await shown(unread('file-link'));
    expect(updates).toMatchObject([
      { id: 'u-undated', undated: true, word: 'investigating', at: Date.parse('2026-11-20') },
    ]);
  });

  it('about maintenance has its window only if both times can be read', async () => {
    const { event, feed } = await publish(inMaintenance(WORK.replace('04:00 UTC', '04:00'), 'We renew the database.'));
    expect(event).toMatchObject({ kind: 'maintenance', scheduled: Infinity, until: Infinity });
    expect(eventMarkdown(event, feed)).toMatch(/Scheduled[^]*We renew the database/);
    expect(eventMarkdown(event, feed)).not.toContain('Scheduled for');
    const { event: other } = await publish(inMaintenance(`${WORK}\nimpcat: a`));
    expect(other).toMatchObject({ scheduled: Date.parse('2026-12-01T02:00Z'), until: Date.parse('2026-12-01T04:00Z') });
  });

  it.each([
    'incident/new',
    'outages/new.markdown',
    'new',
    '2026/new.md.save',
    'new.yml',
    'i18n/new.md',
    'Incidents/new.MD',
  ])('counts wherever it lies and whatever its name ends in: %s', async (path) => {
    const { ledger, event } = await publish({ path, text: text(LOOK) });
    expect(pageStatusAt(ledger, NOW)).toBe('unclear');
    expect(event).toMatchObject({ kind: 'incident', title: 'Some customers cannot pay' });
  });

  it.each([
    ['its headings are no statuses', { path: 'outages/new.md', text: text('## Down · 2026-11-20 09:20 UTC') }],
    ['its name alone begins with a day', { path: '2026-11-20-outage.md', text: 'Everything is down.' }],
    ['it is a maintenance', { path: 'new.md', text: text('', WORK) }],
  ])('counts outside of the folders where %s', async (_, file) => {
    const { ledger } = await publish(file);
    expect(pageStatusAt(ledger, NOW)).toBe('unclear');
  });

  it('that stands in a folder whose name is misspelt counts too, and a picture or a note does not', async () => {
    expect((await shown({ path: 'incident/new.md', text: text(LOOK) })).id).toBe('new');
    expect((await shown({ path: 'new.md', text: text(LOOK) })).id).toBe('new');
    await expect(
      shown({ path: 'incidents/map.png', problem: { ruleId: 'not-utf8', reason: 'A picture.' } }),
    ).rejects.toThrow();
    await expect(shown({ path: 'notes.md', text: 'Not for customers.' })).rejects.toThrow();
  });
});
