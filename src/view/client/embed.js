// @ts-check

/**
 * The banner that `embed.js` lays over other sites while something is wrong. Served as it stands, with the data behind it;
 * it fetches nothing, and sets all of its style through the CSSOM, which a site's policy for styles leaves alone.
 *
 * @param {import('../models/embed.ts').Embed} data
 * @param {DOMStringMap} options `components`: ids with commas between; `position`: `top` or `bottom`
 */
function showStatus(data, options) {
  const KEY = 'candor-dismissed ' + data.home;
  const STYLE = `
    :host { all: initial !important; position: fixed !important; z-index: 2147483647 !important;
      inset: auto 16px 16px !important; pointer-events: none !important }
    :host([data-position=top]) { inset: 16px 16px auto !important }
    div { box-sizing: border-box; display: flex; gap: 12px; align-items: start; pointer-events: auto;
      max-inline-size: 416px; margin-inline-start: auto; padding: 12.8px 9.6px 12.8px 16px;
      border: 1px solid #0002; border-inline-start: 4.8px solid var(--tone); border-radius: 8px;
      background: #fff; color: #1c1f26; box-shadow: 0 4.8px 19.2px #0003; font: 400 15px/1.45 system-ui, sans-serif }
    p { flex: 1; min-inline-size: 0; margin: 0; overflow-wrap: anywhere }
    b { display: block; color: var(--tone); font-weight: 600; font-size: 13px }
    a { color: inherit }
    button { flex: none; inline-size: 32px; block-size: 32px; padding: 0; border: 0; border-radius: 6.4px; background: none;
      color: inherit; font: 400 20px/1 system-ui, sans-serif; cursor: pointer }
    :focus-visible { outline: 2px solid currentColor; outline-offset: 1px }
    .degraded { --tone: #7a5200 } .partial { --tone: #a33a00 } .major { --tone: #b3101f } .maintenance { --tone: #1d4fb8 }
    @media (prefers-color-scheme: dark) {
      div { background: #1e2128; color: #eceef2; border-color: #fff3; border-inline-start-color: var(--tone) }
      .degraded { --tone: #e9b949 } .partial { --tone: #ff9a62 } .major { --tone: #ff8a8a } .maintenance { --tone: #9dbcff }
    }
    @media print { :host { display: none !important } }`;

  const wanted = (options['components'] ?? '').split(/[\s,]+/).filter(Boolean);
  const now = data.now ?? Date.now();
  const dismissed = remembered();
  const items = data.items.filter(
    ({ id, from = -Infinity, until = Infinity, components }) =>
      from <= now &&
      now < until &&
      !dismissed.includes(id) &&
      (wanted.length === 0 || components.some((component) => wanted.includes(component))),
  );
  if (items.length > 0) show();

  function show() {
    const host = document.createElement('aside');
    host.setAttribute('aria-label', data.label);
    host.lang = data.lang;
    host.dir = data.dir;
    if (options['position'] === 'top') host.dataset['position'] = 'top';
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const box = root.appendChild(document.createElement('div'));
    box.setAttribute('role', 'status');
    document.body.append(host);
    fill(host, box);
  }

  /** @param {HTMLElement} host @param {HTMLElement} box */
  function fill(host, box) {
    const [item, ...others] = items;
    if (!item) return host.remove();
    box.className = item.tone;
    const text = document.createElement('p');
    text.append(element('b', item.kind), link(item.title, item.url, item.lang));
    const more = data.words.others[others.length - 1];
    if (more) text.append(' ', link(more, data.home));
    const button = element('button', '×');
    button.setAttribute(
      'aria-label',
      data.words.dismiss.replace('{title}', () => item.title),
    );
    button.addEventListener('click', () => {
      remember(item.id);
      items.shift();
      fill(host, box);
      box.querySelector('button')?.focus();
    });
    box.replaceChildren(text, button);
  }

  /** @param {string} text @param {string} href @param {string} [lang] */
  function link(text, href, lang) {
    const made = /** @type {HTMLAnchorElement} */ (element('a', text));
    made.href = href;
    if (lang) made.lang = lang;
    return made;
  }

  /** @param {string} name @param {string} text */
  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    made.dir = 'auto';
    return made;
  }

  /** @returns {string[]} */
  function remembered() {
    try {
      const known = JSON.parse(localStorage.getItem(KEY) ?? '[]');
      return Array.isArray(known) ? known : [];
    } catch {
      return [];
    }
  }

  /** @param {string} id */
  function remember(id) {
    const known = data.items.map((item) => item.id);
    dismissed.push(id);
    try {
      localStorage.setItem(KEY, JSON.stringify(dismissed.filter((one) => known.includes(one))));
    } catch {
      // A site without storage shows it again on its next page.
    }
  }
}
