/** What the script needs of Pagefind: https://pagefind.app/docs/api/ */
interface Pagefind {
  mergeIndex: (address: string, options: object) => Promise<void>;
  search: (text: string | null, options: object) => Promise<Answer>;
  debouncedSearch: (text: string | null, options: object, wait: number) => Promise<Answer | null>;
  destroy: () => Promise<void>;
}

interface Answer {
  results: Found[];
}

interface Found {
  id: string;
  score: number;
  data: () => Promise<Result>;
}

interface Result {
  url: string;
  /** HTML: a part of the text, with what was found in `<mark>`. */
  excerpt: string;
  meta: Record<'title' | 'facts' | 'about', string>;
  filters: Record<string, string[] | undefined>;
}

/** Results that are shown at once, and with each further step. */
const STEP = 10;
/** Milliseconds without a key before a search. */
const PAUSE = 150;
/** Parts of the best score. What is above the first comes before the rest, what is below the second is left out. */
const [GOOD, POOR] = [1 / 3, 1 / 20];

const place = document.querySelector<HTMLElement>('#search');
if (place) offer(place);

function offer(search: HTMLElement): void {
  const form = part(search, 'form');
  const input = part<HTMLInputElement>(search, 'input');
  const filters = part(search, '.filters');
  const count = part(search, 'p');
  const list = part(search, 'ol');
  const more = part(search, 'button:not(form *)');
  const { dates, results: counted = '' } = { ...document.documentElement.dataset, ...count.dataset };
  const number = new Intl.NumberFormat(dates ?? document.documentElement.lang);
  let engine: Promise<Engine> | undefined;
  let found: Found[] = [];
  let turn = 0;

  const open = () => (engine ??= load((search.dataset['indexes'] ?? '').split(' ')));

  async function find(): Promise<void> {
    const mine = ++turn;
    const chosen = new URLSearchParams();
    for (const [name, value] of new FormData(form as HTMLFormElement)) {
      if (typeof value !== 'string' || !value.trim()) continue;
      const group = /^group:(.*)/.exec(value)?.[1];
      chosen.set(group === undefined ? name : 'group', group ?? value.trim());
    }
    const query = chosen.toString();
    history.replaceState(null, '', (query ? `?${query}` : location.pathname) + location.hash);
    const { q = null, ...values } = Object.fromEntries(chosen);
    search.classList.toggle('finding', query !== '');
    if (query !== '') filters.hidden = false;
    try {
      const { pagefind, places } = await open();
      const options = { filters: values };
      const answer = await pagefind.debouncedSearch(q, options, PAUSE);
      // The number of a ticket is meant as it is; Pagefind would take `INC` where an index does not have `INC-776`.
      const exact = q !== null && /\d/.test(q) ? await pagefind.search(`"${q}"`, options) : undefined;
      if (!answer || mine !== turn) return;
      const results = exact?.results.length ? exact.results : answer.results;
      found = query === '' ? [] : inOrder(results, places);
      list.replaceChildren();
      const { none = '' } = count.dataset;
      const text = found.length > 0 ? counted.replace('{count}', number.format(found.length)) : none;
      count.textContent = query === '' ? '' : text;
      announce(count.textContent);
      await show();
    } catch {
      fail();
    }
  }

  /** Adds the next results to those that are shown. */
  async function show(): Promise<void> {
    const shown = found;
    const next = shown.slice(list.childElementCount, list.childElementCount + STEP);
    const results = await Promise.all(next.map((one) => one.data()));
    if (shown !== found) return;
    const rows = results.map((result) => rowOf(search, result));
    list.append(...rows);
    more.hidden = list.childElementCount >= found.length;
  }

  /** A newer build may have taken away what was open here, so the next search opens it anew. */
  function fail(): void {
    void engine?.then(({ pagefind }) => pagefind.destroy()).catch(() => undefined);
    engine = undefined;
    search.classList.remove('finding');
    list.replaceChildren();
    more.hidden = true;
    count.textContent = search.dataset['failed'] ?? '';
    announce(count.textContent);
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void find();
  });
  form.addEventListener('input', () => void find());
  form.addEventListener('focusin', () => {
    filters.hidden = false;
    void open().catch(fail);
  });
  more.addEventListener('click', () => {
    const before = list.childElementCount;
    show().then(() => list.children[before]?.querySelector('a')?.focus(), fail);
  });

  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === 'q') input.value = value;
    const select = filters.querySelector<HTMLSelectElement>(
      `[name="${name === 'group' ? 'component' : CSS.escape(name)}"]`,
    );
    if (select) select.value = name === 'group' ? `group:${value}` : value;
  }
  search.hidden = false;
  if (new FormData(form as HTMLFormElement).values().some(Boolean)) void find();
}

