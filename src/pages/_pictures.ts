import { memoize } from '../core/memoize.ts';
import { appIconSvg, NO_LETTERING, pictureSvg } from '../formats/picture.ts';
import { webManifest } from '../formats/manifest.ts';
import { digestOf } from '../site/cache/bundle.ts';
import type { SiteFile } from '../site/files.ts';
import { dataFile } from '../site/files.ts';
import { fontsFor, letteringWith } from '../site/lettering.ts';
import type { Site } from '../site/load.ts';
import { pngOf } from '../site/pictures.ts';
import { APP_ICONS, PATHS, TOUCH_ICON } from '../view/addresses.ts';
import { ICONS, LOOKS } from '../view/icons.ts';
import { homePreview, previewsOf } from '../view/models/preview.ts';
import type { Preview } from '../view/models/preview.ts';

/** The pictures of link previews in one language. Each is drawn when what it says is new. */
export function previewFiles(site: Site): SiteFile[] {
  const previews = allPreviews(site);
  const fonts = fontsOf(site);
  return previews.map((preview) => {
    const { tone, path, version: _, ...texts } = preview;
    const draw = async () => {
      const look = { ...LOOKS[tone], icon: ICONS[tone] };
      try {
        return pngOf(pictureSvg(texts, look, await letteringOf(site)));
      } catch {
        // A broken font of this machine must not hold up the page.
        return pngOf(pictureSvg(texts, look, NO_LETTERING));
      }
    };
    const key = digestOf([JSON.stringify(preview), JSON.stringify(fonts)]);
    return dataFile(fileOf(path), draw, { group: path, key });
  });
}

function allPreviews(site: Site): Preview[] {
  const home = homePreview(site);
  return home ? [home, ...previewsOf(site).values()] : [];
}

const fontsOf = memoize((site: Site) =>
  fontsFor(
    site.words.locale,
    allPreviews(site).flatMap(({ status = '', title, time = '', site: name }) => [status, title, time, name]),
  ),
);

const letteringOf = memoize((site: Site) => letteringWith(fontsOf(site)));

/** The icons for home screens, which all languages share. */
export function appIcons(site: Site): SiteFile[] {
  if (!site.hasPictures) return [];
  const { accent } = site.ledger.content.site;
  const fallback = { icon: ICONS.ok, ground: accent };
  return [TOUCH_ICON, ...APP_ICONS].map((size) => {
    const path = PATHS.appIcon(size);
    const key = digestOf([site.mark ?? '', accent]);
    return dataFile(fileOf(path), () => pngOf(appIconSvg(size, site.mark, fallback)), { group: 'icons', key });
  });
}

/** What a browser needs to put the page on a home screen. */
export function manifests(site: Site): SiteFile[] {
  if (!site.hasPictures) return [];
  const icons = APP_ICONS.map((size) => ({ src: site.href(PATHS.appIcon(size)), size }));
  return [dataFile(fileOf(PATHS.manifest), () => webManifest(site, site.href(PATHS.home), icons))];
}

/** The file at a path of the site. */
function fileOf<Path extends string>(path: `/${Path}`): Path {
  return decodeURIComponent(path.slice(1)) as Path;
}
