import { contentFolder } from '../../src/reader/files.ts';
import type { CommandContext } from '../lib/context.ts';
import { run } from '../lib/git.ts';
import type { Instant } from '../../src/core/days.ts';
import { dayOf } from '../../src/core/days.ts';
import { newestExpectedFix } from '../../src/core/events.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import { hasWindow } from '../../src/core/maintenance.ts';
import type { Content } from '../../src/core/model.ts';
import { reminderTimes } from '../../src/core/messages.ts';
import { openPromise } from '../../src/core/promises.ts';
import { formatTime } from '../../src/core/time-text.ts';
import { upcomingChanges, nextRenewal, WHILE_OPEN } from '../../src/core/upcoming-changes.ts';

/** Something that the page says otherwise since it was built, although nobody wrote anything. */
interface Turn {
  at: Instant;
  reason: string;
}

/**
 * What turned after a build, soonest first; nothing while the page has nothing new to say. The page holds what
 * turns within seven days in it, so that a late answer here is no wrong page, only an old one.
 * @param built when the live page was built
 */
export function turnsSince(content: Content, built: Instant, now: Instant): Turn[] {
  const { time_zone: zone } = content.site;
  const ledger = buildLedger(content, built);
  const names = namedInstants(ledger);
  const turns = upcomingChanges(ledger)
    .filter((at) => at <= now)
    .map((at) => ({ at, reason: names.get(at) ?? `The page has been out of date since ${formatTime(at)}.` }));
  if (turns.length === 0 && nextRenewal(ledger) === built + WHILE_OPEN && now >= built + WHILE_OPEN)
    return [{ at: built + WHILE_OPEN, reason: 'An incident or maintenance is open, and the page is an hour old.' }];
  if (now <= built || dayOf(built, zone) === dayOf(now, zone)) return turns;
  return [
    ...turns,
    {
      at: now,
      reason: `A new day has begun: the page was built on ${dayOf(built, zone)}, and today is ${dayOf(now, zone)}.`,
    },
  ];
}

/** Says what turns at an instant, for the log of whoever asks why the page was built again. */
function namedInstants({ content, now, openIncidents, running, upcoming }: ReturnType<typeof buildLedger>) {
  const { grace } = content.site.promises;
  const names = new Map<Instant, string>();
  for (const { id, retired } of content.components.values()) {
    if (retired !== undefined) names.set(retired, `The component ${id} is now retired.`);
  }
  for (const { id, updates } of [...openIncidents, ...running, ...upcoming]) {
    const due = openPromise(updates, now, grace)?.due;
    const fix = newestExpectedFix(updates);
    if (fix !== undefined) names.set(fix + 1, `The fix for ${id} was expected by ${formatTime(fix)}.`);
    if (due !== undefined) names.set(due + grace + 1, `The next update on ${id} was due by ${formatTime(due)}.`);
  }
  for (const one of upcoming) {
    for (const at of reminderTimes(one, { content }))
      names.set(at, `Subscribers are reminded of the maintenance ${one.id}.`);
  }
  for (const { id, scheduled, until } of [...running, ...upcoming].filter(hasWindow)) {
    names.set(until, `The maintenance ${id} was due to end at ${formatTime(until)}.`);
    names.set(scheduled, `The maintenance ${id} was due to start at ${formatTime(scheduled)}.`);
  }
  return names;
}

/** A deployment takes a few minutes, and waits for the one before. */
const SOON = 10 * 60_000;

/** What has failed for so long does not begin to work by being tried every five minutes. */
const GIVEN_UP = 6 * 3_600_000;

/**
 * Why the live page lacks what the newest commit says, as when its deployment could not be started; nothing when it has
 * all of it, or may still be on its way.
 * @param live the commit that the live page was built from
 */
export async function unpublishedSince(
  live: string | undefined,
  now: Instant,
  env: CommandContext['env'],
): Promise<string | undefined> {
  const folder = contentFolder(env);
  const git = (...args: string[]) => run('git', args, { folder, env });
  const { code, out } = await git('log', '-1', '--format=%H %ct');
  const [newest = '', seconds = ''] = out.trim().split(' ');
  const age = now - Number(seconds) * 1000;
  if (code !== 0 || live === undefined || newest === live || age < SOON || age > GIVEN_UP) return undefined;
  const difference = await git('diff', '--quiet', live, newest, '--', '.');
  return difference.code === 1 ? `Commit ${newest.slice(0, 7)} is not published yet.` : undefined;
}
