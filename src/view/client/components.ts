/** Finds and pins components on the home page. The state is in the page, its address and the browser's storage. */

const { dataset } = document.documentElement;
/** Several status pages can share an origin. All languages of a page share this key. */
const KEY = `pins ${dataset['newest'] ?? ''}`;

let pins: string[] = [];
try {
  pins = localStorage.getItem(KEY)?.split(' ') ?? pins;
} catch {
  // Not allowed
}

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
const rows = () => all('.sections .component');
const linkOf = (row: HTMLElement) => row.querySelector('a') as HTMLAnchorElement;
const idOf = (row: HTMLElement) => linkOf(row).pathname.split('/').at(-2) ?? '';
/** Without diacritics, in lower case. */
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
/** A text with values in place of `#` and `@`. */
const fill = (text = '', first: string | number, second: string | number = '') =>
  text.replace(/[#@]/g, (sign) => (sign === '#' ? first : second).toLocaleString(dataset['dates']));

/** Hides the rows that don't have all words, and says how many do. */
function find(value: string): void {
  const words = plain(value).match(/\S+/g) ?? [];
  const names = all('.group-name');
  let count = 0;
  for (const row of rows()) {
    const own = [linkOf(row), ...names.filter((name) => name.closest('li')?.contains(row))];
    const text = plain(own.map(({ textContent }) => textContent).join(' '));
    const isFound = words.every((word) => text.includes(word));
    row.classList.toggle('out', !isFound);
    // A component that will change has more rows, which are hidden until then.
    if (isFound && !row.hidden) count += 1;
  }
  for (const output of all('output')) output.textContent = value && fill(output.dataset['found'], count);
  toggle('finding', !!value);
}

/** Opens all groups while the reader finds or pins something. */
function toggle(mode: 'finding' | 'pinning', isOn?: boolean): void {
  for (const section of all('.components')) {
    section.classList.toggle(mode, isOn);
    for (const group of all('.section details')) group.toggleAttribute('open', section.matches('.finding, .pinning'));
  }
}

/** Copies the pinned rows to the top of the list. */
function showPins(list: HTMLElement): void {
  const pinned = rows().filter((row) => pins.includes(idOf(row)));
  list.replaceChildren(...pinned.map((row) => row.cloneNode(true)));
}

/** Sums up how the pinned components are now. */
function answer({ dataset: { one, operational, affected } }: HTMLElement): void {
  const shown = all('.pinned li:not([hidden])');
  const [first] = shown;
  const bad = shown.filter((row) => !row.matches('.ok')).length;
  for (const line of all('.own'))
    line.textContent = !first
      ? ''
      : shown.length > 1
        ? fill(bad > 0 ? affected : operational, shown.length, bad)
        : fill(one, linkOf(first).textContent, first.querySelector('span')?.textContent ?? '');
}

/** Also in the content of a newer build, which replaces that of the page. */
function show(): void {
  for (const field of all('[type=search]') as HTMLInputElement[]) {
    if (field.closest('[hidden]')) {
      field.value = new URLSearchParams(location.search).get('find') ?? '';
      if (field.value) find(field.value);
    }
  }
  for (const pinned of all('.pinned')) {
    const list = pinned.querySelector('ul');
    if (list && pinned.hidden) showPins(list);
    answer(pinned);
  }
  for (const control of all('.components [hidden]:is(search, button, .pinned)')) control.hidden = false;
}

function type(value: string): void {
  find(value);
  history.replaceState(
    null,
    '',
    value ? `?${new URLSearchParams({ find: value }).toString()}#components` : location.pathname,
  );
}

function pin(id: string, isPinned: boolean): void {
  // Components that no longer exist are dropped.
  pins = rows()
    .map(idOf)
    .filter((one) => (one === id ? isPinned : pins.includes(one)));
  try {
    localStorage.setItem(KEY, pins.join(' '));
  } catch {
    // Not allowed, or full: they hold until the page is closed.
  }
  for (const pinned of all('.pinned')) pinned.hidden = true;
  show();
}

function togglePinning(): void {
  toggle('pinning');
  for (const row of rows()) {
    row.querySelector('label')?.remove();
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.value = idOf(row);
    box.checked = pins.includes(box.value);
    box.ariaLabel = linkOf(row).textContent;
    const label = document.createElement('label');
    label.append(box);
    row.prepend(label);
  }
}

show();
document.addEventListener('turn', show);
document.addEventListener('click', ({ target }) => {
  if ((target as Element).closest('#pin')) togglePinning();
});
document.addEventListener('input', ({ target }) => {
  const { type: kind, value, checked } = target as HTMLInputElement;
  if (kind === 'search') type(value);
  else pin(value, checked);
});
document.addEventListener('keydown', ({ target, key }) => {
  const field = target as HTMLInputElement;
  if (key === 'Escape' && field.type === 'search') type((field.value = ''));
});
