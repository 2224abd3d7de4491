import { describe, expect, it } from 'vitest';
import { PUBLISH, STANDS } from './forms.ts';
import { FormDesk, issueBody } from '../../src/__tests__/support/forms.ts';

describe('the form of an incident with a status per component', () => {
  const report = (answers: Record<string, string>) =>
    issueBody('report-incident', { title: 'Shop fails', message: 'x', review: PUBLISH.now, ...answers });
  const path = 'content/incidents/2026/2026-11-20-shop-fails.md';
  const update = (answers: Record<string, string>) =>
    issueBody('post-update', { event: 'Shop fails (2026-11-20-shop-fails)', review: PUBLISH.now, ...answers });

  it('takes each from its list, and each that changes from those of an update', async () => {
    await using desk = await FormDesk.start();
    await desk.open(report({ degraded_performance: 'Shop › Search (search)', major_outage: 'Website (website)' }));
    expect(desk.read(path)).toContain('components:\n  search: degraded_performance\n  website: major_outage\n');
    desk.now = '2026-11-20T10:15:00Z';
    const statuses = { operational: 'Website (website)', major_outage: 'Shop › Search (search)' };
    await desk.open(update({ status: STANDS.identified, message: 'Search broke.', ...statuses }));
    expect(desk.read(path)).toMatch(/- \*\*Components:\*\* website: operational, search: major outage\n/);
    const inputs = { status: STANDS.same, message: 'x', components: 'search=operational, checkout: partial outage' };
    await desk.manual('post-update', inputs);
    expect(desk.read(path)).toMatch(/- \*\*Components:\*\* search: operational, checkout: partial outage\n/);
  });

  it('takes the impact from the list in which something unlisted is chosen', async () => {
    await using desk = await FormDesk.start();
    await desk.open(report({ major_outage: 'Something that is not in this list' }));
    expect(desk.read(path)).toContain('impact: critical\n');
  });

  it('refuses one that is in two lists', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(
      report({ degraded_performance: 'Website (website)', major_outage: 'Website (website)' }),
    );
    expect(desk.said(number)[0]).toContain('The component “website” is listed twice.');
  });

  it('refuses an incident that was open when the form listed it, and says how to add to it anyway', async () => {
    await using desk = await FormDesk.start();
    await desk.open(report({ major_outage: 'Website (website)' }));
    desk.now = '2026-11-20T10:15:00Z';
    await desk.open(update({ status: STANDS.over, message: 'It works.' }));
    const before = desk.read(path);
    desk.now = '2026-11-20T10:20:00Z';
    const { number } = await desk.open(update({ status: STANDS.identified, message: 'A cable.' }));
    expect(desk.read(path)).toBe(before);
    expect(desk.said(number)[0]).toContain('“Shop fails” has been over since');
    const again = { event: '_No response_', id: '2026-11-20-shop-fails' };
    await desk.open(update({ status: STANDS.same, message: 'It was a cable.', next: 'none', ...again }));
    expect(desk.read(path)).toMatch(/## Update · 2026-11-20 10:20 UTC\n\nIt was a cable\.\n$/);
  });

  it('answers with links that open the forms for what comes next, filled in, and only in lines and texts', async () => {
    await using desk = await FormDesk.start();
    const text = 'It fails.\n\nSorry & "more" #1 @acme';
    const { number } = await desk.open(report({ message: text, major_outage: 'Website (website)' }));
    const links = [...(desk.said(number)[0] ?? '').matchAll(/\]\((https:\S+issues\/new\S+)\)/g)];
    const filled = links.map(([, url = '']) => Object.fromEntries(new URL(url.replaceAll('\\&', '&')).searchParams));
    const id = '2026-11-20-shop-fails';
    expect(filled).toEqual([
      { template: 'post-update.yml', id },
      {
        template: 'correct-text.yml',
        id: `https://status.acme.example/incidents/${id}/#u-20261120T100500Z`,
        message: text,
      },
    ]);
    await desk.open(issueBody('correct-text', { ...filled[1], message: 'It fails for all.' }));
    expect(desk.read(path)).toContain('\n\nIt fails for all.\n\n- **Next');
    const long = await desk.open(
      report({ message: 'word '.repeat(2_000), title: 'Long', major_outage: 'Website (website)' }),
    );
    expect(desk.said(long.number)[0]).toContain(
      '[Correct a text](https://github.com/acme/status/issues/new?template=correct-text.yml)',
    );
  });
});
