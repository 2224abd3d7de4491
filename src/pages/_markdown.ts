import type { Area } from '../core/areas.ts';
import { componentsIn } from '../core/groups.ts';
import { recentDays } from '../core/history.ts';
import { compareSeverity } from '../core/incident.ts';
import { isRetired } from '../core/ledger.ts';
import { rootUrl } from '../core/locales.ts';
import type { Announcement, Component, ComponentGroup, OwnPage, StatusEvent } from '../core/model.ts';
import { fact } from '../formats/markdown.ts';
import { bodyMarkdown, escapeMarkdown, inlineMarkdown, linkMarkdown } from '../formats/markdown-text.ts';
import { xmlText } from '../formats/xml.ts';
import type { Site } from '../site/load.ts';
import type { SitePath } from '../view/addresses.ts';
import { MARKDOWN, PATHS } from '../view/addresses.ts';
import type { ViewContext } from '../view/context.ts';
import type { MonthPlace, YearPlace } from '../view/models/all-pages.ts';
import { allMonths, hasReports, reportPages } from '../view/models/all-pages.ts';
import type { AffectedList } from '../view/models/affected-list.ts';
import { announcementModel, announcementsOf } from '../view/models/announcement.ts';
import { answerOf } from '../view/models/answer.ts';
import { areaModel } from '../view/models/area.ts';
import { componentText } from '../view/models/component.ts';
import { componentYearText } from '../view/models/component-year.ts';
import type { StatusView } from '../view/models/components.ts';
import { statusViews } from '../view/models/components.ts';
import { namedOf, summariesOf } from '../view/models/event.ts';
import type { EventSummary } from '../view/models/event.ts';
import { feedsBelow } from '../view/models/feeds.ts';
import { groupText } from '../view/models/group.ts';
import { countOf, lastingIn } from '../view/models/history.ts';
import { maintenanceToCome, PAST_DAYS } from '../view/models/home.ts';
import { openIncident, openMaintenance } from '../view/models/open.ts';
import { ownPageModel } from '../view/models/own-page.ts';
import type { PartPast } from '../view/models/part-past.ts';
import type { Line } from '../view/models/promise.ts';
import { plainText } from '../view/models/rich.ts';
import type { Link, Moment, Rich } from '../view/models/rich.ts';
import type { EmailForm, Topic } from '../view/models/email-form.ts';
import { subscribeModel } from '../view/models/subscribe.ts';
import type { FactView, UpdateView } from '../view/models/update.ts';
import type { TimeVariant } from '../view/time-variants.ts';

/**
 * Pages as Markdown, for programs and assistants, each beside its page. They are made from the models of the pages, as
 * everything is at the time of the build.
 */

/** What a page's models are asked with: texts become Markdown, addresses have their host, and time stands still. */
function markdownContext(site: Site, path: SitePath): ViewContext {
  const place = { root: rootUrl(site.ledger.content.site).href, page: site.absolute(path) };
  return {
    ...site,
    instants: [],
    href: site.absolute,
    html: (body, { idPrefix }) => bodyMarkdown(body, { ...place, idPrefix }),
  };
}

/** `/index.md` */
export function homeMarkdown(site: Site): string {
  const context = markdownContext(site, PATHS.home);
  const { ledger, words } = context;
  const shown = new Set<StatusEvent>([...ledger.openIncidents, ...ledger.running]);
  const past = recentDays(ledger.content, ledger.now, PAST_DAYS).flatMap((entry) =>
    entry.kind === 'day' ? entry.events.filter((event) => !shown.has(event)) : [],
  );
  return documentOf(
    `# ${escapeMarkdown(words.say('title.site', { name: ledger.content.site.name }))}`,
    ...answerBlocks(context),
    ...section(
      words.say('home.open'),
      ledger.openIncidents.toSorted(compareSeverity).flatMap((one) => {
        const { title, href, components, lines, newest } = openIncident(context, one, false);
        return [
          `### ${linked({ text: title, href })}`,
          list([...linesIn(context, lines), ...componentsFact(context, components)]),
          ...(newest ? updateBlocks(context, newest) : []),
        ];
      }),
    ),
    ...section(
      words.say('home.maintenance'),
      [...ledger.running, ...maintenanceToCome(ledger)].flatMap((one) => {
        const { title, href, components, lines, html, labels } = openMaintenance(context, one, false, true);
        return [
          `### ${linked({ text: title, href })}`,
          list([...linesIn(context, lines), ...componentsFact(context, components), ...factsIn(context, labels)]),
          html,
        ];
      }),
    ),
    ...announcementBlocks(context, currentIn(context)),
    ...section(words.count('home.past_days', PAST_DAYS), [
      list(past.map((event) => named(context, event))) || escapeMarkdown(words.say('history.quiet')),
      linked({ text: words.say('home.all_history'), href: context.href(PATHS.history) }),
    ]),
  );
}

