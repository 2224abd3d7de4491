import { forgetFailures, lookForNews, tellAge } from './fresh.ts';
import { showOutside } from './outside.ts';
import { now, tellTimes } from './times.ts';

const EVERY = 5_000;
let isLooking = false;

/** Shows the current time variants and hides others. All of them were created by the build. */
function turn(): void {
  const seconds = now() / 1000;
  for (const element of document.querySelectorAll<HTMLElement>('[data-from],[data-until]')) {
    const { from = 0, until = Infinity, title, icon } = element.dataset;
    element.hidden = seconds < Number(from) || seconds >= Number(until);
    if (!element.hidden && title && icon) showOutside(title, icon);
  }
}

function refresh(): void {
  turn();
  tellTimes();
  document.dispatchEvent(new Event('turn'));
}

async function tick(): Promise<void> {
  refresh();
  if (isLooking || document.hidden) return;
  isLooking = true;
  // Without an answer the page stays as it is, and grows old.
  await lookForNews().catch(() => undefined);
  isLooking = false;
  // There may be new content, or the right time.
  refresh();
  tellAge();
}

const look = () => void tick();
look();
setInterval(look, EVERY);
document.addEventListener('visibilitychange', look);
addEventListener('online', () => {
  forgetFailures();
  look();
});
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element) target.closest('summary')?.parentElement?.toggleAttribute('data-touched', true);
});
