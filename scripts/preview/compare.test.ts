import { describe, expect, it } from 'vitest';
import type { Preview } from './outline.ts';
import { headlineOf, outlineOf } from './outline.ts';
import { printTerminal } from './print.ts';
import type { FieldChange } from './snapshot.ts';
import {
  BEGUN,
  change,
  company,
  IDENTIFIED,
  MAINTENANCE,
  NOW,
  PAY,
  SITE,
  WORK,
} from '../../src/__tests__/support/preview-change.ts';

const LATER = '2026-11-20T09:55:00Z';

function compared({ comparison }: Preview) {
  if (!comparison) throw new RangeError('Nothing can be compared.');
  return comparison;
}

const said = (preview: Preview) => headlineOf(compared(preview));
const fieldsIn = (fields: readonly FieldChange[] = []) =>
  fields.map(({ field, before, after }) => `${field}: ${before} → ${after}`);
const titles = (entries: readonly { title: string }[]) => entries.map(({ title }) => title);

describe('nothing changes for customers', () => {
  it.each([
    ['nothing is changed', (text: string) => text],
    [
      'lines are broken elsewhere',
      (text: string) => text.replace('card. **No', 'card.\n**No').replace('by\n[', 'by ['),
    ],
    ['comments and empty lines come', (text: string) => text.replace('\n## ', '\n\n<!-- We hope. -->\n\n\n## ')],
    ['the front matter has another order', (text: string) => text.replace(/(title: .*\n)([^]*?)(?=---)/, '$2$1')],
    ['a time is written in another zone', (text: string) => text.replace('09:27 UTC', '10:27 +01:00')],
    ['labels stand otherwise', (text: string) => text.replace('- **Next update:**', '**Next update:**')],
    ['line ends are those of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('when %s', async (what, edit) => {
    using repository = company({ [PAY]: BEGUN });
    expect(edit(BEGUN) === BEGUN).toBe(what === 'nothing is changed');
    const told = await change(repository, { [PAY]: edit(BEGUN) });
    expect(told.errors).toEqual([]);
    expect(said(told)).toBe('Nothing changes for customers.');
  });

  it('when the file moves to another folder, or a template changes', async () => {
    using repository = company({ [PAY]: BEGUN });
    const moved = PAY.replace('incidents/', 'incidents/2026/');
    const told = await change(repository, { [PAY]: undefined, [moved]: BEGUN, 'content/templates/a.md': 'Hello' });
    expect(said(told)).toBe('Nothing changes for customers.');
  });

  it('when only settings change that customers do not see, which are named', async () => {
    using repository = company();
    const told = await change(repository, {
      'content/site.yml': `${SITE}reports: private\n`,
    });
    expect(said(told)).toBe('Nothing changes for customers.');
    expect(compared(told).page.unseen).toEqual(['reports']);
  });
});

describe('corrected words', () => {
  const before = { [PAY]: BEGUN + IDENTIFIED };

  it('are shown word by word, and nothing else changes', async () => {
    using repository = company(before);
    const told = await change(repository, { [PAY]: before[PAY]?.replace('takign', 'taking') }, LATER);
    const { events, entries } = compared(told);
    expect(said(told)).toBe('Nothing changes for customers except the wording of one update.');
    expect(events[0]?.updates[0]?.words?.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'takign' },
      { kind: 'added', text: 'taking' },
    ]);
    expect(entries).toEqual({ sent: [], again: [], keep: [], withdrawn: [], tooOld: 0 });
  });

  it('may say when they were corrected, and be in a title', async () => {
    using repository = company(before);
    const text = before[PAY]?.replace('takign', 'taking').replace('11:00 UTC', '11:00 UTC\n- **Edited:** 09:54 UTC');
    const told = await change(repository, { [PAY]: text?.replace('cannot pay', 'can not pay') }, LATER);
    expect(said(told)).toBe('Nothing changes for customers except the wording of one update and one title.');
  });

  it('are more than words when a promise changes with them', async () => {
    using repository = company(before);
    const told = await change(repository, { [PAY]: before[PAY]?.replace('10:30', '10:45') }, LATER);
    expect(said(told)).toBe('After this is merged, the page still says: Major outage.');
    expect(fieldsIn(compared(told).events[0]?.updates[0]?.fields)).toEqual(['next_update: 10:30 UTC → 10:45 UTC']);
    expect(compared(told).promises[0]?.next?.due).toBe(Date.parse('2026-11-20T10:45Z'));
  });

  it('have no words when only a link or the look changes', async () => {
    using repository = company(before);
    const told = await change(repository, { [PAY]: before[PAY]?.replace('(/help)', '(/invoice)') }, LATER);
    const [update] = compared(told).events[0]?.updates ?? [];
    expect(update?.words?.map(({ kind }) => kind)).toEqual(['same']);
  });
});

