import type { Instant } from '../../core/days.ts';
import { affectedComponents, compareSeverity, isNotice } from '../../core/incident.ts';
import { affectedGroups, groupsById } from '../../core/groups.ts';
import { isOver, isRunning, maintenancePhases } from '../../core/maintenance.ts';
import type { Incident, Maintenance } from '../../core/model.ts';
import { severityInWords } from '../../i18n/facts.ts';
import type { Direction } from '../../i18n/words.ts';
import { PATHS } from '../addresses.ts';
import type { ViewContext } from '../context.ts';
import type { Tone } from '../tone.ts';
import type { Answer } from './answer.ts';
import { answerOf } from './answer.ts';
import { eventTone } from './event.ts';
import type { Page } from './page.ts';
import { pageOf } from './page.ts';
import { langOf } from './rich.ts';
import type { Link } from './rich.ts';

/** The data of the banner on other sites. */
export interface Embed {
  /** The language of its words, which can differ from that of the site around it. */
  lang: string;
  dir: Direction;
  /** The banner's accessible name. */
  label: string;
  /** Address of the status page. */
  home: string;
  /** `others`: texts for one more, two more, and so on. */
  words: { dismiss: string; others: string[] };
  /** The worst first. */
  items: EmbedItem[];
  /** The frozen time in milliseconds since 1970, if the clock is frozen. */
  now?: Instant;
}

/** A current or upcoming event. */
export interface EmbedItem {
  id: string;
  tone: Tone;
  /** Its severity in words. */
  kind: string;
  title: string;
  /** The language of the title, if it is another. */
  lang?: string;
  url: string;
  /** Ids of components and of their groups, with their old names. */
  components: string[];
  /** When it is shown, in milliseconds since 1970. By default, always. */
  from?: Instant;
  until?: Instant;
}

export function embedModel(context: ViewContext): Embed {
  const { ledger, words, absolute, build } = context;
  const incidents = ledger.openIncidents.filter((incident) => !isNotice(incident)).sort(compareSeverity);
  const coming = [...ledger.running, ...ledger.upcoming].filter(
    ({ scheduled, partial }) => !partial && (scheduled <= ledger.now || context.instants.includes(scheduled)),
  );
  const unclear = ledger.partial.filter((event) => event.kind === 'maintenance');
  const items = [
    ...[...incidents, ...unclear].map((event) => itemOf(context, event)),
    ...coming.map((maintenance) => ({ ...itemOf(context, maintenance), ...windowOf(maintenance) })),
  ];
  return {
    lang: words.locale,
    dir: words.direction,
    label: words.say('title.site', { name: ledger.content.site.name }),
    home: absolute(PATHS.home),
    words: {
      dismiss: words.say('embed.dismiss'),
      others: items.slice(1).map((_, index) => words.count('embed.others', index + 1)),
    },
    items,
    ...(build.frozen && { now: ledger.now }),
  };
}

function itemOf(context: ViewContext, event: Incident | Maintenance): EmbedItem {
  const { components, tree } = context.ledger.content;
  const groups = groupsById(tree);
  return {
    id: event.id,
    tone: eventTone(event),
    kind: event.partial ? context.words.say('page_status.unclear') : severityInWords(event, context.words),
    title: event.title,
    ...langOf(context, event),
    url: context.absolute(PATHS.event(event)),
    components: [...affectedComponents(event), ...affectedGroups(event, context.ledger)].flatMap((id) => [
      id,
      ...(components.get(id)?.aliases ?? groups.get(id)?.aliases ?? []),
    ]),
  };
}

/** The window of a maintenance, if known. */
function windowOf(maintenance: Maintenance): { from?: Instant; until?: Instant } {
  const phases = maintenancePhases(maintenance);
  const from = phases.find(({ status }) => isRunning(status))?.from;
  const until = phases.find(({ status }) => isOver(status))?.from;
  return { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** `/embed/`, for a frame. */
export interface Framed {
  page: Page;
  answer: Answer;
  more: Link;
}

export function framedModel(context: ViewContext): Framed {
  const { ledger, words, absolute } = context;
  const { name } = ledger.content.site;
  return {
    page: pageOf(context, {
      title: words.say('title.site', { name }),
      wholeTitle: true,
      description: words.say('embed.description', { name }),
      path: PATHS.embed,
    }),
    answer: answerOf(context),
    more: { text: words.say('embed.more'), href: absolute(PATHS.home) },
  };
}

/** `/embed.js`. @param source of the function that shows the banner */
export function embedScript(source: string, context: ViewContext): string {
  const data = JSON.stringify(embedModel(context));
  const call = `const options = document.currentScript?.dataset ?? {};
const show = () => showStatus(${data}, options);
if (document.body) show();
else addEventListener('DOMContentLoaded', show);`;
  return ascii(`(() => {\n${source}\n${call}\n})();\n`);
}

/** Escapes all but ASCII, so that the script works with any encoding of the site around it. */
function ascii(script: string): string {
  return script.replace(/[^\x00-\x7F]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
