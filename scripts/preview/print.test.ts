import { describe, expect, it } from 'vitest';
import { code as inlineCode, codeBlock, paragraph } from './blocks.ts';
import { outlineOf } from './outline.ts';
import { MARKER, printMarkdown } from './print.ts';
import {
  BEGUN,
  change,
  comment,
  company,
  IDENTIFIED,
  inTerminal,
  MAINTENANCE,
  PAY,
  WORK,
} from '../../src/__tests__/support/preview-change.ts';

const LATER = '2026-11-20T09:55:00Z';
const titled = (title: string) => BEGUN.replace(/title: .*/, `title: ${JSON.stringify(title)}`);
const saying = (text: string) => BEGUN.replace('We are looking for the cause.', text);

/** What GitHub would see outside of code. */
function plain(markdown: string): string {
  return markdown.replace(/(`+)[^`]+\1/g, '').replace(/\]\([^)]*\)/g, ']');
}

describe('a comment with hostile texts', () => {
  const TEXT = 'Hi @acme/leads and @all, this fixes #1, closes acme/status#2 and resolves GH-3. :tada:';

  it.each([
    ['text', saying(TEXT)],
    ['title', titled(TEXT)],
    ['areas', BEGUN.replace('[Europe]', JSON.stringify([TEXT]))],
    ['reference', BEGUN.replace('INC-4211', JSON.stringify(TEXT))],
    ['emphasis', saying(`**${TEXT}** and [${TEXT}](https://acme.example)`)],
  ])('tells nobody and refers to nothing from its %s', async (_, text) => {
    using repository = company();
    const markdown = await comment(repository, { [PAY]: text });
    expect(markdown).toContain('acme/leads');
    expect(plain(markdown)).not.toMatch(/@\w|#\d|GH-\d|:tada:/);
  });

  it('has no markup but its own', async () => {
    using repository = company();
    const html = '<img src=x onerror=alert(1)> <b>bold</b> <!-- a --> | `</details>` *em* [x](javascript:a) ~~no~~';
    const markdown = await comment(repository, { [PAY]: titled(html) });
    expect(markdown.replace(MARKER, '')).not.toMatch(/(?<!\\)<[a-z!/]/i);
    expect(markdown).toContain('\\*em\\*');
  });

  it('cannot leave a code span or a code block', () => {
    const code = 'a ``` @acme\n```\n@acme\n';
    const blocks = [paragraph(inlineCode(code)), codeBlock(code)];
    const markdown = printMarkdown({ headline: 'H', lead: [], sections: [{ title: 'T', blocks }], foot: [] });
    expect(markdown).toContain('````\na ``` @acme\n```\n@acme\n\n````');
    expect(markdown).toMatch(/^`a ``` @acme\s```\s@acme\s`$/m);
  });

  it('loads no picture, and links nothing on GitHub', async () => {
    using repository = company({ 'public/map.png': 'x' });
    const text = saying(
      '![A map @acme](/map.png) [see](https://github.com/acme/status/issues/1) https://github.com/a/b/pull/2',
    );
    const markdown = await comment(repository, { [PAY]: text });
    expect(markdown).not.toContain('![');
    expect(markdown).toContain('A map');
    expect(plain(markdown)).not.toContain('github.com/');
    expect(markdown).not.toContain('](https://github.com');
  });

  it('shows HTML as customers read it', async () => {
    using repository = company();
    const text = saying(
      '<details open><summary>More</summary>\n\nIt is **bad**.\n\n</details>\n\n| a | b |\n|---|---|\n| 1 | 2 |',
    );
    const markdown = await comment(repository, { [PAY]: text });
    expect(markdown).toContain('It is **bad**.');
    expect(markdown).toContain('> | 1 | 2 |');
    expect(markdown).not.toContain('<summary>');
  });
});

describe('a comment that grows', () => {
  const LONG = 'A sentence that goes on. '.repeat(2_800).replace(/(.{200,240}) /g, '$1\n');

  it('folds long texts and is short enough for GitHub', async () => {
    using repository = company();
    const markdown = await comment(repository, { [PAY]: saying(LONG), [WORK]: MAINTENANCE });
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain('<details><summary>Some customers');
    expect(markdown).toContain('#### Promise');
    expect(markdown).toContain('A sentence that goes on. A sentence');
    expect(markdown).toContain('Shortened to fit into a comment.');
  });

  it('is whole while there is room', async () => {
    using repository = company();
    const markdown = await comment(repository, { [PAY]: saying(`${LONG.slice(0, 40_000)}\n\nThe end.`) });
    expect(markdown).toContain('> The end.');
    expect(markdown).not.toContain('Shortened');
  });

  it('says what it leaves out', async () => {
    using repository = company();
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `content/incidents/a${index}.md`,
        saying(LONG.slice(0, 20_000)).replace('title: ', `title: ${'Long title '.repeat(30)}${index} `),
      ]),
    );
    const markdown = await comment(repository, files);
    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain('Shortened to fit into a comment. To see everything, run `npm run preview`.');
    expect(markdown).toMatch(/And \d+ more\./);
    expect(markdown).toContain('#### Status');
  });

  it('keeps its headline when nothing else has room', () => {
    const text = '\u{1F525}'.repeat(400);
    const sections = Array.from({ length: 1_000 }, () => ({ title: text, blocks: [] }));
    const markdown = printMarkdown({ headline: 'It is much.', lead: [], sections, foot: [] });
    expect(markdown).toMatch(/^<!-- candor-preview -->\n\n### It is much\.\n\n> Shortened/);
  });
});

