/** An alert among what came with it. */
export interface Item {
  /** The whole body, once nothing is wrapped around it. */
  body: unknown;
  /** The part of it that is this alert. */
  alert: unknown;
}

/**
 * Where a value stands: names separated by dots, from the alert on, or with `^` from the body on; a number is a place
 * in a list. Case, `_`, `-`, `.` and blanks in names do not count, since the same fields are `alertType`,
 * `alert_type` and `ALERT.TYPE` in different templates. Or a function that finds it.
 */
export type Place = string | ((item: Item) => unknown);

/** Fields of one object that are looked at where none is written as in the table. No monitor sends as many. */
export const MAX_FIELDS = 1000;

const folded = new WeakMap<object, Map<string, unknown>>();

/** The value at a place; nothing where there is none. */
export function find(item: Item, place: Place): unknown {
  if (typeof place !== 'string') return place(item);
  const fromBody = place.startsWith('^');
  const names = (fromBody ? place.slice(1) : place).split('.');
  return names.reduce(fieldOf, fromBody ? item.body : item.alert);
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return /^\d+$/.test(name) ? (value[Number(name)] as unknown) : undefined;
  if (Object.hasOwn(value, name)) return (value as Record<string, unknown>)[name];
  return foldedFields(value).get(fold(name));
}

function foldedFields(value: object): Map<string, unknown> {
  const known = folded.get(value);
  if (known) return known;
  const fields = new Map<string, unknown>();
  for (const name of Object.keys(value).slice(0, MAX_FIELDS)) {
    const key = fold(name);
    if (!fields.has(key)) fields.set(key, (value as Record<string, unknown>)[name]);
  }
  folded.set(value, fields);
  return fields;
}

function fold(name: string): string {
  return name.replace(/[\s_.-]/g, '').toLowerCase();
}
