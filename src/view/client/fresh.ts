import { say, showOutside } from './outside.ts';
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
  if (styles(next) !== styles(document)) return location.reload();
  renew(next);
}

/** Replaces the content with a newer copy's, and keeps the reader's place. */
function renew(next: Document): void {
  const [old, main] = [document.querySelector('main'), next.querySelector('main')];
  if (!old || !main) return;
  for (const details of old.querySelectorAll<HTMLDetailsElement>('[data-touched]')) {
    const same = twin(details, next) as HTMLDetailsElement | undefined;
    same?.toggleAttribute('open', details.open);
    same?.toggleAttribute('data-touched', true);
  }
  const focused = document.activeElement;
  const isWithin = old.contains(focused);
  // What the reader has searched stays, with its script.
  const search = old.querySelector('#search');
  if (search) next.getElementById('search')?.replaceWith(search);
  const focus = focused && isWithin ? twin(focused, next) : undefined;
  const anchor = [...old.querySelectorAll('[id]')].find((one) => one.getClientRects().length > 0 && top(one) >= 0);
  const before = top(anchor);
  old.replaceWith(main);
  // Other scripts restore what they added before the focus and the position are restored.
  document.dispatchEvent(new Event('turn'));
  const foot = next.querySelector('.built');
  if (foot) document.querySelector('.built')?.replaceWith(foot);
  // A finished page has neither.
  delete dataset['version'];
  delete dataset['built'];
  Object.assign(dataset, next.documentElement.dataset);
  showOutside(next.title, next.querySelector('link[rel=icon]')?.getAttribute('href') ?? null);
  if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
  if (anchor) scrollBy(0, top(document.getElementById(anchor.id)) - before);
}

/** The same element in a newer copy: by its id, or by its position in the nearest element with an id. */
function twin(element: Element, next: Document): Element | undefined {
  const home = element.closest('[id]');
  const newHome = home && next.getElementById(home.id);
  if (!newHome || home === element) return newHome ?? undefined;
  return newHome.querySelectorAll(element.tagName)[[...home.querySelectorAll(element.tagName)].indexOf(element)];
}

function top(element: Element | null | undefined): number {
  return element?.getBoundingClientRect().top ?? 0;
}

function styles(page: Document): string | null | undefined {
  return page.querySelector('link[rel=stylesheet]')?.getAttribute('href');
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
