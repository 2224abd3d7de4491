/**
 * HTML in messages is mixed with text that only looks like it: `a Worker named <worker-name>`, `<Gather>`,
 * `latency <5s`. A browser would swallow such words. Here a tag counts as one only when its name is an
 * element that a message can hold, or another one that is closed; everything else is text.
 */

const SHOWN = new Set(
  (
    'a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del ' +
    'details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ' +
    'menu nav nobr ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead ' +
    'time tr tt u ul var wbr'
  ).split(' '),
);

/** Elements whose content a browser does not show as text. */
export const HIDDEN: ReadonlySet<string> = new Set(
  (
    'applet audio base canvas embed frame frameset head iframe input link math meta noembed noframes noscript object ' +
    'param script select source style svg template textarea title track video'
  ).split(' '),
);

const VOID = new Set('base embed frame input link meta param source track'.split(' '));

const WRAPPERS = new Set('body button data fieldset form hgroup html label legend output picture search'.split(' '));

const MARKUP = /<!--[\s\S]*?-->|<\/?([a-zA-Z][^\s/>]*)(?:"[^"]*"|'[^']*'|[^'">])*>|</g;

/** The HTML with `&lt;` for every `<` that begins no tag of a message. `names` are those that were made text. */
export function escapeUnknownTags(html: string): { html: string; names: string[] } {
  if (!html.includes('<')) return { html, names: [] };
  const names = new Set<string>();
  const lower = html.toLowerCase();
  const escape = (source: string): string =>
    source.replace(MARKUP, (markup: string, name: string | undefined) => {
      if (markup.startsWith('<!--')) return markup;
      if (name === undefined) return '&lt;';
      if (isTag(name.toLowerCase(), lower)) return markup;
      names.add(name);
      return `&lt;${escape(markup.slice(1))}`;
    });
  return { html: escape(html), names: [...names] };
}

/** `lower` is the whole text in lower case. Names with a colon come from word processors: `<o:p>`. */
function isTag(name: string, lower: string): boolean {
  if (SHOWN.has(name) || name.includes(':')) return true;
  return (HIDDEN.has(name) || WRAPPERS.has(name)) && (VOID.has(name) || lower.includes(`</${name}`));
}
