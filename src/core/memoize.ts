/**
 * Caches the result of a function for each object, as long as the object exists. Equal objects do not share a result.
 * The object must not change.
 */
export function memoize<Subject extends object, Result>(
  make: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const made = new WeakMap<Subject, Result>();
  return (subject) => {
    const known = made.get(subject);
    if (known !== undefined || made.has(subject)) return known as Result;
    const result = make(subject);
    made.set(subject, result);
    return result;
  };
}

/** Like `memoize`, for a function of an object and a second value, such as a ledger and a month. */
export function memoizePair<Subject extends object, Key, Result>(
  make: (subject: Subject, key: Key) => Result,
): (subject: Subject, key: Key) => Result {
  const maps = memoize((_: Subject) => new Map<Key, { result: Result }>());
  return (subject, key) => {
    const map = maps(subject);
    const known = map.get(key);
    if (known) return known.result;
    const result = make(subject, key);
    map.set(key, { result });
    return result;
  };
}
