import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { embedJson } from '../../../src/__tests__/support/embed.ts';
import { missingTranslations } from '../../../src/core/translations.ts';
import type { Ledger } from '../../../src/core/ledger.ts';
import { buildLedger } from '../../../src/core/ledger.ts';
import type { Content } from '../../../src/core/model.ts';
import { channelSchema } from '../../../src/core/schema/channel.ts';
import { watchCases } from '../../../src/core/watch.ts';
import { archiveFeed } from '../../../src/formats/archive.ts';
import { atom } from '../../../src/formats/atom.ts';
import { badgeSvg } from '../../../src/formats/badge-svg.ts';
import { badgeJson, nodeBadge, siteBadge } from '../../../src/formats/badge.ts';
import { calendarOf } from '../../../src/formats/calendar.ts';
import type { FeedContext } from '../../../src/formats/context.ts';
import { feedOf } from '../../../src/formats/feed.ts';
import { historyAtom, historyFeed, historyRss } from '../../../src/formats/history.ts';
import { jsonFeed } from '../../../src/formats/json-feed.ts';
import { eventMarkdown } from '../../../src/formats/markdown.ts';
import { discordBody } from '../../../src/formats/notices/discord.ts';
import { noticesOf } from '../../../src/formats/notices/notice.ts';
import { slackBody } from '../../../src/formats/notices/slack.ts';
import { teamsBody } from '../../../src/formats/notices/teams.ts';
import { wrongWithNotice } from '../../../src/__tests__/support/notices.ts';
import { webhookBody } from '../../../src/formats/notices/webhook.ts';
import { componentsCsv, incidentsCsv } from '../../../src/formats/report/csv.ts';
import { monthReportJson } from '../../../src/formats/report/json.ts';
import { rss } from '../../../src/formats/rss.ts';
import { sitemap } from '../../../src/formats/sitemap.ts';
import { DOCUMENT_NAMES, statuspageDocument } from '../../../src/formats/statuspage/documents.ts';
import { datesFor } from '../../../src/i18n/dates.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { mailOf } from '../../notify/mail.ts';
import { comparePages } from '../../preview/compare.ts';
import { printMarkdown } from '../../preview/print.ts';
import { outlineOf } from '../../preview/outline.ts';
import { issueBody, issueTitle } from '../../watch/text.ts';
import type { Tree } from './compare.ts';
import { textIn } from './compare.ts';
import { NOW } from './content.ts';
import { calendarTree, csvTree, fragmentTree, htmlTree, jsonTree, markdownTree, xmlTree } from './parse.ts';

const words = wordsFor('en');
const dates = datesFor('en', 'UTC');
const MONTH = '2026-11';
const CHANNEL = channelSchema.parse({ type: 'email', smtp: 'SMTP_URL', from: 'Acme Status <status@acme.example>', to: 'all@lists.acme.example' }); // prettier-ignore
const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

/** What outputs are made from. */
interface Context extends FeedContext {
  before: Ledger;
}

/** Makes an output and reads it with a parser that is not ours. @throws when that refuses it */
type Output = (context: Context) => Tree | Promise<Tree>;

const isRssHtml = (name: string) => /^item\/(content:encoded|description)$/.test(name);
const isAtomHtml = (name: string) => name === 'entry/content';

/** Every output that programs and people read, but for the pages, which `npm run hostile` opens in a browser. */
export const OUTPUTS: Readonly<Record<string, Output>> = {
  'rss.xml': (context) => xmlTree(rss(feedOf(context)), isRssHtml),
  'atom.xml': (context) => xmlTree(atom(feedOf(context)), isAtomHtml),
  'feed.json': (context) => jsonTree(jsonFeed(feedOf(context)), htmlIn('content_html')),
  'history.rss': (context) => xmlTree(historyRss(historyFeed(context)), isRssHtml),
  'history.atom': (context) => xmlTree(historyAtom(historyFeed(context)), isAtomHtml),
  archive: (context) => xmlTree(atom(archiveFeed(context, MONTH)), isAtomHtml),
  'api/v2': (context) => group('api', DOCUMENT_NAMES.map((name) => jsonTree(statuspageDocument(name, context), htmlIn('body')))), // prettier-ignore
  'badge.svg': (context) =>
    group(
      'badges',
      badges(context).map((badge) => withoutSizes(xmlTree(badgeSvg(badge), () => false))),
    ),
  'badge.json': (context) =>
    group(
      'badges',
      badges(context).map((badge) => jsonTree(badgeJson(badge))),
    ),
  'embed.js': ({ ledger }) => jsonTree(embedJson(ledger)),
  'maintenance.ics': (context) => calendarTree(calendarOf(context)),
  'sitemap.xml': ({ ledger }) => xmlTree(sitemap(ledger.content.incidents.map(({ id }) => ({ url: `https://a.example/${id}` }))), () => false), // prettier-ignore
  'ID.md': (context) =>
    group(
      'events',
      events(context).map((event) => markdownTree(eventMarkdown(event, context))),
    ),
  slack: (context) =>
    notices(context, slackBody, (_, text) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    ),
  teams: (context) => notices(context, teamsBody, markdownIn(/^(text|title|value)$/)),
  discord: (context) => notices(context, discordBody, markdownIn(/^(title|description|name|value)$/)),
  webhook: (context) => notices(context, webhookBody, htmlIn('body')),
  'e-mail': async (context) => group('mails', await Promise.all(noticesOf(context.ledger).map((notice) => mailTree(notice, context)))), // prettier-ignore
  'preview comment': ({ before, ledger }) => {
    const told = {
      errors: [],
      warnings: [],
      untranslated: missingTranslations(ledger.content, ledger.now),
      scheduled: [],
      unreadBefore: [],
      kept: [],
      folder: 'content',
      commit: '',
    };
    return commentTree(printMarkdown(outlineOf({ ...told, comparison: comparePages(before, ledger) })));
  },
  'watch issue': ({ ledger }) => group('issues', watchCases(ledger).map((one) => {
    const context = { content: ledger.content, now: NOW, repository: 'https://github.com/acme/status', folder: 'content', commit: '' };
    const title = issueTitle(one, NOW);
    if (/[\n\r]|@\w/.test(title) || title.length > 256) throw new Error(`title ${title}`);
    return group('issue', [title, commentTree(issueBody(one, ['missed'], context))]);
  })), // prettier-ignore
  'reports CSV': (context) => group('tables', [csvTree(incidentsCsv(context, MONTH)), csvTree(componentsCsv(context, MONTH))]), // prettier-ignore
  'reports JSON': (context) => jsonTree(monthReportJson(context, MONTH)),
};

