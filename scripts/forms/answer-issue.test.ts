import { describe, expect, it } from 'vitest';
import { PUBLISH, STANDS } from './forms.ts';
import { FormDesk, issueBody, REPORT, SITE } from '../../src/__tests__/support/forms.ts';

const PATH = 'content/incidents/2026/2026-11-20-some-customers-cannot-pay.md';
const ADDRESS = 'https://status.acme.example/incidents/2026-11-20-some-customers-cannot-pay/';
const FILLED = issueBody('report-incident', REPORT);
const STARTED = [
  { workflow: 'deploy.yml', ref: 'main' },
  { workflow: 'watch.yml', ref: 'main' },
];

describe('the form of an incident, filled in by somebody who may write', () => {
  it('becomes one commit, starts the deployment, and is answered with the address', async () => {
    await using desk = await FormDesk.start();
    const { number, out, err, code } = await desk.open(FILLED);
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(out).toBe('#1 is published.\n');
    expect(desk.log()).toEqual(['Investigating: Some customers cannot pay', 'Change']);
    expect(desk.files()).toEqual([PATH]);
    expect(desk.read(PATH)).toBe(`---
title: Some customers cannot pay
components:
  checkout: partial_outage
---

## Investigating · 2026-11-20 10:05 UTC

They see an error when they pay.

- **Next update:** 10:25 UTC
`);
    expect(desk.github.started).toEqual(STARTED);
    expect(desk.said(number)).toEqual([expect.stringContaining(`[${ADDRESS}](${ADDRESS})`)]);
    expect(desk.said(number)[0]).toContain('The next update is due by `2026-11-20 10:25 UTC`.');
    expect(desk.github.issues.issues[0]).toMatchObject({ state: 'closed', state_reason: 'completed' });
  });

  it('takes a whole group, and areas of the page', async () => {
    const site = `${SITE}areas: { eu: Europe, us: "North America, Canada" }\n`;
    await using desk = await FormDesk.start({ 'content/site.yml': site });
    const chosen = {
      components: 'All of Shop (shop), Website (website)',
      areas: 'Europe (eu), North America, Canada (us)',
    };
    await desk.open(issueBody('report-incident', { ...REPORT, ...chosen }));
    expect(desk.read(PATH)).toMatch(/\n {2}shop: partial_outage\n {2}website: partial_outage\nareas: \[eu, us\]\n/);
    await desk.open(issueBody('report-incident', { ...REPORT, title: 'All down', components: 'Everything (all)' }));
    expect(desk.read(PATH.replace('some-customers-cannot-pay', 'all-down'))).toContain(
      'components:\n  all: partial_outage\n',
    );
  });

  it('takes every answer', async () => {
    await using desk = await FormDesk.start();
    const answers = {
      ...REPORT,
      components: 'Shop › Search (search), Website (website)',
      started: '20 minutes ago',
      next: '1h',
      areas: 'Europe, Asia',
      reference: 'INC-4211',
      message: 'Search is empty.\n\n### Europe\n\nAll shops.',
    };
    await desk.open(issueBody('report-incident', answers).replaceAll('\n', '\r\n'));
    expect(desk.read(PATH)).toBe(`---
title: Some customers cannot pay
components:
  search: partial_outage
  website: partial_outage
started: 2026-11-20 09:45 UTC
areas: [Europe, Asia]
reference: INC-4211
---

## Investigating · 2026-11-20 10:05 UTC

Search is empty.

### Europe

All shops.

- **Next update:** 11:05 UTC
`);
  });

  it('promises nothing when it is told so', async () => {
    await using desk = await FormDesk.start();
    await desk.open(issueBody('report-incident', { ...REPORT, next: 'None' }));
    expect(desk.read(PATH)).not.toContain('Next update');
  });

  it('takes the impact from the severity if no component is affected', async () => {
    await using desk = await FormDesk.start();
    await desk.open(issueBody('report-incident', { ...REPORT, components: undefined, severity: 'Completely down' }));
    expect(desk.read(PATH)).toContain('impact: critical\n');
  });

  it.each(['ada', 'root'])('publishes for %s', async (login) => {
    await using desk = await FormDesk.start();
    await desk.open(FILLED, login);
    expect(desk.files()).toEqual([PATH]);
  });

  it('becomes a pull request where somebody is to check it, and asks the owners', async () => {
    await using desk = await FormDesk.start();
    const { number, out } = await desk.open(issueBody('report-incident', { ...REPORT, review: PUBLISH.review }));
    expect(out).toBe('#1 is in a pull request.\n');
    expect(desk.log()).toEqual(['Change']);
    expect(desk.files('status/issue-1')).toEqual([PATH]);
    expect(desk.github.pulls.pulls).toMatchObject([{ head: 'status/issue-1', base: 'main', reviewers: ['payments'] }]);
    expect(desk.said(number)[0]).toContain('[this pull request](https://github.com/acme/status/pull/101)');
    expect(desk.github.started).toEqual([]);
    expect(desk.github.issues.open()).toEqual([]);
  });

  it('becomes a pull request where the branch is protected', async () => {
    await using desk = await FormDesk.start();
    desk.protect();
    await desk.open(FILLED);
    expect(desk.log()).toEqual(['Change']);
    expect(desk.log('status/issue-1')).toHaveLength(2);
    expect(desk.github.pulls.pulls).toHaveLength(1);
  });
});

