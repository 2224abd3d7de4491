import type { Channel } from '../../src/core/schema/channel.ts';
import type { FeedContext } from '../../src/formats/feed.ts';
import { discordBody } from '../../src/formats/notices/discord.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { slackBody } from '../../src/formats/notices/slack.ts';
import { teamsBody } from '../../src/formats/notices/teams.ts';
import { webhookBody } from '../../src/formats/notices/webhook.ts';

type PostedType = Exclude<Channel['type'], 'email'>;

const BODIES: Readonly<Record<PostedType, (notice: Notice, context: FeedContext) => object>> = {
  slack: slackBody,
  teams: teamsBody,
  discord: discordBody,
  webhook: webhookBody,
};

/** What is posted to a channel. */
export function bodyOf(type: PostedType, notice: Notice, context: FeedContext): object {
  return BODIES[type](notice, context);
}
