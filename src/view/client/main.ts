import { tellAge } from './age.ts';
import { forgetFailures, lookForNews } from './fresh.ts';
import { tellTimes } from './times.ts';
import { turn } from './turning.ts';

const EVERY = 5_000;
let isLooking = false;

function refresh(): void {
  turn();
  tellTimes();
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