describe('a form filled in by a stranger', () => {
  const untouched = (desk: FormDesk) => {
    expect(desk.log()).toEqual(['Change']);
    expect(desk.git('-C', desk.origin, 'branch', '--format=%(refname:short)').trim()).toBe('main');
    expect(desk.github.started).toEqual([]);
    expect(desk.github.pulls.pulls).toEqual([]);
  };

  it.each(['eve', 'tom', 'nobody', 'helper[bot]'])(
    'publishes nothing for %s, and is answered with thanks',
    async (by) => {
      await using desk = await FormDesk.start();
      const { number, code } = await desk.open(FILLED, by);
      expect(code).toBe(0);
      untouched(desk);
      expect(desk.said(number)).toEqual([expect.stringMatching(/^Thank you\./)]);
      expect(desk.github.issues.open()).toHaveLength(1);
    },
  );

  it('is thanked for once, however often it is edited', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(FILLED, 'eve');
    await desk.answer({ action: 'edited', number, body: FILLED, by: 'eve' });
    untouched(desk);
    expect(desk.said(number)).toHaveLength(1);
  });

  it('is not published when somebody else mends a typo in it, nor when a stranger edits another', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(FILLED, 'eve');
    await desk.answer({ action: 'edited', number, body: FILLED, by: 'ada', author: 'eve' });
    await desk.answer({ action: 'edited', number, body: FILLED, by: 'eve', author: 'ada' });
    untouched(desk);
  });

  it('publishes nothing when GitHub does not say who may, and says so', async () => {
    await using desk = await FormDesk.start();
    desk.github.permissionStatus = 500;
    const { number, code, err } = await desk.open(FILLED);
    expect(code).toBe(1);
    expect(err).toMatch(/^::error::GitHub returned 500/);
    untouched(desk);
    expect(desk.said(number)).toEqual([expect.stringMatching(/^\*\*Nothing is published\.\*\* GitHub returned 500/)]);
  });

  it('of any other kind is left alone', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open('The logo is blurred.', 'eve');
    untouched(desk);
    expect(desk.said(number)).toEqual([]);
  });
});

describe('an answer that cannot be used', () => {
  it('is answered with what to write, and is tried again once it is edited', async () => {
    await using desk = await FormDesk.start();
    const { number, code } = await desk.open(
      issueBody('report-incident', { ...REPORT, message: 'We look into it.\n\n## Resolved' }),
    );
    expect(code).toBe(0);
    expect(desk.log()).toEqual(['Change']);
    const [said = ''] = desk.said(number);
    expect(said).toMatch(/^\*\*Nothing is published\.\*\* This text cannot be published:/);
    expect(said).toContain('## Resolved');
    expect(said).toContain('To try again, edit the text above');
    expect(desk.github.issues.open()).toHaveLength(1);
    await desk.answer({ action: 'edited', number, body: FILLED, by: 'ada' });
    expect(desk.files()).toEqual([PATH]);
    expect(desk.said(number)).toHaveLength(2);
    expect(desk.github.issues.open()).toEqual([]);
  });

  it.each([
    [
      { message: undefined, title: undefined },
      'Missing: “What is the problem for customers?” and “Message to customers”.',
    ],
    [
      { severity: undefined, components: undefined },
      'Choose what is affected, under “What is slow, or fails sometimes?”, “What is partly down, or down for some customers?”, or “What is completely down?”.',
    ],
    [{ severity: 'Bad' }, '“Bad” is not a valid answer to “How bad is it?”. Choose one of “Slow, or fails sometimes”'],
    [{ components: 'Shop › Cheking (cheking)' }, 'There is no component “cheking”.'],
    [
      { components: 'checkout=operational' },
      '“Affected components” says that “checkout” works. Write “checkout” to use',
    ],
    [{ components: 'search:operational, checkout=operational' }, 'says that “search” and “checkout” work.'],
    [{ title: 'One\nTwo' }, 'The title must be one line of text'],
    [{ started: 'yesterday' }, '“When did it start?”: “yesterday” is not a valid time'],
  ])('%o is told', async (answers, reason) => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(issueBody('report-incident', { ...REPORT, ...answers }));
    expect(desk.files()).toEqual([]);
    expect(desk.said(number)[0]?.replaceAll('\u200b', '')).toContain(reason);
  });

  it('is none where a component that works stands beside one that does not', async () => {
    await using desk = await FormDesk.start();
    await desk.open(issueBody('report-incident', { ...REPORT, components: 'search=operational, checkout' }));
    expect(desk.read(PATH)).toContain('components:\n  search: operational\n  checkout: partial_outage\n');
  });

  it('is not tried again when nothing but the title of the issue is edited', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(issueBody('report-incident', { ...REPORT, severity: 'Bad' }));
    await desk.answer({ action: 'edited', number, body: FILLED, by: 'ada', changes: { title: {} } });
    expect(desk.said(number)).toHaveLength(1);
    expect(desk.files()).toEqual([]);
  });

  it('is not blamed for what Git cannot do', async () => {
    await using desk = await FormDesk.start();
    desk.inRoot('remote', 'set-url', 'origin', `${desk.origin}-gone`);
    const { number, code, err } = await desk.open(FILLED);
    expect(code).toBe(1);
    expect(err).toContain('git fetch failed');
    expect(desk.said(number)).toEqual([
      expect.stringMatching(/^\*\*This could not be completed\.\*\*.*run this job again/),
    ]);
  });

  it('tells nobody and refers to nothing, whatever it holds', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(issueBody('report-incident', { ...REPORT, severity: '@acme/board #1 <img>' }));
    expect(desk.said(number)[0]).not.toMatch(/@acme|#1|(?<!\\)<img/);
  });
});

