import { PAGE_COLOURS } from '../core/tokens.ts';
import type { FeedContext } from './context.ts';

/**
 * What a phone or a browser needs to put the page on its home screen.
 * https://www.w3.org/TR/appmanifest/
 * @param home the address of the page
 * @param icons addresses with their sizes in pixels
 */
export function webManifest(
  { ledger, words }: FeedContext,
  home: string,
  icons: readonly { src: string; size: number }[],
): string {
  const { name, appearance } = ledger.content.site;
  const colour = PAGE_COLOURS.paper[appearance === 'dark' ? 1 : 0];
  const manifest = {
    name: words.say('title.site', { name }),
    short_name: name,
    lang: words.locale,
    dir: words.direction,
    start_url: home,
    scope: home,
    display: 'minimal-ui',
    background_color: colour,
    theme_color: colour,
    icons: icons.map(({ src, size }) => ({
      src,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: 'any maskable',
    })),
  };
  return `${JSON.stringify(manifest)}\n`;
}
