import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** An escape sequence, such as that of an arrow, or one character. */
const KEY = /\u001b(?:\[[0-?]*[ -/]*[@-~]|O.)|./gsu;

/** Node reads what has been typed within so many milliseconds. */
const FORGOTTEN_WITHIN = 50;

/**
 * The keys of the terminal, one at a time and only while a question listens. Node reads whatever has been typed at once,
 * so what comes behind the Enter that ends a question would be lost with it.
 */
class Keys extends Readable {
  readonly isTTY = true;
  readonly #waiting: string[] = [];
  #isWanted = false;

  constructor() {
    super({ encoding: 'utf8', highWaterMark: 1 });
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (typed: string) => {
      // Before the first question the terminal makes a line feed of Enter.
      this.#waiting.push(...(typed.replace(/\r?\n/g, '\r').match(KEY) ?? []));
      if (this.#isWanted) this._read();
    });
    process.stdin.on('end', () => this.push(null));
  }

  setRawMode(isRaw: boolean): this {
    process.stdin.setRawMode(isRaw);
    return this;
  }

  /** Drops what has been typed, also what Node has not read yet. */
  async forget(): Promise<void> {
    this.setRawMode(true).resume();
    await pause(FORGOTTEN_WITHIN);
    this.pause();
    this.#waiting.length = 0;
  }

  override _read(): void {
    const key = this.#waiting.shift();
    this.#isWanted = key === undefined;
    // The question may end with the key before.
    if (key !== undefined) setImmediate(() => this.push(key));
  }

  override resume(): this {
    process.stdin.resume();
    return super.resume();
  }

  override pause(): this {
    process.stdin.pause();
    return super.pause();
  }
}

let keys: Keys | undefined;

/** What questions read from. */
export function keyboard(): Keys {
  return (keys ??= new Keys());
}
