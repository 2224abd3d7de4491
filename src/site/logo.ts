import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Width and height of a picture, in its own units. */
export interface Size {
  width: number;
  height: number;
}

/** The size of a logo, where its format says so plainly: SVG and PNG. */
export async function logoSize(publicDir: string, logo: string | undefined): Promise<Size | undefined> {
  if (!logo) return undefined;
  const bytes = await readFile(join(publicDir, logo)).catch(() => Buffer.alloc(0));
  return logo.endsWith('.svg') ? svgSize(bytes.toString()) : pngSize(bytes);
}

function svgSize(svg: string): Size | undefined {
  const box = /<svg[^>]*\bviewBox=["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(svg);
  const [width, height] = [Number(box?.[1]), Number(box?.[2])];
  return width > 0 && height > 0 ? { width, height } : undefined;
}

// https://www.w3.org/TR/png-3/#11IHDR
function pngSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 24 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
