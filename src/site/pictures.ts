import { createRequire } from 'node:module';
import type { Resvg as Renderer } from '@resvg/resvg-js';

/** Draws SVG in native code, which there is not for every system. */
const Resvg = ((): typeof Renderer | undefined => {
  try {
    return (createRequire(import.meta.url)('@resvg/resvg-js') as { Resvg: typeof Renderer }).Resvg;
  } catch {
    return undefined;
  }
})();

/** Whether this system can draw pictures. If not, the site has none. */
export const CAN_DRAW = Resvg !== undefined;

/** An SVG without text as PNG, in its own size. */
export function pngOf(svg: string): Uint8Array<ArrayBuffer> {
  if (!Resvg) throw new Error('This system cannot draw pictures.');
  return Uint8Array.from(new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng());
}
