import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { siteOptions } from './options.ts';
import { accentShades } from '../core/accent.ts';
import { logoSize } from './load.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderWith(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'candor-'));
  folders.push(folder);
  writeFileSync(join(folder, name), content);
  return folder;
}

describe('the accent', () => {
  it('stays as it is where it can be read', () => {
    expect(accentShades('#0b57d0')[0]).toBe('#0b57d0');
  });

  it.each(['#ffff00', '#ffffff', '#000000', '#6d3fb8', '#808080', '#00ff88'])(
    '%s becomes readable on both papers',
    (accent) => {
      const [light, dark] = accentShades(accent);
      expect(ratio(light, 1)).toBeGreaterThanOrEqual(5);
      expect(ratio(dark, luminance('#131519'))).toBeGreaterThanOrEqual(5);
    },
  );

  function luminance(hex: string): number {
    const parts = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
    const [red = 0, green = 0, blue = 0] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function ratio(hex: string, paper: number): number {
    const [low = 0, high = 0] = [luminance(hex), paper].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
});

describe('the size of a logo', () => {
  it.each([
    ['logo.svg', '<svg xmlns="…" viewBox="0 0 120 40">', { width: 120, height: 40 }],
    ['logo.svg', "<svg viewBox='-5,-5,10.5,20'>", { width: 10.5, height: 20 }],
    ['logo.svg', '<svg>', undefined],
    ['logo.png', pngOf(300, 100), { width: 300, height: 100 }],
    ['logo.png', 'no picture', undefined],
  ])('%s %#', async (name, content, size) => {
    expect(await logoSize(folderWith(name, content), `/${name}`)).toEqual(size);
  });

  it('is unknown without a logo or without its file', async () => {
    expect(await logoSize('.', undefined)).toBeUndefined();
    expect(await logoSize('.', '/nowhere.svg')).toBeUndefined();
  });

  function pngOf(width: number, height: number): Uint8Array {
    const bytes = Buffer.alloc(24);
    bytes.write('IHDR', 12, 'latin1');
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    return bytes;
  }
});

describe('the options', () => {
  it('come from site.yml', () => {
    const folder = folderWith(
      'site.yml',
      'name: Acme\nurl: https://acme.example/status\naccent: "#aa0000"\nappearance: light\n',
    );
    expect(siteOptions({ STATUS_CONTENT: folder })).toEqual({
      site: 'https://acme.example',
      base: '/status/',
      accent: '#aa0000',
      appearance: 'light',
      file: join(folder, 'site.yml'),
    });
  });

  it('fall back where nothing can be read, since the reading of everything reports that', () => {
    expect(siteOptions({ STATUS_CONTENT: folderWith('other.yml', '') })).toMatchObject({ base: '/' });
    expect(siteOptions({ STATUS_CONTENT: folderWith('site.yml', ':::') })).toMatchObject({ base: '/' });
  });
});
