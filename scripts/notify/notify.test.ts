import { marked } from '../lib/import-mark.ts';
import { describe, expect, it } from 'vitest';
import {
  A,
  begun,
  ChatStandIn,
  DISCORD,
  FIRST,
  incident,
  Post,
  SECOND,
  SLACK,
} from '../../src/__tests__/support/notify.ts';

const BOTH = incident([FIRST, SECOND]);
const ID = 'incidents/a/u-20261120T092000Z';
const ID_2 = 'incidents/a/u-20261120T094800Z';

describe('the first run', () => {
  it('names the secrets that are missing or hold no address, and fails, before there is anything to send', async () => {
    const mail = '{ type: email, smtp: SMTP_URL, from: a@acme.example, to: SUBSCRIBERS }';
    await using post = new Post([SLACK, mail]);
    post.env['STATUS_SECRETS'] = 'SMTP_URL=smtps://acme.example\nSLACK_URL=oh no';
    const { printed, code } = await post.run();
    expect(code).toBe(1);
    expect(printed).toContain('The secret SLACK_URL must contain a URL');
    expect(printed).toContain('There is no secret SUBSCRIBERS.');
    expect(post.record()).toContain('slack begun');
  });

  it('records everything and sends nothing', async () => {
    await using chat = await ChatStandIn.start();
    await using post = new Post([SLACK], { [A]: BOTH });
    post.env['SLACK_URL'] = chat.url;
    const { printed, code } = await post.run();
    expect(code).toBe(0);
    expect(printed).toContain('This is the first run: 2 updates are already public and not sent.');
    expect(post.record()).toEqual(['slack begun', `* known ${ID}`, `* known ${ID_2}`]);
    expect(chat.asked).toEqual([]);
  });

  it('with a channel that came with the update sends nothing either, and the run after it neither', async () => {
    await using all = await begun();
    const { printed } = await all.post.run();
    expect(printed).toBe('There is nothing new to send.\n');
    expect(all.chat.asked).toEqual([]);
    expect(all.post.record()).toHaveLength(2);
  });

  it('does nothing at all without channels', async () => {
    await using post = new Post([]);
    expect(await post.run()).toMatchObject({ code: 0, summary: '' });
    expect(post.hasRecord()).toBe(false);
  });

  it('touches no file of the work tree and no branch but its own', async () => {
    await using all = await begun();
    all.post.commit({ [A]: BOTH });
    const refs = all.post.git('for-each-ref', 'refs/heads');
    await all.post.run();
    expect(all.post.git('status', '--porcelain')).toBe('');
    expect(all.post.git('for-each-ref', 'refs/heads')).toBe(refs);
    expect(all.post.gitIn(all.post.origin, 'ls-tree', '--name-only', 'notices')).toBe('sent.jsonl\n');
  });
});

