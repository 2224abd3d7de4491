import type { Element, Root } from 'hast';
import type { Nodes } from 'mdast';
import rehypeParse from 'rehype-parse';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { buildLedger } from '../../core/ledger.ts';
import { at, component, content, incident, maintenance } from './core.ts';
import { datesFor } from '../../i18n/dates.ts';
import { wordsFor } from '../../i18n/words.ts';
import type { FeedContext } from '../../formats/context.ts';
import { contextOf } from './formats.ts';
import { discordBody } from '../../formats/notices/discord.ts';
import { emailOf } from '../../formats/notices/email.ts';
import type { Notice } from '../../formats/notices/notice.ts';
import { noticesOf } from '../../formats/notices/notice.ts';
import { slackBody } from '../../formats/notices/slack.ts';
import { teamsBody } from '../../formats/notices/teams.ts';
import { noticeText } from '../../formats/notices/text.ts';
import { webhookBody } from '../../formats/notices/webhook.ts';

const markdown = unified().use(remarkParse).use(remarkGfm).freeze();
const html = unified().use(rehypeParse).freeze();
const words = wordsFor('en');
const dates = datesFor('en', 'UTC');

/** The notice whose id ends so, and what it is made in. */
export function noticeIn(files: Readonly<Record<string, string>>, end: string, now?: number): [Notice, FeedContext] {
  const context = contextOf(files, now);
  const notice = noticesOf(context.ledger).find(({ id }) => id.endsWith(end));
  if (!notice) throw new Error(`No notice ends with ${end}.`);
  return [notice, context];
}

/** An incident and a maintenance in which a text stands wherever its author may write. */
export function hostileNotices(text: string): [Notice, FeedContext][] {
  const fields = { title: text, areas: [text], reference: text };
  const body = markdown.parse(text);
  const failed = incident([['investigating', '09:00', { areas: [text] }]], {
    ...fields,
    impact: 'major',
    components: { a: 'partial_outage' },
  });
  const work = maintenance('13:00', '14:00', [], { ...fields, components: { a: 'under_maintenance' } });
  const given = content({
    tree: [component('a', { name: text })],
    incidents: [{ ...failed, updates: failed.updates.map((update) => ({ ...update, body })) }],
    maintenance: [{ ...work, announcement: body }],
  });
  given.site.name = text;
  const context = { ledger: buildLedger(given, at('12:00')), words, dates };
  return noticesOf(context.ledger).map((notice) => [notice, context]);
}

/** What in the messages made of a notice would be refused, would call somebody, would run or would load something. */
export function wrongWithNotice(notice: Notice, context: FeedContext): string[] {
  const slack = slackBody(notice, context);
  const teams = teamsBody(notice, context);
  const discord = discordBody(notice, context);
  const bodies = { slack, teams, discord, webhook: webhookBody(notice, context) };
  return [
    ...Object.entries(bodies).flatMap(([name, body]) => named(name, wrongWithJson(body))),
    ...named('slack', wrongWithSlack(slack)),
    ...named('teams', wrongWithTeams(teams)),
    ...named('discord', wrongWithDiscord(discord)),
    ...named('e-mail', wrongWithEmail(notice, context)),
    ...named('text', /[^\n\t\P{Cc}]/u.test(noticeText(notice, context)) ? ['control characters'] : []),
  ];
}

function named(name: string, wrong: readonly string[]): string[] {
  return wrong.map((one) => `${name}: ${one}`);
}

function wrongWithJson(body: object): string[] {
  return JSON.stringify(body).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(body)) ? [] : ['half a character'];
}

const CALLS = /(?<!\w)@(channel|here|everyone)\b/i;

/** Every text in a body, with the way to it: `blocks.0.text.text`. */
export function textsIn(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === 'string') return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, [...path, key]));
}

interface SlackBlock {
  type: string;
  text?: { type: string; text: string; verbatim?: boolean };
  fields?: { text: string }[];
}