/** The announcements that the home page shows. */
function currentIn({ ledger }: ViewContext): Announcement[] {
  return ledger.announcements.filter(({ until }) => until > ledger.now);
}

function announcementBlocks(context: ViewContext, announcements: readonly Announcement[]): string[] {
  const { title, lines } = announcementsOf(context, announcements);
  return section(title, [
    list(lines.map(({ value: { link, time } }) => `${linked(link)}: ${richMarkdown(context, [time])}`)),
  ]);
}

/** `/announcements/ID/index.md` */
export function announcementMarkdown(site: Site, announcement: Announcement): string {
  const path = PATHS.announcement(announcement.id);
  const context = markdownContext(site, path);
  const { title, kind, facts, html } = announcementModel(context, announcement);
  return documentOf(
    `# ${escapeMarkdown(title)}`,
    list([
      escapeMarkdown(kind),
      ...facts.map((fact) => richMarkdown(context, fact)),
      pageFact(context, context.href(path)),
    ]),
    html,
  );
}

/** The status, since when, what is affected, and what is promised. */
function answerBlocks(context: ViewContext): string[] {
  const { words, href } = context;
  const answer = answerOf(context);
  const { rows, others, rest } = answer.affected;
  const affected = affectedIn(context, [...rows, ...(others?.rows ?? [])]);
  return [
    ...answer.words.map(({ value }) => `**${escapeMarkdown(value.text)}**`),
    ...answer.sentence.map(({ value: { text, href: to } }) =>
      to ? linked({ text, href: to }) : `**${escapeMarkdown(text)}**`,
    ),
    list([
      ...answer.times.map(({ value: { label, value } }) => fact(label, richMarkdown(context, value))),
      ...linesIn(context, answer.lines),
      asOf(context),
      pageFact(context, href(PATHS.home)),
    ]),
    ...section(words.say('fact.components'), [
      list([...affected, ...rest.map(({ value }) => escapeMarkdown(value.text))]),
    ]),
  ];
}

/** `/history/index.md` */
export function historyMarkdown(site: Site): string {
  const context = markdownContext(site, PATHS.history);
  const { words, dates, href } = context;
  const years = Map.groupBy(allMonths(site), ({ month }) => month.slice(0, 4));
  return documentOf(
    `# ${escapeMarkdown(words.say('history'))}`,
    list([pageFact(context, href(PATHS.history))]),
    ...[...years].flatMap(([year, months]) =>
      section(year, [
        list(
          months.map((place) => {
            const { month } = place;
            const link = linked({ text: dates.monthName(month), href: href(PATHS.month(month)) });
            return `${link}: ${escapeMarkdown(countOf(context, place))}`;
          }),
        ),
      ]),
    ),
  );
}

/** `/history/YYYY-MM/index.md` */
export function monthMarkdown(site: Site, place: MonthPlace): string {
  const { month, events, announcements, earlier, later } = place;
  const context = markdownContext(site, PATHS.month(month));
  const { words, dates, href } = context;
  const { lasting } = lastingIn(context, place);
  const around = [later, earlier].filter((other) => other !== undefined);
  return documentOf(
    `# ${escapeMarkdown(dates.monthTitle(month))}`,
    list([
      pageFact(context, href(PATHS.month(month))),
      ...(reportPages(site).includes(month)
        ? [fact(words.say('reports'), linked({ text: dates.monthTitle(month), href: href(PATHS.report(month)) }))]
        : []),
    ]),
    ...summaryBlocks(context, summariesOf(context, events, { headingLevel: 2 }), 2),
    ...(events.length === 0 ? [escapeMarkdown(countOf(context, place))] : []),
    ...(lasting ? section(lasting.title, summaryBlocks(context, lasting.events, 3)) : []),
    ...announcementBlocks(context, announcements),
    ...section(words.say('history'), [
      list(around.map((other) => linked({ text: dates.monthTitle(other), href: href(PATHS.month(other)) }))),
    ]),
  );
}