describe('an update', () => {
  it('is sent once to each channel, and recorded after each', async () => {
    await using all = await begun([SLACK, DISCORD]);
    all.post.commit({ [A]: BOTH });
    const { code, summary } = await all.post.run();
    expect(code).toBe(0);
    expect(all.chat.words('A database failed', 'Some see an error')).toEqual([
      'A database failed',
      'A database failed',
    ]);
    expect(all.post.record().slice(3).sort()).toEqual([`discord sent ${ID_2}`, `slack sent ${ID_2}`]);
    expect(summary).toContain(`| ${ID_2} | slack | sent |  |`);
    await all.post.run();
    expect(all.chat.taken).toHaveLength(2);
  });

  it.each([
    ['whose time can be guessed', FIRST[0].replace(' UTC', ''), [ID]],
    ['that has no time', 'Investigating', ['incidents/a/u-undated']],
  ])(
    'that cannot be read in full is sent once, and not again when it is corrected: one %s',
    async (_, heading, ids) => {
      await using all = await begun([SLACK], {});
      all.post.commit({ [A]: incident([[heading, 'Some see an error.']]) });
      await all.post.run();
      expect(all.chat.words('Some see an error')).toHaveLength(1);
      expect(all.chat.words('can’t be shown')).toHaveLength(1);
      expect(all.post.record().slice(1)).toEqual(ids.map((id) => `slack sent ${id}`));
      all.post.commit({ [A]: incident([[FIRST[0], 'Some customers see an error.']]) });
      await all.post.run();
      expect(all.chat.taken).toHaveLength(1);
    },
  );

  it('comes in order of time', async () => {
    await using all = await begun();
    const third = ['Resolved · 2026-11-20 10:30 UTC', 'It works.'] as const;
    all.post.commit({ [A]: incident([FIRST, SECOND, third]) });
    await all.post.run();
    expect(all.chat.words('A database failed', 'It works')).toEqual(['A database failed', 'It works']);
  });

  it('is sent where the clock speaks, once', async () => {
    const work =
      '---\ntitle: Upgrade\ncomponents: [checkout]\nscheduled: 2026-11-20 13:00 UTC\nuntil: 2026-11-20 14:00 UTC\n---\n\nWe upgrade.\n';
    await using all = await begun([SLACK], { 'content/maintenance/up.md': work });
    await all.post.run('12:59');
    expect(all.chat.taken).toHaveLength(0);
    await all.post.run('13:01');
    await all.post.run('13:10');
    expect(all.post.record().slice(2)).toEqual(['slack sent maintenance/up/u-20261120T130000Z-started']);
  });

  it('reminds of maintenance once, also late, but not once it has started', async () => {
    const work = (hour: number) =>
      `---\ntitle: Upgrade\nscheduled: 2026-11-20 ${hour}:00 UTC\nuntil: 2026-11-20 23:00 UTC\nannounced: 2026-11-20 09:00 UTC\nremind: [1h]\n---\n\nWe upgrade.\n`;
    await using all = await begun([SLACK], {
      'content/maintenance/a.md': work(14),
      'content/maintenance/b.md': work(20),
    });
    await all.post.run('13:20');
    await all.post.run('13:30');
    expect(all.chat.taken).toHaveLength(1);
    await all.post.run('20:10');
    expect(all.post.record().slice(3)).toEqual([
      'slack sent maintenance/a/u-20261120T130000Z-reminder',
      'slack old maintenance/b/u-20261120T190000Z-reminder',
      'slack sent maintenance/a/u-20261120T140000Z-started',
      'slack sent maintenance/b/u-20261120T200000Z-started',
    ]);
    expect(all.chat.words('Reminder: starts in 40 minutes')[0]).toBe('Reminder: starts in 40 minutes');
  });

  it('with a corrected time is not sent again', async () => {
    await using all = await begun();
    all.post.commit({ [A]: incident([[FIRST[0].replace('09:20', '09:10'), FIRST[1]]]) });
    const { printed } = await all.post.run();
    expect(printed).toBe('One update is already sent under another time or file, and not sent again.\n');
    expect(all.post.record().slice(2)).toEqual(['* moved incidents/a/u-20261120T091000Z']);
    await all.post.run();
    expect(all.chat.asked).toEqual([]);
  });

  it('with a corrected text is not sent again, nor when its time is corrected after that', async () => {
    await using all = await begun();
    all.post.commit({ [A]: incident([[FIRST[0], 'Some people see an error.']]) });
    await all.post.run();
    all.post.commit({ [A]: incident([[FIRST[0].replace('09:20', '09:10'), 'Some people see an error.']]) });
    await all.post.run();
    expect(all.chat.asked).toEqual([]);
    expect(all.post.record().slice(2)).toEqual([`* reworded ${ID}`, '* moved incidents/a/u-20261120T091000Z']);
  });

  it('in a renamed file is not sent again, and what comes after it is', async () => {
    await using all = await begun([SLACK], { [A]: BOTH });
    const third = ['Resolved · 2026-11-20 10:30 UTC', 'It works.'] as const;
    const corrected = ['Identified · 2026-11-20 09:45 UTC', SECOND[1]] as const;
    all.post.commit({ [A]: undefined, 'content/incidents/b.md': incident([FIRST, corrected, third]) });
    await all.post.run();
    expect(all.chat.words('It works', 'error', 'database')).toEqual(['It works']);
  });

  it('at the instant of another one is sent, and the other is not sent again', async () => {
    await using all = await begun();
    const before = ['Investigating · 2026-11-20 09:20 UTC', 'We look into it.'] as const;
    all.post.commit({ [A]: incident([before, FIRST]) });
    await all.post.run();
    expect(all.chat.words('We look into it', 'Some see an error')).toEqual(['We look into it']);
    await all.post.run();
    expect(all.chat.taken).toHaveLength(1);
  });

  it('says what a deleted incident said in another file, and is sent', async () => {
    await using all = await begun();
    const again = [FIRST[0].replace('09:20', '11:20'), FIRST[1]] as const;
    all.post.commit({ [A]: undefined, 'content/incidents/b.md': incident([again]) });
    await all.post.run();
    expect(all.chat.taken).toHaveLength(1);
  });

  it('that repeats the words of one which was deleted earlier is sent', async () => {
    await using all = await begun([SLACK], { [A]: BOTH });
    all.post.commit({ [A]: incident([FIRST]) });
    await all.post.run();
    all.post.commit({ [A]: incident([FIRST, ['Identified · 2026-11-20 11:00 UTC', SECOND[1]]]) });
    await all.post.run();
    expect(all.chat.taken).toHaveLength(1);
  });

  it('is not sent again when an older commit is published, and then the newest', async () => {
    await using all = await begun();
    const moved = incident([[FIRST[0].replace('09:20', '09:10'), FIRST[1]]]);
    for (const text of [moved, incident([FIRST]), moved, BOTH, moved, BOTH]) {
      all.post.commit({ [A]: text });
      await all.post.run();
    }
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
  });

  const CORRECTED = incident([FIRST, [SECOND[0].replace('09:48', '09:45'), SECOND[1]]]);

  it('that is back is not sent again when its time is corrected', async () => {
    await using all = await begun();
    for (const text of [BOTH, incident([FIRST]), BOTH, CORRECTED]) {
      all.post.commit({ [A]: text });
      await all.post.run();
    }
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
    expect(all.post.record().slice(3, 5)).toEqual([`* gone ${ID_2}`, `* back ${ID_2}`]);
  });

  it('is not gone because an old commit is published, and not sent again with a corrected time', async () => {
    await using all = await begun();
    const old = all.post.clone();
    all.post.gitIn(all.post.origin, 'symbolic-ref', 'HEAD', 'refs/heads/main');
    all.post.commit({ [A]: BOTH });
    all.post.git('push', '--quiet', 'origin', 'main');
    await all.post.run();
    await all.post.run('12:00', [], old);
    all.post.commit({ [A]: CORRECTED });
    await all.post.run();
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
  });

  it('is history when it lies more than seven days back', async () => {
    await using all = await begun();
    const old = incident([['Resolved · 2026-11-13 11:59 UTC', 'It was down.']]);
    const young = incident([['Resolved · 2026-11-13 12:01 UTC', 'It was slow.']]);
    all.post.commit({ 'content/incidents/old.md': old, 'content/incidents/young.md': young });
    const { printed } = await all.post.run();
    expect(printed).toContain('One update is older than seven days and not sent.');
    expect(all.chat.words('It was slow', 'It was down')).toEqual(['It was slow']);
  });
});

