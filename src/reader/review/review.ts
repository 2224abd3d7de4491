import { aliasesOf } from '../../core/aliases.ts';
import { areasOf } from '../../core/areas.ts';
import { EVENT_FOLDERS } from '../../core/events.ts';
import { componentNamed, groupsById } from '../../core/groups.ts';
import { componentByYear } from '../../core/history.ts';
import type { Ledger } from '../../core/ledger.ts';
import { buildLedger, componentsByName } from '../../core/ledger.ts';
import { millisecondsInDay, millisecondsInHour, millisecondsInMinute } from 'date-fns/constants';
import type { RootContent } from 'mdast';
import type { Instant } from '../../core/days.ts';
import { isOver, maintenancePhases, phaseAt } from '../../core/maintenance.ts';
import type {
  Body,
  Component,
  Content,
  Incident,
  IncidentUpdate,
  Maintenance,
  StatusEvent,
  Update,
} from '../../core/model.ts';
import { affectedComponents, incidentState, isNotice } from '../../core/incident.ts';
import type { Report } from '../rules.ts';
import { bodyText, decoded } from '../markdown/html.ts';
import type { LabelName } from '../../core/labels.ts';
import { LABELS } from '../../core/labels.ts';
import { labelLine, labelTime } from '../events/labels.ts';
import { fixGuess, noEffect, stockWords, wordsOf } from '../../core/wording.ts';
import { linksIn } from '../markdown/markdown.ts';
import { FIRST, nearest } from '../rules.ts';
import { updateInterval } from '../../core/promises.ts';
import { formatTime } from '../../core/time-text.ts';
import { latestStatuses } from '../../core/timeline.ts';
import type { ComponentStatus } from '../../core/vocabulary.ts';
import { headingLine } from '../events/headings.ts';
import { missingText } from '../events/translation.ts';
import type { YamlValue } from '../yaml/yaml.ts';
import { SITE } from '../settings.ts';
import { firstLocale, languageName } from '../../core/locales.ts';
import { missingTranslations, translationFile } from '../../core/translations.ts';
import { hasFeed } from '../../core/upcoming-changes.ts';

const TIME = String.raw`(?<time>(?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:UTC|GMT|Z|[A-Z]{2,4}T|[+-]\d{2}:\d{2})\b)?|(?:in|within) (?:an|\d+) (?:minutes?|hours?)\b)`;
const WILL_BE = String.raw`(?: (?:is|will be|expected|posted|provided|scheduled))*\s*(?::|-|–)?\s*(?:at|by|around|before)?\s*`;

/** Prose that says what a labelled line should. All 24 such sentences in 7,055 real incidents are promises. */
const IN_TEXT: Partial<Record<LabelName, RegExp>> = {
  nextUpdate: new RegExp(String.raw`\bnext update${WILL_BE}${TIME}`, 'i'),
  expectedFix: new RegExp(String.raw`\bexpected fix\s*:\s*${TIME}`, 'i'),
  ended: new RegExp(String.raw`\bended\s*:\s*${TIME}`, 'i'),
  postmortemBy: new RegExp(String.raw`\bpostmortem by\s*:?\s*${TIME}`, 'i'),
};

/** Finds a fact in the author's own prose that has no labelled line. Code and quotations do not count. */
function labelInText(update: IncidentUpdate, name: LabelName): { phrase: string; time: string } | undefined {
  if (update[name] !== undefined) return undefined;
  const prose = update.body.children.filter(({ type }) => type !== 'code' && type !== 'blockquote');
  const match = IN_TEXT[name]?.exec(bodyText({ type: 'root', children: prose }));
  return match ? { phrase: match[0].trim(), time: match.groups?.['time'] ?? '' } : undefined;
}

