// In `globalThis`, because the routes and the integration that drops it are loaded as different copies of this module.
const KEY = Symbol.for('candor.site');
const place = globalThis as { [KEY]?: Promise<unknown> | undefined };

/** What was made the first time, until it is forgotten; what fails is made anew. */
export function remembered<T>(make: () => Promise<T>): Promise<T> {
  place[KEY] ??= make().catch((error: unknown) => {
    forget();
    throw error;
  });
  return place[KEY] as Promise<T>;
}

export function forget(): void {
  place[KEY] = undefined;
}
