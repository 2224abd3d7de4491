/** Abbreviations that the zone database does not hold, in minutes from UTC. */
const ABBREVIATIONS: Readonly<Record<string, number>> = {
  GMT: 0, WEST: 60, BST: 60, CEST: 120, EEST: 180, MSK: 180, IST: 330, SGT: 480, HKT: 480, JST: 540, KST: 540,
  AEST: 600, AEDT: 660, NZST: 720, NZDT: 780, EDT: -240, CDT: -300, CST: -360, MDT: -360, PDT: -420, PST: -480,
}; // prettier-ignore

/** Minutes from UTC of `UTC`, `Z`, `±HH:MM`, and of `±HHMM`, `±H` or `UTC+1`, as people write it. */
export function offsetOf(zone: string): number | undefined {
  if (/^(UTC|Z)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone.replace(/^(UTC|GMT)\s*(?=[+-])/i, ''));
  if (!match) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60 || Number(match[3] ?? 0) > 59) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

/**
 * Minutes from UTC of a zone with a name (`Europe/Berlin`, `CEST`) at a time that its clocks show.
 * @param wall that time, as milliseconds that would be right in UTC
 */
export function namedOffset(zone: string, wall: number): number | undefined {
  const known = ABBREVIATIONS[zone.toUpperCase()];
  if (known !== undefined) return known;
  // Temporal takes any offset below a day for a zone.
  if (/^[+-]/.test(zone)) return offsetOf(zone);
  const local = Temporal.PlainDateTime.from(new Date(wall).toISOString().replace('Z', ''));
  try {
    return local.toZonedDateTime(zone, { disambiguation: 'later' }).offsetNanoseconds / 60e9;
  } catch {
    return undefined;
  }
}