describe('an import', () => {
  const TEXT = ['Resolved · 2026-11-20 08:00 UTC', 'It was imported.'] as const;
  const front = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n';
  const body = '\n## Resolved · 2026-11-20 08:00 UTC\n\nIt was imported.\n';
  const imported = marked(front, body, 'cstate', 'old.md');

  it('is not sent, and what is written into its files afterwards is', async () => {
    await using all = await begun();
    all.post.commit({ 'content/incidents/old.md': imported });
    const { printed } = await all.post.run();
    expect(printed).toBe('One update is imported and not sent.\n');
    all.post.commit({
      'content/incidents/old.md': `${imported}\n## Postmortem · 2026-11-20 11:00 UTC\n\nWe know why.\n`,
    });
    await all.post.run();
    expect(all.chat.words('We know why', TEXT[1])).toEqual(['We know why']);
  });

  it('that brings more of an incident is not sent either', async () => {
    await using all = await begun([SLACK], { 'content/incidents/old.md': imported });
    const more = marked(front, `${body}\n## Postmortem · 2026-11-20 11:00 UTC\n\nWe know why.\n`, 'cstate', 'old.md');
    all.post.commit({ 'content/incidents/old.md': more });
    await all.post.run();
    expect(all.chat.asked).toEqual([]);
  });
});

