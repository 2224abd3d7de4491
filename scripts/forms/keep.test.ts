import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPONENTS, FormDesk } from '../../src/__tests__/support/forms.ts';

const PATH = '.github/ISSUE_TEMPLATE/report-incident.yml';
const OWN = '.github/ISSUE_TEMPLATE/own.yml';
const OLD = 'name: Report an incident\nbody: []\n';

describe('forms --github', () => {
  it('brings a form in line with the components, and nothing else', async () => {
    await using desk = await FormDesk.start({ [PATH]: OLD, [OWN]: 'name: Own\n' });
    const { out, err, code } = await desk.run(['forms', '--github']);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toMatch(/^Updated the issue forms: [0-9a-f]+\.\n$/);
    expect(desk.read(PATH)).toContain('- Shop › Checkout (checkout)\n');
    expect(desk.read(PATH)).not.toContain('ftp');
    expect(desk.files()).toEqual([OWN, PATH]);
    expect((await desk.run(['forms', '--github'])).out).toBe('The issue forms are up to date.\n');
    expect(desk.log()).toHaveLength(2);
  });

  it('lists links to bookmark in the summary of the job', async () => {
    await using desk = await FormDesk.start();
    const place = join(desk.place, 'summary.md');
    await desk.run(['forms', '--github'], {}, { GITHUB_STEP_SUMMARY: place });
    const links = [...readFileSync(place, 'utf8').matchAll(/^- \[(.*)\]\((.*)\)$/gm)];
    const page = 'https://github.com/acme/status';
    const found = Object.fromEntries(links.map(([, name, url]) => [name, url]));
    expect(found).toMatchObject({
      'Move or cancel maintenance': `${page}/issues/new?template=change-maintenance.yml`,
      'Review what waits': `${page}/pulls`,
    });
    const editor = new URL(found['Write an announcement'] ?? '');
    expect(editor.pathname).toBe('/acme/status/new/main/content/announcements');
    expect(editor.searchParams.get('filename')).toBe('its-address.md');
    expect(editor.searchParams.get('value')).toMatch(/^---\ntitle: .*\nfrom: /);
  });

  it('makes none where there are none', async () => {
    await using desk = await FormDesk.start();
    expect((await desk.run(['forms', '--github'])).out).toBe('The issue forms are up to date.\n');
    expect(desk.log()).toEqual(['Change']);
  });

  it('opens one pull request where the branch is protected', async () => {
    await using desk = await FormDesk.start({ [PATH]: OLD });
    desk.protect();
    expect((await desk.run(['forms', '--github'])).out).toContain('https://github.com/acme/status/pull/101');
    const before = desk.git('-C', desk.origin, 'rev-parse', 'status/forms');
    expect((await desk.run(['forms', '--github'])).code).toBe(0);
    expect(desk.git('-C', desk.origin, 'rev-parse', 'status/forms')).toBe(before);
    expect(desk.github.pulls.pulls).toHaveLength(1);
  });

  it('says why when the components cannot be read', async () => {
    await using desk = await FormDesk.start({ [PATH]: OLD, 'content/components.yml': `${COMPONENTS}- oh no\n` });
    const { err, code } = await desk.run(['forms', '--github']);
    expect(code).toBe(1);
    expect(err).toContain('The issue forms were not updated, because');
    expect(desk.log()).toEqual(['Change']);
  });
});
