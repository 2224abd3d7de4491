import { describe, expect, it } from 'vitest';
import type { RuleId } from './rules.ts';
import { RULES } from './rules.ts';
import { incident, readFiles } from './testing.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';
const FRONT = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage';
const MAINTENANCE =
  'title: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 10:00 UTC\nuntil: 2026-12-01 11:00 UTC';

interface Case {
  rule: RuleId;
  /** What makes it happen, as a fact. */
  when: string;
  files: Readonly<Record<string, string>>;
  /** `file:line:column`. */
  at: string;
  says?: RegExp;
  write?: string;
}

const inIncident = (text: string, front = FRONT) => ({ 'incidents/a.md': incident(text, front) });
const inFront = (front: string) => inIncident(UPDATE, front);
const inMaintenance = (front: string, text = '') => ({ 'maintenance/a.md': incident(text, front) });

// A line a case reads as the table it is.
// prettier-ignore
const CASES: readonly Case[] = [
  { rule: 'file-misplaced', when: 'an incident lies beside the folder', files: { 'a.md': incident(UPDATE) }, at: 'a.md:1:1', write: 'incidents/a.md' },
  { rule: 'file-misplaced', when: 'an incident has another ending', files: { 'incidents/a.txt': incident(UPDATE) }, at: 'incidents/a.txt:1:1', write: 'a.md' },
  { rule: 'file-misplaced', when: 'site.yml is misspelt', files: { 'sites.yml': 'name: A' }, at: 'sites.yml:1:1', write: 'site.yml' },
  { rule: 'file-name', when: 'the name has spaces', files: { 'incidents/2019-01-22 reboot.md': incident(UPDATE) }, at: 'incidents/2019-01-22 reboot.md:1:1', write: '2019-01-22-reboot.md' },
  { rule: 'file-name', when: 'Windows keeps the name', files: { 'incidents/CON.md': incident(UPDATE) }, at: 'incidents/CON.md:1:1' },
  { rule: 'id-taken', when: 'two files differ by case only', files: { 'incidents/a.md': incident(UPDATE), 'maintenance/A.md': incident('', MAINTENANCE) }, at: 'maintenance/A.md:1:1', says: /same name as incidents\/a\.md/ },
  { rule: 'id-taken', when: 'two components have one id', files: { 'components.yml': '- id: a\n  name: A\n- id: a\n  name: B' }, at: 'components.yml:3:7' },
  { rule: 'control-character', when: 'a backspace stands in the text', files: inIncident(`${UPDATE} a\u0008b`), at: 'incidents/a.md:9:18', says: /U\+0008/ },
  { rule: 'line-too-long', when: 'a line would take long to read', files: inIncident(`${UPDATE}\n\n${'['.repeat(20_001)}`), at: 'incidents/a.md:11:1' },
  { rule: 'nested-too-deep', when: 'HTML elements are opened without end', files: inIncident(`${UPDATE}\n\n${'<div>'.repeat(1000)}`), at: 'incidents/a.md:11:1' },
  { rule: 'nested-too-deep', when: 'a list nests beyond reason', files: inIncident(`${UPDATE}\n\n${Array.from({ length: 60 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n')}`), at: 'incidents/a.md:61:1' },
  { rule: 'merge-conflict', when: 'marks of a conflict were left', files: inIncident(`<<<<<<< HEAD\n${UPDATE}\n=======\nx\n>>>>>>> main`), at: 'incidents/a.md:7:1' },
  { rule: 'example-instant', when: '.example holds no instant', files: { '.example': 'yesterday' }, at: '.example:1:1', write: '2026-11-20T10:05:00Z' },

  { rule: 'front-matter-missing', when: 'the file begins with text', files: { 'incidents/a.md': UPDATE }, at: 'incidents/a.md:1:1' },
  { rule: 'front-matter-unclosed', when: 'no line closes it', files: { 'incidents/a.md': '---\ntitle: A\n' }, at: 'incidents/a.md:1:1', write: '---' },
  { rule: 'front-matter-language', when: 'it is JavaScript', files: { 'incidents/a.md': '---js\n{title: "A"}\n---\n' }, at: 'incidents/a.md:1:1' },
  { rule: 'front-matter-language', when: 'it is TOML', files: { 'incidents/a.md': '+++\ntitle = "A"\n+++\n' }, at: 'incidents/a.md:1:1' },
  { rule: 'yaml-syntax', when: 'a value holds a colon', files: inFront('title: vega: MySQL'), at: 'incidents/a.md:2:8', write: 'title: "vega: MySQL"' },
  { rule: 'yaml-syntax', when: 'a value begins with a star', files: inFront('title: *.jenkins.io'), at: 'incidents/a.md:2:8', write: 'title: "*.jenkins.io"' },
  { rule: 'yaml-syntax', when: 'a tab indents', files: inFront('title: A\ncomponents:\n\tcheckout: partial_outage'), at: 'incidents/a.md:4:1', write: '  checkout: partial_outage' },
  { rule: 'unknown-key', when: 'a key is misspelt', files: inFront('titel: A'), at: 'incidents/a.md:2:1', says: /Did you mean “title”\?/, write: 'title: A' },
  { rule: 'missing-key', when: 'there is no title', files: inFront('impact: minor'), at: 'incidents/a.md:2:1', says: /“title” is missing/ },
  { rule: 'wrong-kind', when: 'areas are text', files: inFront(`${FRONT}\nareas: Europe`), at: 'incidents/a.md:5:8', write: 'areas: [Europe]' },
  { rule: 'wrong-kind', when: 'components of an incident are a list', files: inFront('title: A\ncomponents: [checkout]'), at: 'incidents/a.md:3:13', write: 'components:\n  checkout: partial_outage' },
  { rule: 'bad-value', when: 'an impact is unknown', files: inFront(`${FRONT}\nimpact: mayor`), at: 'incidents/a.md:5:9', write: 'impact: major' },
  { rule: 'bad-value', when: 'a status is misspelt', files: inFront('title: A\ncomponents:\n  checkout: partial_outtage'), at: 'incidents/a.md:4:13', write: 'checkout: partial_outage' },
  { rule: 'bad-value', when: 'the time zone does not exist', files: { 'site.yml': 'name: A\nurl: https://a.example\ntime_zone: Europe/Berlinn' }, at: 'site.yml:3:12' },
  { rule: 'locale-missing', when: 'a language is not there', files: { 'site.yml': 'name: A\nurl: https://a.example\nlocale: tlh' }, at: 'site.yml:3:9', says: /src\/i18n\/tlh\.json/ },
  { rule: 'logo-missing', when: 'the logo is not in public/', files: { 'site.yml': 'name: A\nurl: https://a.example\nlogo: /logo.svg' }, at: 'site.yml:3:7' },

  { rule: 'time-no-zone', when: 'a heading has no zone', files: inIncident('## Investigating · 2026-11-20 09:20'), at: 'incidents/a.md:7:20', says: /has no zone/, write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'time-no-zone', when: 'a label has no zone', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50`), at: 'incidents/a.md:11:20' },
  { rule: 'time-named-zone', when: 'a zone has a name', files: inIncident('## Investigating · 2026-07-20 09:20 CET'), at: 'incidents/a.md:7:20', write: '## Investigating · 2026-07-20 09:20 +02:00' },
  { rule: 'time-impossible', when: 'the day does not exist', files: inIncident('## Investigating · 2026-02-30 09:20 UTC'), at: 'incidents/a.md:7:20' },
  { rule: 'time-invalid', when: 'the start is no time', files: inFront(`${FRONT}\nstarted: this morning`), at: 'incidents/a.md:5:10' },
  { rule: 'time-invalid', when: 'the offset has no colon', files: inFront(`${FRONT}\nstarted: 2026-11-20 10:20 +0100`), at: 'incidents/a.md:5:10', write: 'started: 2026-11-20 10:20 +01:00' },
  { rule: 'time-needs-date', when: 'a label without a date is over twelve hours away', files: inIncident(`${UPDATE}\n\n- **Next update:** 22:00 UTC`), at: 'incidents/a.md:11:20', write: '- **Next update:** 2026-11-20 22:00 UTC' },
  { rule: 'time-in-future', when: 'an update lies ahead of the clock', files: inIncident('## Investigating · 2026-11-20 12:11 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'times-reversed', when: 'a maintenance ends before it starts', files: inMaintenance(MAINTENANCE.replace('11:00', '09:00')), at: 'maintenance/a.md:5:8' },
  { rule: 'times-reversed', when: 'a promise lies before its update', files: inIncident(`${UPDATE}\n\n- **Next update:** 2026-11-20 09:00 UTC`), at: 'incidents/a.md:11:20' },
  { rule: 'times-reversed', when: 'it ended before it began', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Ended:** 2026-11-20 09:00 UTC', `${FRONT}\nstarted: 2026-11-20 09:10 UTC`), at: 'incidents/a.md:10:14' },

  { rule: 'alias-taken', when: 'an alias is the id of another', files: { 'components.yml': '- id: a\n  name: A\n- id: b\n  name: B\n  aliases: [a]' }, at: 'components.yml:5:13' },
  { rule: 'group-too-deep', when: 'a group is the sixth level', files: { 'components.yml': [1, 2, 3, 4, 5, 6].map((level) => `${'    '.repeat(level - 1)}- group: G${level}\n${'    '.repeat(level - 1)}  components:`).join('\n') + ' []' }, at: 'components.yml:11:23' },
  { rule: 'unknown-component', when: 'no list has the name', files: inFront('title: A\ncomponents:\n  chekout: partial_outage'), at: 'incidents/a.md:4:3', says: /Did you mean “checkout”\?/ },
  { rule: 'component-twice', when: 'an id and its alias stand together', files: inFront('title: A\ncomponents:\n  checkout: partial_outage\n  checkout-v1: major_outage'), at: 'incidents/a.md:5:3' },
  { rule: 'component-retired', when: 'a retired component is named', files: inFront('title: A\ncomponents:\n  ftp: partial_outage'), at: 'incidents/a.md:4:3' },

  { rule: 'updates-missing', when: 'there is no update', files: inIncident(''), at: 'incidents/a.md:8:1' },
  { rule: 'updates-mixed', when: 'an update breaks the order', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\n## Identified · 2026-11-20 09:40 UTC\n\n## Monitoring · 2026-11-20 09:30 UTC'), at: 'incidents/a.md:11:1' },
  { rule: 'heading-form', when: 'a heading has no time', files: inIncident('## Investigating'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'heading-form', when: 'a heading has bold inside', files: inIncident('## **Investigating** · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'heading-status', when: 'a status is misspelt', files: inIncident('## Investigatin · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'heading-status', when: 'a second-level heading is none of an update', files: inIncident(`${UPDATE}\n\n## What happened`), at: 'incidents/a.md:11:1' },
  { rule: 'heading-nearly', when: 'the space after the hashes is missing', files: inIncident(`${UPDATE}\n\n##Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'the hashes are missing', files: inIncident(`${UPDATE}\n\nResolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'bold takes the place of the hashes', files: inIncident(`${UPDATE}\n\n**Resolved** - 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'the level is another', files: inIncident(`${UPDATE}\n\n### Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'only the word stands behind the hashes', files: inIncident(`${UPDATE}\n\n##Resolved`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 12:00 UTC' },
  { rule: 'heading-dashes', when: 'dashes below make a heading of an update', files: inIncident(`${UPDATE}\n\nResolved · 2026-11-20 10:20 UTC\n---`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-dashes', when: 'dashes below make a heading of text', files: inIncident(`${UPDATE}\nStill.\n---`), at: 'incidents/a.md:9:1' },
  { rule: 'status-back', when: 'work that was begun is scheduled again', files: inMaintenance(MAINTENANCE.replaceAll('2026-12-01', '2026-11-20'), '## In progress · 2026-11-20 10:00 UTC\n\n## Scheduled · 2026-11-20 10:30 UTC'), at: 'maintenance/a.md:10:1', write: '## Update · 2026-11-20 10:30 UTC' },
  { rule: 'started-late', when: 'it starts after its first update', files: inFront(`${FRONT}\nstarted: 2026-11-20 09:30 UTC`), at: 'incidents/a.md:5:10', write: 'started: 2026-11-20 09:20 UTC' },
  { rule: 'times-reversed', when: 'it ended before it was opened again', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n## Identified · 2026-11-20 10:00 UTC\n\n## Resolved · 2026-11-20 11:00 UTC\n\n- **Ended:** 09:30 UTC', `${FRONT}\nstarted: 2026-11-20 09:00 UTC`), at: 'incidents/a.md:14:14' },
  { rule: 'code-unclosed', when: 'a block of code takes in what follows', files: inIncident(`${UPDATE}\n\n\`\`\`\n\n## Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1' },
  { rule: 'html-swallows', when: 'HTML takes in an update', files: inIncident(`${UPDATE}\n\n<div>\n## Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:12:1' },
  { rule: 'comment-unclosed', when: 'a comment ends in another paragraph', files: inIncident(`${UPDATE}\n\nText. <!-- secret\n\nmore --> Text.`), at: 'incidents/a.md:11:1' },
  { rule: 'time-in-future', when: 'the examples hold the clock', files: { ...inIncident('## Investigating · 2026-11-20 12:11 UTC'), '.example': '2026-11-20T12:00:00Z' }, at: 'incidents/a.md:7:1', says: /content\/\.example holds the clock/ },
  { rule: 'front-matter-missing', when: 'an empty line stands above it', files: { 'incidents/a.md': `\n${incident(UPDATE)}` }, at: 'incidents/a.md:1:1', write: '---' },
  { rule: 'time-no-zone', when: 'a label has a clock without a zone', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:55`), at: 'incidents/a.md:11:20', write: '- **Next update:** 2026-11-20 09:55 UTC' },
  { rule: 'heading-form', when: 'nothing parts status and time', files: inIncident('## Identified 2026-11-18 11:05 UTC'), at: 'incidents/a.md:7:1', write: '## Identified · 2026-11-18 11:05 UTC' },
  { rule: 'bad-value', when: 'a status is cut short among others', files: inIncident(`${UPDATE}\n\n- **Components:** checkout: degraded, payments-api: Major outage`), at: 'incidents/a.md:11:19', write: '- **Components:** checkout: degraded performance, payments-api: major outage' },
  { rule: 'text-before-updates', when: 'text stands before the first heading', files: inIncident(`Hello.\n\n${UPDATE}`), at: 'incidents/a.md:7:1' },
  { rule: 'first-update', when: 'the first says Update', files: inIncident('## Update · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'postmortem-early', when: 'nothing is resolved yet', files: inIncident(`${UPDATE}\n\n## Postmortem · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1' },
  { rule: 'announcement-undated', when: 'an announcement has no heading', files: inMaintenance(MAINTENANCE, 'We upgrade.'), at: 'maintenance/a.md:8:1', write: '## Scheduled · 2026-11-20 12:00 UTC' },
  { rule: 'impact-unknown', when: 'neither components nor impact are named', files: inFront('title: A'), at: 'incidents/a.md:2:1', write: 'impact: minor' },

  { rule: 'label-nearly', when: 'a label is not bold', files: inIncident(`${UPDATE}\n\n- Next update: 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'the colon stands outside of the bold', files: inIncident(`${UPDATE}\n\n- **Next update**: 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label is misspelt', files: inIncident(`${UPDATE}\n\n- **Next udpate:** 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label has no colon', files: inIncident(`${UPDATE}\n\n- **Next update** 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-mixed', when: 'prose follows on the next line', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50 UTC\nThank you.`), at: 'incidents/a.md:11:3', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-mixed', when: 'a label stands in a paragraph', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n**Next update:** 09:50 UTC'), at: 'incidents/a.md:10:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-twice', when: 'an update promises twice', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50 UTC\n- **Next update:** 10:50 UTC`), at: 'incidents/a.md:12:3' },
  { rule: 'label-empty', when: 'a label says nothing', files: inIncident(`${UPDATE}\n\n- **Next update:**`), at: 'incidents/a.md:11:3' },
  { rule: 'label-misplaced', when: 'a resolved incident promises', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Next update:** 09:50 UTC'), at: 'incidents/a.md:9:20' },
  { rule: 'label-misplaced', when: 'an open update has ended', files: inIncident(`${UPDATE}\n\n- **Ended:** 09:10 UTC`, `${FRONT}\nstarted: 2026-11-20 09:00 UTC`), at: 'incidents/a.md:12:14' },
  { rule: 'resolved-components', when: 'Resolved leaves a component down', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Components:** checkout: major outage'), at: 'incidents/a.md:9:19', says: /Use Monitoring/ },
  { rule: 'bad-value', when: 'a label names an unknown status', files: inIncident(`${UPDATE}\n\n- **Components:** checkout: major outtage`), at: 'incidents/a.md:11:19', write: '- **Components:** checkout: major outage' },
  { rule: 'unknown-component', when: 'a label names an unknown component', files: inIncident(`${UPDATE}\n\n- **Components:** chekout: major outage`), at: 'incidents/a.md:11:19', says: /Did you mean “checkout”\?/ },

  { rule: 'comment-unclosed', when: 'a comment has no end', files: inIncident(`${UPDATE}\n\n<!-- note`), at: 'incidents/a.md:11:1', write: '-->' },
  { rule: 'link-unsafe', when: 'a link runs a script', files: inIncident(`${UPDATE}\n\n[x](javascript:alert(1))`), at: 'incidents/a.md:11:1' },
  { rule: 'link-relative', when: 'a link has no scheme', files: inIncident(`${UPDATE}\n\n[x](acme.example/help)`), at: 'incidents/a.md:11:1', write: 'https://acme.example/help' },
  { rule: 'image-foreign', when: 'an image comes from elsewhere', files: inIncident(`${UPDATE}\n\n![a graph](https://evil.example/x.png)`), at: 'incidents/a.md:11:1', write: '![a graph](/x.png)' },
  { rule: 'image-missing', when: 'an image is not in public/', files: inIncident(`${UPDATE}\n\n![a graph](/x.png)`), at: 'incidents/a.md:11:1' },
  { rule: 'image-missing', when: 'the path of an image cannot be decoded', files: inIncident(`${UPDATE}\n\n![a graph](/%zz.png)`), at: 'incidents/a.md:11:1' },
  { rule: 'image-undescribed', when: 'an image has no words', files: inIncident(`${UPDATE}\n\n![](/there.png)`), at: 'incidents/a.md:11:1' },
];

const NEED_A_DISK: readonly RuleId[] = ['file-too-large', 'file-link', 'file-unreadable', 'not-utf8'];

describe('each rule', () => {
  it.each(CASES)('$rule is reported when $when', ({ rule, files, at, says, write }) => {
    const { diagnostics } = readFiles(files, ['/there.png']);
    const found = diagnostics.filter(({ ruleId }) => ruleId === rule);
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([at]);
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual([rule]);
    expect(found[0]).toMatchObject({ severity: RULES[rule], reason: expect.stringMatching(says ?? /[.?]$/) as string });
    if (write !== undefined) expect(found[0]?.expected).toBe(write);
  });

  it('has a case here or on the disk', () => {
    const tried = new Set<string>([...CASES.map(({ rule }) => rule), ...NEED_A_DISK, 'file-missing']);
    expect(Object.keys(RULES).filter((rule) => !tried.has(rule))).toEqual([]);
  });
});