describe('a job that is run again', () => {
  it('leaves a closed issue alone', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(FILLED);
    const { out } = await desk.answer({ action: 'opened', number, body: FILLED, by: 'ada' });
    expect(out).toContain('is closed');
    expect(desk.log()).toHaveLength(2);
    expect(desk.said(number)).toHaveLength(1);
  });

  it('posts nothing twice when it was stopped between the push and the answer', async () => {
    await using desk = await FormDesk.start();
    const { issues } = desk.github;
    issues.failures.push({ matches: /comments/, reply: { status: 403 }, forever: true });
    const { number, code } = await desk.open(FILLED);
    expect(code).toBe(1);
    expect(desk.log()).toHaveLength(2);
    issues.failures.length = 0;
    await desk.open(issueBody('report-incident', { ...REPORT, title: 'Search is slow' }));
    await desk.answer({ action: 'opened', number, body: FILLED, by: 'ada' });
    expect(desk.log()).toHaveLength(3);
    expect(desk.said(number)).toEqual([expect.stringContaining(ADDRESS)]);
    expect(issues.open()).toEqual([]);
  });

  it('does not say that words are published which were edited after the deployment could not be started', async () => {
    await using desk = await FormDesk.start();
    desk.github.dispatchStatus = 403;
    const { number, code } = await desk.open(FILLED);
    expect(code).toBe(1);
    desk.github.dispatchStatus = 204;
    const edited = FILLED.replace('They see an error', 'They see another error');
    const { out } = await desk.answer({ action: 'edited', number, body: edited, by: 'ada' });
    expect(out).toBe('An earlier run published #1. Later edits were not published.\n');
    expect(desk.log()).toHaveLength(2);
    const [, said = ''] = desk.said(number);
    expect(said).toContain(ADDRESS);
    expect(said).toContain('Later edits are not on the page.');
    expect(said).toContain('“Post an update” with the id `2026-11-20-some-customers-cannot-pay`');
  });

  it('takes the commit of another issue for none of its own', async () => {
    await using desk = await FormDesk.start();
    const [first] = Array.from({ length: 10 }, () => desk.github.issues.add({ state: 'closed' }));
    expect((await desk.open(FILLED)).number).toBe(11);
    Object.assign(first ?? {}, { state: 'open' });
    await desk.answer({ action: 'opened', number: 1, body: FILLED, by: 'ada' });
    expect(desk.log()).toHaveLength(3);
  });
});

describe('hostile texts', () => {
  const texts = [
    '"; rm -rf / #',
    '${{ secrets.GITHUB_TOKEN }}',
    '$(touch /tmp/candor-was-here)',
    '::error::x',
    '../../.github/workflows/x',
    '1234567890123456789',
    '--output=x',
    '[skip ci] @acme/board',
    '---\nimpact: none',
  ];

  it.each(texts)('%s changes nothing but a file of an incident', async (text) => {
    await using desk = await FormDesk.start();
    const run = await desk.open(
      issueBody('report-incident', { ...REPORT, title: text, reference: text, message: text }),
    );
    for (const path of desk.files()) expect(path).toMatch(/^content\/incidents\/2026\/2026-11-20-[a-z0-9-]+\.md$/);
    expect(run.out + run.err).not.toMatch(/^::(?!error::Nothing)|rm -rf|secrets/m);
    const update = await desk.open(issueBody('post-update', { id: text, status: STANDS.same, message: text }));
    expect(update.code).toBe(0);
    for (const path of desk.files()) expect(path).toMatch(/^content\/incidents\/2026\//);
  });

  it('of 60 kB are published or refused, and answered within what a comment holds', async () => {
    await using desk = await FormDesk.start();
    const { number } = await desk.open(
      issueBody('report-incident', { ...REPORT, message: `${'word '.repeat(12_000)}\n\n## Resolved` }),
    );
    expect(desk.said(number)[0]?.length).toBeLessThan(60_000);
    expect(desk.files()).toEqual([]);
  });
});