describe('a comment', () => {
  it('says what cannot be published, where, and what to write', async () => {
    using repository = company({ [PAY]: BEGUN });
    const markdown = await comment(repository, { [PAY]: BEGUN + IDENTIFIED.replace('09:48 UTC', '09:48') }, LATER);
    expect(markdown).toContain('### This cannot be published yet: one error.');
    expect(markdown).toContain(`\`${PAY}:17\``);
    expect(markdown).toContain('```\n## Identified · 2026-11-20 09:48 UTC\n```');
    expect(markdown).toContain(`Compared in the published version, because of errors: \`${PAY}\`.`);
    expect(markdown).toContain('Fix this to see what changes for customers.');
    expect(markdown).not.toContain('Nothing changes');
  });

  it('says alone what is wrong when nothing can be compared', async () => {
    using repository = company();
    const markdown = await comment(repository, { 'content/site.yml': 'nome: Acme\n' });
    expect(markdown).toContain('Fix this to see what changes for customers.');
    expect(markdown).not.toContain('#### Status');
  });

  it('says when the other side is not known', async () => {
    using repository = company({ 'content/site.yml': 'nome: Acme\n' });
    const files = { 'content/site.yml': 'name: Acme\nurl: https://status.acme.example\n', [PAY]: BEGUN };
    const markdown = await comment(repository, files);
    expect(markdown).toMatch(/\| The page +\| unknown +\| Partial outage +\|/);
    expect(markdown).toContain('- `content/site.yml`');
  });

  it('has warnings with their lines', async () => {
    using repository = company();
    const markdown = await comment(repository, { [PAY]: BEGUN.replace('09:12', '09:28') });
    expect(markdown).toContain('#### Warnings');
    expect(markdown).toContain(`\`${PAY}:5\``);
  });

  it('says how to look at a page below a path', async () => {
    using repository = company({ 'content/site.yml': 'name: Acme\nurl: https://acme.example/status\n' });
    const told = await change(repository, { [PAY]: BEGUN });
    const markdown = printMarkdown(outlineOf({ ...told, run: 'https://github.com/acme/status/actions/runs/7' }));
    expect(markdown).toContain(
      'into a folder `status`, run `npx serve` next to that folder, and open `http://localhost:3000/status/`.',
    );
  });

  it('tells of a deleted incident, a cancelled maintenance and a text written anew', async () => {
    using repository = company({ [PAY]: BEGUN, [WORK]: MAINTENANCE });
    const gone = await comment(repository, { [PAY]: undefined });
    expect(gone).toContain('**Deleted incident: Some customers');
    expect(gone).toContain('These entries are removed from the feeds. Subscribers who already have them keep them:');
    const files = {
      [PAY]: BEGUN.replace(/Some customers in Europe see[^]*cause\./, 'Cards work here.'),
      [WORK]: `${MAINTENANCE}\n## Cancelled · 2026-11-20 09:28 UTC\n\nNot now.\n`,
    };
    const markdown = await comment(repository, files);
    expect(markdown).toContain('**Cancelled maintenance: Database upgrade**');
    expect(markdown).toContain('The whole text is rewritten:');
    expect(markdown).toContain('> Cards work here.');
  });
});

describe('a terminal', () => {
  it('is told the same', async () => {
    using repository = company({ [PAY]: BEGUN });
    const text = await inTerminal(repository, { [PAY]: BEGUN + IDENTIFIED }, LATER);
    await expect(text).toMatchFileSnapshot('fixtures/terminal.txt');
  });

  it('has words that go and come in brackets, and no control characters', async () => {
    using repository = company({ [PAY]: BEGUN });
    const text = await inTerminal(repository, { [PAY]: BEGUN.replace('an error', 'a failure') });
    expect(text).toContain('[-an error-] {+a failure+}');
    expect(text).not.toContain('\u001b');
  });
});