/** Warns about facts in the newest update's prose that page, feeds and API show only from a labelled line. */
function reviewLabels(newest: IncidentUpdate, { now, site }: ReviewContext, report: Report): void {
  const names: LabelName[] = newest.status === 'resolved' ? ['ended', 'postmortemBy'] : ['nextUpdate', 'expectedFix'];
  for (const name of names) {
    const found = labelInText(newest, name);
    if (!found || (name === 'ended' && newest.word !== 'resolved')) continue;
    const zone = site.time_zone;
    const time = labelTime(name, found.time, newest.at, { zone, siteZone: zone, now });
    const reason = `“${found.phrase}” is in the text. Put “${LABELS[name].label}” on its own line, so that the page, feeds and API show it.`;
    const suggestion =
      time === undefined
        ? { example: labelLine(name, '09:50 UTC') }
        : { text: labelLine(name, time), edit: 'below' as const };
    report('label-in-text', at(newest), reason, suggestion);
  }
}

/** Shorter texts can be equal by chance. */
const SHORTEST = 60;

/** Warns about an incident that is posted twice, and about text that is copied from another incident. */
function reviewCopies(incident: Incident, newest: IncidentUpdate, context: ReviewContext, report: Report): void {
  const twin = incidentState(incident).open
    ? context.incidents.find((other) => isEarlierTwin(other, incident))
    : undefined;
  if (twin) {
    const reason = `“${twin.title}” is also open in ${twin.file}, with the same title and some of the same components. Post your update there, and delete this one.`;
    report('incident-twice', FIRST, reason);
  }
  reviewText(incident, newest, context, report);
}

/** Whether an incident was already posted. Similar titles are not enough: most such pairs of real incidents are two problems. */
function isEarlierTwin(other: Incident, incident: Incident): boolean {
  if (other.id === incident.id || !incidentState(other).open || isNotice(other)) return false;
  const isEarlier = other.started < incident.started || (other.started === incident.started && other.id < incident.id);
  if (!isEarlier || titleWords(other) !== titleWords(incident)) return false;
  const own = affectedComponents(incident);
  return affectedComponents(other).some((id) => own.includes(id));
}

function titleWords({ title }: Incident): string {
  return [...new Set(wordsOf(title))].sort().join(' ');
}

/** Warns about copied text. Text that many incidents share is a phrase, unless it names a component of only the other one. */
function reviewText(
  incident: Incident,
  newest: IncidentUpdate,
  { components, incidents }: ReviewContext,
  report: Report,
): void {
  const text = bodyText(newest.body);
  const own = affectedComponents(incident);
  if (text.length < SHORTEST || own.length === 0) return;
  const named = [...components.values()].filter(({ name }) => isNamed(name, text));
  const foreign = named.filter(({ name }) => !isNamed(name, incident.title));
  if (foreign.length === 0 || named.some(({ id }) => own.includes(id))) return;
  for (const other of incidents.filter(({ id }) => id !== incident.id)) {
    const about = foreign.find(({ id }: Component) => affectedComponents(other).includes(id));
    if (!about || !other.updates.some(({ body }) => bodyText(body) === text)) continue;
    const reason = `This text is copied from “${other.title}” in ${other.file}. It mentions “${about.name}”, which is not a component of this incident. Change the text, or add the component.`;
    report('text-copied', at(newest), reason);
    return;
  }
}

