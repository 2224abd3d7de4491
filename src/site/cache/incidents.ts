import type { Instant } from '../../core/days.ts';
import type { Stats } from 'node:fs';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Body } from '../../core/model.ts';
import { machineTime } from '../../reader/clock.ts';
import type { KnownFile, KnownFiles, SourceFile } from '../../reader/files.ts';
import { checksum } from './checksum.ts';

/** A cached file. */
interface Entry {
  /** Of its text. */
  digest: string;
  /** Its size, times and inode; empty if the file may have changed within the resolution of its times. */
  stamp: string;
  /** JSON of what it says, without the texts of updates. */
  found: string;
  /** JSON of the texts, decoded and parsed only when they are shown. */
  bodies: string | Buffer;
}

const TAB = '\t';

/** Milliseconds within which a file can change without a change of its times. */
const TICK = 2000;

/**
 * A log of incidents and translations that were read without a diagnostic. Each build appends what it read. Builds can
 * append at the same time: each line has a checksum and a digest of the settings it was read with.
 */
export class IncidentLog implements KnownFiles {
  readonly #path: string;
  readonly #against: string;
  readonly #now: Instant;
  readonly #begun = machineTime();
  readonly #entries = new Map<string, Entry>();
  readonly #used = new Map<string, Entry>();
  readonly #fresh: string[] = [];
  #lines = 0;

  /**
   * @param against a digest of everything that affects how a file is read
   * @param now files with a later time are read again, because that is a diagnostic
   */
  constructor(path: string, against: string, now: Instant) {
    this.#path = path;
    this.#against = against;
    this.#now = now;
    for (const line of linesOf(path)) {
      this.#lines += 1;
      const rest = line.subarray(line.indexOf(TAB) + 1);
      if (checksum(rest) !== line.toString('latin1', 0, line.indexOf(TAB))) continue;
      const end = rest.lastIndexOf(TAB);
      const [settings, file = '', digest = '', stamp = '', found = ''] = rest.toString('utf8', 0, end).split('\t');
      if (settings !== against) continue;
      this.#entries.set(JSON.parse(file) as string, { digest, stamp, found, bodies: rest.subarray(end + 1) });
    }
  }

  /** The number of files in the log. */
  get size(): number {
    return this.#entries.size;
  }

  unchanged(path: string, stats: Stats): SourceFile | undefined {
    const entry = this.#entries.get(path);
    if (!entry || entry.stamp === '' || entry.stamp !== this.#stampOf(stats)) return undefined;
    const known = this.#use(path, entry);
    return known && { path, digest: entry.digest, known };
  }

  get({ path, digest = '', stats }: SourceFile): KnownFile | undefined {
    const entry = this.#entries.get(path);
    if (entry?.digest !== digest) return undefined;
    const stamp = this.#stampOf(stats);
    return this.#use(path, stamp === entry.stamp ? entry : this.#log(path, { ...entry, stamp }));
  }

  add({ path, digest = '', stats }: SourceFile, found: KnownFile): void {
    const own = { ...found, updates: found.updates.map(({ body: _, ...update }) => update) };
    const bodies = JSON.stringify(found.updates.map(({ body }) => body.children));
    const entry = { digest, stamp: this.#stampOf(stats), found: JSON.stringify(own), bodies };
    this.#used.set(path, this.#log(path, entry));
    setBodies(found.updates, bodies);
  }

  /** Appends new lines to the log, or rewrites it when more than half of it is out of date. */
  save(): void {
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      if (this.#lines + this.#fresh.length <= 2 * this.#used.size + 100) {
        if (this.#fresh.length > 0) appendFileSync(this.#path, this.#fresh.join(''));
        return;
      }
      const beside = `${this.#path}.${String(process.pid)}`;
      writeFileSync(beside, [...this.#used].map(([path, entry]) => this.#lineOf(path, entry)).join(''));
      renameSync(beside, this.#path);
    } catch {
      // Without a log, the next build is only slower.
    }
  }

  #use(path: string, entry: Entry): KnownFile | undefined {
    const found = JSON.parse(entry.found) as KnownFile;
    const times = found.updates.map(({ at }) => at);
    if (found.kind === 'incident') times.push(found.started);
    if (times.some((time) => time > this.#now)) return undefined;
    this.#used.set(path, entry);
    setBodies(found.updates, entry.bodies);
    return found;
  }

  #log(path: string, entry: Entry): Entry {
    this.#fresh.push(this.#lineOf(path, entry));
    return entry;
  }

  #lineOf(path: string, { digest, stamp, found, bodies }: Entry): string {
    const rest = [this.#against, JSON.stringify(path), digest, stamp, found, bodies.toString()].join('\t');
    return `${checksum(rest)}\t${rest}\n`;
  }

  #stampOf(stats: Stats | undefined): string {
    if (!stats || Math.max(stats.mtimeMs, stats.ctimeMs) > this.#begun - TICK) return '';
    return `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
  }
}

/** The lines of a log as bytes, because most of them are texts that are never shown. */
function* linesOf(path: string): Generator<Buffer> {
  const bytes = bytesOf(path);
  let from = 0;
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', from)) {
    yield bytes.subarray(from, end);
    from = end + 1;
  }
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Texts of one file, which are parsed when they are read, and can be garbage-collected. */
class LoggedTexts {
  readonly #json: string | Buffer;
  #parsed: WeakRef<Body['children'][]> | undefined;

  constructor(json: string | Buffer) {
    this.#json = json;
  }

  get all(): Body['children'][] {
    const known = this.#parsed?.deref();
    if (known) return known;
    const made = JSON.parse(this.#json.toString()) as Body['children'][];
    this.#parsed = new WeakRef(made);
    return made;
  }
}

/** One of these texts. A class, because there are tens of thousands, and an object with a getter of its own is slow to make. */
class LoggedBody implements Body {
  readonly type = 'root';
  readonly #texts: LoggedTexts;
  readonly #index: number;

  constructor(texts: LoggedTexts, index: number) {
    this.#texts = texts;
    this.#index = index;
  }

  get children(): Body['children'] {
    return this.#texts.all[this.#index] ?? [];
  }

  toJSON(): Body {
    return { type: this.type, children: this.children };
  }
}
// Unified takes only plain objects, which have no prototype beyond their own.
Object.setPrototypeOf(LoggedBody.prototype, null);

/** @param json the nodes of each text */
function setBodies(updates: readonly { body: Body }[], json: string | Buffer): void {
  const texts = new LoggedTexts(json);
  updates.forEach((update, index) => (update.body = new LoggedBody(texts, index)));
}
