import type { Direction } from '../i18n/words.ts';
import { escapeMarkup } from './xml.ts';

interface Target {
  title: string;
  /** Its path on the host. */
  href: string;
  /** With its host. */
  canonical: string;
  lang: string;
  dir: Direction;
}

/** A page that leads to another one on any static host, without a script; where browsers don't follow by themselves, by its link. */
export function redirectPage({ title, href, canonical, lang, dir }: Target): string {
  const [text, to] = [escapeMarkup(title), escapeMarkup(href)];
  return `<!doctype html>
<html lang="${lang}" dir="${dir}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width,initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="0;url=${to}">
    <title>${text}</title>
    <link rel="canonical" href="${escapeMarkup(canonical)}">
  </head>
  <body>
    <p><a href="${to}" dir="auto">${text}</a></p>
  </body>
</html>
`;
}