/** Chats have no way to show a backtick in code, and get an apostrophe; in an address that Markdown links, a backslash shows. */
export const IGNORED: Readonly<Record<string, RegExp>> = { slack: /[`'’]/g, teams: /[\\`'’]/g, discord: /[\\`'’]/g };

/** What of notices no comparison can tell: what would call somebody, be refused or not fit. */
export function wrongNotices(content: Content): string[] {
  const context = contextOf(content);
  return noticesOf(context.ledger).flatMap((notice) => wrongWithNotice(notice, context));
}

export function contextOf(content: Content): Context {
  const ledger = buildLedger(content, NOW);
  const events = { incidents: content.incidents.slice(0, 1), maintenance: [] };
  return { ledger, words, dates, before: buildLedger({ ...content, ...events }, NOW) };
}

function events({ ledger: { content } }: FeedContext) {
  return [...content.incidents, ...content.maintenance];
}

function badges(context: FeedContext) {
  const { components } = context.ledger.content;
  return [siteBadge(context), ...[...components.values()].map((component) => nodeBadge(context, component))];
}

function notices(context: Context, bodyOf: typeof slackBody, read: (name: string, text: string) => Tree): Tree {
  return group('notices', noticesOf(context.ledger).map((notice) => jsonTree(JSON.stringify(bodyOf(notice, context)), read))); // prettier-ignore
}

async function mailTree(notice: ReturnType<typeof noticesOf>[number], context: Context): Promise<Tree> {
  if (CHANNEL.type !== 'email') throw new Error('The channel is not for mail.');
  const mail = mailOf(CHANNEL, notice, context, { update: notice.id, first: notice.id });
  const date = new Date(NOW);
  const { message } = await transport.sendMail({ ...mail, to: 'a@b.example', date } as Parameters<typeof transport.sendMail>[0]); // prettier-ignore
  const raw = message as unknown as Buffer;
  const read = await PostalMime.parse(raw);
  const names = read.headers.map(({ key }) => key).join();
  const head = [
    names,
    read.subject ?? '',
    read.from?.address ?? '',
    read.to?.map(({ address }) => address).join() ?? '',
  ];
  return group('mail', [...head.map((part) => group('header', [part])), group('text', [read.text ?? '']), withoutStyles(htmlTree(read.html ?? ''))]); // prettier-ignore
}

/** A comment on GitHub, in which nothing may call somebody, refer to something, load something or be HTML of a stranger. */
function commentTree(text: string): Tree {
  if (text.length > 65_536) throw new Error(`a comment of ${text.length} characters`);
  const tree = markdownTree(text);
  const visit = (node: Tree, inCode: boolean): void => {
    if (typeof node === 'string') {
      if (!inCode && /(?<![\w`])[@#]\w|\bGH-\d/.test(node)) throw new Error(`a call in ${node.slice(0, 200)}`);
      return;
    }
    if (node.name === 'html' && !/^<!--[^]*-->$|^<\/?(details|summary|sub|ins|del|br)>?/.test(String(node.parts[0]))) throw new Error(`HTML ${String(node.parts[0])}`); // prettier-ignore
    if (node.name === 'image') throw new Error('a picture');
    for (const part of node.parts) visit(part, /^(code|inlineCode|html)$/i.test(node.name));
  };
  visit(tree, false);
  return tree;
}

function htmlIn(field: string): (name: string, text: string) => Tree {
  return (name, text) => (name === field ? fragmentTree(text) : text);
}

/** Chats read Markdown in these; what they make of it `wrongWithNotice` tells, so here only what is read counts. */
function markdownIn(fields: RegExp): (name: string, text: string) => Tree {
  return (name, text) => (fields.test(name) ? textIn(markdownTree(text)) : text);
}

/** Sizes change with the words. */
function withoutSizes(tree: Tree): Tree {
  if (typeof tree === 'string') return tree;
  const kept = Object.entries(tree.properties).filter(([name]) => !/^(width|x|textLength|d|transform)$/.test(name));
  return { ...tree, properties: Object.fromEntries(kept), parts: tree.parts.map(withoutSizes) };
}

/** Mail programs need styles on the elements; `wrongWithNotice` says which may stand there. */
function withoutStyles(tree: Tree): Tree {
  if (typeof tree === 'string') return tree;
  const kept = Object.entries(tree.properties).filter(([name]) => name !== 'style');
  return { ...tree, properties: Object.fromEntries(kept), parts: tree.parts.map(withoutStyles) };
}

function group(name: string, parts: readonly Tree[]): Tree {
  return { name, properties: {}, parts };
}
