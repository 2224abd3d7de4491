import type { Instant } from '../../../src/core/model.ts';
import { cleanLine } from '../clean.ts';
import type { Place } from '../model.ts';
import { note, type Report } from '../report.ts';
import { readTime, toSecond } from '../times.ts';

/** A commit as `git log` or a saved list gives it. */
export interface RawCommit {
  sha: string;
  time: string;
  message: string;
  place: Place;
}

/** A check of a site that Upptime committed. */
export interface Check {
  sha: string;
  at: Instant;
  name: string;
  status: 'up' | 'down' | 'degraded';
  /** The message without its signs and tags. */
  text: string;
  place: Place;
}

/** Upptime's own wording, with a sign, the answer or its tag to tell it from what people commit. */
const USUAL = /^(?<sign>\P{L}*?)(?<name>[\p{L}\p{N}$(].*?) is (?:back )?(?<status>up|down|degraded)\b(?<rest>.*)$/u;
const SIGN = /🟩|🟥|🟨|🛑|⚠/u;
const ANSWER = /\(\d+ in \d+ ms\)/;
const PLACEHOLDERS: Record<string, string> = {
  $PREFIX: '.*?',
  $EMOJI: '.*?',
  $SITE_NAME: '(?<name>.+?)',
  $SITE_URL: '.*?',
  $SITE_METHOD: String.raw`\w+`,
  $STATUS: '(?<status>up|down|degraded)',
  $RESPONSE_CODE: String.raw`\d+`,
  $RESPONSE_TIME: String.raw`[\d.]+`,
};

/** A saved list: a commit a line, as `SHA⇥TIME⇥MESSAGE`. */
export function readCommitList(text: string, file: string, report: Report): RawCommit[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index): RawCommit[] => {
      const place = { file, line: index + 1 };
      if (line.trim() === '') return [];
      const match = /^([0-9a-f]{7,64})[\t ,]+("?)(\d{4}-[^\t]*?)\2(?:\t|,|(?<=\d) )\s*(.*)$/i.exec(line.trimEnd());
      if (match) return [{ sha: match[1] ?? '', time: (match[3] ?? '').trim(), message: match[4] ?? '', place }];
      if (index > 0)
        note(
          report,
          'line-unreadable',
          place,
          { subject: line },
          'Expected is a hash, a time and a message, separated by tabs.',
        );
      return [];
    });
}

/** The checks among the commits, oldest first. A commit that tells of no check is no concern of an import. */
export function checksIn(
  commits: readonly RawCommit[],
  template: string | undefined,
  zone: string,
  report: Report,
): Check[] {
  const own = template === undefined ? undefined : templatePattern(template);
  const checks = commits.flatMap(({ sha, time, message, place }): Check[] => {
    const line = cleanLine(message);
    const groups = own?.exec(line)?.groups ?? usual(line);
    if (!groups) return [];
    const at = readTime(time.replace(/ (?=[+-]\d{4}$)/, ''), zone);
    if (!at) {
      note(report, 'line-unreadable', place, { subject: line }, `“${time}” is no time that can be read.`);
      return [];
    }
    if (!at.zoned) note(report, 'time-without-zone', place, { subject: line });
    const status = groups['status'] as Check['status'];
    return [
      { sha, at: toSecond(at.instant), name: (groups['name'] ?? '').trim(), status, text: plainText(line), place },
    ];
  });
  return checks.toReversed().sort((a, b) => a.at - b.at);
}

function usual(line: string): Record<string, string | undefined> | undefined {
  if (!SIGN.test(line) && !ANSWER.test(line) && !line.includes('[upptime]')) return undefined;
  return USUAL.exec(line)?.groups;
}

function templatePattern(template: string): RegExp | undefined {
  if (!template.includes('$SITE_NAME') || !template.includes('$STATUS')) return undefined;
  const parts = cleanLine(template).split(
    /(\$(?:PREFIX|EMOJI|SITE_NAME|SITE_URL|SITE_METHOD|STATUS|RESPONSE_CODE|RESPONSE_TIME))/,
  );
  const seen = new Set<string>();
  const source = parts.map((part) => {
    const pattern = PLACEHOLDERS[part];
    if (pattern === undefined) return RegExp.escape(part);
    const again = seen.has(part);
    seen.add(part);
    return again ? '.*?' : pattern;
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function plainText(line: string): string {
  return line
    .replace(/\[(skip ci|ci skip|upptime)\]/gi, '')
    .replace(/^\P{L}*?(?=[\p{L}\p{N}$(])/u, '')
    .trim();
}
