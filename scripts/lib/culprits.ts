import type { Instant } from '../../src/core/days.ts';
import { buildLedger } from '../../src/core/ledger.ts';
import type { Content, StatusEvent } from '../../src/core/model.ts';
import { upcomingChanges } from '../../src/core/upcoming-changes.ts';
import { watchCases } from '../../src/core/watch.ts';
import { atom } from '../../src/formats/atom.ts';
import { calendarOf } from '../../src/formats/calendar.ts';
import type { FeedContext } from '../../src/formats/context.ts';
import { feedOf } from '../../src/formats/feed.ts';
import { historyFeed } from '../../src/formats/history.ts';
import { eventMarkdown } from '../../src/formats/markdown.ts';
import { reportsOutline } from '../../src/formats/report/outline.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../../src/formats/statuspage/documents.ts';
import { datesFor } from '../../src/i18n/dates.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import type { CommandContext } from './context.ts';
import { readContentFolder } from './content.ts';

/** The sentence that names the files that make a command or build fail. Undefined if unknown. */
export async function nameCulprits(env: CommandContext['env']): Promise<string | undefined> {
  const { content, folder, now } = await readContentFolder(env);
  const files = content ? culprits(content, now) : [];
  if (files.length === 0) return undefined;
  const named = new Intl.ListFormat('en').format(files.map((file) => `${folder}/${file}`));
  return `This is a bug in Candor that occurs with ${named}. Please report it, and include the file. Until it is fixed, change anything unusual in the file.`;
}

/**
 * After an unexpected error, finds the files that fail on their own.
 * @param make throws if it fails for some content
 */
export function culprits(content: Content, now: Instant, make: (context: FeedContext) => void = makeSample): string[] {
  const { locale, time_zone: zone } = content.site;
  const fails = (incidents: Content['incidents'], maintenance: Content['maintenance']): boolean => {
    try {
      const ledger = buildLedger({ ...content, incidents, maintenance }, now);
      make({ ledger, words: wordsOf(content), dates: datesFor(locale, zone) });
      return false;
    } catch {
      return true;
    }
  };
  if (fails([], [])) return ['site.yml', 'components.yml'];
  const alone = (event: StatusEvent) => (event.kind === 'incident' ? fails([event], []) : fails([], [event]));
  return [...new Set([...content.incidents, ...content.maintenance].filter(alone).map(({ file }) => file))];
}

/** Creates what most commands create from content. */
function makeSample(context: FeedContext): void {
  const { content } = context.ledger;
  upcomingChanges(context.ledger);
  watchCases(context.ledger);
  atom(feedOf(context));
  historyFeed(context);
  calendarOf(context);
  for (const name of DOCUMENT_NAMES) statuspageDocument(name, context);
  for (const event of [...content.incidents, ...content.maintenance]) eventMarkdown(event, context);
  reportsOutline(context);
}
