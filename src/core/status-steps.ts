import type { Instant } from './model.ts';
import { oncePer } from './once.ts';
import type { Span } from './timeline.ts';
import type { ComponentStatus } from './vocabulary.ts';
import { worstStatus } from './vocabulary.ts';

/** From an instant until the next step, the worst of the overlapping spans. */
interface Step {
  at: Instant;
  status: ComponentStatus;
}

/** The worst status at an instant. Takes logarithmic time when called again with the same spans. */
export function worstAt(spans: readonly Span[], at: Instant): ComponentStatus {
  const steps = stepsOf(spans);
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.status ?? 'operational';
}

/** Oldest first. */
const stepsOf = oncePer((spans: readonly Span[]): readonly Step[] => {
  const turns = spans
    .filter(({ from, to }) => from < to)
    .flatMap(({ from, to, status }) => [
      { at: from, status, change: 1 },
      { at: to, status, change: -1 },
    ]);
  const held = new Map<ComponentStatus, number>();
  return turns
    .sort((a, b) => compare(a.at, b.at))
    .map(({ at, status, change }) => {
      held.set(status, (held.get(status) ?? 0) + change);
      return { at, status: worstStatus([...held].flatMap(([one, count]) => (count > 0 ? [one] : []))) };
    });
});

/** Subtracting would give `NaN` for two infinities. */
function compare(a: Instant, b: Instant): number {
  return a === b ? 0 : a - b;
}
