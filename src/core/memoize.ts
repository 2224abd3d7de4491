/**
 * Wraps a function of an object so that it is called once for each: for a ledger, an event, a context. The result is
 * kept as long as that object, and never shared with another, however alike. The object must not change.
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

/** The same for a function of an object and a second value, such as a ledger and a month. */
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
