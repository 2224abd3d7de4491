import { lastDays } from '../../core/days.ts';
import type { DaySpan, Instant } from '../../core/days.ts';
import { buildLedger } from '../../core/ledger.ts';
import type { Ledger } from '../../core/ledger.ts';
import type {
  Component,
  ComponentGroup,
  ComponentNode,
  Content,
  Incident,
  Maintenance,
  Update,
} from '../../core/model.ts';
import { siteSchema } from '../../core/schema/site.ts';
import type { Span } from '../../core/timeline.ts';
import type {
  ComponentStatus,
  IncidentStatus,
  IncidentWord,
  MaintenanceStatus,
  MaintenanceWord,
} from '../../core/vocabulary.ts';

/** Makers of values for tests, as short as the format they stand for. */

const TODAY = '2026-11-20';

/** `at('09:20')` is on 20 November 2026 in UTC; `at('2026-11-21 09:20')` and `at('2026-11-21')` name the day. */
export function at(text: string): Instant {
  const [day, clock = '00:00'] = text.includes('-') ? text.split(' ') : [TODAY, text];
  return Date.parse(`${day}T${clock}Z`);
}

/** The reverse: `09:20`, or with its day when that is another; `…` for no end. */
export function said(instant: Instant): string {
  if (!Number.isFinite(instant)) return '…';
  const [day, clock = ''] = new Date(instant).toISOString().split('T');
  const short = clock.replace(/((:00)?\.000)?Z$/, '');
  return day === TODAY ? short : `${day} ${short}`;
}

/** `09:20–10:30 major_outage`, for each. */
export function inWords(spans: readonly Span[] = []): string[] {
  return spans.map(({ from, to, status }) => `${said(from)}–${said(to)} ${status}`);
}

type Details = Partial<
  Pick<Update, 'nextUpdate' | 'window' | 'expectedFix' | 'ended' | 'postmortemBy' | 'edited' | 'components' | 'areas'>
>;

/** A heading and what its labelled lines say. */
type Line<Word> = [word: Word, time: string, details?: Details];

/** An incident of these updates, oldest first; it started with the first unless `fields` says otherwise. */
export function incident(lines: Line<IncidentWord>[], fields: Partial<Incident> = {}): Incident {
  const updates = updatesOf<IncidentWord, IncidentStatus>(lines, 'investigating', (word, before) =>
    word === 'update' || word === 'postmortem' ? before : word,
  );
  const started = updates[0]?.at ?? at('00:00');
  return { kind: 'incident', ...eventFields('incident'), impact: 'minor', started, updates, ...fields };
}

/** Maintenance between two times, of `db` unless `fields` names other components. */
export function maintenance(
  scheduled: string,
  until: string,
  lines: Line<MaintenanceWord>[] = [],
  fields: Partial<Maintenance> = {},
): Maintenance {
  return {
    kind: 'maintenance',
    ...eventFields('maintenance'),
    components: { db: 'under_maintenance' },
    scheduled: at(scheduled),
    until: at(until),
    updates: updatesOf<MaintenanceWord, MaintenanceStatus>(lines, 'scheduled', (word, before) =>
      word === 'update' ? before : word,
    ),
    ...fields,
  };
}

function updatesOf<Word extends string, Status extends string>(
  lines: Line<Word>[],
  initial: Status,
  next: (word: Word, before: Status) => Status,
): Update<Word, Status>[] {
  let status = initial;
  return lines.map(([word, time, details], index) => {
    status = next(word, status);
    return { id: `u-${index}`, word, status, at: at(time), body: { type: 'root', children: [] }, line: 1, ...details };
  });
}

function eventFields(id: string) {
  return { id, file: `${id}.md`, title: id, impact: 'none' as const, areas: [], components: {} };
}

export function component(id: string, fields: Partial<Component> = {}): Component {
  return { kind: 'component', id, name: id, aliases: [], ...fields };
}

export function group(id: string, ...children: ComponentNode[]): ComponentGroup {
  return { kind: 'group', id, name: id, children };
}

/** What a test says of a page; the rest is empty or as `site.yml` has it by default, but for `postmortems`. */
export interface Given {
  now?: string;
  zone?: string;
  /** Components and groups; by default `checkout`, `website` and `db`. */
  tree?: ComponentNode[];
  incidents?: Incident[];
  maintenance?: Maintenance[];
  /** How readers subscribe by email, as in `site.yml`. */
  email?: object;
}

export function content({ zone = 'UTC', tree, incidents = [], maintenance = [], email }: Given = {}): Content {
  const nodes = tree ?? ['checkout', 'website', 'db'].map((id) => component(id));
  return {
    site: {
      ...siteSchema.parse({
        name: 'Acme',
        url: 'https://status.acme.example',
        time_zone: zone,
        postmortems: { critical: '3d', major: '5d' },
        subscribe: { email },
      }),
      name: 'Acme',
      description: undefined,
      logo: undefined,
      links: { header: [], footer: [] },
    },
    tree: nodes,
    components: new Map(nodes.flatMap(flat).map((one) => [one.id, one])),
    incidents: [...incidents].sort((a, b) => b.started - a.started),
    maintenance: [...maintenance].sort((a, b) => b.scheduled - a.scheduled),
    translations: new Map(),
    announcements: [],
    pages: [],
    words: new Map(),
    templates: [],
    alerts: [],
  };
}

function flat(node: ComponentNode): Component[] {
  return node.kind === 'component' ? [node] : node.children.flatMap(flat);
}

/** The ledger of what is given; `now` is noon of 20 November 2026 unless said otherwise. */
export function ledger(given: Given = {}): Ledger {
  return buildLedger(content(given), at(given.now ?? '12:00'));
}

/** An ongoing incident with these statuses, since 09:00. */
export function open(components: Record<string, ComponentStatus>, fields: Partial<Incident> = {}): Incident {
  return incident([['investigating', '09:00']], { components, ...fields });
}

/** The days that end with the one of 20 November 2026, noon. */
export function daysTo(now: string, count: number, zone = 'UTC'): DaySpan[] {
  return lastDays(at(now), count, zone);
}
