import type { Diagnostic } from '../../src/core/diagnostic.ts';
import { minuteOf } from '../../src/core/human-time.ts';
import { isOver, maintenancePhases, phaseAt, plannedAt } from '../../src/core/maintenance.ts';
import type { Content, Instant, Maintenance, TimeWindow } from '../../src/core/model.ts';
import { formatTime } from '../../src/core/time-text.ts';
import type { SourceFolder } from '../../src/reader/files.ts';
import { WINDOW_EDITED } from '../../src/reader/rules.ts';
import { writeWindow } from '../../src/reader/window-line.ts';
import { exceptionValue } from '../author/exception.ts';
import { updateText } from '../author/edit.ts';

/**
 * Warns where the first plan of a maintenance that is published and was not over is another one now, so that what feeds
 * said before is not true any more, and shows the update that moves it instead. Of a series one warning, for the next occurrence.
 * @param published what was said before
 * @param content what is to be published
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
      ? `This maintenance was published for ${plan}, and is now planned for ${moved}. Change scheduled and until back, and write an update that moves it, so that what subscribers got stays true.`
      : `The occurrence “${id}” was published for ${plan}, and is now planned for ${moved}. Change the times back, and write an exception. To move all later ones, end this series with UNTIL in repeat and begin another file.`;
  const expected =
    series === undefined
      ? updateText({
          word: 'update',
          at,
          message: `The maintenance will now take place from ${formatTime(is.from)}.`,
          window: is,
        })
      : `except:\n  ${id.slice(series.length + 1)}: ${exceptionValue({ moved: is.from, announced: at })}`;
  return { file, line, column: 1, ruleId: WINDOW_EDITED, severity: 'warning', reason, expected };
}
