import { startOf } from '../../src/core/ledger.ts';
import type { StatusEvent } from '../../src/core/model.ts';
import { rhythmOf } from '../../src/core/rhythm.ts';
import { AuthorError } from './author-error.ts';
import type { FoundContent } from './content.ts';
import { placeOf } from './content.ts';
import { writeDuration } from './duration.ts';
import { stageOf } from './find-event.ts';
import type { TemplateOptions } from './template.ts';
import { minuteOf } from '../../src/core/human-time.ts';

/** The template that `--no-news` takes its words from, and its blank for what is still being done. */
const HOLDING = 'holding';
const DOING = 'doing';

const EXAMPLE = `---
for: both
status: update
blanks:
  doing:
    investigating: We are still looking for the cause.
    identified: We are still working on the fix.
    monitoring: We are still watching that it stays well.
---

There is no news since our last update. {{doing}}`;

/**
 * The options that `--no-news` stands for: the holding template, and a promise by the page's rhythm.
 * @param doing what is still being done; left out, the template says it by the status
 * @throws {AuthorError} when the event is not open, or there is no holding template
 */
export function noNews(
  doing: string | undefined,
  { set = [], next }: TemplateOptions & { next?: string },
  event: StatusEvent,
  found: FoundContent,
): Required<TemplateOptions> & { next: string } {
  const { source, content, now } = found;
  if (doing !== undefined && /^\S+$/.test(doing)) {
    throw new AuthorError(
      `--no-news would publish “${doing}” as what is still being done. Say that in a sentence; an id stands before --no-news.`,
    );
  }
  const stage = stageOf(event, now);
  if (stage !== 'open') {
    const reason = stage === 'over' ? 'is over' : 'has not begun';
    throw new AuthorError(`“${event.id}” ${reason}, so nobody waits for news of it.`);
  }
  const path = `templates/${HOLDING}.md`;
  if (!source.files.some((file) => file.path === path)) {
    const place = placeOf(found, path);
    throw new AuthorError(
      `--no-news takes its words from ${place}, which is missing. Say it with --message, or add the file, such as:\n\n${EXAMPLE}\n`,
    );
  }
  const at = minuteOf(now);
  return {
    template: HOLDING,
    set: doing === undefined ? set : [...set, `${DOING}=${doing}`],
    next: next ?? writeDuration(rhythmOf(event.impact, startOf(event), at, content.site.promises)),
  };
}
