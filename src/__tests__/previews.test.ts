import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LOOKS } from '../view/icons.ts';
import { elementsOf } from './support/dom.ts';
import { builtFiles, builtPages, SITES } from './support/sites.ts';

const { dir, url } = SITES.example;
const pictures = builtFiles(dir).filter((path) => path.startsWith('og/'));

/** The properties for link previews of each page, by its path. */
const cards = new Map(
  builtPages(dir).map(({ path, html }) => {
    const metas = elementsOf(html).filter(({ tagName }) => tagName === 'meta');
    const said = metas.map(({ properties: { property, name, content } }) => [
      String(property ?? name),
      String(content),
    ]);
    return [path, Object.fromEntries(said) as Record<string, string>];
  }),
);

function fileOf(address = ''): string {
  return new URL(address).pathname.slice(1);
}

/** Its size, and the colour of its first pixel, which no filter changes: https://www.w3.org/TR/png-3/#9Filters */
function readPng(file: string): { width: number; height: number; corner: string } {
  const bytes = readFileSync(join(dir, file));
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  const corner = `#${inflateSync(Buffer.concat(data)).toString('hex', 1, 4)}`;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), corner };
}

describe('preview pictures', () => {
  it('have the size that their page says, and each belongs to one page', () => {
    const withPicture = [...cards.values()].filter((card) => card['twitter:card'] === 'summary_large_image');
    for (const card of withPicture) {
      const { width, height } = readPng(fileOf(card['og:image']));
      expect([card['og:image:width'], card['og:image:height']]).toEqual([String(width), String(height)]);
    }
    expect(withPicture.map((card) => fileOf(card['og:image'])).sort()).toEqual([...pictures].sort());
    expect(pictures.length).toBeGreaterThanOrEqual(10);
  });

  it.each([
    [
      '/',
      'partial',
      'Partial outage · Identified · Some shoppers in Europe cannot pay by card · Since 20 Nov 2026, 09:12 UTC',
    ],
    ['/incidents/2026-11-09-app-notifications-late/', 'ok', 'Resolved · '],
    ['/maintenance/2026-12-03-orders-database/', 'maintenance', 'Maintenance · Scheduled · More storage for orders · '],
  ] as const)('of %s has the colour of its status, and says it to those who cannot see it', (path, tone, alt) => {
    const card = cards.get(path);
    expect(card?.['og:image:alt']).toContain(alt);
    expect(readPng(fileOf(card?.['og:image'])).corner).toBe(LOOKS[tone].shape);
  });

  it('are not made of what is long over', () => {
    const card = cards.get('/incidents/2026-10-22-reports-late/');
    expect(card?.['twitter:card']).toBe('summary');
    expect(card?.['og:image']).toBeUndefined();
  });
});

it('the page can be put on a home screen', () => {
  const manifest = JSON.parse(readFileSync(join(dir, 'site.webmanifest'), 'utf8')) as {
    start_url: string;
    icons: { src: string; sizes: string }[];
  };
  expect(new URL(manifest.start_url, url).href).toBe(url);
  for (const { src, sizes } of manifest.icons) {
    const { width, height } = readPng(src.slice(1));
    expect(`${width}x${height}`).toBe(sizes);
  }
});
