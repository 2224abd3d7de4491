import { areaNamed, areasByName, areasOf } from '../core/areas.ts';
import type { SiteSettings } from '../core/schema/site.ts';
import type { Position, Report, Suggestion } from './rules.ts';
import type { YamlValue } from './yaml/yaml.ts';
import { didYouMean, nearest } from './rules.ts';

/** Where areas are written. */
interface AreaPlace {
  position: (index: number) => Position;
  /** Suggests the same lines with other areas in them. */
  rewrite: (areas: readonly string[], index: number) => Suggestion | undefined;
}

/** The place of a list in YAML. @param path of the list */
export function listedAreas(yaml: YamlValue, path: readonly PropertyKey[]): AreaPlace {
  return {
    position: (index) => yaml.locate([...path, index]),
    rewrite: (areas, index) => yaml.rewrite([...path, index], areas[index] ?? ''),
  };
}

/** Warns about areas that `site.yml` does not list, if it lists any. @param site undefined if it has errors */
export function checkAreas(
  written: readonly string[],
  site: SiteSettings | undefined,
  place: AreaPlace,
  report: Report,
): void {
  if (!site || areasOf(site).length === 0) return;
  const names = areasByName(site);
  const meant = written.map((name) => {
    const near = areaNamed(site, name) ? undefined : nearest(name.trim(), names.keys());
    return near === undefined ? undefined : names.get(near)?.id;
  });
  const corrected = written.map((name, index) => meant[index] ?? name);
  for (const [index, name] of written.entries()) {
    if (areaNamed(site, name)) continue;
    const id = meant[index];
    const help = id ? ` Did you mean “${id}”?` : didYouMean(name, areasOf(site).map((area) => area.id)); // prettier-ignore
    const reason = `“${name}” is not one of the areas in site.yml, so this counts for all of them.${help}`;
    report('area-unknown', place.position(index), reason, id && place.rewrite(corrected, index));
  }
}
