import { describe, expect, it } from 'vitest';
import { AlertDesk, body, rules } from '../../src/__tests__/support/alerts.ts';

const firing = body({ start: '09:12' });
const end = body({ start: '09:12', end: '09:40' });
const website = (more: object) => body({ service: 'website', ...more });

/** The incident's file with its first heading as somebody breaks it. */
function broken(desk: AlertDesk): Record<string, string> {
  const [path = ''] = desk.incidents();
  return { [`content/${path}`]: desk.read(path).replace('## Investigating', '## Investigatin') };
}

/** And as somebody mends it. */
function mended(desk: AlertDesk): Record<string, string> {
  const path = desk.incidents().find((one) => !one.includes('_alerts')) ?? '';
  return { [`content/${path}`]: desk.read(path).replace('## Investigatin ', '## Investigating ') };
}

describe('a file that somebody has broken', () => {
  it('gets the end that came meanwhile once it is mended', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    desk.commit(broken(desk));
    await desk.receive('09:41:05', end);
    desk.commit(mended(desk));
    await desk.receive('09:50:05');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:50']);
    expect(desk.incidents()).toHaveLength(1);
  });

  it('is ended too when another incident was begun meanwhile', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    const [first = ''] = desk.incidents();
    desk.commit(broken(desk));
    await desk.receive('09:20:05', website({ start: '09:19' }));
    expect(desk.incidents()).toHaveLength(2);
    desk.commit({ [`content/${first}`]: desk.read(first).replace('## Investigatin ', '## Investigating ') });
    await desk.receive('09:41:05', end);
    expect(desk.read(first)).toContain('## Resolved · 2026-11-20 09:41 UTC');
    await desk.receive('09:45:05', website({ start: '09:19', end: '09:44' }));
    for (const path of desk.incidents()) expect(desk.read(path)).toContain('## Resolved');
  });
});

describe('a rule that cannot speak', () => {
  it('remembers an alert whose template is broken, and says it once that is mended', async () => {
    const templates = 'content/templates/alert-over.md';
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    const words = desk.read(templates.replace('content/', ''));
    desk.commit({ [templates]: words.replace('for: incident', 'for: nothing') });
    expect((await desk.receive('09:41:05', end)).code).toBe(1);
    desk.commit({ [templates]: words });
    await desk.receive('09:50:05');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:50']);
  });

  it('remembers the end while alerts.yml cannot be read at all', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    desk.commit({ 'content/alerts.yml': 'oh: [no' });
    await desk.receive('09:41:05', end);
    desk.commit({ 'content/alerts.yml': rules('publish') });
    await desk.receive('09:50:05');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:50']);
  });

  it('goes on without a component that has retired since', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  wait: 5m\n'));
    await desk.receive('09:13:05', firing);
    const components = desk
      .read('components.yml')
      .replace('name: Checkout\n', 'name: Checkout\n  retired: 2026-11-20\n');
    desk.commit({ 'content/components.yml': components });
    await desk.receive('09:20:05', website({ start: '09:12' }));
    expect(desk.timeline()).toEqual(['Investigating 09:20']);
    expect(desk.read(desk.incidents()[0] ?? '')).toContain('components:\n  website: partial_outage');
  });
});