function wrongWithSlack(body: object): string[] {
  const { text, blocks } = body as { text: string; blocks: SlackBlock[] };
  const too = (what: string, value: string, most: number) =>
    value.length < 1 || value.length > most ? [`${what} of ${String(value.length)}`] : [];
  return [
    ...too('text', text, 40_000),
    ...blocks.flatMap((block) => too(block.type, block.text?.text ?? '-', block.type === 'header' ? 150 : 3000)),
    ...blocks.flatMap(({ fields = [] }) => fields.flatMap((field) => too('field', field.text, 2000))),
    ...(blocks.length > 50 || blocks.some(({ fields = [] }) => fields.length > 10) ? ['too many'] : []),
    ...textsIn(body).flatMap(([path, value]) => {
      const calls = CALLS.test(value) || /<(?!(https?:|mailto:|tel:))/.test(value);
      const entities = path.endsWith('text') && /&(?!(amp|lt|gt);)/.test(value);
      return calls || entities ? [`${path} ${value}`] : [];
    }),
  ];
}

function wrongWithTeams(body: object): string[] {
  const json = JSON.stringify(body);
  const bytes = Math.max(Buffer.byteLength(json), 2 * json.length);
  return [...(bytes > 28_000 ? [`${String(bytes)} bytes`] : []), ...textsIn(body).flatMap(wrongInMarkdown)];
}

interface Embed {
  title: string;
  description?: string;
  fields: { name: string; value: string }[];
  footer: { text: string };
}

function wrongWithDiscord(body: object): string[] {
  const { embeds, allowed_mentions: allowed } = body as { embeds: [Embed]; allowed_mentions: { parse: string[] } };
  const [{ title, description = '', fields, footer }] = embeds;
  const all = [title, description, footer.text, ...fields.flatMap(({ name, value }) => [name, value])];
  const fieldsFit = fields.every(({ name, value }) => name.length <= 256 && value.length <= 1024 && value.length > 0);
  const fits =
    title.length <= 256 && description.length <= 4096 && footer.text.length <= 2048 && all.join('').length <= 6000;
  return [
    ...(fits && fieldsFit ? [] : ['too long']),
    ...(allowed.parse.length === 0 ? [] : ['mentions']),
    ...textsIn({ title, description, fields }).flatMap(([path, value]) => [
      ...(/<[@#]/.test(value) ? [`${path} ${value}`] : []),
      ...wrongInMarkdown([path, value]),
    ]),
  ];
}

/** What a reader of Markdown would make of it besides text and safe links. */
function wrongInMarkdown([path, value]: [string, string]): string[] {
  const found: string[] = CALLS.test(value) ? ['a call'] : [];
  const visit = (node: Nodes): void => {
    if (node.type === 'html' || node.type === 'image' || node.type === 'heading') found.push(node.type);
    if (node.type === 'link' && !/^(https?:|mailto:|tel:)/i.test(node.url)) found.push(node.url);
    if ('children' in node) node.children.forEach(visit);
  };
  if (/[<[!#]|:\/\/|www\./i.test(value)) visit(markdown.parse(value));
  return found.map((one) => `${path} ${one} in ${value}`);
}

const HARMLESS = ['name', 'content', 'charSet', 'lang', 'dir', 'style', 'id', 'title', 'start', 'scope', 'colSpan', 'rowSpan', 'open']; // prettier-ignore
const REFUSED =
  /^(script|iframe|object|embed|svg|math|form|input|button|base|link|template|video|audio|img|picture|source)$/;

function wrongWithEmail(notice: Notice, context: FeedContext): string[] {
  const { subject, text, html: document } = emailOf(notice, context);
  const found: string[] = /\p{Cc}|[\u2028\u2029]/u.test(subject) || subject.length > 250 ? [`subject ${subject}`] : [];
  if (/[^\n\t\P{Cc}]/u.test(text)) found.push('control characters in the text');
  const visit = (node: Root | Element): void => {
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (REFUSED.test(child.tagName)) found.push(child.tagName);
      for (const [name, value] of Object.entries(child.properties)) {
        const isLink = name === 'href' && /^(https?:\/\/|mailto:|tel:)/i.test(String(value));
        if (!isLink && !HARMLESS.includes(name)) found.push(`${child.tagName} ${name}=${String(value)}`);
      }
      visit(child);
    }
  };
  visit(html.parse(document));
  return found;
}