describe('words of the page', () => {
  it('that the owner changes are named, each with what it says', async () => {
    using repository = company({ 'content/i18n/en.json': '{ "history": "Before", "support": "Help" }' });
    const told = await change(repository, { 'content/i18n/en.json': '{ "history": "Past", "support": "Help" }' });
    expect(fieldsIn(compared(told).page.fields)).toEqual(['words.en.history: Before → Past']);
    expect(said(told)).not.toContain('Nothing changes');
    expect(printTerminal(outlineOf(told), false)).toMatch(/history.*Past/);
  });
});

describe('an incident', () => {
  it('that is new changes the answer, its components, their uptime and the feeds, and promises', async () => {
    using repository = company();
    const { pageStatus, overall, statuses, uptimes, entries, promises } = compared(
      await change(repository, { [PAY]: BEGUN }),
    );
    expect(pageStatus).toEqual({ before: 'operational', after: 'partial_outage' });
    expect([overall.before?.id, overall.after.id]).toEqual(['all_systems_operational', 'minor_service_outage']);
    expect(statuses).toEqual([{ id: 'checkout', name: 'Checkout', before: 'operational', after: 'partial_outage' }]);
    expect(uptimes).toEqual([{ id: 'checkout', name: 'Checkout', before: 100, after: 99.99 }]);
    expect(titles(entries.sent)).toEqual(['Some customers in Europe cannot pay by card — Investigating']);
    expect(promises[0]).toMatchObject({ missing: false, next: { state: 'due' } });
  });

  it('without a promise is said to have none', async () => {
    using repository = company();
    const told = await change(repository, { [PAY]: BEGUN.replace(/- \*\*Next.*/, '') });
    expect(compared(told).promises[0]).toMatchObject({ missing: true });
  });

  it('that ends says whether its promise was kept, and when its postmortem is due', async () => {
    using repository = company({ [PAY]: BEGUN });
    const end = '\n## Resolved · 2026-11-20 10:20 UTC\n\nPayments work again.\n';
    const told = await change(repository, { [PAY]: BEGUN + end }, '2026-11-20T10:21:00Z');
    const [promise] = compared(told).promises;
    expect(promise?.answered.map(({ state }) => state)).toEqual(['late']);
    expect(promise).toMatchObject({ missing: false, postmortem: Date.parse('2026-11-25T10:20Z') });
  });

  it('that is deleted leaves the page and the feeds', async () => {
    using repository = company({ [PAY]: BEGUN });
    const { events, entries, statuses } = compared(await change(repository, { [PAY]: undefined }));
    expect(events.map(({ kind, subject }) => `${kind} ${subject.id}`)).toEqual(['removed 2026-11-20-card-payments']);
    expect(titles(entries.withdrawn)).toHaveLength(1);
    expect(entries.sent).toEqual([]);
    expect(statuses[0]).toMatchObject({ before: 'partial_outage', after: 'operational' });
  });

  it('whose file has another name, or whose update another time, is sent again', async () => {
    using repository = company({ [PAY]: BEGUN });
    const renamed = compared(await change(repository, { [PAY]: undefined, 'content/incidents/cards.md': BEGUN }));
    expect(renamed.events.map(({ kind }) => kind)).toEqual(['changed']);
    expect(fieldsIn(renamed.events[0]?.fields)).toEqual([
      'address: /incidents/2026-11-20-card-payments/ → /incidents/cards/',
    ]);
    expect(renamed.entries).toMatchObject({ sent: [], withdrawn: [], again: [{}] });
    const moved = compared(
      await change(repository, { [PAY]: BEGUN.replace('09:27', '09:25'), 'content/incidents/cards.md': undefined }),
    );
    expect(fieldsIn(moved.events[0]?.updates[0]?.fields)).toEqual(['at: 09:27 UTC → 09:25 UTC']);
    expect(moved.entries).toMatchObject({ sent: [], withdrawn: [], again: [{}] });
  });

  it.each([
    ['the time', (text: string) => text],
    ['the time and a few words', (text: string) => text.replace('see an error', 'get an error')],
  ])('whose %s is corrected keeps its id with the suggested heading', async (_, edit) => {
    using repository = company({ [PAY]: BEGUN });
    const corrected = edit(BEGUN.replace('09:27', '09:25'));
    const told = await change(repository, { [PAY]: corrected });
    const { entries } = compared(told);
    const heading = '## Investigating · 2026-11-20 09:25 UTC {#u-20261120T092700Z}';
    expect(entries).toMatchObject({ sent: [], withdrawn: [], again: [{}] });
    expect(entries.keep).toEqual([{ file: 'incidents/2026-11-20-card-payments.md', line: 10, text: heading }]);
    expect(printTerminal(outlineOf(told), false)).toContain(heading);
    const pinned = await change(repository, { [PAY]: corrected.replace(/^## .*$/m, heading) });
    expect(pinned.errors).toEqual([]);
    expect(compared(pinned).entries).toEqual({ sent: [], again: [], keep: [], withdrawn: [], tooOld: 0 });
  });

  it('that says something else at another time is another update', async () => {
    using repository = company({ [PAY]: BEGUN });
    const text = BEGUN.replace('09:27', '09:25').replace(
      /\nSome customers in E[^]*?meanwhile\.[^]*?cause\./,
      '\nWe look at orders.',
    );
    const { entries } = compared(await change(repository, { [PAY]: text }));
    expect(entries).toMatchObject({ sent: [{}], withdrawn: [{}], again: [], keep: [] });
  });

  it('of long ago is on the page but in no feed', async () => {
    const many = Array.from({ length: 60 }, (_, index) => {
      const minute = String(index).padStart(2, '0');
      return `\n## Update · 2026-11-20 08:${minute}:30 UTC\n\nNumber ${index}.\n`;
    });
    const text =
      BEGUN.replace('09:12', '07:00')
        .replace('09:27', '07:00')
        .replace(/- \*\*Next.*/, '') + many.join('');
    using repository = company({ [PAY]: text });
    const past =
      '---\ntitle: Long ago\ncomponents:\n  website: major_outage\n---\n\n## Investigating · 2026-09-01 10:00 UTC\n\nOh.\n\n## Resolved · 2026-09-01 12:00 UTC\n\nWell.\n';
    const { entries, uptimes } = compared(await change(repository, { 'content/incidents/past.md': past }));
    expect(entries).toEqual({ sent: [], again: [], keep: [], withdrawn: [], tooOld: 2 });
    expect(uptimes.map(({ id }) => id)).toEqual(['website']);
  });

  it('that is taken back lets older entries into the feeds again, which are not sent', async () => {
    const many = Array.from({ length: 60 }, (_, index) => {
      const minute = String(index).padStart(2, '0');
      return `\n## Update · 2026-11-20 08:${minute}:30 UTC\n\nNumber ${index}.\n`;
    });
    const text = BEGUN.replace('09:12', '07:00')
      .replace('09:27', '07:00')
      .replace(/- \*\*Next.*/, '');
    using repository = company({ [PAY]: text + many.join('') });
    const { entries } = compared(await change(repository, { [PAY]: text + many.slice(0, -1).join('') }));
    expect(entries).toMatchObject({ sent: [], again: [], withdrawn: [{}], tooOld: 0 });
  });
});

describe('maintenance', () => {
  it('that is announced changes nothing now', async () => {
    using repository = company();
    const told = await change(repository, { [WORK]: MAINTENANCE });
    expect(said(told)).toBe('After this is merged, the page still says: All systems operational.');
    expect(compared(told)).toMatchObject({ statuses: [], uptimes: [], events: [{ kind: 'added' }] });
  });

  it('that is moved says from when to when', async () => {
    using repository = company({ [WORK]: MAINTENANCE });
    const told = await change(repository, { [WORK]: MAINTENANCE.replaceAll('2026-11-25', '2026-11-26') });
    expect(fieldsIn(compared(told).events[0]?.fields)).toEqual([
      'planned: 25 Nov, 02:00 UTC – 25 Nov, 04:00 UTC → 26 Nov, 02:00 UTC – 26 Nov, 04:00 UTC',
    ]);
  });
});

describe('components', () => {
  const LIST = 'content/components.yml';

  it('that get another id with the old one as alias are the same', async () => {
    using repository = company({ [PAY]: BEGUN });
    const list = '- id: payments\n  name: Payments\n  aliases: [checkout]\n  since: 2024-01-01\n';
    const rest =
      '- id: search\n  name: Search\n  since: 2024-01-01\n- id: website\n  name: Website\n  since: 2024-01-01\n';
    const { statuses, uptimes, events, page } = compared(await change(repository, { [LIST]: list + rest }));
    expect([statuses, uptimes, events]).toEqual([[], [], []]);
    expect(fieldsIn(page.fields)).toEqual([
      'name: Checkout → Payments',
      'address: /components/checkout/ → /components/payments/',
    ]);
    expect(page.order).toBe(true);
  });

  it('that come and go are named', async () => {
    using repository = company();
    const list =
      '- group: Shop\n  components:\n    - id: checkout\n      name: Checkout\n      since: 2024-01-01\n    - id: search\n      name: Search\n      since: 2024-01-01\n- id: api\n  name: API\n';
    const { page } = compared(await change(repository, { [LIST]: list }));
    expect(fieldsIn(page.fields)).toEqual(['added: undefined → API', 'removed: Website → undefined']);
    expect(page.order).toBe(false);
  });
});

describe('the page itself', () => {
  it('sends every entry again from another host', async () => {
    using repository = company({ [PAY]: BEGUN });
    const told = await change(repository, { 'content/site.yml': 'name: Acme\nurl: https://acme.example/status\n' });
    expect(compared(told).entries.again).toHaveLength(3);
    expect(compared(told).entries.keep).toEqual([{ file: 'site.yml', text: 'id: https://status.acme.example/' }]);
    expect(fieldsIn(compared(told).page.fields)[0]).toContain('url: https://status.acme.example/ → ');
  });

  it('sends nothing again from another host with the id that the preview gives', async () => {
    using repository = company({ [PAY]: BEGUN });
    const moved = 'name: Acme\nurl: https://acme.example/status\nid: https://status.acme.example/\n';
    expect(compared(await change(repository, { 'content/site.yml': moved })).entries).toEqual({
      ...{ sent: [], again: [], keep: [], withdrawn: [], tooOld: 0 },
    });
  });

  it('names files of public/ that come, go and change, also those that Git does not know yet', async () => {
    using repository = company({ 'public/logo.svg': '<svg/>', 'public/old.png': 'old', 'public/same.png': 'same' });
    const files = { 'public/logo.svg': '<svg></svg>', 'public/old.png': undefined, 'public/new.png': 'new' };
    const told = await change(repository, files);
    expect(compared(told).page.files).toEqual([
      { kind: 'changed', path: '/logo.svg' },
      { kind: 'removed', path: '/old.png' },
      { kind: 'added', path: '/new.png' },
    ]);
    expect(said(told)).toContain('After this is merged');
  });
});

describe('what cannot be read', () => {
  it('stays as it was, so that a slip is no deleted incident', async () => {
    using repository = company({ [PAY]: BEGUN });
    const told = await change(repository, { [PAY]: BEGUN.replace('## Inv', '##Inv'), [WORK]: MAINTENANCE });
    expect(told.errors.map(({ ruleId }) => ruleId)).toContain('heading-nearly');
    expect(told.kept).toEqual(['incidents/2026-11-20-card-payments.md']);
    expect(compared(told).overall.after.id).toBe('minor_service_outage');
    expect(compared(told).events.map(({ subject }) => subject.id)).toEqual(['database']);
  });

  it('is told alone when it is the list of components', async () => {
    using repository = company();
    const told = await change(repository, { 'content/components.yml': 'oh: no\n' });
    expect(told.comparison).toBeUndefined();
    expect(told.errors).not.toEqual([]);
  });

  it('counts as new once it can, and is named', async () => {
    using repository = company({ [PAY]: BEGUN.replace('UTC', '') });
    const told = await change(repository, { [PAY]: BEGUN });
    expect(told.unreadBefore).toEqual(['incidents/2026-11-20-card-payments.md']);
    expect(compared(told).events.map(({ kind }) => kind)).toEqual(['added']);
  });

  it('leaves nothing to compare with when it was the settings', async () => {
    using repository = company({ 'content/site.yml': 'nome: Acme\n' });
    const told = await change(repository, { 'content/site.yml': 'name: Acme\nurl: https://status.acme.example\n' });
    expect(compared(told).overall).toEqual({ after: expect.objectContaining({ id: 'all_systems_operational' }) });
  });

  it('warns only of what was not there before, but of each line', async () => {
    const old = BEGUN.replace(/- \*\*Next.*/, '');
    using repository = company({ [PAY]: old });
    const rules = async (text: string) =>
      (await change(repository, { [PAY]: text }, LATER)).warnings.map(({ ruleId, line }) => `${ruleId} ${line}`);
    expect(await rules(`${old}\n`)).toEqual([]);
    expect(await rules(old + IDENTIFIED.replace(/- \*\*Next.*\n/, ''))).toEqual(['promise-missing 17']);
  });
});

describe('both sides are read as of the instant of the new one', () => {
  const EXAMPLE = 'content/.example';

  it('when the example comes, and holds the clock', async () => {
    using repository = company({ [PAY]: BEGUN });
    const told = await change(repository, { [EXAMPLE]: `${NOW}\n` }, '');
    expect(compared(told).after.now).toBe(Date.parse(NOW));
    expect(said(told)).toBe('Nothing changes for customers.');
  });

  it('when the example goes', async () => {
    using repository = company({ [EXAMPLE]: `${NOW}\n`, [PAY]: BEGUN });
    const told = await change(repository, { [EXAMPLE]: undefined }, '2026-11-21T09:29:00Z');
    expect(compared(told).after.now).toBe(Date.parse('2026-11-21T09:29:00Z'));
    expect(said(told)).toBe('Nothing changes for customers.');
  });
});

it('a name that is taken by a new file leaves the old one as it was', async () => {
  using repository = company({ [PAY]: BEGUN });
  const other = PAY.replace('incidents/', 'incidents/a/');
  const told = await change(repository, { [other]: BEGUN.replace('cannot', 'can not') });
  expect(told.errors.map(({ ruleId }) => ruleId)).toEqual(['id-taken']);
  expect(compared(told)).toMatchObject({ statuses: [], overall: { after: { id: 'minor_service_outage' } } });
});

describe('translations', () => {
  const IN_TWO = { 'content/site.yml': `${SITE}locales: [en, de]\n`, [PAY]: BEGUN };
  const GERMAN = PAY.replace('.md', '.de.md');
  const TEXT =
    '---\ntitle: Kartenzahlung gestört\n---\n\n## Investigating · 2026-11-20 09:27 UTC\n\nWir suchen die Ursache.\n';

  it('that come and change are shown', async () => {
    using repository = company(IN_TWO);
    const told = await change(repository, { [GERMAN]: TEXT });
    const title = 'Translation of “Some customers in Europe cannot pay by card” into de';
    expect(compared(told).page.fields).toEqual([{ field: 'translation', label: title, after: 'added' }]);
    expect(told.untranslated.flatMap(({ current }) => current)).toEqual([]);
    expect(said(told)).not.toContain('Nothing changes');
  });

  it('that are missing are listed with the file to write', async () => {
    using repository = company(IN_TWO);
    const told = await change(repository, { [PAY]: BEGUN + IDENTIFIED, [GERMAN]: TEXT }, LATER);
    const text = printTerminal(outlineOf(told), false);
    expect(text).toMatch(
      /Not translated into de:\s+\S Some customers in Europe cannot pay by card: add 1 update to\s\S*content\/incidents\/\S*\.de\.md/,
    );
  });
});