describe('a channel', () => {
  it('that is new gets what comes after it, and others miss nothing', async () => {
    await using all = await begun();
    all.post.channels([SLACK, DISCORD], { [A]: BOTH });
    const { printed } = await all.post.run();
    expect(printed).toContain('discord is new: it gets new updates');
    expect(all.post.record().slice(2)).toEqual(['discord begun', `discord known ${ID_2}`, `slack sent ${ID_2}`]);
    all.post.commit({ [A]: incident([FIRST, SECOND, ['Resolved · 2026-11-20 10:30 UTC', 'It works.']]) });
    await all.post.run();
    expect(all.chat.words('database', 'It works')).toEqual(['database', 'It works', 'It works']);
  });

  const MAINTENANCE =
    '---\ntitle: Upgrade\ncomponents: [website]\nscheduled: 2026-11-20 13:00 UTC\nuntil: 2026-11-20 14:00 UTC\n---\n\nWe upgrade.\n';
  const NEW = {
    [A]: BOTH,
    'content/incidents/site.md': incident(
      [['Investigating · 2026-11-20 10:00 UTC', 'The site is down.']],
      'components:\n  website: major_outage\n',
    ),
    'content/incidents/notice.md': incident([['Resolved · 2026-11-20 10:05 UTC', 'A hint.']], 'impact: none\n'),
    'content/maintenance/up.md': MAINTENANCE,
  };

  it.each([
    ['components: [checkout]', ['A database failed']],
    ['components: [website]', ['We upgrade', 'The site is down']],
    ['impacts: [critical]', ['The site is down']],
    ['impacts: [major, none]', ['A database failed', 'A hint']],
    ['impacts: [maintenance]', ['We upgrade']],
    ['components: [website], impacts: [major, critical]', ['The site is down']],
  ])('narrowed to %s gets that alone', async (narrow, texts) => {
    await using all = await begun([`{ type: slack, url: SLACK_URL, ${narrow} }`]);
    all.post.commit(NEW);
    await all.post.run();
    expect(all.chat.words('A database failed', 'The site is down', 'A hint', 'We upgrade')).toEqual(texts);
  });

  it('that is widened gets no history', async () => {
    await using all = await begun(['{ type: slack, url: SLACK_URL, components: [website] }']);
    all.post.commit({ [A]: BOTH });
    await all.post.run();
    all.post.channels([SLACK]);
    await all.post.run();
    expect(all.chat.asked).toEqual([]);
  });

  it('that was told of an incident is told its end, though it has become smaller', async () => {
    await using all = await begun(['{ type: slack, url: SLACK_URL, impacts: [major] }'], {});
    const third = ['Resolved · 2026-11-20 10:30 UTC', 'It works.'] as const;
    all.post.commit({ [A]: BOTH });
    await all.post.run();
    all.post.commit({
      [A]: incident([FIRST, SECOND, third], 'impact: minor\ncomponents:\n  checkout: partial_outage\n'),
    });
    await all.post.run();
    expect(all.chat.words('It works')).toEqual(['', '', 'It works']);
  });

  it('narrowed to what does not exist is an error of the run, and misses nothing', async () => {
    await using all = await begun();
    all.post.channels(['{ type: slack, url: SLACK_URL, components: [chekout] }'], { [A]: BOTH });
    expect(await all.post.run()).toMatchObject({ code: 1, printed: expect.stringContaining('slack: None of the') });
    all.post.channels(['{ type: slack, url: SLACK_URL, components: [checkout] }']);
    expect(await all.post.run()).toMatchObject({ code: 0 });
    expect(all.chat.words('A database failed')).toEqual(['A database failed']);
  });
});

it('sends what is published while a file is broken, and nothing twice once it is mended', async () => {
  await using all = await begun();
  all.post.commit({ [A]: BOTH });
  all.post.commit({
    [A]: BOTH.replace('09:48 UTC', '09:48'),
    'content/incidents/b.md': incident([['Investigating · 2026-11-20 11:00 UTC', 'Another.']]),
  });
  expect(await all.post.run()).toMatchObject({ code: 0 });
  expect(all.chat.words('A database failed', 'Another')).toEqual(['A database failed', 'Another']);
  all.post.commit({ [A]: BOTH });
  await all.post.run();
  expect(all.chat.taken).toHaveLength(2);
});
