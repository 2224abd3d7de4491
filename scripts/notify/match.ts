import { createHash } from 'node:crypto';
import { UNDATED_ID } from '../../src/reader/events/partial.ts';
import type { NoticeRecord, Recorded } from './record.ts';
import { eventOf, ownPart } from './record.ts';
import type { FeedContext } from '../../src/formats/feed.ts';
import type { Notice } from '../../src/formats/notices/notice.ts';
import { essenceOf } from '../../src/formats/notices/notice.ts';

/** An update that is public, as far as it is compared with the record. */
export interface Candidate {
  id: string;
  /** The id it was recorded with by earlier versions of Candor. */
  formerId?: string | undefined;
  /** Whether somebody wrote a text for it; where the clock speaks, one is like the other. */
  written: boolean;
  /** Worked out when it is asked for: most are found by their id. */
  contentHash: () => string;
}

/**
 * Finds what is public in the record: by id, then by status and text among what was public the last time and is no more.
 * So a corrected time, a corrected text or a renamed file is not sent again, and neither is an update that only now has
 * a readable time.
 * @param candidates oldest first
 * @returns the recorded update of each that is known, by its id
 */
export function matchUpdates(candidates: readonly Candidate[], record: NoticeRecord): Map<string, Recorded> {
  const matching = new Matching(candidates, record);
  matching.bySharedInstant();
  matching.byId();
  matching.byText();
  return matching.found;
}

class Matching {
  readonly found = new Map<string, Recorded>();
  readonly #taken = new Set<Recorded>();
  readonly #candidates: readonly Candidate[];
  readonly #record: NoticeRecord;

  constructor(candidates: readonly Candidate[], record: NoticeRecord) {
    this.#candidates = candidates;
    this.#record = record;
  }

  /**
   * Updates of one instant are numbered in their order, so that one which is put before another takes over its id.
   * Where their number has changed, they are told apart by text.
   */
  bySharedInstant(): void {
    const present = Map.groupBy(this.#candidates, ({ id }) => instantOf(id));
    const recorded = Map.groupBy(this.#record.updates.values(), ({ id }) => instantOf(id));
    for (const [instant, updates] of present) {
      const known = recorded.get(instant) ?? [];
      if (known.length === 0 || known.length === updates.length) continue;
      for (const one of updates) {
        const same = known.find((other) => this.#isFree(other) && other.contentHash === one.contentHash());
        if (same) this.#pair(one, same);
      }
    }
  }

  byId(): void {
    const present = new Set(this.#candidates.map(({ id }) => id));
    for (const one of this.#unmatched()) {
      const same = [one.id, one.formerId].map((id) => this.#record.updates.get(id ?? '')).find((other) => other);
      if (same && !this.#taken.has(same)) this.#pair(one, same);
    }
    // An older commit is published again.
    for (const one of this.#unmatched()) {
      const same = this.#record.former(one.id);
      if (same && !this.#taken.has(same) && !present.has(same.id)) this.#pair(one, same);
    }
  }

  byText(): void {
    const events = this.#renamedEvents();
    const lost = Map.groupBy(
      [...this.#record.updates.values()].filter((other) => this.#isFree(other)),
      ({ id }) => eventOf(id),
    );
    for (const one of this.#unmatched()) {
      const event = eventOf(one.id);
      const renamed = (lost.get(events.get(event) ?? '') ?? []).filter((other) => this.#isFree(other));
      const own = (lost.get(event) ?? []).filter((other) => this.#isFree(other));
      const same =
        renamed.find(({ id }) => ownPart(id) === ownPart(one.id)) ??
        [...own, ...renamed].find(({ contentHash }) => contentHash === one.contentHash()) ??
        [...own, ...renamed].find(({ id }) => ownPart(id) === UNDATED_ID);
      if (same) this.#pair(one, same);
    }
  }

  /** Matches what another file said at the same time in the same words. @returns the former name of each renamed event */
  #renamedEvents(): Map<string, string> {
    const present = new Set(this.#candidates.map(({ id }) => eventOf(id)));
    const key = (id: string, contentHash: string) => `${ownPart(id)} ${contentHash}`;
    const lost = [...this.#record.updates.values()].filter((other) => this.#isFree(other));
    const byKey = new Map(lost.map((other) => [key(other.id, other.contentHash), other]));
    const renamed = new Map<string, string>();
    if (lost.length === 0) return renamed;
    for (const one of this.#unmatched()) {
      const same = one.written ? byKey.get(key(one.id, one.contentHash())) : undefined;
      if (!same || !this.#isFree(same)) continue;
      const former = eventOf(same.id);
      if (!present.has(former)) renamed.set(eventOf(one.id), former);
      this.#pair(one, same);
    }
    return renamed;
  }

  #unmatched(): Candidate[] {
    return this.#candidates.filter(({ id }) => !this.found.has(id));
  }

  #isFree(other: Recorded): boolean {
    return !other.gone && !this.#taken.has(other);
  }

  #pair(one: Candidate, recorded: Recorded): void {
    this.found.set(one.id, recorded);
    this.#taken.add(recorded);
  }
}

/** The id without the number that tells updates of one instant apart. */
function instantOf(id: string): string {
  return id.replace(/(\/u-\d{8}T\d{6}Z)-\d+$/, '$1');
}

/** What tells a corrected time from something new, short enough for the record; each worked out once. */
export function contentHashes(context: FeedContext): (notice: Notice) => string {
  const known = new WeakMap<Notice, string>();
  return (notice) => {
    const contentHash = known.get(notice) ?? hashOf(essenceOf(notice, context));
    known.set(notice, contentHash);
    return contentHash;
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
