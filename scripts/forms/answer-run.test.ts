import { describe, expect, it } from 'vitest';
import { PUBLISH, STANDS } from './forms.ts';
import { FormDesk, REPORT } from '../../src/__tests__/support/forms.ts';

const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';

describe('the workflow of an incident, started by hand', () => {
  it('publishes its inputs, and says so in its summary', async () => {
    await using desk = await FormDesk.start();
    const inputs = { ...REPORT, components: 'search=major_outage, website', next: '', areas: '' };
    const { out, err, code } = await desk.manual('report-incident', inputs);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(desk.read(PATH)).toContain('components:\n  search: major_outage\n  website: partial_outage\n');
    expect(out).toContain('https://status.acme.example/incidents/2026-11-20-some-customers-cannot-pay/');
    expect(desk.github.started.map(({ workflow }) => workflow)).toEqual(['deploy.yml', 'watch.yml']);
  });

  it('posts nothing twice when it is run again, and something when another is started', async () => {
    await using desk = await FormDesk.start();
    await desk.manual('report-incident', REPORT);
    expect((await desk.manual('report-incident', REPORT)).code).toBe(0);
    expect(desk.log()).toHaveLength(2);
    await desk.manual('report-incident', REPORT, '7');
    expect(desk.files()).toEqual([PATH.replace('.md', '-2.md'), PATH]);
  });

  it('is red when an answer cannot be used, with the reason on one line', async () => {
    await using desk = await FormDesk.start();
    const { err, out, code } = await desk.manual('report-incident', { ...REPORT, message: 'a\n\n## Resolved' });
    expect(code).toBe(1);
    expect(err).toMatch(/^::error::Nothing is published\. This text cannot be published:%0A.*\n$/);
    expect(out).toContain('run the workflow again');
    expect(desk.log()).toEqual(['Change']);
  });

  it('publishes on no branch but that of the page', async () => {
    await using desk = await FormDesk.start();
    const { err, code } = await desk.manual('report-incident', REPORT, '77', 'draft');
    expect(code).toBe(1);
    expect(err).toContain('Run the workflow on the branch main');
  });

  it('opens a pull request where somebody is to check it', async () => {
    await using desk = await FormDesk.start();
    const { out } = await desk.manual('report-incident', { ...REPORT, review: PUBLISH.review });
    expect(out).toContain('https://github.com/acme/status/pull/101');
    expect(desk.log('status/run-77')).toHaveLength(2);
    expect(desk.github.pulls.pulls[0]?.body).toContain('https://github.com/acme/status/actions/runs/77');
  });

  it('says where to open the pull request when workflows may not', async () => {
    await using desk = await FormDesk.start();
    desk.github.pulls.refusal = 403;
    const { out, code } = await desk.manual('report-incident', { ...REPORT, review: PUBLISH.review });
    expect(code).toBe(0);
    expect(out).toContain('https://github.com/acme/status/compare/main...status/run-77?expand=1');
  });
});

describe('the workflow of an update, started by hand', () => {
  it('speaks of the newest open incident', async () => {
    await using desk = await FormDesk.start();
    await desk.manual('report-incident', REPORT);
    desk.now = '2026-11-20T10:15:00Z';
    await desk.manual('post-update', { status: STANDS.over, message: 'It works again.' }, '78');
    expect(desk.read(PATH)).toMatch(/## Resolved · 2026-11-20 10:15 UTC\n\nIt works again\.\n$/);
  });
});
