import { describe, expect, it } from 'vitest';
import { AlertDesk, body, rules, SITE } from '../../src/__tests__/support/alerts.ts';

const STARTED = [
  { workflow: 'deploy.yml', ref: 'main' },
  { workflow: 'watch.yml', ref: 'main' },
];

describe('an alert whose rule publishes', () => {
  it('is one incident from its beginning to its end, however often it is sent', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    const firing = body({ start: '09:12' });
    await desk.receive('09:13:05', firing);
    expect(desk.github.started).toEqual(STARTED);
    await desk.receive('09:20:05', firing);
    const end = body({ start: '09:12', end: '09:40' });
    await desk.receive('09:41:05', end);
    await desk.receive('09:45:05', end);

    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:41']);
    expect(desk.read(desk.incidents()[0] ?? '')).toContain('**Ended:** 09:40 UTC');
    expect(desk.log()).toEqual([
      'Resolved: Some customers cannot use the shop',
      'Investigating: Some customers cannot use the shop',
      'Change',
    ]);
    expect(desk.github.started).toHaveLength(4);
  });

  it('joins the open incident and adds its component, and the last to end ends it', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    await desk.receive('09:30:05', body({ start: '09:12', end: '09:29' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:20']);
    expect(desk.read(desk.incidents()[0] ?? '')).toContain('**Components:** website: partial outage');
    await desk.receive('09:40:05', body({ start: '09:19', end: '09:39', service: 'website' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:20', 'Resolved 09:40']);
  });

  it('reopens what it comes back to, and is not said to be over while it flaps', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    for (const minute of [10, 14, 18]) {
      await desk.receive(`09:${minute}:05`, body({ start: `09:${minute}` }));
      await desk.receive(`09:${minute + 2}:05`, body({ start: `09:${minute}`, end: `09:${minute + 2}` }));
    }
    await desk.receive('09:29:05');
    const flapping = ['Investigating 09:10', 'Resolved 09:12', 'Investigating 09:14'];
    expect(desk.timeline()).toEqual(flapping);
    await desk.receive('09:30:05');
    expect(desk.timeline()).toEqual([...flapping, 'Resolved 09:30']);
  });

  it('says the same in whatever order its messages arrive', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    expect(desk.incidents()).toEqual(['incidents/_alerts/shop.md']);
    expect(desk.github.started).toEqual([]);
    await desk.receive('09:41:20', body({ start: '09:12' }));
    expect(desk.timeline()).toEqual(['Investigating 09:41', 'Resolved 09:41']);
    const text = desk.read(desk.incidents()[0] ?? '');
    expect(text).toContain('started: 2026-11-20 09:12 UTC');
    expect(text).toContain('**Ended:** 09:40 UTC');
  });

  it('loses nothing when two arrive at once', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await Promise.all([
      desk.receive('09:13:05', body({ start: '09:12' })),
      desk.receive('09:13:06', body({ start: '09:12', service: 'website' })),
      desk.receive('09:13:07', body({ start: '09:11', key: 'third' })),
    ]);
    expect(desk.incidents()).toHaveLength(1);
    const text = desk.read(desk.incidents()[0] ?? '');
    expect([...text.matchAll(/^[0-9a-f]{12} told /gm)]).toHaveLength(3);
    expect(text).toMatch(/checkout: partial.outage/);
    expect(text).toMatch(/website: partial.outage/);
  });

  it('leaves what a person has written as it is', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [path = ''] = desk.incidents();
    const own = '\n## Identified · 2026-11-20 09:20 UTC\n\nA disk was full.\n\n- **Next update:** 10:00 UTC\n';
    desk.commit({ [`content/${path}`]: desk.read(path) + own });
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Identified 09:20', 'Resolved 09:41']);
    expect(desk.read(path)).toContain(own);
  });

  it('is told in another incident when somebody has broken the file of the first', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [path = ''] = desk.incidents();
    desk.commit({ [`content/${path}`]: desk.read(path).replace('## Investigating', '## Investigatin') });
    await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    expect(desk.incidents()).toHaveLength(2);
  });

  it('is a pull request where the branch is protected', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    desk.protect();
    const { out } = await desk.receive('09:13:05', body({ start: '09:12' }));
    expect(desk.incidents()).toEqual([]);
    expect(desk.github.pulls.pulls).toMatchObject([{ head: 'alerts/shop', base: 'main', reviewers: ['payments'] }]);
    expect(out).toContain('https://github.com/acme/status/pull/101');
  });
});

