import { describe, expect, it } from 'vitest';
import { contextOf as feedContextOf } from '../../__tests__/support/formats.ts';
import { incident } from '../../__tests__/support/reader.ts';
import { contextOf } from '../../__tests__/support/view.ts';
import { areasOf } from '../../core/areas.ts';
import { contentIn } from '../../core/locales.ts';
import { buildLedger } from '../../core/ledger.ts';
import { feedOf } from '../../formats/feed.ts';
import { areaScope } from '../../formats/scopes.ts';
import { areaMatrix, areaModel } from './area.ts';

const SITE = `name: Acme
url: https://acme.example/status
locales: [en, de]
areas:
  eu: { en: Europe, de: Europa }
  us: North America
`;
const COMPONENTS = `- group: Shop
  components: [{ id: search, name: Search }, { id: checkout, name: Checkout }]
- { id: api, name: API }
- { id: website, name: Website }
`;
const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';

function pageOf(incidents: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const events = Object.entries(incidents).map(([id, front]) => {
    const [matter = '', text = UPDATE] = front.split('\n\n## ').map((part, index) => (index > 0 ? `## ${part}` : part));
    return [`incidents/${id}.md`, incident(text, `title: ${id}\n${matter}`)] as const;
  });
  const feeds = feedContextOf({
    'site.yml': SITE,
    'components.yml': COMPONENTS,
    ...Object.fromEntries(events),
    ...files,
  });
  return { feeds, view: contextOf({}, { ledger: feeds.ledger, words: feeds.words, dates: feeds.dates }) };
}

function matrixOf(incidents: Readonly<Record<string, string>>) {
  return areaMatrix(pageOf(incidents).view).tables.map(({ value }) =>
    value.rows.map(({ link, statuses }) => [link.text, ...statuses.map(({ text }) => text)]),
  );
}

describe('the table of components and areas', () => {
  it('has the affected components, the worst first, each with its status in every area', () => {
    expect(
      matrixOf({
        a: 'components: { checkout: degraded_performance }\nareas: [eu]',
        b: 'components: { api: major_outage, checkout: partial_outage }\nareas: [north america]',
      }),
    ).toEqual([
      [
        ['API', 'Operational', 'Major outage'],
        ['Checkout', 'Degraded performance', 'Partial outage'],
      ],
    ]);
  });

  it('shows an incident that names none of the areas in all of them, beside one that names an area', () => {
    const rows = matrixOf({
      a: 'components: { api: major_outage }\nareas: [Belgium]',
      b: 'components: { website: partial_outage }\nareas: [Europa]',
    });
    expect(rows).toEqual([
      [
        ['API', 'Major outage', 'Major outage'],
        ['Website', 'Partial outage', 'Operational'],
      ],
    ]);
  });

  it('is green nowhere because an area is misspelt', () => {
    const rows = matrixOf({
      a: 'components: { api: major_outage }\nareas: [eu, uss]',
      b: 'components: { website: partial_outage }\nareas: [eu]',
    });
    expect(rows).toEqual([
      [
        ['API', 'Major outage', 'Major outage'],
        ['Website', 'Partial outage', 'Operational'],
      ],
    ]);
  });

  it('has one row for a whole group', () => {
    expect(matrixOf({ a: 'components: { shop: partial_outage }\nareas: [eu]' })).toEqual([
      [['Shop (all 2)', 'Partial outage', 'Operational']],
    ]);
  });

  it('follows an “Areas” line', () => {
    const text = `${UPDATE}\n\n- **Areas:** us`;
    expect(matrixOf({ a: `components: { api: major_outage }\nareas: [eu]\n\n${text}` })).toEqual([
      [['API', 'Operational', 'Major outage']],
    ]);
  });

  it('has the same rows in each language', () => {
    const { feeds, view } = pageOf({ a: 'components: { api: major_outage }\nareas: [eu]' });
    const german = buildLedger(contentIn(feeds.ledger.content, 'de'), feeds.ledger.now);
    const { areas, tables } = areaMatrix({ ...view, ledger: german });
    expect(areas.map(({ text }) => text)).toEqual(['Europa', 'North America']);
    expect(tables.map(({ value }) => value.rows.map(({ link }) => link.text))).toEqual([['API']]);
  });

  it.each([
    ['nothing is wrong', {}],
    ['nobody says where', { a: 'components: { api: major_outage }' }],
    ['no component is affected', { a: 'impact: minor\nareas: [eu]' }],
  ])('is left out while %s', (_, incidents) => {
    expect(matrixOf(incidents)).toEqual([]);
  });
});

describe('an area', () => {
  const incidents = {
    europe: 'components: { api: major_outage }\nareas: [eu]',
    america: 'components: { website: partial_outage }\nareas: [us]',
    anywhere: 'components: { search: degraded_performance }',
  };
  const { feeds, view } = pageOf(incidents);
  const [eu] = areasOf(feeds.ledger.content.site);
  if (!eu) throw new RangeError('The page has no areas.');

  it('has a page with what is wrong there, and what was', () => {
    const page = areaModel(view, eu);
    expect(page.statuses.map(({ value }) => value.text)).toEqual(['Major outage']);
    expect(page.components.rows.map(({ value }) => value.link.text)).toEqual(['API', 'Search']);
    expect(page.past.recent.events.map(({ title }) => title).sort()).toEqual(['anywhere', 'europe']);
  });

  it('has a feed of the same', () => {
    const { entries, title, url } = feedOf(feeds, areaScope(feeds, eu));
    expect(entries.map((entry) => entry.title).sort()).toEqual(['anywhere — Investigating', 'europe — Investigating']);
    expect([title, url]).toEqual(['Europe: Acme status updates', 'https://acme.example/status/areas/eu/']);
    expect(entries.find(({ title: of }) => of.startsWith('europe'))?.text).toContain('Affected areas: Europe');
  });

  it('has its name in each language, also in an incident whose translation calls it otherwise', () => {
    const translation = { 'incidents/europe.de.md': '---\ntitle: Europa\nareas: [EU-Raum]\n---\n' };
    const german = contentIn(pageOf(incidents, translation).feeds.ledger.content, 'de');
    expect(areasOf(german.site)).toMatchObject([{ name: 'Europa', lang: 'de' }, { name: 'North America' }]);
    expect(areasOf(german.site)[1]).not.toHaveProperty('lang');
    const event = buildLedger(german, feeds.ledger.now).openIncidents.find(({ id }) => id === 'europe');
    expect(event?.areas).toEqual(['eu']);
  });
});
