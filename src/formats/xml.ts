/** Text without what XML 1.0 forbids even when escaped: https://www.w3.org/TR/xml/#charsets */
export function xmlText(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
}

/** Escapes text for HTML and XML, between tags and in quotes. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Serialised XML. */
export interface Xml {
  xml: string;
}

/** The content of an element: text, which is escaped, or elements; `undefined` is left out. */
type Child = string | Xml | undefined;

type Attributes = Readonly<Record<string, string | undefined>>;

/** An element without added white space. */
export function element(name: string, attributes: Attributes, children: readonly Child[] = []): Xml {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeXml(value)}"`],
  );
  const inner = children.map((child) => (typeof child === 'string' ? escapeXml(child) : (child?.xml ?? ''))).join('');
  return { xml: `<${name}${written.join('')}${inner === '' ? '/>' : `>${inner}</${name}>`}` };
}

/**
 * An element with plain text only. Some feed readers decode it twice, so an `&` that would then begin a reference is
 * written in the one form that survives.
 * https://www.rssboard.org/rss-profile#data-types-characterdata
 */
export function textElement(name: string, text: string, attributes: Attributes = {}): Xml {
  const xml = text
    .split(/&(?=#?\w+;)/)
    .map(escapeXml)
    .join('&#x26;');
  return element(name, attributes, [{ xml }]);
}

/** A whole document. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}\n`;
}

/** A carriage return would be read as a line feed. */
function escapeXml(text: string): string {
  return escapeMarkup(xmlText(text)).replaceAll('\r', '&#xD;');
}
