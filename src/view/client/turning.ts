import { now } from './clock.ts';
import { showOutside } from './outside.ts';

/** Shows what holds now and hides what does not. All of it was decided when the page was built. */
export function turn(): void {
  const seconds = now() / 1000;
  for (const element of document.querySelectorAll<HTMLElement>('[data-from],[data-until]')) {
    const { from = 0, until = Infinity, title, icon } = element.dataset;
    element.hidden = seconds < Number(from) || seconds >= Number(until);
    if (!element.hidden && title && icon) showOutside(title, icon);
  }
}
