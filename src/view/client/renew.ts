/** Loaded when there is a newer build. */
import { showOutside } from './outside.ts';

const { dataset } = document.documentElement;

document.addEventListener('newer', (event) => renew((event as CustomEvent<Document>).detail));

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
  for (const part of ['.built', 'body > .sprite']) {
    const newer = next.querySelector(part);
    if (newer) document.querySelector(part)?.replaceWith(newer);
  }
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