/** @param next a regular expression for the text after the name. By default, the end of the word */
function isNamed(name: string, text: string, next = String.raw`(?![\p{L}\p{N}])`): boolean {
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${RegExp.escape(name)}${next}`, 'iu').test(text);
}

/** Warns about links to pages that this site does not have. */
function reviewLinks(event: StatusEvent, context: ReviewContext, report: Report): void {
  if (event.kind === 'maintenance' && event.announcement) reviewBody(event.announcement, 1, context, report);
  for (const { body, line } of event.updates) reviewBody(body, line, context, report);
}

function reviewOwnPages(
  { pages, announcements }: Content,
  context: ReviewContext,
  reportIn: (file: string) => Report,
): void {
  for (const page of [...pages, ...announcements]) {
    reviewBody(page.body, page.linkLines, context, reportIn(page.file));
    for (const [locale, { body, linkLines = new Map() }] of page.translations)
      if (body) reviewBody(body, linkLines, context, reportIn(translationFile(page.file, locale)));
  }
}

function reviewOwnLinks(context: ReviewContext, settings: () => YamlValue | undefined, report: Report): void {
  for (const place of ['header', 'footer'] as const) {
    for (const [index, { url }] of context.site.links[place].entries()) {
      const local = pathOf(url, context.site.url);
      const meant = local && instead(local, context);
      if (meant === undefined) continue;
      const [yaml, path] = [settings(), ['links', place, index, 'url']];
      report(
        'link-dead',
        yaml?.locate(path) ?? FIRST,
        deadLink(url, meant),
        meant ? yaml?.rewrite(path, meant) : undefined,
      );
    }
  }
}

/** @param lines of the file: that of the text, or those of its links */
function reviewBody(
  body: Body,
  lines: number | ReadonlyMap<string, number>,
  context: ReviewContext,
  report: Report,
): void {
  for (const { url } of linksIn(body)) {
    const path = pathOf(url, context.site.url);
    const meant = path && instead(path, context);
    if (meant === undefined) continue;
    const line = typeof lines === 'number' ? lines : (lines.get(url) ?? 1);
    report('link-dead', { line, column: 1 }, deadLink(url, meant), meant ? { example: meant } : undefined);
  }
}

function deadLink(url: string, meant: string): string {
  return `The link “${url}” does not match any page of this site.${meant ? ` Did you mean “${meant}”?` : ''}`;
}

/** Path and anchor below the site's root, of a link that stays in the site. */
function pathOf(link: string, site: URL): string | undefined {
  if (link.startsWith('/') && !link.startsWith('//')) return link;
  const url = URL.parse(link);
  if (url?.host !== site.host || !url.pathname.startsWith(site.pathname)) return undefined;
  return `/${url.pathname.slice(site.pathname.length)}${url.hash}`;
}

/**
 * The page or file that a dead link probably means. Undefined if the link is not dead, and empty if nothing is similar.
 * Checks only what has an id: incidents, maintenance, announcements, components, groups, areas, and the owner's own pages.
 */
function instead(path: string, context: ReviewContext): string | undefined {
  const { pages, site, broken } = context;
  const base = site.url.pathname;
  const below = base !== '/' && path.startsWith(base) ? path.slice(base.length - 1) : undefined;
  if (below && pages.has(PAGE.exec(below)?.[1] ?? '')) return below;
  const [, kind = '', written = '', rest = '/', anchor] = PAGE.exec(path) ?? [];
  const id = decoded(written);
  if (id === '' || broken.has(id)) return undefined;
  const own = pages.get(kind);
  if (!own) {
    const folder = nearest(kind, pages.keys());
    return folder && pages.get(folder)?.has(id) ? `/${folder}/${written}/` : undefined;
  }
  const anchors = own.get(id);
  if (anchors) {
    const file = fileInstead(kind, id, rest.slice(1), context);
    if (file !== undefined) return `/${kind}/${written}/${file}`;
    if (!anchor || !UPDATE.test(anchor) || anchors.includes(anchor)) return undefined;
    const update = nearest(anchor, anchors);
    return update ? `/${kind}/${written}/#${update}` : `/${kind}/${written}/`;
  }
  const name = id.replace(/\.md$/, '');
  if (own.has(name)) return `/${kind}/${encodeURIComponent(name)}/index.md`;
  const elsewhere = [...pages].find(([, ids]) => ids.has(id));
  if (elsewhere) return `/${elsewhere[0]}/${written}/`;
  const near = nearest(id, own.keys());
  return near ? `/${kind}/${encodeURIComponent(near)}/` : '';
}

