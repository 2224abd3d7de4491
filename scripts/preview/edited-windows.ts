import type { Instant } from '../../src/core/days.ts';
import { writeWindow } from '../../src/reader/events/window-line.ts';
import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import { isOver, maintenancePhases, phaseAt, plannedAt } from '../../src/core/maintenance.ts';
import type { Content, Maintenance, TimeWindow } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { WINDOW_EDITED } from '../../src/reader/rules.ts';
import { exceptionValue } from '../authoring/draft.ts';
import { updateText } from '../authoring/edit.ts';

/**
 * Warns if the first plan of a published maintenance that was not over has changed, so that earlier feed entries become
 * untrue, and shows the update that moves it instead. A series gets one warning, for the next occurrence.
 * @param published the published content
 * @param content the content to publish
 * @param source the files that `content` was read from
 */
export function editedWindows(
  published: Pick<Content, 'maintenance'>,
  content: Content,
  { files }: SourceFolder,
  now: Instant,
): Diagnostic[] {
  if (content.site.warnings.off.includes(WINDOW_EDITED)) return [];
  const current = new Map(content.maintenance.map((one) => [one.id, one]));
  const warned = new Map<string, Diagnostic>();
  for (const before of published.maintenance) {
    const after = current.get(before.id);
    if (!after || isOver(phaseAt(maintenancePhases(before), now).status)) continue;
    const [was, is] = [firstPlan(before), firstPlan(after)];
    if (was.from === is.from && was.to === is.to) continue;
    const text = files.find(({ path }) => path === after.file)?.text ?? '';
    // Newest first, so that the next occurrence of a series comes last.
    warned.set(after.file, warning(after, was, is, lineOf(text, was.from === is.from ? 'until' : 'scheduled'), now));
  }
  return [...warned.values()];
}

function firstPlan(maintenance: Maintenance): TimeWindow {
  return plannedAt(maintenance, -Infinity);
}

function lineOf(text: string, key: string): number {
  return Math.max(1, text.split('\n').findIndex((line) => line.startsWith(`${key}:`)) + 1);
}

function warning(
  { file, id, series }: Maintenance,
  was: TimeWindow,
  is: TimeWindow,
  line: number,
  now: Instant,
): Diagnostic {
  const at = minuteOf(now);
  const [plan, moved] = [writeWindow(was), writeWindow(is)];
  const reason =
    series === undefined
      ? `This maintenance was published for ${plan}, but is now planned for ${moved}. Restore scheduled and until, and write an update that moves it, so that what subscribers got stays true.`
      : `The occurrence “${id}” was published for ${plan}, but is now planned for ${moved}. Restore the times, and write an exception. To move all later occurrences, end this series with UNTIL in repeat and start another file.`;
  const expected =
    series === undefined
      ? updateText({
          word: 'update',
          at,
          message: `The maintenance will now start at ${formatTime(is.from)}.`,
          window: is,
        })
      : `except:\n  ${id.slice(series.length + 1)}: ${exceptionValue({ moved: is.from, announced: at })}`;
  return { file, line, column: 1, ruleId: WINDOW_EDITED, severity: 'warning', reason, expected };
}