describe('an alert that grows', () => {
  const bySeverity = rules('publish').replace(
    'status: partial_outage',
    'status: { critical: major_outage, else: degraded_performance }',
  );

  it('makes its component worse', async () => {
    await using desk = await AlertDesk.start(bySeverity);
    await desk.receive('09:13:05', body({ start: '09:12', severity: 'warning' }));
    await desk.receive('09:20:05', body({ start: '09:12', severity: 'critical' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Update 09:20']);
    expect(desk.read(desk.incidents()[0] ?? '')).toContain('**Components:** checkout: major outage');
  });

  it('goes over to a rule above that takes it now', async () => {
    const above = rules('publish')
      .replace('name: shop', 'name: critical')
      .replace('"Shop*" }', '"Shop*", severity: critical }');
    await using desk = await AlertDesk.start(above + rules('review'));
    await desk.receive('09:13:05', body({ start: '09:12', severity: 'warning' }));
    expect(desk.incidents()).toEqual([]);
    await desk.receive('09:20:05', body({ start: '09:12', severity: 'critical' }));
    expect(desk.timeline()).toEqual(['Investigating 09:20']);
    expect(desk.github.pulls.pulls).toMatchObject([{ state: 'closed' }]);
  });
});

describe('an alert that is over', () => {
  it('comes under the rule that stands above when it fires the next time', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', end);
    const ignore = '- name: quiet\n  match: { name: "Shop*" }\n  then: ignore\n';
    desk.commit({ 'content/alerts.yml': ignore + rules('publish') });
    await desk.receive('09:50:05', body({ start: '09:49' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:41']);
  });

  it('has ended though its end lies before the time at which its beginning was received', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:30', body({}));
    await desk.receive('09:14:30', body({ end: '09:13' }));
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Resolved 09:14']);
  });

  it('opens nothing again where the rule says so', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  reopen: none\n'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', end);
    await desk.receive('09:45:05', body({ start: '09:44' }));
    expect(desk.incidents()).toHaveLength(2);
  });
});

describe('where the branch is protected', () => {
  it('what alerts are remembered by stands on the branch of their rule', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  wait: 5m\n'));
    desk.protect();
    await desk.receive('09:13:05', firing);
    expect(desk.github.pulls.pulls).toEqual([]);
    await desk.receive('09:18:05');
    expect(desk.github.pulls.pulls).toMatchObject([
      { state: 'open', title: expect.stringMatching(/^Investigating/) as string },
    ]);
  });

  it('nothing is said to be over while something fires', async () => {
    await using desk = await AlertDesk.start(rules('publish'));
    await desk.receive('09:13:05', firing);
    desk.protect();
    await desk.receive('09:20:05', body({ start: '09:19', key: 'second' }));
    await desk.receive('09:41:05', end);
    expect(desk.github.pulls.pulls).toEqual([]);
    await desk.receive('09:45:05', body({ start: '09:19', end: '09:44', key: 'second' }));
    expect(desk.github.pulls.pulls).toMatchObject([{ title: expect.stringMatching(/^Resolved/) as string }]);
  });
});

describe('what is reviewed', () => {
  it('stays as it is while nothing is new, and others keep its words', async () => {
    await using desk = await AlertDesk.start(rules('review', '  wait: 5m\n'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:18:05');
    const tip = desk.inOrigin('rev-parse', 'alerts/shop');
    await desk.receive('09:23:05');
    expect(desk.inOrigin('rev-parse', 'alerts/shop')).toBe(tip);
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:18']);
  });

  it('is worded anew when somebody has written to the incident since', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  clear: review\n'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', end);
    const [path = ''] = desk.incidents();
    const own = '\n## Identified · 2026-11-20 09:45 UTC\n\nA disk was full.\n\n- **Next update:** 10:45 UTC\n';
    desk.commit({ [`content/${path}`]: desk.read(path) + own });
    await desk.receive('09:50:05');
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:13', 'Identified 09:45', 'Resolved 09:50']);
    desk.merge('alerts/shop');
    expect(desk.timeline()).toEqual(['Investigating 09:13', 'Identified 09:45', 'Resolved 09:50']);
  });

  it('is left alone while somebody’s words on the branch cannot be read', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', firing);
    const [path = ''] = desk.incidents('alerts/shop');
    desk.push('alerts/shop', { [`content/${path}`]: desk.read(path, 'alerts/shop').replace('## Inv', '## Half Inv') });
    const tip = desk.inOrigin('rev-parse', 'alerts/shop');
    await desk.receive('09:20:05', website({ start: '09:19' }));
    expect(desk.inOrigin('rev-parse', 'alerts/shop')).toBe(tip);
    desk.push('alerts/shop', { [`content/${path}`]: desk.read(path, 'alerts/shop').replace('## Half Inv', '## Inv') });
    await desk.receive('09:25:05');
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:13', 'Update 09:25']);
  });

  it('keeps the words that somebody changed in a further update', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    await desk.receive('09:13:05', firing);
    desk.merge('alerts/shop');
    await desk.receive('09:20:05', website({ start: '09:19' }));
    const [path = ''] = desk.incidents('alerts/shop');
    const words = desk.read(path, 'alerts/shop').replace(/(Update · .*\n\n).*/, '$1Pages are slow as well.');
    desk.push('alerts/shop', { [`content/${path}`]: words });
    await desk.receive('09:25:05', body({ start: '09:24', key: 'third' }));
    expect(desk.read(path, 'alerts/shop')).toContain('Pages are slow as well.');
  });

  it('is asked for later when it could not be at once, and the run is red until then', async () => {
    await using desk = await AlertDesk.start(rules('review'));
    desk.github.pulls.refusal = 403;
    expect((await desk.receive('09:13:05', firing)).code).toBe(1);
    desk.github.pulls.refusal = undefined;
    await desk.receive('09:20:05');
    expect(desk.github.pulls.pulls).toMatchObject([{ state: 'open', head: 'alerts/shop' }]);
    expect(desk.timeline('alerts/shop')).toEqual(['Investigating 09:13']);
  });

  it('is not asked for again when somebody has refused the end', async () => {
    await using desk = await AlertDesk.start(rules('publish', '  clear: review\n'));
    await desk.receive('09:13:05', firing);
    await desk.receive('09:41:05', end);
    const [pull] = desk.github.pulls.pulls;
    if (pull) pull.state = 'closed';
    await desk.receive('09:45:05');
    await desk.receive('09:50:05');
    expect(desk.github.pulls.pulls).toHaveLength(1);
    expect(desk.timeline()).toEqual(['Investigating 09:13']);
  });
});
