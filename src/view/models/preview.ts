import { hash } from 'node:crypto';
import { milliseconds } from 'date-fns/milliseconds';
import { startOf } from '../../core/ledger.ts';
import { memoize } from '../../core/memoize.ts';
import { newestMessage } from '../../core/messages.ts';
import type { StatusEvent } from '../../core/model.ts';
import { pageStatusAt } from '../../core/status.ts';
import { withCapital } from '../../i18n/dates.ts';
import type { Direction } from '../../i18n/words.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import { statusTone } from '../tone.ts';
import type { Tone } from '../tone.ts';
import { eventAt, kickerOf, quietSince } from './answer.ts';
import { eventStatus, whenOf } from './event.ts';
import { full, plainText } from './rich.ts';
import type { Rich } from './rich.ts';

/** What the picture in a link's preview says. It stays right after it was fetched: there is no "now" in it. */
export interface Preview extends Said {
  path: `/og/${string}.png`;
  /** Changes with what it says. */
  version: string;
}

interface Said {
  tone: Tone;
  /** The status, unless it is the title. */
  status?: string;
  title: string;
  time?: string;
  site: string;
  locale: string;
  dir: Direction;
}

/** In pixels. */
export const PREVIEW_SIZE = { width: 1200, height: 630 };

/** About as long as the home page lists it. Later, hardly anybody shares a link to it, and pictures take a clean build seconds. */
const RECENT = milliseconds({ days: 14 });
const MOST = 100;

/** The picture of the home page, if pictures can be drawn. */
export const homePreview = memoize((context: ViewContext): Preview | undefined => {
  const { ledger, words } = context;
  if (!context.hasPictures) return undefined;
  const status = pageStatusAt(ledger, ledger.now);
  const speaker = eventAt(context, ledger.now);
  const last = speaker ? undefined : quietSince(context);
  const kicker = kickerOf(context, ledger.now, speaker)?.text;
  const time = speaker
    ? whenOf(context, speaker)
    : last === undefined
      ? []
      : words.parts<Rich[number]>('answer.quiet_since', { time: full(context, last) });
  return previewOf(context, PATHS.preview, {
    tone: statusTone(status),
    ...(kicker !== undefined && { status: kicker }),
    title: speaker?.title ?? words.say(`page_status.${status}`),
    ...timeOf(context, time),
  });
});

/** The pictures of events that are open, to come, or have a recent message. */
export const previewsOf = memoize((context: ViewContext): ReadonlyMap<StatusEvent, Preview> => {
  const { openIncidents, running, upcoming, content, now } = context.ledger;
  if (!context.hasPictures) return new Map();
  const recent = [...content.incidents, ...content.maintenance]
    .filter((event) => newestMessage(event, now) > now - RECENT)
    .sort((a, b) => startOf(b) - startOf(a));
  const events = new Set<StatusEvent>([...openIncidents, ...running, ...upcoming, ...recent]);
  return new Map([...events].slice(0, MOST).map((event) => [event, eventPreview(context, event)]));
});

function eventPreview(context: ViewContext, event: StatusEvent): Preview {
  const { tone, text } = eventStatus(context, event, context.ledger.now);
  return previewOf(context, PATHS.eventPreview(event), {
    tone,
    status: text,
    title: event.title,
    ...timeOf(context, whenOf(context, event)),
  });
}

function timeOf({ words }: ViewContext, time: Rich): { time?: string } {
  const text = plainText(time);
  return text === '' ? {} : { time: withCapital(text, words.locale) };
}

function previewOf(
  { ledger, words }: ViewContext,
  path: Preview['path'],
  about: Omit<Said, 'site' | 'locale' | 'dir'>,
): Preview {
  const said = {
    ...about,
    site: words.say('title.site', { name: ledger.content.site.name }),
    locale: words.locale,
    dir: words.direction,
  };
  return { ...said, path, version: hash('sha1', JSON.stringify(said), 'base64url').slice(0, 8) };
}
