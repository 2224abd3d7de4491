import type { GitHub } from '../lib/github.ts';
import type { FormName } from './forms.ts';
import { FORM_NAMES, FORMS } from './forms.ts';

/** GitHub refuses addresses that are longer than about 8 kB. */
const LONGEST = 7_500;

/**
 * Opens a form with answers filled in; without them if they are too long.
 * @param page the repository on GitHub
 * @param answers of lines and texts; with one for a list, GitHub would show an empty issue instead of the form
 * @see https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue#creating-an-issue-from-a-url-query
 */
export function formLink(page: string, form: FormName, answers: Readonly<Record<string, string>> = {}): string {
  const template = `${page}/issues/new?template=${form}.yml`;
  const filled = `${template}&${new URLSearchParams(answers)}`;
  return Object.keys(answers).length > 0 && filled.length <= LONGEST ? filled : template;
}

/** Opens GitHub's editor with a new file filled in. @param path in the repository */
function newFileLink({ page, ref }: GitHub, path: string, value: string): string {
  const [, folder = '', filename = ''] = /^(.*)\/([^/]*)$/.exec(path) ?? [];
  return `${page}/new/${ref ?? 'main'}/${folder}?${new URLSearchParams({ filename, value })}`;
}

/** The page refuses these times, so that they are not forgotten. */
const ANNOUNCEMENT = `---
title: What customers should know
from: YYYY-MM-DD HH:MM UTC
until: YYYY-MM-DD HH:MM UTC
---

The text.
`;

/** Links to keep, as Markdown. */
export function bookmarks(github: GitHub): string {
  const forms = FORM_NAMES.map((form) => [FORMS[form].name, formLink(github.page, form)] as const);
  const links = [
    ...forms,
    ['Write an announcement', newFileLink(github, 'content/announcements/its-address.md', ANNOUNCEMENT)] as const,
    ['Review what waits', `${github.page}/pulls`] as const,
  ];
  return `### Links to bookmark\n\n${links.map(([text, url]) => `- [${text}](${url})`).join('\n')}\n`;
}
