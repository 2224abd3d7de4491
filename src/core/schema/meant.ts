/** Guesses what a setting in another form was meant to be; each function returns nothing if that is unclear. */

/** A length of time in words, `5 minutes`, `1.5 hours`, as `5m` or `90m`. */
export function durationMeant(written: string): string | undefined {
  const match = /^(?<count>\d+(?:[.,]\d+)?)\s*(?<unit>m|h|d)(?:in(?:ute)?s?|rs?|ours?|ays?)?$/i.exec(
    written.trim(),
  )?.groups;
  const unit = match?.['unit']?.toLowerCase();
  const count = Number(match?.['count']?.replace(',', '.'));
  if (!unit || !(count > 0)) return undefined;
  if (Number.isInteger(count)) return `${count}${unit}`;
  const minutes = count * { m: 1, h: 60, d: 1440 }[unit as 'm' | 'h' | 'd'];
  return Number.isInteger(minutes) ? `${minutes}m` : undefined;
}

/** An id made from a name: `Check Out` as `check-out`. */
export function idMeant(written: string): string | undefined {
  const words = written
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return words?.join('-').slice(0, 100).replace(/-$/, '');
}

/** A colour without its `#`, or with three digits. */
export function colourMeant(written: string): string | undefined {
  const digits = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(written.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return undefined;
  return `#${digits.length === 6 ? digits : digits.replace(/./g, '$&$&')}`;
}

/** An address without its scheme; an email address becomes `mailto:`. */
export function addressMeant(written: string): string | undefined {
  if (/^[^\s@/:]+@[^\s@/:]+\.[a-z]{2,}$/i.test(written)) return `mailto:${written}`;
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[^\s?#]*)?$/i.test(written) ? `https://${written}` : undefined;
}

/** The zone of a city, or one with a similar name: `Berlin`, `europe/berlinn`. */
export function timeZoneMeant(written: string): string | undefined {
  const name = written.trim().toLowerCase().replace(/\s+/g, '_');
  const zones = Intl.supportedValuesOf('timeZone');
  const city = (zone: string) => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase();
  const same = zones.find((zone) => city(zone) === city(name));
  const isNear = (zone: string) =>
    name.length > 5 && (zone.toLowerCase().startsWith(name) || name.startsWith(zone.toLowerCase()));
  return same ?? zones.find(isNear);
}
