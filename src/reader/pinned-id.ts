/** An update's id, with the number that updates of the same instant have from the second on. */
const ID = /^u-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-([2-9]|[1-9]\d+))?$/;

/** A heading is a status and a time, so a brace, or a sign that looks like one, begins an id. */
const BEGINNING = /\{|[#([]{0,2}u-?\d{8}T?\d{6}/i;
const STAMP = /(?<day>\d{8})T?(?<time>\d{6})Z?(?<number>-\d+)?/i;

/** A heading's text without the id that is pinned behind it. */
export interface SplitHeading {
  text: string;
  id?: string;
  /** Why the text in place of an id is not valid; `id` is what was probably meant. */
  problem?: string;
}

/** Splits `Resolved · 2026-11-20 11:04 UTC {#u-20261120T110200Z}` into what it says and the id of the update. */
export function splitPinnedId(heading: string): SplitHeading {
  const start = heading.search(BEGINNING);
  if (start < 0) return { text: heading };
  const text = heading.slice(0, start).trimEnd();
  const written = heading.slice(start);
  const id = /^\{#([^\s{}]+)\}$/.exec(written)?.[1];
  if (id !== undefined && isUpdateId(id)) return { text, id };
  const { day, time, number = '' } = STAMP.exec(written)?.groups ?? {};
  const meant = day && time ? `u-${day}T${time}Z${number}` : '';
  const reserved = /-(started|ended)\b/.test(written);
  return {
    text,
    ...(isUpdateId(meant) && !reserved && { id: meant }),
    problem: reserved
      ? `“${written}” is the id that a maintenance has when the clock starts or ends it. Delete it.`
      : `“${written}” is not a valid update id. Ids look like {#u-20261120T110200Z}.`,
  };
}

/** Whether a text is an id that an update can have: of a time that exists. */
export function isUpdateId(text: string): boolean {
  const [, year, month, day, hour, minute, second] = ID.exec(text) ?? [];
  if (year === undefined) return false;
  const written = `${year}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}.000Z`;
  const date = new Date(written);
  return !Number.isNaN(date.getTime()) && date.toISOString() === written;
}