describe('an alert whose rule waits', () => {
  const waiting = rules('publish', '  wait: 5m\n');

  it('is told once it has lasted, by the job that waits', async () => {
    await using desk = await AlertDesk.start(waiting);
    const seen: string[][] = [];
    await desk.receive('09:13:05', body({ start: '09:12' }), {
      args: ['--wait'],
      asleep: () => seen.push(desk.incidents()),
    });
    expect(seen).toEqual([['incidents/_alerts/shop.md']]);
    expect(desk.timeline()).toEqual(['Investigating 09:17']);
    expect(desk.incidents()).toHaveLength(1);
  });

  it('is told by the schedule where no job waits', async () => {
    await using desk = await AlertDesk.start(waiting);
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:16:05');
    expect(desk.github.started).toEqual([]);
    await desk.receive('09:18:05');
    expect(desk.timeline()).toEqual(['Investigating 09:18']);
  });

  it('and ends before leaves nothing behind', async () => {
    await using desk = await AlertDesk.start(waiting);
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:15:05', body({ start: '09:12', end: '09:14' }));
    await desk.receive('09:30:05');
    expect(desk.incidents()).toEqual(['incidents/_alerts/shop.md']);
    expect(desk.github.started).toEqual([]);
  });
});

describe('an alert whose rule wants it reviewed', () => {
  it('is a pull request that calls the owners, to which others join', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    expect(desk.incidents()).toEqual([]);
    expect(desk.github.started).toEqual([]);
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:13', 'Update 09:20']);
    expect(desk.github.pulls.pulls).toMatchObject([{ state: 'open', reviewers: ['payments'] }]);
  });

  it('keeps what somebody has worded anew on its branch', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [path = ''] = desk.incidents('alerts/shop');
    desk.inRoot('fetch', '--quiet', 'origin', 'alerts/shop');
    desk.inRoot('checkout', '--quiet', '-B', 'words', 'FETCH_HEAD');
    desk.inRoot('mv', `content/${path}`, `content/${path}`.replace('some-customers', 'nobody'));
    desk.inRoot('commit', '--quiet', '--all', '--message', 'Better words');
    desk.inRoot('push', '--quiet', 'origin', 'HEAD:alerts/shop');
    await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    expect(desk.incidents('alerts/shop')).toEqual([path.replace('some-customers', 'nobody')]);
  });

  it('is closed without a word when it clears before', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:20:05', body({ start: '09:12', end: '09:19' }));
    expect(desk.github.pulls.pulls).toMatchObject([
      { state: 'closed', comments: [expect.stringContaining('closed without publishing anything')] },
    ]);
    expect(desk.incidents()).not.toContainEqual(expect.stringContaining('customers'));
    expect(desk.github.started).toEqual([]);
    await desk.receive('09:30:05', body({ start: '09:30' }));
    expect(desk.github.pulls.pulls).toMatchObject([{ state: 'closed' }, { state: 'open' }]);
  });

  it('is not asked for again when somebody has closed the pull request', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [pull] = desk.github.pulls.pulls;
    if (pull) pull.state = 'closed';
    await desk.receive('09:20:05', body({ start: '09:12' }));
    await desk.receive('09:25:05');
    expect(desk.github.pulls.pulls).toHaveLength(1);
    await desk.receive('09:30:05', body({ start: '09:30', key: 'another' }));
    expect(desk.github.pulls.pulls).toHaveLength(2);
  });

  it('goes on when it is merged, and its end is reviewed as well', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    desk.merge('alerts/shop');
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    await desk.receive('09:45:05');
    expect(desk.github.pulls.pulls.map(({ state, title }) => [state, title.split(':')[0]])).toEqual([
      ['closed', 'Investigating'],
      ['open', 'Resolved'],
    ]);
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
    desk.merge('alerts/shop');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:41']);
  });

  it('takes the end back that nobody has published yet when it fires again', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  clear: review\n'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    await desk.receive('09:50:05', body({ start: '09:50' }));
    expect(desk.github.pulls.pulls).toMatchObject([{ state: 'closed' }]);
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
  });

  it('says where to open the pull request when workflows may open none', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    desk.github.pulls.refusal = 403;
    const { out, code } = await desk.receive('09:13:05', body({ start: '09:12' }));
    expect(out).toContain('https://github.com/acme/status/compare/main...alerts/shop?expand=1');
    expect(out).toContain('allow it under Settings');
    expect(code).toBe(1);
    await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:13', 'Update 09:20']);
  });
});

