import { say } from './outside.ts';
import { now, setClock } from './times.ts';

const { dataset } = document.documentElement;
const EVERY = 60_000;
/** The longest wait after repeated failures of the host. */
const SELDOM = 16 * EVERY;
/** The timeout of a request, in milliseconds. */
const PATIENCE = 20_000;

/** The original content, before times were converted to the reader's time zone. */
const content = document.querySelector('main')?.innerHTML;
/** The newest build that this page was compared with. A page that no longer changes has no build. */
let known = dataset['version'];
let wait = EVERY;
/** When the host was last asked, as `performance.now()`. The page itself counts. */
let asked = 0;
let first = true;

/**
 * Looks for a newer build: at most once a minute and only while the page is visible, less often while the host fails. If a
 * page is out of date when it is opened, at once.
 */
export async function lookForNews(): Promise<void> {
  const isDue = performance.now() - asked >= wait || (first && isOld());
  if (document.hidden || !getSelection()?.isCollapsed || !isDue) return;
  asked = performance.now();
  first = false;
  // Until it has answered, it has failed.
  wait = Math.min(wait * 2, SELDOM);
  const { version } = JSON.parse(await load(dataset['newest'] ?? '')) as { version?: string };
  if (version !== known) await compare(version);
  wait = EVERY;
}

/** Resets the wait after the connection came back. */
export function forgetFailures(): void {
  wait = EVERY;
}

async function compare(version: string | undefined): Promise<void> {
  const next = new DOMParser().parseFromString(await load(location.href), 'text/html');
  const { version: own } = next.documentElement.dataset;
  // A host that takes its time has the newer build, and not yet the page; it is asked again.
  if (own !== undefined && own === dataset['version']) return;
  known = version;
  if (own === undefined && next.querySelector('main')?.innerHTML === content) return;
  // With the same assets, the host has the script that this one knows. It listens for newer copies.
  const isLoaded = assets(next) === assets(document) && (await loadRenew());
  if (isLoaded) document.dispatchEvent(new CustomEvent('newer', { detail: next }));
  else location.reload();
}

/** Only readers whose page is replaced need it. @returns whether it could be loaded */
async function loadRenew(): Promise<boolean> {
  return import(/* @vite-ignore */ dataset['renew'] ?? '').then(
    () => true,
    () => false,
  );
}

function assets(page: Document): string {
  const paths = [...page.querySelectorAll('link[rel=stylesheet],script')].map(
    (one) => one.getAttribute('href') ?? one.getAttribute('src'),
  );
  return paths.join();
}

async function load(address: string): Promise<string> {
  const answer = await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE) });
  setClock(answer);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

/** The build that was last reported as out of date. */
let said: string | undefined;

/** Whether a newer build is overdue, while something is open. */
function isOld(): boolean {
  return now() >= Number(notice()?.dataset['stale']) * 1000;
}

/** Shows that this copy may be out of date, and tells screen readers once per build. */
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
