import { hash } from 'node:crypto';
import type { Body, Incident, IncidentUpdate, Instant } from '../core/model.ts';
import type { SourceFile } from './files.ts';

/** An incident as it is kept: each text is JSON inside the JSON, so that only those that are shown are parsed again. */
type Kept = Omit<Incident, 'updates'> & { updates: readonly (Omit<IncidentUpdate, 'body'> & { body: string })[] };

/**
 * Incidents that an earlier reading had nothing to report about, by the text of their files. What they are read
 * against besides, such as the names of components and the code that reads, is the business of whoever keeps them.
 */
export class KnownIncidents {
  readonly #kept: ReadonlyMap<string, readonly [digest: string, incident: Kept]>;
  readonly #seen = new Map<string, readonly [digest: string, incident: Kept]>();

  /** @param text what `toString` gave */
  constructor(text?: string) {
    this.#kept = new Map(text === undefined ? [] : (JSON.parse(text) as [string, [string, Kept]][]));
  }

  /**
   * The incident of a file whose text is the same as before. One that tells of a time after `now` is read again,
   * since that is something to report.
   */
  get({ path, text }: SourceFile & { text: string }, now: Instant): Incident | undefined {
    const [digest, kept] = this.#kept.get(path) ?? [];
    if (!kept || digest !== digestOf(text)) return undefined;
    const incident = unpacked(kept);
    if (incident.started > now || incident.updates.some(({ at }) => at > now)) return undefined;
    this.#seen.set(path, [digest, kept]);
    return incident;
  }

  /**
   * Keeps an incident that there was nothing to report about.
   * @returns the same with texts that take little memory until they are shown
   */
  add({ path, text }: SourceFile & { text: string }, incident: Incident): Incident {
    const kept = packed(incident);
    this.#seen.set(path, [digestOf(text), kept]);
    return unpacked(kept);
  }

  /** Whether other incidents were asked for or added than were kept. */
  get isChanged(): boolean {
    return (
      this.#seen.size !== this.#kept.size ||
      [...this.#seen].some(([path, [digest]]) => this.#kept.get(path)?.[0] !== digest)
    );
  }

  /** Those that were asked for or added; the others have no file any more. */
  toString(): string {
    return JSON.stringify([...this.#seen]);
  }
}

function digestOf(text: string): string {
  return hash('sha256', text, 'base64url');
}

function packed(incident: Incident): Kept {
  return {
    ...incident,
    updates: incident.updates.map((update) => ({ ...update, body: JSON.stringify(update.body) })),
  };
}

function unpacked(kept: Kept): Incident {
  const updates = kept.updates.map(({ body, ...update }) =>
    Object.defineProperty(update, 'body', { get: () => JSON.parse(body) as Body, enumerable: true }),
  );
  return { ...kept, updates: updates as IncidentUpdate[] };
}
