import { expect, test } from 'vitest';
import { buildLedger } from '../../core/ledger.ts';
import type { FeedContext } from '../context.ts';
import { contextOf } from '../../__tests__/support/formats.ts';
import { discordBody } from './discord.ts';
import { emailOf } from './email.ts';
import type { Notice } from './notice.ts';
import { noticesOf } from './notice.ts';
import { slackBody } from './slack.ts';
import { teamsBody } from './teams.ts';
import { webhookBody } from './webhook.ts';

const BODIES: [string, (notice: Notice, context: FeedContext) => object][] = [
  ['Slack', slackBody],
  ['Microsoft Teams', teamsBody],
  ['Discord', discordBody],
  ['webhooks', webhookBody],
  ['mail', emailOf],
];

/** How often properties of events and of affected times are read for all notices. */
function looks(count: number, bodyOf: (notice: Notice, context: FeedContext) => object): number {
  let seen = 0;
  const watched = <T extends object>(value: T): T =>
    new Proxy(value, {
      get: (target, key) => {
        seen += 1;
        return Reflect.get(target, key) as unknown;
      },
    });
  const context = contextOf({
    'maintenance/w.md': `---\ntitle: Work\ncomponents: [checkout]\nscheduled: 2026-01-01 02:00 UTC\nuntil: 2026-01-01 03:00 UTC\nrepeat: FREQ=DAILY;COUNT=${count}\n---\n\nWe work.\n`,
  });
  const { content, now } = context.ledger;
  const ledger = buildLedger({ ...content, maintenance: content.maintenance.map(watched) }, now);
  const spans = new Map([...ledger.spans].map(([id, list]) => [id, list.map(watched)]));
  const all = { ...context, ledger: { ...ledger, spans } };
  for (const notice of noticesOf(all.ledger)) bodyOf(notice, all);
  return seen;
}

test.each(BODIES)('making the messages for %s takes work in proportion to their number', (_, bodyOf) => {
  expect(looks(200, bodyOf) / looks(100, bodyOf)).toBeLessThan(2.2);
});