interface Engine {
  pagefind: Pagefind;
  /** Of each event among all, the newest first, by the id of its result. */
  places: ReadonlyMap<string, number>;
}

/** Loads Pagefind and opens the indexes, the newest first. */
async function load(indexes: readonly string[]): Promise<Engine> {
  const [first = '', ...others] = indexes;
  const { createInstance } = (await import(/* @vite-ignore */ `${first}pagefind.js`)) as {
    createInstance: (options: object) => Pagefind;
  };
  const options = (address: string) => ({ baseUrl: '/', excerptEllipsis: '…', mergeFilter: { index: address } });
  const pagefind = createInstance({ ...options(first), basePath: first });
  await Promise.all(others.map((address) => pagefind.mergeIndex(address, options(address))));
  // Pagefind sorts within an index only.
  const sorted = indexes.map((index) => pagefind.search(null, { filters: { index }, sort: { date: 'desc' } }));
  const all = (await Promise.all(sorted)).flatMap(({ results }) => results);
  return { pagefind, places: new Map(all.map(({ id }, place) => [id, place])) };
}

/**
 * Good results before others, and the newest first among each. The score alone puts short texts before new ones. In an
 * index without a word, Pagefind takes its first letters or leaves it out; such results have low scores.
 */
function inOrder(results: readonly Found[], places: Engine['places']): Found[] {
  const best = Math.max(...results.map(({ score }) => score));
  const isPoor = ({ score }: Found) => Number(score < GOOD * best);
  const place = ({ id }: Found) => places.get(id) ?? 0;
  return results
    .filter(({ score }) => score >= POOR * best)
    .sort((a, b) => isPoor(a) - isPoor(b) || place(a) - place(b));
}

function rowOf(search: HTMLElement, { url, excerpt, meta, filters }: Result): DocumentFragment {
  const row = part<HTMLTemplateElement>(search, 'template').content.cloneNode(true) as DocumentFragment;
  const [tone = 'note'] = filters['impact'] ?? [];
  const icon = part<Element>(row, 'svg');
  icon.setAttribute('class', `icon ${tone}`);
  icon.querySelector('use')?.setAttribute('href', `#i-${tone}`);
  const link = part<HTMLAnchorElement>(row, 'a');
  link.href = url;
  link.textContent = meta.title;
  link.lang = filters['lang']?.[0] ?? '';
  part(row, '.meta').textContent = meta.facts;
  part(row, '.about').textContent = meta.about;
  // Parsed apart from the page, where nothing runs or loads, and taken over as text and marks alone.
  const marked = new DOMParser().parseFromString(excerpt, 'text/html').body.childNodes;
  for (const node of marked) {
    const text = (node.textContent ?? '').replaceAll('\u200b', '');
    const mark = node.nodeName === 'MARK' ? document.createElement('mark') : undefined;
    mark?.append(text);
    part(row, '.text').append(mark ?? text);
  }
  return row;
}

/** Lets screen readers say it. What every page's script shares with this one would be a file more for every page. */
function announce(text: string): void {
  const status = document.querySelector('[role=status]');
  if (status) status.textContent = text;
}

function part<Part extends Element = HTMLElement>(within: ParentNode, selector: string): Part {
  const found = within.querySelector<Part>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
}
