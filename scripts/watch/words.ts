import { formatTime } from '../../src/core/time-text.ts';
import type { WatchCase, WatchKind } from '../../src/core/watch.ts';

/** How a case is spoken of, with its time in the blanks. */
interface Words {
  /** Begins the title of an issue. */
  title: (time: string) => string;
  coming: (time: string) => string;
  missed: (time: string) => string;
  /** What it waits for, after “the”. */
  awaited: string;
  /** What to type. */
  commands: (id: string) => string[];
}

const UPDATE = (id: string) => [`npm run update -- ${id}`, `npm run update -- ${id} --no-news`];

const WORDS: Readonly<Record<WatchKind, Words>> = {
  promise: {
    title: (time) => `update promised for ${time}`,
    coming: (time) => `An update is promised for ${time}`,
    missed: (time) => `The update promised for ${time} has not come`,
    awaited: 'update',
    commands: UPDATE,
  },
  fix: {
    title: (time) => `fix expected by ${time}`,
    coming: (time) => `A fix is expected by ${time}`,
    missed: (time) => `A fix was expected by ${time}, and nothing was said since`,
    awaited: 'update',
    commands: (id) => [`npm run update -- ${id} --expected-fix 1h`, `npm run resolve -- ${id}`],
  },
  silence: {
    title: (time) => `customers should hear more by ${time}`,
    coming: (time) => `No update is promised; customers should hear more by ${time}`,
    missed: (time) => `No update was promised, and none has come by ${time}`,
    awaited: 'update',
    commands: UPDATE,
  },
  overrun: {
    title: (time) => `maintenance to end by ${time}`,
    coming: (time) => `The maintenance is to end by ${time}`,
    missed: (time) => `The maintenance was to end by ${time}, and still runs`,
    awaited: 'update',
    commands: (id) => [`npm run resolve -- ${id}`, `npm run update -- ${id} --next 30m`],
  },
  postmortem: {
    title: (time) => `postmortem due by ${time}`,
    coming: (time) => `The postmortem is due by ${time}`,
    missed: (time) => `The postmortem due by ${time} has not come`,
    awaited: 'postmortem',
    commands: (id) => [`npm run update -- ${id} --status postmortem`],
  },
};

/** What is due, as a sentence without its full stop. */
export function sentenceOf({ kind, due }: WatchCase, missed: boolean): string {
  return WORDS[kind][missed ? 'missed' : 'coming'](formatTime(due));
}

/** What is due, in as few words as a title takes. */
export function headlineOf({ kind, due }: WatchCase, missed: boolean): string {
  const time = kind === 'postmortem' ? formatTime(due) : formatTime(due).slice('2026-11-20 '.length);
  const text = WORDS[kind].title(time);
  return missed ? `Overdue: ${text}` : text.charAt(0).toUpperCase() + text.slice(1);
}

/** What to type when a case is due. */
export function commandsFor({ kind, event }: WatchCase): string[] {
  return WORDS[kind].commands(event.id);
}

/** What a kind of case waits for: “update” or “postmortem”. */
export function awaitedBy(kind: WatchKind): string {
  return WORDS[kind].awaited;
}
