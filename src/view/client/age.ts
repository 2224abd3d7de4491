import { now } from './clock.ts';
import { say } from './outside.ts';

/** The build that was last said to be old. */
let said: string | undefined;

/** Whether a newer build should have been there by now, while something is open. */
export function isOld(): boolean {
  return now() >= Number(notice()?.dataset['stale']) * 1000;
}

/** Says that this copy may be old, to who listens once for each build. */
export function tellAge(): void {
  const old = notice();
  const { version } = document.documentElement.dataset;
  if (!old) return;
  old.hidden = !isOld();
  if (old.hidden || said === version) return;
  said = version;
  say(old.textContent);
}

function notice(): HTMLElement | null {
  return document.querySelector('[data-stale]');
}