const PAGE = /^\/([a-z]+)\/([^/?#]+)(\/[^?#]*)?(?:\?[^#]*)?(?:#(.*))?$/;

/** What is always in the folder of a page, by the kind of page; of others, feeds, a calendar and a badge too. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  incidents: ['index.md'],
  maintenance: ['index.md'],
  announcements: ['index.md'],
  pages: ['index.md'],
};
const FOLLOWED = ['index.md', 'atom.xml', 'rss.xml', 'feed.json', 'maintenance.ics', 'badge.svg', 'badge.json'];

/** What a dead link to a file in the folder of a page probably means; empty for the page. Undefined if it is not dead. */
function fileInstead(kind: string, id: string, file: string, { years, hasFeedAt }: ReviewContext): string | undefined {
  if (file === '' || file === 'index.html') return undefined;
  const known = FILES[kind];
  const files = known ? [...known, ...(hasFeedAt(kind, id) ? ['atom.xml'] : [])] : FOLLOWED;
  if (files.includes(file)) return undefined;
  const [, period = '', inside] = known ? [] : (/^history\/([^/]+)(?:\/(.*))?$/.exec(file) ?? []);
  if (period === '' || inside === undefined) return nearest(file, files) ?? '';
  if (kind === 'components' && ['', 'index.md'].includes(inside)) {
    const all = years(id);
    const near = nearest(period, all) ?? all[0];
    return all.includes(period) ? undefined : near ? `history/${near}/` : '';
  }
  // Which periods have an archive depends on how much there is.
  return ['atom.xml', 'feed.json'].includes(inside) ? undefined : '';
}

/** Anchors of written updates; messages by the clock have others. */
const UPDATE = /^u-\d{8}T\d{6}Z(-\d+)?$/;

/** Words for a complete outage. */
const DOWN = String.raw`(?:is|are|went|has gone) (?:completely |entirely |currently |now )*(?:down|offline|unavailable)\b`;

/** An outage of the company itself. That of a provider, and "no outage", do not count. */
const OWN_OUTAGE = new RegExp(
  String.raw`(?<!\b(?:no(?: \w+)?|not an?|without|any|potential|possible|previous|earlier|(?:party|provider|vendor|partner|upstream|cable|cloud)(?: \w+)?|\p{Lu}\w+) )\boutage\b(?! (?:of|with|at|from|to) (?:an?|our) )|\bwe are (?:down|offline)\b`,
  'u',
);

/** Warns about contradictions between text and data, and about missing updates. */
function reviewTruth(incident: Incident, newest: IncidentUpdate, context: ReviewContext, report: Report): void {
  if (!incidentState(incident).open) return;
  reviewPromise(incident, newest, context, report);
  reviewSilence(newest, context, report);
  reviewOperational(incident, newest, report);
  if (isEnglish(context)) reviewOutage(incident, newest, context, report);
}

function reviewPromise(incident: Incident, newest: IncidentUpdate, { now, site }: ReviewContext, report: Report): void {
  if (newest.nextUpdate !== undefined || isNotice(incident)) return;
  // After a silent day, a new update is what is missing.
  if (now - newest.at > millisecondsInDay) return;
  if (labelInText(newest, 'nextUpdate')) return;
  const from = Math.max(now, newest.at);
  const next = from + updateInterval(incident.impact, incident.started, from, site.promises);
  const reason = 'This update has no “Next update” line. Add one, even if there may be nothing new to say.';
  // Further away, a labelled line needs its date.
  const written =
    next - newest.at > millisecondsInDay / 2 ? formatTime(next - (next % millisecondsInMinute)) : clockOf(next);
  report('promise-missing', at(newest), reason, { text: `- **Next update:** ${written}`, edit: 'below' });
}

function reviewSilence(newest: IncidentUpdate, { now }: ReviewContext, report: Report): void {
  if (now - newest.at <= millisecondsInDay) return;
  const reason = `This incident is open, but its last update is from ${formatTime(newest.at)}. Post an update, or resolve it.`;
  report('silent-day', at(newest), reason, {
    example: `## Update · ${formatTime(now - (now % millisecondsInMinute))}`,
  });
}

function reviewOperational(incident: Incident, newest: IncidentUpdate, report: Report): void {
  const statuses = Object.values(latestStatuses(incident));
  if (newest.status === 'monitoring') return;
  if (statuses.length === 0 || statuses.some((status) => status !== 'operational')) return;
  const reason =
    'All components of this incident are operational, but its status says that you are still working on it. Change the status to Monitoring, or resolve the incident.';
  report('open-operational', at(newest), reason, `## Monitoring · ${formatTime(newest.at)}`);
}

function reviewOutage(incident: Incident, newest: IncidentUpdate, { components }: ReviewContext, report: Report): void {
  const text = bodyText(newest.body);
  const statuses = latestStatuses(incident);
  const named = affectedComponents(incident);
  const down = named.find((id) => isMild(statuses[id]) && isNamed(components.get(id)?.name ?? id, text, ` ${DOWN}`));
  if (down !== undefined) {
    const name = components.get(down)?.name ?? down;
    const reason = `The text says that “${name}” is down, but its status says otherwise, and the page shows the status. Change the status or the text.`;
    const line = `- **Components:** ${down}: major outage`;
    report('outage-unnamed', at(newest), reason, newest.components ? { example: line } : { text: line, edit: 'below' });
  } else if (named.length === 0 && !isNotice(incident) && (OWN_OUTAGE.test(text) || OWN_OUTAGE.test(incident.title))) {
    const reason =
      'The text mentions an outage, but the incident has no components. Add them, so that the page shows what is affected.';
    const component = [...components.keys()][0] ?? 'checkout';
    report('outage-unnamed', at(newest), reason, { example: `- **Components:** ${component}: major outage` });
  }
}

function isMild(status: ComponentStatus | undefined): boolean {
  return status !== 'partial_outage' && status !== 'major_outage';
}

function reviewWindow({ scheduled, until }: Maintenance, report: Report): void {
  if (until - scheduled <= millisecondsInDay) return;
  const hours = Math.round((until - scheduled) / millisecondsInHour);
  const reason = `The maintenance lasts ${hours} hours, so customers cannot tell when it affects them. Split it into shorter windows, or check its end.`;
  report('maintenance-long', FIRST, reason);
}

function at(update: Update): { line: number; column: number } {
  return { line: update.line, column: 1 };
}

/** The time of day in UTC, as a labelled line has it. */
function clockOf(instant: Instant): string {
  return formatTime(instant - (instant % millisecondsInMinute)).slice('YYYY-MM-DD '.length);
}

/** A paragraph that begins with "Resolved", or only says that the incident is over. Partly resolved does not count. */
const RESOLVED =
  /^resolved\s*(?:$|[-–—.!])|^(?:this|the) (?:incident|issue|problem|outage) (?:has been|is|is now|has now been|was) (?:fully )?resolved\.?$/i;

/**
 * Warns about the wording of an incident's newest update, with a better example. Owners can switch each warning off in
 * `warnings.off`.
 */
function reviewWords(incident: Incident, newest: IncidentUpdate, context: ReviewContext, report: Report): void {
  if (isNotice(incident)) return;
  if (newest.word === 'postmortem') return;
  const names = namesOf(incident, context);
  const [first = ''] = affectedComponents(incident);
  const own = context.components.get(first)?.name ?? 'our website';
  const position = at(newest);
  const text = bodyText(newest.body);
  if (stockWords(text, newest.status, names)) {
    report(
      'stock-words',
      position,
      'This update only repeats its status. Add what customers see, what you’re doing or what they can do.',
      { example: `Some customers still get an error from ${own}. We are comparing today’s release with yesterday’s.` },
    );
  }
  const said =
    newest.status === 'resolved' ? undefined : newest.body.children.map(textOf).find((one) => RESOLVED.test(one));
  if (said !== undefined) {
    const reason = `“${said}” says that the incident is over, but its status is still open, and so is the incident on the page. Change the status to Resolved, or change the text.`;
    report('says-resolved', position, reason, { example: headingLine('resolved', formatTime(newest.at)) });
  }
  const isInText = labelInText(newest, 'expectedFix') !== undefined;
  const guess = newest.expectedFix === undefined && !isInText ? fixGuess(text, newest.status) : undefined;
  if (guess) {
    report(
      'unlabelled-fix-time',
      position,
      `“${guess.phrase}” looks like an expected fix time. Add an “Expected fix” line so that the page, feeds and API show it.`,
      { example: '- **Expected fix:** 15:00 UTC' },
    );
  }
  const texts = incident.updates.map(({ body }) => bodyText(body));
  if (incidentState(incident).open && noEffect(incident.title, texts, names)) {
    report(
      'no-effect',
      position,
      'Neither the title nor any update says what customers see or cannot do. Add it, so that customers can tell whether they are affected.',
      { example: `Some customers get an error from ${own}. Everything else works.` },
    );
  }
}

function textOf(node: RootContent): string {
  return bodyText({ type: 'root', children: [node] });
}

interface ReviewContext {
  now: Instant;
  site: Content['site'];
  components: ReadonlyMap<string, Component>;
  incidents: readonly Incident[];
  /** The pages by folder and id, each with the anchors of its updates. */
  pages: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  /** The years for which a component has a page, newest first, by its id or an alias. */
  years: (name: string) => readonly string[];
  /** Whether an incident or a maintenance has a feed of its own. */
  hasFeedAt: (folder: string, id: string) => boolean;
  /** Ids of files with errors, which can still have pages. */
  broken: ReadonlySet<string>;
}

/** The names of an event's components. */
function namesOf(event: StatusEvent, { components }: ReviewContext): string[] {
  return affectedComponents(event).flatMap((id) => components.get(id)?.name ?? []);
}

/**
 * Warns about content that is valid, but could be better, while it still matters: open incidents, those with an update
 * within the last day, and maintenance that is not over.
 * @param broken files with errors, about which nothing is certain
 * @param settings reads `site.yml`, to find where something stands
 */
export function reviewContent(
  content: Content,
  broken: ReadonlySet<string>,
  now: Instant,
  reportIn: (file: string) => Report,
  settings: () => YamlValue | undefined,
): void {
  const { site, components } = content;
  // Only few links need it.
  let made: Ledger | undefined;
  const ledger = () => (made ??= buildLedger(content, now));
  const context = {
    now,
    site,
    components,
    incidents: content.incidents,
    pages: pagesOf(content),
    years: (name: string) => {
      const { id = name } = componentNamed(content, name) ?? {};
      return componentByYear(ledger(), id).map(({ year }) => year);
    },
    hasFeedAt: (folder: string, id: string) =>
      [...content.incidents, ...content.maintenance].some(
        (event) => event.id === id && EVENT_FOLDERS[event.kind] === folder && hasFeed(event, ledger()),
      ),
    broken: new Set([...broken].map(idOf)),
  };
  const events = [
    ...content.incidents.filter((incident) => isCurrent(incident, now)),
    ...nextOfEach(content.maintenance.filter((maintenance) => isToCome(maintenance, now))),
  ];
  reviewOwnPages(content, context, reportIn);
  reviewOwnLinks(context, settings, reportIn(SITE));
  for (const event of events.filter(({ file }) => !broken.has(file))) {
    const report = reportIn(event.file);
    reviewLinks(event, context, report);
    if (event.kind === 'maintenance') reviewWindow(event, report);
    const newest = event.kind === 'incident' ? event.updates.at(-1) : undefined;
    if (event.kind !== 'incident' || !newest) continue;
    reviewTruth(event, newest, context, report);
    reviewLabels(newest, context, report);
    reviewCopies(event, newest, context, report);
    if (isEnglish(context)) reviewWords(event, newest, context, report);
  }
  reviewAliases(content, reportIn);
  reviewTranslations(content, broken, now, reportIn);
}

/** Warns of old addresses that lead nowhere. That must not hold up an incident. */
function reviewAliases(content: Content, reportIn: (file: string) => Report): void {
  for (const { event, alias, other } of aliasesOf(content).clashes) {
    const whose =
      other === event ? 'It is already the address of this file' : other ? `${other.file} has it` : 'The page needs it';
    const reason = `The alias “/${alias.path}” leads nowhere. ${whose}. Delete it.`;
    reportIn(event.file)('alias-unused', { line: alias.line, column: 1 }, reason);
  }
}

/** Warns of what readers of another language get in the main one, while it is news. */
function reviewTranslations(
  content: Content,
  broken: ReadonlySet<string>,
  now: Instant,
  reportIn: (file: string) => Report,
): void {
  const main = firstLocale(content.site);
  for (const { locale, current } of missingTranslations(content, now, broken)) {
    for (const missing of current.filter(({ event }) => !broken.has(event.file))) {
      const { event, file, whole, title, updates } = missing;
      const what = whole ? 'this' : updates.length > 0 ? 'this update' : title ? 'the title' : 'the text above the updates'; // prettier-ignore
      const reason = `Readers of ${languageName(locale)} see ${what} in ${languageName(main)} until ${whole ? 'you write' : 'you add it to'} ${file}.`;
      const newest = updates.at(-1);
      const place = newest ? at(newest) : FIRST;
      reportIn(event.file)('translation-missing', place, reason, { example: missingText(missing) });
    }
  }
}

/** Whether updates are in the language whose words are known. */
function isEnglish({ site }: Pick<ReviewContext, 'site'>): boolean {
  return site.locale === 'en';
}

function pagesOf(content: Content): ReviewContext['pages'] {
  const { site, incidents, maintenance, tree, components, announcements, pages } = content;
  const aliases = [...aliasesOf(content).leads.keys()].map((path) => path.split('/'));
  const pagesIn = (folder: string, events: readonly StatusEvent[]) =>
    new Map<string, readonly string[]>([
      ...events.map((event) => [event.id, event.updates.map((update) => update.id)] as const),
      ...aliases.flatMap(([first, ...rest]) => (first === folder ? [[rest.join('/'), []] as const] : [])),
    ]);
  const plain = (ids: Iterable<string>) => new Map(Array.from(ids, (id) => [id, []] as const));
  return new Map<string, ReadonlyMap<string, readonly string[]>>([
    ['incidents', pagesIn('incidents', incidents)],
    ['maintenance', pagesIn('maintenance', maintenance)],
    ['announcements', plain(announcements.map(({ id }) => id))],
    ['pages', plain(pages.map(({ id }) => id))],
    ['components', plain(componentsByName(components.values()).keys())],
    ['groups', plain([...groupsById(tree).values()].flatMap(({ id, aliases = [] }) => [id, ...aliases]))],
    ['areas', plain(areasOf(site).map(({ id }) => id))],
  ]);
}

function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.md$/, '');
}

function isCurrent(incident: Incident, now: Instant): boolean {
  return incidentState(incident).open || (incident.updates.at(-1)?.at ?? 0) > now - millisecondsInDay;
}

function isToCome(maintenance: Maintenance, now: Instant): boolean {
  return !isOver(phaseAt(maintenancePhases(maintenance), now).status);
}

/** The next occurrence of each series, so that a problem in its file is reported once. */
function nextOfEach(newestFirst: readonly Maintenance[]): Maintenance[] {
  return newestFirst.filter(
    ({ file, series }, index) =>
      series === undefined || !newestFirst.slice(index + 1).some((later) => later.file === file),
  );
}