describe('an alert whose rule has errors', () => {
  it('is listed and fails the run, and its end is said once the rule is mended', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', body({ start: '09:12' }));
    desk.commit({ 'content/alerts.yml': rules('publish', '  template: nowhere\n') });
    const { out, code } = await desk.receive('09:20:05', body({ start: '09:19', service: 'website' }));
    expect(out).toContain('The rule shop in alerts.yml has errors. To see them, run npm run check.');
    expect(code).toBe(1);
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
    desk.commit({ 'content/alerts.yml': rules('publish') });
    await desk.receive('09:45:05');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:45']);
  });
});

describe('an alert', () => {
  it('of no rule is listed and not published', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    const { out, summary, code } = await desk.receive('09:13:05', body({ name: 'Disk full' }));
    expect(out).toContain(
      'Not published: “Disk full” from plain, firing, with service=checkout. No rule in alerts.yml matches it.',
    );
    expect(summary).toContain('Disk full');
    expect([code, desk.incidents()]).toEqual([0, []]);
  });

  it('that cannot be read fails and says what was expected', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    const { err, code } = await desk.receive('09:13:05', '{"hello": 1}');
    expect(err).toContain('"state": "firing"');
    expect([code, desk.incidents()]).toEqual([1, []]);
  });

  it('is taken in each form in which it may come', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    const { gzipSync } = await import('node:zlib');
    await desk.receive('09:13:05', { gzip: gzipSync(body({ start: '09:12' })).toString('base64') });
    await desk.receive('09:14:05', JSON.parse(body({ start: '09:13', service: 'website' })) as object);
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:14']);
  });

  it('fails when the deployment cannot be started, and what was pushed stays', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    desk.github.dispatchStatus = 403;
    const { out, code } = await desk.receive('09:13:05', body({ start: '09:12' }));
    expect(out).toContain('actions: write');
    expect([code, desk.timeline()]).toEqual([1, ['Investigating 09:13']]);
  });
});

describe('an alert on a page in several languages', () => {
  const german = (status: string, text: string) => `---\nfor: incident\nstatus: ${status}\n---\n\n${text}\n`;
  const FILES = {
    'content/site.yml': `${SITE}locales: [en, de]\n`,
    'content/components.yml': '- id: checkout\n  name: { en: Checkout, de: Kasse }\n',
    'content/templates/alert.de.md': german('investigating', 'Störung: {{components}}.'),
    'content/templates/alert-over.de.md': german('resolved', '{{components}} läuft wieder.'),
  };

  it.each([
    ['publish', 'main'],
    ['review', 'alerts/shop'],
  ])('is told in each in which it has words, by %s', async (then, branch) => {
    await using desk = await AlertDesk.start(rules(then), FILES);
    const { out } = await desk.receive('09:13:05', body({ start: '09:12' }));
    expect(out).toContain('shop: This update is in English and German.');
    const [translation = '', original = ''] = desk.incidents(branch);
    expect(translation).toBe(original.replace('.md', '.de.md'));
    const begun = `---\n# title: Some customers cannot use the shop\n---\n\n## Investigating · 2026-11-20 09:13 UTC\n\nStörung: Kasse.\n`;
    expect(desk.read(translation, branch)).toBe(begun);

    const titled = begun.replace('# title: Some customers cannot use the shop', 'title: Der Shop ist gestört');
    desk.push(branch, { [`content/${translation}`]: titled });
    await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    expect(desk.read(original, branch)).toContain('## Resolved · 2026-11-20 09:41 UTC');
    expect(desk.read(translation, branch)).toBe(
      `${titled}\n## Resolved · 2026-11-20 09:41 UTC\n\nKasse läuft wieder.\n`,
    );
  });

  it('has its title in each in which the rule has one', async () => {
    const titled = rules('publish').replace(/title: (.*)/, 'title: { en: $1, de: Der Shop ist gestört }');
    await using desk = await AlertDesk.start(titled, FILES);
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [translation = '', original = ''] = desk.incidents();
    expect(desk.read(original)).toContain('title: Some customers cannot use the shop\n');
    expect(desk.read(translation)).toContain('---\ntitle: Der Shop ist gestört\n---\n');
  });

  it.each([
    ['publish', 'main'],
    ['review', 'alerts/shop'],
  ])('is told in the main one where the translation has errors, by %s', async (then, branch) => {
    await using desk = await AlertDesk.start(rules(then), FILES);
    await desk.receive('09:13:05', body({ start: '09:12' }));
    const [translation = '', original = ''] = desk.incidents(branch);
    desk.push(branch, { [`content/${translation}`]: '---\ntitel: x\n---\n' });
    const { code } = await desk.receive('09:41:05', body({ start: '09:12', end: '09:40' }));
    expect(code).toBe(0);
    expect(desk.read(original, branch)).toContain('## Resolved · 2026-11-20 09:41 UTC');
  });
});
