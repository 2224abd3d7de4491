import { launchBrowser } from './browser.ts';
import { serve } from './server.ts';
import { weigh } from './weigh.ts';

/** How high the home page of a built site is, and what it weighs. */
export interface HomeSize {
  site: string;
  /** In CSS pixels, at each of the widths. */
  heights: number[];
  /** Where its components begin at the first width; undefined if it lists none. */
  components: number | undefined;
  /** Compressed bytes of all that it loads. */
  gzip: number;
}

/** Widths of a phone, a tablet and a laptop. */
export const WIDTHS = [390, 768, 1280];

/** @param sites built sites at the root of their host, by name */
export async function measureHomes(sites: Readonly<Record<string, string>>): Promise<HomeSize[]> {
  const browser = await launchBrowser();
  const sizes: HomeSize[] = [];
  for (const [site, dir] of Object.entries(sites)) {
    const server = await serve(dir);
    const page = await browser.newPage();
    const heights: number[] = [];
    let components: number | undefined;
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(server.origin, { waitUntil: 'networkidle' });
      heights.push(await page.evaluate(() => document.documentElement.scrollHeight));
      components ??= (
        await page
          .locator('#components')
          .boundingBox({ timeout: 1000 })
          .catch(() => null)
      )?.y;
    }
    sizes.push({ site, heights, components, gzip: weigh({ dir, base: '/' }, '/').gzip });
    await page.close();
    await server.close();
  }
  await browser.close();
  return sizes;
}
