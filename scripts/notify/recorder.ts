import type { Remote, RemoteRecord } from './branch.ts';
import { appendLines } from './branch.ts';
import type { Line } from './line.ts';
import { readLines, writeLines } from './line.ts';
import { NoticeRecord } from './record.ts';

/** The record while a run goes on. */
export interface Recorder {
  /** As it stands now, with what other runs have written meanwhile. */
  record: () => NoticeRecord;
  /** Pushes lines, those of several channels together where they come at once. */
  append: (lines: readonly Line[], message: string) => Promise<void>;
}

export function openRecorder(remote: Remote, fetched: RemoteRecord): Recorder {
  let base = fetched;
  let record = new NoticeRecord(readLines(base.text));
  let waiting: Line[] = [];
  let turn = Promise.resolve();
  let pushed = false;

  async function push(message: string): Promise<void> {
    const lines = waiting;
    waiting = [];
    // The first push shows that there may be others, whether it has lines or not.
    if (lines.length === 0 && pushed) return;
    const next = await appendLines(remote, base, lines, message);
    if (next.text === base.text + writeLines(lines)) for (const line of lines) record.add(line);
    else record = new NoticeRecord(readLines(next.text));
    base = next;
    pushed = true;
  }

  return {
    record: () => record,
    append(lines, message) {
      waiting.push(...lines);
      turn = turn.then(() => push(message));
      return turn;
    },
  };
}