/** `/components/ID/index.md` */
export function componentMarkdown(site: Site, component: Component): string {
  const path = PATHS.component(component.id);
  const context = markdownContext(site, path);
  const { name, description, statuses, figures, rule, past } = componentText(context, component);
  return documentOf(
    ...nodeHead(context, path, name, statuses),
    description ? escapeMarkdown(description.text) : '',
    list(figures.map(({ label, value }) => fact(label, escapeMarkdown(value)))),
    escapeMarkdown(rule),
    ...nodeFoot(context, path, past),
  );
}

/** `/components/ID/history/YYYY/index.md` */
export function yearMarkdown(site: Site, component: Component, place: YearPlace): string {
  const path = PATHS.componentYear(component.id, place.year);
  const context = markdownContext(site, path);
  const { component: link, year, months, lasting, turner } = componentYearText(context, component, place);
  return documentOf(
    `# ${escapeMarkdown(`${component.name} ${year}`)}`,
    list([pageFact(context, context.href(path)), linked(link)]),
    ...[...months, ...(lasting ? [lasting] : [])].flatMap(({ title, events }) =>
      section(title, summaryBlocks(context, events, 3)),
    ),
    ...section(context.words.say('history'), [
      list([turner.later, turner.earlier].flatMap((other) => (other ? [linked(other)] : []))),
    ]),
  );
}

/** `/groups/ID/index.md` */
export function groupMarkdown(site: Site, group: ComponentGroup): string {
  const path = PATHS.group(group.id);
  const context = markdownContext(site, path);
  const { name, statuses, past } = groupText(context, group);
  const members = new Set(componentsIn(group));
  return documentOf(
    ...nodeHead(context, path, name, statuses),
    ...section(context.words.say('home.components'), [
      list(
        present(context)
          .filter((one) => members.has(one))
          .map((one) => withStatus(context, one, context.href(PATHS.component(one.id)))),
      ),
    ]),
    ...nodeFoot(context, path, past),
  );
}

/** `/areas/ID/index.md` */
export function areaMarkdown(site: Site, area: Area): string {
  const path = PATHS.area(area.id);
  const context = markdownContext(site, path);
  const { name, statuses, components, past } = areaModel(context, area);
  return documentOf(
    ...nodeHead(context, path, name, statuses),
    ...section(components.title, [list(affectedIn(context, components.rows))]),
    ...nodeFoot(context, path, past),
  );
}

function nodeHead(context: ViewContext, path: SitePath, name: string, statuses: readonly TimeVariant<StatusView>[]) {
  return [
    `# ${escapeMarkdown(name)}`,
    ...statuses.map(({ value }) => `**${escapeMarkdown(value.text)}**`),
    list([asOf(context), pageFact(context, context.href(path))]),
  ];
}

function nodeFoot(context: ViewContext, path: SitePath, { recent, earlier }: PartPast): string[] {
  return [
    ...section(context.words.say('subscribe'), [
      list(feedsBelow(context, path).map((feed) => fact(feed.title, `<${feed.href}>`))),
    ]),
    ...section(recent.title, [
      ...summaryBlocks(context, recent.events, 3),
      ...(recent.events.length === 0 ? [escapeMarkdown(recent.none)] : []),
    ]),
    ...section(earlier.title, [
      list(earlier.periods.map(({ link, count }) => `${linked(link)}: ${escapeMarkdown(count)}`)),
    ]),
  ];
}

/** `/subscribe/index.md` */
export function subscribeMarkdown(site: Site): string {
  const context = markdownContext(site, PATHS.subscribe);
  const { title, lead, email, what, how, own } = subscribeModel(context);
  const ways = ({ title: name, ways: all }: typeof how) =>
    section(
      name,
      all.flatMap((way) => [
        `### ${escapeMarkdown(way.title)}`,
        richMarkdown(context, way.text),
        way.code ? `\`\`\`\n${way.code.text}\n\`\`\`` : '',
      ]),
    );
  return documentOf(
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(lead),
    list([pageFact(context, context.href(PATHS.subscribe))]),
    ...(email ? section(email.title, emailBlocks(email)) : []),
    ...section(what.everything, [list(what.addresses.map(({ label, url }) => fact(label, `<${url}>`)))]),
    ...section(what.one, [
      list(present(context).map(({ id, name }) => linked({ text: name, href: context.href(PATHS.component(id)) }))),
    ]),
    ...ways(how),
    ...ways(own),
  );
}

