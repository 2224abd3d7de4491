import { showOutside } from './outside.ts';

const { dataset } = document.documentElement;
const EVERY = 60_000;
let asked = 0;

/**
 * Looks for a newer build, at most once a minute and only while the page can be seen.
 * @param shown what to do when the page has new content
 */
export async function lookForNews(shown: () => void): Promise<void> {
  if (document.hidden || !getSelection()?.isCollapsed || performance.now() - asked < EVERY) return;
  asked = performance.now();
  const { version } = JSON.parse(await load(dataset['newest'] ?? '')) as { version?: string };
  if (version === dataset['version']) return;
  const next = new DOMParser().parseFromString(await load(location.href), 'text/html');
  if (next.documentElement.dataset['version'] === dataset['version']) return;
  if (styles(next) !== styles(document)) location.reload();
  renew(next);
  shown();
}

/** Puts a newer copy's content in place of this one's, and leaves the reader where they were. */
function renew(next: Document): void {
  const [old, main] = [document.querySelector('main'), next.querySelector('main')];
  if (!old || !main) return;
  for (const details of old.querySelectorAll<HTMLDetailsElement>('[data-touched]')) {
    const same = twin(details, next) as HTMLDetailsElement | undefined;
    same?.toggleAttribute('open', details.open);
    same?.toggleAttribute('data-touched', true);
  }
  const focused = document.activeElement;
  const focus = focused && old.contains(focused) ? twin(focused, next) : undefined;
  const anchor = [...old.querySelectorAll('[id]')].find((one) => top(one) >= 0);
  const before = top(anchor);
  old.replaceWith(main);
  Object.assign(dataset, next.documentElement.dataset);
  showOutside(next.title, next.querySelector('link[rel=icon]')?.getAttribute('href') ?? null);
  if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
  if (anchor) scrollBy(0, top(document.getElementById(anchor.id)) - before);
}

/** The same element in a newer copy: by its own id, or by its place in the nearest one that has an id. */
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
  const answer = await fetch(address, { cache: 'no-cache' });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}
