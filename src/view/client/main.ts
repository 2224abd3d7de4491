import { lookForNews } from './fresh.ts';
import { tellTimes } from './times.ts';
import { turn } from './turning.ts';

const EVERY = 5_000;

function refresh(): void {
  turn();
  tellTimes();
}

function tick(): void {
  refresh();
  // Without a connection the page stays as it is.
  lookForNews(refresh).catch(() => undefined);
}

tick();
setInterval(tick, EVERY);
document.addEventListener('visibilitychange', tick);
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element) target.closest('summary')?.parentElement?.toggleAttribute('data-touched', true);
});