/** Where the form is; of lists, the addresses to write to. */
function emailBlocks({ text, form, everything, some, privacy }: EmailForm): string[] {
  const listed = (topic: Topic): string[] =>
    topic.href ? [linked({ text: topic.name, href: topic.href })] : (topic.children ?? []).flatMap(listed);
  return [
    escapeMarkdown(text),
    list([
      ...(form ? [] : [...(everything ? [everything] : []), ...(some?.topics ?? [])].flatMap(listed)),
      ...(privacy ? [linked(privacy)] : []),
    ]),
  ];
}

/** `/pages/ID/index.md` */
export function ownPageMarkdown(site: Site, own: OwnPage): string {
  const path = PATHS.ownPage(own.id);
  const context = markdownContext(site, path);
  const { title, html } = ownPageModel(context, own);
  return documentOf(`# ${escapeMarkdown(title)}`, list([pageFact(context, context.href(path))]), html);
}

/** The answer in one line: `Partial outage · Identified: Some customers cannot pay. Next update by: 20 Nov 2026, 10:15 UTC`. */
function answerLine(context: ViewContext): string {
  const { words, sentence, times } = answerOf(context);
  const status = [words[0]?.value.text, sentence[0]?.value.text].filter(Boolean).join(': ');
  const told = times.map(({ value: { label, value } }) =>
    context.words.say('feed.fact', { label, value: plainText(dated(context, value)) }),
  );
  return [status, ...told].join(' · ');
}

/** `/llms.txt`: what there is to read, and the status now. https://llmstxt.org */
export function llmsText(site: Site): string {
  const context = markdownContext(site, PATHS.home);
  const { words, ledger, absolute } = context;
  const { name, description } = ledger.content.site;
  const twin = (path: SitePath) => absolute(path) + MARKDOWN;
  const entry = (text: string, href: string, note = '') =>
    linked({ text, href }) + (note && `: ${escapeMarkdown(note)}`);
  const title = words.say('title.site', { name });
  return documentOf(
    `# ${escapeMarkdown(title)}`,
    [description ?? words.say('home.description', { name }), answerLine(context)]
      .map((line) => `> ${escapeMarkdown(line)}`)
      .join('\n>\n'),
    asOf(context),
    escapeMarkdown(words.say('markdown.twins')),
    ...section(words.say('subscribe.page_title'), [
      list([
        entry(title, twin(PATHS.home), words.say('home.description', { name })),
        entry(words.say('history'), twin(PATHS.history), words.say('history.description')),
        ...(hasReports(context)
          ? [entry(words.say('reports'), twin(PATHS.reports), words.say('reports.description'))]
          : []),
        entry(words.say('subscribe'), twin(PATHS.subscribe), words.say('subscribe.lead')),
        ...ledger.content.pages.map(({ id, title: own, description: note }) =>
          entry(own, twin(PATHS.ownPage(id)), note),
        ),
      ]),
    ]),
    ...section(words.say('announcements'), [
      list(currentIn(context).map(({ id, title: own }) => entry(own, twin(PATHS.announcement(id))))),
    ]),
    ...section(words.say('fact.components'), [
      list(present(context).map((one) => withStatus(context, one, twin(PATHS.component(one.id))))),
    ]),
    ...section(words.say('subscribe.api_title'), [
      list([
        entry('OpenAPI', absolute(PATHS.openapi)),
        entry('Statuspage API v2', absolute(PATHS.summary)),
        ...feedsBelow(context, PATHS.home).map((feed) => entry(feed.title, feed.href)),
      ]),
    ]),
    ...section('Optional', [
      list(
        site.editions
          .slice(1)
          .map((other) => entry(other.words.say('language'), other.absolute(PATHS.home) + MARKDOWN)),
      ),
    ]),
  );
}

function present({ ledger }: ViewContext): Component[] {
  return [...ledger.content.components.values()].filter((component) => !isRetired(component, ledger.now));
}

function withStatus(context: ViewContext, component: Component, href: string): string {
  const [status] = statusViews(context, component);
  return `${linked({ text: component.name, href })}: ${escapeMarkdown(status?.value.text ?? '')}`;
}

/** The parts of a document, without empty ones and characters that other formats forbid. */
function documentOf(...blocks: readonly string[]): string {
  return xmlText(`${blocks.filter(Boolean).join('\n\n')}\n`);
}

/** A heading and what stands below it; nothing if that is empty. */
function section(title: string, blocks: readonly string[]): string[] {
  return blocks.some(Boolean) ? [`## ${escapeMarkdown(title)}`, ...blocks] : [];
}

/** @param items in Markdown; those that are labelled already begin with a dash */
function list(items: readonly string[]): string {
  return items
    .filter(Boolean)
    .map((item) => (item.startsWith('- ') ? item : `- ${item}`))
    .join('\n');
}

/** A sentence whose times have their date. */
function dated({ dates }: ViewContext, rich: Rich): Exclude<Rich[number], Moment>[] {
  return rich.map((part) => {
    if (typeof part === 'string' || !('instant' in part)) return part;
    // Without a script, how long ago something was would soon be wrong.
    return part.form === 'ago' ? '' : dates.dateTime(part.instant);
  });
}

function richMarkdown(context: ViewContext, rich: Rich): string {
  const parts = dated(context, rich);
  const textOf = (part: (typeof parts)[number]) => (typeof part === 'string' ? part : part.text);
  // Most have no link, and need no tree.
  if (!parts.some((part) => typeof part === 'object' && 'href' in part))
    return escapeMarkdown(parts.map(textOf).join(''));
  return inlineMarkdown(
    parts.map((part) => {
      const text = { type: 'text' as const, value: textOf(part).replace(/\s+/g, ' ') };
      return typeof part === 'object' && 'href' in part ? { type: 'link', url: part.href, children: [text] } : text;
    }),
  );
}

function affectedIn(context: ViewContext, rows: AffectedList['rows']): string[] {
  return rows.map(({ value: { link, status, when } }) => {
    const said = [linked(link), ...(status ? [escapeMarkdown(status.text)] : [])].join(': ');
    return [said, richMarkdown(context, when)].filter(Boolean).join(' · ');
  });
}

function linked({ text, href }: Link): string {
  return linkMarkdown(text, href);
}

function asOf({ words, dates, ledger }: ViewContext): string {
  return escapeMarkdown(words.parts('answer.as_of', { time: dates.dateTime(ledger.now) }).join(''));
}

function pageFact({ words }: ViewContext, href: string): string {
  return fact(words.say('markdown.page'), `<${href}>`);
}

function linesIn(context: ViewContext, lines: readonly TimeVariant<Line>[]): string[] {
  return lines.map(({ value }) => richMarkdown(context, value.text));
}

function factsIn(context: ViewContext, facts: readonly FactView[]): string[] {
  return facts.map(({ label, value }) => fact(label, richMarkdown(context, value)));
}

function componentsFact(context: ViewContext, components: Rich): string[] {
  return components.length > 0 ? [fact(context.words.say('fact.components'), richMarkdown(context, components))] : [];
}

function updateBlocks(context: ViewContext, { word, time, html, facts }: UpdateView): string[] {
  const head = time ? context.words.say('markdown.update', { word, time: context.dates.dateTime(time.instant) }) : word;
  return [`**${escapeMarkdown(head)}**`, html, list(factsIn(context, facts))];
}

/** An event in a list in one line. */
function named(context: ViewContext, event: StatusEvent): string {
  const { title, href, facts } = namedOf(context, event);
  const said = facts.map((one) => richMarkdown(context, one)).join(' · ');
  return `${linked({ text: title, href })}: ${said}`;
}

function summaryBlocks(context: ViewContext, events: readonly EventSummary[], level: 2 | 3): string[] {
  return events.flatMap(({ title, href, facts, components, html, labels }) => [
    `${'#'.repeat(level)} ${linked({ text: title, href })}`,
    list([facts.map((one) => richMarkdown(context, one)).join(' · '), ...componentsFact(context, components)]),
    html,
    list(factsIn(context, labels)),
  ]);
}
