import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RuleId } from './rules.ts';
import { RULES, WARNINGS } from './rules.ts';
import { bareIncident, incident, readFiles, SITE_REVIEWED } from '../__tests__/support/reader.ts';

const UPDATE = '## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.';
const FRONT = 'title: Some customers cannot pay\ncomponents:\n  checkout: partial_outage';
const TEMPLATE = incident('Text.', 'for: incident\nstatus: resolved');
const UNDATED =
  'title: Database upgrade\ncomponents: [checkout]\nscheduled: 2026-12-01 10:00 UTC\nuntil: 2026-12-01 11:00 UTC';
const MAINTENANCE = `${UNDATED}\nannounced: 2026-11-10 10:00 UTC`;

/** A text of a language that is not shipped, in all its plural forms. */
const GA = `{
  "duration.days.one": "{count} lá amháin",
  "duration.days.two": "{count} lá",
  "duration.days.few": "{count} lá",
  "duration.days.many": "{count} lá",
  "duration.days.other": "{count} lá"
}`;

interface Case {
  rule: RuleId;
  /** What makes it happen, as a fact. */
  when: string;
  files: Readonly<Record<string, string>>;
  /** `file:line:column`. */
  at: string;
  says?: RegExp;
  /** What is to be pasted; what is only an example is not. */
  write?: string;
  example?: string;
}

const inIncident = (text: string, front = FRONT) => ({ 'incidents/a.md': incident(text, front) });
const inFront = (front: string) => inIncident(UPDATE, front);
/** With all warnings on; `says` the text of an update that promises another, unless it says so itself. */
const reviewed = (says: string, front = FRONT, settings = '') => ({
  'site.yml': `${SITE_REVIEWED}${settings}`,
  ...inIncident(says, front),
});
const PROMISED = '\n\n- **Next update:** 12:30 UTC';
const AREAS = 'areas:\n  eu: { en: Europe }\n  us: North America\n';
const inAnnouncement = (more: string) => `---\ntitle: A\nfrom: 2026-11-20 09:00 UTC\n${more}---\n`;
const inMaintenance = (front: string, text = '') => ({ 'maintenance/a.md': incident(text, front) });
const channels = (...list: string[]) => ({
  'site.yml': `${SITE_REVIEWED}time_zone: UTC\nchannels:\n${list.map((one) => `  - ${one}\n`).join('')}`,
});
const emails = (...lines: string[]) => ({
  'site.yml': `${SITE_REVIEWED}subscribe:\n  email:\n${lines.map((one) => `    ${one}\n`).join('')}`,
});
const inTemplate = (text: string, front = 'for: incident\nstatus: investigating') => ({
  'templates/a.md': incident(text, front),
});
/** Updates that are scheduled for an incident. */
const inSchedule = (later: string, text = UPDATE) => ({ ...inIncident(text), 'scheduled/incidents/a.md': later });
/** A rule for alerts, with these lines instead of its own, beside the templates that it needs by default. */
const inAlerts = (lines: Readonly<Record<string, string | undefined>> = {}, more = '', files: Case['files'] = {}) => {
  const rule = { name: 'a', match: '{ name: Checkout* }', then: 'publish', title: 'A', components: '{ checkout: partial_outage }', ...lines }; // prettier-ignore
  const text = Object.entries(rule).flatMap(([key, value]) => value === undefined ? [] : `${key}: ${value}`).join('\n  '); // prettier-ignore
  const says = (status: string) =>
    incident('Something is wrong with {{components}}.', `for: incident\nstatus: ${status}`);
  const templates = { 'alert': 'investigating', 'alert-more': 'update', 'alert-back': 'investigating', 'alert-over': 'resolved' }; // prettier-ignore
  return {
    ...Object.fromEntries(Object.entries(templates).map(([name, status]) => [`templates/${name}.md`, says(status)])),
    'alerts.yml': `- ${text}\n${more}`,
    ...files,
  };
};
const asking = (text: string) => ({ 'templates/asking.md': incident(text, 'for: incident\nstatus: investigating') });

// A line a case reads as the table it is.
// prettier-ignore
const CASES: readonly Case[] = [
  { rule: 'file-misplaced', when: 'an incident lies beside the folder', files: { 'a.md': incident(UPDATE) }, at: 'a.md:1:1', write: 'incidents/a.md' },
  { rule: 'file-misplaced', when: 'an incident has another ending', files: { 'incidents/a.txt': incident(UPDATE) }, at: 'incidents/a.txt:1:1', write: 'incidents/a.md' },
  { rule: 'file-misplaced', when: 'an incident has no ending and another folder', files: { 'outages/a': incident(UPDATE) }, at: 'outages/a:1:1', write: 'incidents/a.md' },
  { rule: 'file-misplaced', when: 'a maintenance lies beside the folder', files: { 'a.markdown': incident('', MAINTENANCE) }, at: 'a.markdown:1:1', write: 'maintenance/a.md' },
  { rule: 'file-misplaced', when: 'site.yml is misspelt', files: { 'sites.yml': SITE_REVIEWED }, at: 'sites.yml:1:1', write: 'site.yml' },
  { rule: 'file-name', when: 'the name has spaces', files: { 'incidents/2019-01-22 reboot.md': incident(UPDATE) }, at: 'incidents/2019-01-22 reboot.md:1:1', write: 'incidents/2019-01-22-reboot.md' },
  { rule: 'file-name', when: 'Windows keeps the name', files: { 'incidents/CON.md': incident(UPDATE) }, at: 'incidents/CON.md:1:1', write: 'incidents/incident-CON.md' },
  { rule: 'id-taken', when: 'two files differ by case only', files: { 'incidents/a.md': incident(UPDATE), 'maintenance/A.md': incident('', MAINTENANCE) }, at: 'maintenance/A.md:1:1', says: /same name as incidents\/a\.md/, write: 'maintenance/A-2.md' },
  { rule: 'id-taken', when: 'two components have one id', files: { 'components.yml': '- id: a\n  name: A\n- id: a\n  name: B' }, at: 'components.yml:3:7' },
  { rule: 'id-taken', when: 'a group has the id of a component', files: { 'components.yml': '- group: Shop\n  id: shop\n  components:\n    - id: shop\n      name: Shop' }, at: 'components.yml:2:7', says: /a name of the component “shop” too/, write: '  id: shop-group' },
  { rule: 'id-taken', when: 'a component has the name that stands for all', files: { 'components.yml': '- id: all\n  name: All' }, at: 'components.yml:1:7', says: /stands for all components/ },
  { rule: 'control-character', when: 'a backspace stands in the text', files: inIncident(`${UPDATE} a\u0008b`), at: 'incidents/a.md:9:18', says: /U\+0008/ },
  { rule: 'line-too-long', when: 'a line would take long to read', files: inIncident(`${UPDATE}\n\n${'['.repeat(20_001)}`), at: 'incidents/a.md:11:1' },
  { rule: 'nested-too-deep', when: 'HTML elements are opened without end', files: inIncident(`${UPDATE}\n\n${'<div>'.repeat(1000)}`), at: 'incidents/a.md:11:1' },
  { rule: 'nested-too-deep', when: 'a list nests beyond reason', files: inIncident(`${UPDATE}\n\n${Array.from({ length: 60 }, (_, level) => `${'  '.repeat(level)}- a`).join('\n')}`), at: 'incidents/a.md:61:1' },
  { rule: 'merge-conflict', when: 'marks of a conflict were left', files: inIncident(`<<<<<<< HEAD\n${UPDATE}\n=======\nx\n>>>>>>> main`), at: 'incidents/a.md:7:1' },
  { rule: 'example-instant', when: '.example holds no instant', files: { '.example': 'yesterday' }, at: '.example:1:1', write: '2026-11-20T10:05:00Z' },

  { rule: 'front-matter-missing', when: 'the file begins with text', files: { 'incidents/a.md': UPDATE }, at: 'incidents/a.md:1:1', example: '---\ntitle: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n---\n\n## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'front-matter-unclosed', when: 'no line closes it', files: { 'incidents/a.md': `---\ntitle: A\nimpact: minor\n${UPDATE}` }, at: 'incidents/a.md:4:1', write: '---' },
  { rule: 'front-matter-language', when: 'it is JavaScript', files: { 'incidents/a.md': '---js\n{title: "A"}\n---\n' }, at: 'incidents/a.md:1:1', example: '---\ntitle: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n---\n\n## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'front-matter-language', when: 'it is TOML', files: { 'incidents/a.md': '+++\ntitle = "A"\n+++\n' }, at: 'incidents/a.md:1:1', example: '---\ntitle: Some customers cannot pay\ncomponents:\n  checkout: partial_outage\n---\n\n## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'yaml-syntax', when: 'a value holds a colon', files: inFront('title: vega: MySQL'), at: 'incidents/a.md:2:8', write: 'title: "vega: MySQL"' },
  { rule: 'yaml-syntax', when: 'a value begins with a star', files: inFront('title: *.jenkins.io'), at: 'incidents/a.md:2:8', write: 'title: "*.jenkins.io"' },
  { rule: 'yaml-syntax', when: 'a tab indents', files: inFront('title: A\ncomponents:\n\tcheckout: partial_outage'), at: 'incidents/a.md:4:1', write: '  checkout: partial_outage' },
  { rule: 'unknown-key', when: 'a key is misspelt', files: inFront('titel: A'), at: 'incidents/a.md:2:1', says: /Did you mean “title”\?/, write: 'title: A' },
  { rule: 'missing-key', when: 'there is no title', files: inFront('impact: minor'), at: 'incidents/a.md:2:1', says: /“title” is missing/, example: 'title: Some customers cannot pay' },
  { rule: 'wrong-kind', when: 'maintenance is on all components, not in a list', files: inMaintenance('title: A\ncomponents: all\nscheduled: 2026-11-25 01:00 UTC\nuntil: 2026-11-25 03:00 UTC'), at: 'maintenance/a.md:3:13', write: 'components: [all]' },
  { rule: 'wrong-kind', when: 'areas are text', files: inFront(`${FRONT}\nareas: Europe`), at: 'incidents/a.md:5:8', write: 'areas: [Europe]' },
  { rule: 'wrong-kind', when: 'components of an incident are a list', files: inFront('title: A\ncomponents: [checkout]'), at: 'incidents/a.md:3:13', write: 'components: { checkout: partial_outage }' },
  { rule: 'bad-value', when: 'an impact is unknown', files: inFront(`${FRONT}\nimpact: mayor`), at: 'incidents/a.md:5:9', write: 'impact: major' },
  { rule: 'bad-value', when: 'a status is misspelt', files: inFront('title: A\ncomponents:\n  checkout: partial_outtage'), at: 'incidents/a.md:4:13', write: '  checkout: partial_outage' },
  { rule: 'bad-value', when: 'the time zone does not exist', files: { 'site.yml': 'name: A\nurl: https://a.example\ntime_zone: Europe/Berlinn' }, at: 'site.yml:3:12', write: 'time_zone: Europe/Berlin' },
  { rule: 'locale-missing', when: 'a language is not there', files: { 'site.yml': 'name: A\nurl: https://a.example\nlocale: ga' }, at: 'site.yml:3:9', says: /content\/i18n\/ga\.json/, write: 'locale: en' },
  { rule: 'locale-twice', when: 'a language is listed twice', files: { 'site.yml': 'name: A\nurl: https://a.example\nlocales: [de, en, de]' }, at: 'site.yml:3:19', says: /already listed/ },
  { rule: 'translation-locale', when: 'a translation is in no language of the page', files: { ...inIncident(UPDATE), 'incidents/a.de.md': incident('', 'title: A') }, at: 'incidents/a.de.md:1:1', says: /“de” is not a language of the page/, example: 'locales: [en, de]' },
  { rule: 'translation-locale', when: 'a name is in no language of the page', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]\n`, 'components.yml': '- id: a\n  name: { en: A, dee: B }' }, at: 'components.yml:2:18', says: /Did you mean “de”/, write: '  name: { en: A, de: B }' },
  { rule: 'missing-key', when: 'a name is not in the main language', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]\n`, 'components.yml': '- id: a\n  name: { de: B }' }, at: 'components.yml:2:9', says: /“en”, the main language/, example: 'name: { en: B, de: B }' },
  { rule: 'translation-missing', when: 'an open incident is not translated', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments fail.${PROMISED}`, FRONT, 'locales: [en, de]\n'), at: 'incidents/a.md:7:1', says: /Readers of German .* until you write incidents\/a\.de\.md/, example: '---\ntitle: Some customers cannot pay\n---\n\n## Identified · 2026-11-20 11:55 UTC\n\n…' },
  { rule: 'translation-orphan', when: 'a translation has nothing to translate', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]`, 'incidents/b.de.md': incident('', 'title: A') }, at: 'incidents/b.de.md:1:1', says: /incidents\/b\.md, which does not exist/ },
  { rule: 'translation-update', when: 'a translated update is not in the first file', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]\nwarnings: { off: [promise-missing, stock-words] }`, ...inIncident(UPDATE), 'incidents/a.de.md': incident(UPDATE.replace('09:20', '09:21'), 'title: A') }, at: 'incidents/a.de.md:5:1', says: /no update with this time/, write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'json-syntax', when: 'words begin without a brace', files: { 'i18n/en.json': '"history": "Past"' }, at: 'i18n/en.json:1:1', says: /start with \{/, example: '{\n  "history": "History"\n}' },
  { rule: 'json-syntax', when: 'a comma is missing between words', files: { 'i18n/en.json': '{\n  "history": "Past"\n  "support": "Help"\n}' }, at: 'i18n/en.json:2:20', write: '  "history": "Past",' },
  { rule: 'json-syntax', when: 'a comma is behind the last of the words', files: { 'i18n/en.json': '{\n  "history": "Past",\n}' }, at: 'i18n/en.json:2:20', write: '  "history": "Past"' },
  { rule: 'json-syntax', when: 'a key has no quotes', files: { 'i18n/en.json': '{\n  history: "Past"\n}' }, at: 'i18n/en.json:2:3', write: '  "history": "Past"' },
  { rule: 'json-syntax', when: 'a text of the words is not closed', files: { 'i18n/en.json': '{\n  "history": "Past,\n}' }, at: 'i18n/en.json:2:14', says: /closing quote/ },
  { rule: 'json-syntax', when: 'a text has a backslash that JSON does not know', files: { 'i18n/en.json': '{ "history": "C:\\Past" }' }, at: 'i18n/en.json:1:14' },
  { rule: 'json-syntax', when: 'the words do not end', files: { 'i18n/en.json': '{\n  "history": "Past"' }, at: 'i18n/en.json:2:20', write: '}' },
  { rule: 'file-name', when: 'the name of a file of words is no language', files: { 'i18n/german.json': '{}' }, at: 'i18n/german.json:1:1' },
  { rule: 'file-name', when: 'the tag of words is in another form', files: { 'i18n/pt_br.json': '{ "history": "Passado" }' }, at: 'i18n/pt_br.json:1:1', write: 'i18n/pt-BR.json' },
  { rule: 'file-name', when: 'words are in YAML', files: { 'i18n/en.yml': 'history: Past' }, at: 'i18n/en.yml:1:1', says: /are JSON/ },
  { rule: 'unknown-key', when: 'a key of the words is misspelt', files: { 'i18n/en.json': '{\n  "histroy": "Past"\n}' }, at: 'i18n/en.json:2:3', says: /Did you mean “history”\?/, write: '  "history": "Past"' },
  { rule: 'unknown-key', when: 'a key of the words is there twice', files: { 'i18n/en.json': '{ "history": "Past", "history": "Before" }' }, at: 'i18n/en.json:1:22', says: /twice/ },
  { rule: 'wrong-kind', when: 'words are in groups', files: { 'i18n/en.json': '{ "history": { "title": ["Past"] } }' }, at: 'i18n/en.json:1:14' },
  { rule: 'bad-value', when: 'a text of the words is empty', files: { 'i18n/en.json': '{ "history": " " }' }, at: 'i18n/en.json:1:14' },
  { rule: 'words-blank', when: 'a blank of the words is misspelt', files: { 'i18n/en.json': '{ "time.range": "{from} to {til}" }' }, at: 'i18n/en.json:1:17', says: /Nothing fills \{til\}.*\{from\}, \{to\}/ },
  { rule: 'words-blank', when: 'a blank of the words is left out', files: { 'i18n/en.json': '{ "time.range": "since {from}" }' }, at: 'i18n/en.json:1:17', says: /\{to\} is missing/ },
  { rule: 'words-plural', when: 'a language has no such plural form', files: { 'i18n/en.json': '{ "duration.days.few": "{count} days" }' }, at: 'i18n/en.json:1:3', says: /“few” is not a plural form .*duration\.days\.other/ },
  { rule: 'words-plural', when: 'a language needs more plural forms', files: { 'site.yml': `${SITE_REVIEWED}locale: ga\nwarnings: { off: [words-missing] }`, 'i18n/ga.json': GA.replace(/ {2}"duration.days.two".*\n/, '') }, at: 'i18n/ga.json:2:3', says: /“two” \(2, …\)/, example: '"duration.days.two": "…"' },
  { rule: 'words-missing', when: 'a language of the owner’s own is not complete', files: { 'site.yml': `${SITE_REVIEWED}locale: ga`, 'i18n/ga.json': GA }, at: 'i18n/ga.json:1:1', says: /^\d+ of \d+ texts are missing, so the page shows them in English: / },
  { rule: 'words-unused', when: 'words are in no language of the page', files: { 'i18n/de.json': '{ "history": "Früher" }' }, at: 'i18n/de.json:1:1', says: /“de” is not a language of the page/, example: 'locales: [en, de]' },
  { rule: 'bad-value', when: 'a language is written in another form', files: { 'site.yml': 'name: A\nurl: https://a.example\nlocale: pt_br' }, at: 'site.yml:3:9', write: 'locale: pt-BR' },
  { rule: 'logo-missing', when: 'the logo is not in public/', files: { 'site.yml': 'name: A\nurl: https://a.example\nlogo: /logo.svg' }, at: 'site.yml:3:7', write: 'logo: /brand/logo.svg' },

  { rule: 'bad-value', when: 'a colour is a comment to YAML', files: { 'site.yml': `${SITE_REVIEWED}accent: #0b57d0\n` }, at: 'site.yml:3:9', says: /starts with # in quotes/, write: 'accent: "#0b57d0"' },
  { rule: 'bad-value', when: 'a colour has no sign', files: { 'site.yml': `${SITE_REVIEWED}accent: 0B57D0\n` }, at: 'site.yml:3:9', write: 'accent: "#0b57d0"' },
  { rule: 'bad-value', when: 'a time zone is only its city', files: { 'site.yml': `${SITE_REVIEWED}time_zone: Berlin\n` }, at: 'site.yml:3:12', write: 'time_zone: Europe/Berlin' },
  { rule: 'bad-value', when: 'an address has no scheme', files: { 'site.yml': 'name: A\nurl: status.acme.example' }, at: 'site.yml:2:6', write: 'url: https://status.acme.example' },
  { rule: 'bad-value', when: 'a length of time is in words', files: { 'site.yml': `${SITE_REVIEWED}stale_after: 20 minutes\n` }, at: 'site.yml:3:14', write: 'stale_after: 20m' },
  { rule: 'logo-missing', when: 'the logo is misspelt', files: { 'site.yml': `${SITE_REVIEWED}logo: /ther.png\n` }, at: 'site.yml:3:7', write: 'logo: /there.png' },
  { rule: 'css-syntax', when: 'a style has no colon', files: { 'theme.css': 'a {\n  color red;\n}' }, at: 'theme.css:2:9', says: /Colon is expected/ },
  { rule: 'css-foreign', when: 'styles are imported', files: { 'theme.css': '@import "https://elsewhere.example/a.css";' }, at: 'theme.css:1:1', says: /“@import” has no effect/ },
  { rule: 'css-foreign', when: 'a font is on another site', files: { 'theme.css': '@font-face { font-family: A; src: url("https://elsewhere.example/a.woff2") }' }, at: 'theme.css:1:35', says: /not a file of this site/ },
  { rule: 'css-foreign', when: 'one of several pictures is on another site', files: { 'theme.css': 'a { background: image-set("/there.png" type("image/png"), "https://elsewhere.example/a.png" 2x) }' }, at: 'theme.css:1:59', says: /not a file of this site/ },
  { rule: 'css-foreign', when: 'an address is hidden in a custom property', files: { 'theme.css': ':root { --x: url(https://elsewhere.example/a.png) }' }, at: 'theme.css:1:9', says: /“--x” can’t be checked/ },
  { rule: 'css-foreign', when: 'a picture of the style sheet is not there', files: { 'theme.css': 'a { background: url(/ther.png) }' }, at: 'theme.css:1:17', says: /no file public\/ther\.png/ },
  { rule: 'css-colour', when: 'quiet text is too light', files: { 'theme.css': ':root {\n  --soft: light-dark(#999, oklch(0.73 0.012 265)); /* grey */\n}' }, at: 'theme.css:2:3', says: /“--soft” on “--tint” of “\.major” has a contrast of 2\.\d+ on light pages/, write: '  --soft: light-dark(#6c6c6c, oklch(0.73 0.012 265)); /* grey */' },
  { rule: 'css-colour', when: 'the icon of a tone is too dark on dark pages', files: { 'theme.css': '@media (prefers-color-scheme: dark) { .ok { --shape: #004020 } }' }, at: 'theme.css:1:45', says: /on dark pages. It needs at least 3/, write: '@media (prefers-color-scheme: dark) { .ok { --shape: #447c58 } }' },
  { rule: 'css-colour', when: 'a colour for light pages is one for dark pages too', files: { 'theme.css': ':root { --paper: #fffaf0; --soft: light-dark(#555, #aaa) }' }, at: 'theme.css:1:9', says: /on dark pages/, write: ':root { --paper: light-dark(#fffaf0, #211e17); --soft: light-dark(#555, #aaa) }' },
  { rule: 'css-colour', when: 'the contrast of a colour is not known', files: { 'theme.css': ':root { --ink: color-mix(in oklch, red, blue) }' }, at: 'theme.css:1:9', says: /can’t be checked for contrast/, example: '--ink: light-dark(#1a1a1a, #f0f0f0);' },
  { rule: 'css-colour', when: 'a colour is set where it is not known what it stands on', files: { 'theme.css': '.band { --word: #fff }' }, at: 'theme.css:1:9', says: /Set it in \.ok, /, example: '.ok { --word: light-dark(#1a1a1a, #f0f0f0); }' },
  { rule: 'logo-missing', when: 'the logo for dark backgrounds is misspelt', files: { 'site.yml': `${SITE_REVIEWED}logo:\n  light: /there.png\n  dark: /ther.png\n` }, at: 'site.yml:5:9', write: '  dark: /there.png' },
  { rule: 'logo-missing', when: 'the icon is misspelt', files: { 'site.yml': `${SITE_REVIEWED}favicon: /brand/icn.svg\n` }, at: 'site.yml:3:10', write: 'favicon: /brand/icon.svg' },
  { rule: 'bad-value', when: 'a link has no scheme', files: { 'site.yml': `${SITE_REVIEWED}links:\n  header:\n    - text: Help\n      url: help.acme.example\n` }, at: 'site.yml:6:12', write: '      url: https://help.acme.example' },
  { rule: 'bad-value', when: 'a link runs code', files: { 'site.yml': `${SITE_REVIEWED}links: { footer: [{ text: A, url: "javascript:alert(1)" }] }` }, at: 'site.yml:3:35' },
  { rule: 'missing-key', when: 'a link has no text in the main language', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]\nlinks: { footer: [{ text: { de: Hilfe }, url: /pages/a/ }] }\nwarnings: { off: [link-dead] }` }, at: 'site.yml:4:27', says: /“en”, the main language/, example: 'text: { en: Hilfe, de: Hilfe }' },
  { rule: 'bad-value', when: 'a section is misspelt', files: { 'site.yml': `${SITE_REVIEWED}sections: [component, past]` }, at: 'site.yml:3:12', write: 'sections: [components, past]' },
  { rule: 'bad-value', when: 'a section is listed twice', files: { 'site.yml': `${SITE_REVIEWED}sections: [past, past]` }, at: 'site.yml:3:11', says: /only once/ },
  { rule: 'link-dead', when: 'a link of the owner leads to no page', files: { 'site.yml': `${SITE_REVIEWED}links: { header: [{ text: A, url: /pages/contct/ }] }`, 'pages/contact.md': '---\ntitle: Contact\n---\n' }, at: 'site.yml:3:35', write: 'links: { header: [{ text: A, url: /pages/contact/ }] }' },
  { rule: 'link-dead', when: 'a page links to none', files: { 'pages/contact.md': '---\ntitle: Contact\n---\n\n[A](/components/chekout/)' }, at: 'pages/contact.md:5:1', example: '/components/checkout/' },
  { rule: 'file-name', when: 'a page has a name that is no address', files: { 'pages/About Us.md': '---\ntitle: About\n---\n' }, at: 'pages/About Us.md:1:1', write: 'pages/about-us.md' },
  { rule: 'file-name', when: 'an announcement is in a folder of its own', files: { 'announcements/2026/TLS.md': inAnnouncement('') }, at: 'announcements/2026/TLS.md:1:1', write: 'announcements/tls.md' },
  { rule: 'file-misplaced', when: 'the folder of announcements is misspelt', files: { 'announcement/a.md': inAnnouncement('until: 2026-12-01 09:00 UTC\n') }, at: 'announcement/a.md:1:1', write: 'announcements/a.md' },
  { rule: 'missing-key', when: 'an announcement does not say since when', files: { 'announcements/a.md': '---\ntitle: A\n---\n' }, at: 'announcements/a.md:2:1', says: /from/, example: 'from: 2026-11-20 09:20 UTC' },
  { rule: 'times-reversed', when: 'an announcement ends before it begins', files: { 'announcements/a.md': inAnnouncement('until: 2026-11-01 09:00 UTC\n') }, at: 'announcements/a.md:4:8', says: /never show/, write: 'until: 2026-12-04 09:00 UTC' },
  { rule: 'time-no-zone', when: 'an announcement has a time without its zone', files: { 'announcements/a.md': '---\ntitle: A\nfrom: 2026-11-20 09:00\n---\n' }, at: 'announcements/a.md:3:7', write: 'from: 2026-11-20 09:00 UTC' },
  { rule: 'unknown-component', when: 'an announcement is about a component that is not there', files: { 'announcements/a.md': inAnnouncement('components: [chekout]\n') }, at: 'announcements/a.md:4:14', write: 'components: [checkout]' },
  { rule: 'area-unknown', when: 'an announcement is about an area that is not listed', files: { 'site.yml': SITE_REVIEWED + AREAS, 'announcements/a.md': inAnnouncement('areas: [euro]\n') }, at: 'announcements/a.md:4:9', write: 'areas: [eu]' },
  { rule: 'link-dead', when: 'an announcement links to none', files: { 'announcements/a.md': `${inAnnouncement('')}\n[A](/announcements/b/)` }, at: 'announcements/a.md:6:1', example: '/announcements/a/' },
  { rule: 'bad-value', when: 'a page has no such place', files: { 'pages/a.md': '---\ntitle: A\nnav: head\n---\n' }, at: 'pages/a.md:3:6', write: 'nav: header' },
  { rule: 'translation-orphan', when: 'a translated page has no original', files: { 'site.yml': `${SITE_REVIEWED}locales: [en, de]`, 'pages/a.de.md': '---\ntitle: A\n---\n' }, at: 'pages/a.de.md:1:1' },
  { rule: 'link-unsafe', when: 'a page has a link that runs code', files: { 'pages/a.md': '---\ntitle: A\n---\n\n[A](javascript:alert(1))' }, at: 'pages/a.md:5:1' },
  { rule: 'logo-missing', when: 'the logo is a folder', files: { 'site.yml': `${SITE_REVIEWED}logo: /brand\n` }, at: 'site.yml:3:7', says: /is a folder/, write: 'logo: /brand/logo.svg' },
  { rule: 'bad-value', when: 'an id is a name', files: { 'components.yml': '- id: Check Out\n  name: Checkout' }, at: 'components.yml:1:7', write: '- id: check-out' },
  { rule: 'bad-value', when: 'a duration has hours in words', files: inAlerts({ next: '1 hour' }), at: 'alerts.yml:6:9', write: '  next: 1h' },

  { rule: 'time-no-zone', when: 'a heading has no zone', files: inIncident('## Investigating · 2026-11-20 09:20'), at: 'incidents/a.md:7:20', says: /has no time zone/, write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'time-no-zone', when: 'a label has no zone', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50`), at: 'incidents/a.md:11:20', write: '- **Next update:** 09:50 UTC' },
  { rule: 'time-named-zone', when: 'a zone has a name', files: inIncident('## Investigating · 2026-07-20 09:20 CET'), at: 'incidents/a.md:7:20', write: '## Investigating · 2026-07-20 09:20 +02:00' },
  { rule: 'time-impossible', when: 'the day does not exist', files: inIncident('## Investigating · 2026-02-30 09:20 UTC'), at: 'incidents/a.md:7:20', example: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'time-invalid', when: 'the start is no time', files: inFront(`${FRONT}\nstarted: this morning`), at: 'incidents/a.md:5:10' },
  { rule: 'time-invalid', when: 'the offset has no colon', files: inFront(`${FRONT}\nstarted: 2026-11-20 10:20 +0100`), at: 'incidents/a.md:5:10', write: 'started: 2026-11-20 09:20 UTC' },
  { rule: 'time-needs-date', when: 'a label without a date is over twelve hours away', files: inIncident(`${UPDATE}\n\n- **Next update:** 22:00 UTC`), at: 'incidents/a.md:11:20', write: '- **Next update:** 2026-11-20 22:00 UTC' },
  { rule: 'time-in-future', when: 'an update lies ahead of the clock', files: inIncident('## Investigating · 2026-11-20 12:11 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'time-implausible', when: 'an update is of last year and the file’s name is not', files: { 'incidents/2026-11-20-a.md': incident('## Investigating · 2025-11-20 09:20 UTC\n\nWe look.\n\n- **Next update:** 09:50 UTC\n\n## Identified · 2026-11-20 09:40 UTC') }, at: 'incidents/2026-11-20-a.md:7:1', says: /^The year looks wrong: .* the file name says 2026-11-20\.$/, write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'time-implausible', when: 'the only update is of last year and the file’s name is not', files: { 'incidents/2026-11-20-a.md': incident('## Investigating · 2025-11-20 10:20 +01:00') }, at: 'incidents/2026-11-20-a.md:7:1', says: /^The year looks wrong/, write: '## Investigating · 2026-11-20 10:20 +01:00' },
  { rule: 'time-implausible', when: 'the only update is of another month than the file’s name', files: { 'incidents/2026-11-20-a.md': incident('## Investigating · 2026-10-20 09:20 UTC') }, at: 'incidents/2026-11-20-a.md:7:1', says: /^The month looks wrong/, write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'time-implausible', when: 'an update is of last year and those around it are not', files: inIncident('## Investigating · 2026-11-19 10:20 +01:00\n\n## Identified · 2025-11-20 09:40 +01:00\n\n## Monitoring · 2026-11-20 10:00 +01:00'), at: 'incidents/a.md:9:1', says: /^The year looks wrong/, write: '## Identified · 2026-11-20 09:40 +01:00' },
  { rule: 'time-implausible', when: 'the first update is of last year and the second is not', files: inIncident('## Investigating · 2025-11-20 09:20 UTC {#u-20251120T091800Z}\n\n## Identified · 2026-11-20 09:40 UTC'), at: 'incidents/a.md:7:1', says: /^The year looks wrong/, write: '## Investigating · 2026-11-20 09:20 UTC {#u-20251120T091800Z}' },
  { rule: 'time-implausible', when: 'the year turned and the writer did not notice', files: inIncident('## Investigating · 2025-12-30 09:20 UTC\n\n## Identified · 2025-12-31 09:40 UTC\n\n## Resolved · 2025-01-02 09:40 UTC'), at: 'incidents/a.md:11:1', says: /^The year looks wrong/, write: '## Resolved · 2026-01-02 09:40 UTC' },
  { rule: 'time-implausible', when: 'the month of an update is not that of those around it', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\n## Identified · 2026-10-20 09:40 UTC\n\n## Monitoring · 2026-11-20 10:00 UTC'), at: 'incidents/a.md:9:1', says: /^The month looks wrong/, write: '## Identified · 2026-11-20 09:40 UTC' },
  { rule: 'time-implausible', when: 'day and month of an update are swapped', files: inIncident('## Investigating · 2026-11-03 09:20 UTC\n\n## Identified · 2026-03-11 09:40 UTC\n\n## Monitoring · 2026-11-03 10:00 UTC'), at: 'incidents/a.md:9:1', says: /^The order of day and month looks wrong/, write: '## Identified · 2026-11-03 09:40 UTC' },
  { rule: 'time-implausible', when: 'nothing was said for more than a year', files: inIncident('## Investigating · 2025-02-01 09:20 UTC\n\n## Identified · 2026-09-20 09:40 UTC'), at: 'incidents/a.md:9:1', says: /596 days after/ },
  { rule: 'time-implausible', when: 'it starts the year before its first update', files: inFront(`${FRONT}\nstarted: 2025-11-20 10:10 +01:00`), at: 'incidents/a.md:5:10', says: /^The year looks wrong/, write: 'started: 2026-11-20 10:10 +01:00' },
  { rule: 'time-implausible', when: 'it starts more than a year before its first update', files: inFront(`${FRONT}\nstarted: 2024-03-02 09:10 UTC`), at: 'incidents/a.md:5:10', says: /^Correct the wrong date/ },
  { rule: 'time-implausible', when: 'the next update is promised for next year', files: inIncident(`${UPDATE}\n\n- **Next update:** 2027-11-20 09:50 UTC`), at: 'incidents/a.md:11:20', says: /^The year looks wrong/, write: '- **Next update:** 09:50 UTC' },
  { rule: 'time-implausible', when: 'the next update was promised for last year', files: inIncident(`${UPDATE}\n\n- **Next update:** 2025-11-20 09:50 UTC`), at: 'incidents/a.md:11:20', says: /^The year looks wrong/, write: '- **Next update:** 09:50 UTC' },
  { rule: 'time-implausible', when: 'a fix is expected in another month', files: inIncident('## Investigating · 2026-08-20 09:20 UTC\n\n- **Expected fix:** 2026-12-20 10:00 UTC'), at: 'incidents/a.md:9:21', says: /^The month looks wrong/, write: '- **Expected fix:** 10:00 UTC' },
  { rule: 'time-implausible', when: 'it ended the year before', files: inIncident(`${UPDATE}\n\n## Resolved · 2026-11-20 11:00 UTC\n\n- **Ended:** 2027-11-20 10:50 UTC`), at: 'incidents/a.md:13:14', says: /^The year looks wrong/, write: '- **Ended:** 10:50 UTC' },
  { rule: 'time-implausible', when: 'work lasts for more than a year', files: inMaintenance(MAINTENANCE.replace('until: 2026', 'until: 2027')), at: 'maintenance/a.md:5:8', says: /^The year looks wrong/, write: 'until: 2026-12-01 11:00 UTC' },
  { rule: 'time-implausible', when: 'work starts the year before it ends', files: { 'maintenance/2026-12-01-a.md': incident('', MAINTENANCE.replace('scheduled: 2026', 'scheduled: 2025')) }, at: 'maintenance/2026-12-01-a.md:4:12', says: /^The year looks wrong/, write: 'scheduled: 2026-12-01 10:00 UTC' },
  { rule: 'time-implausible', when: 'work ends the year before it starts', files: inMaintenance(MAINTENANCE.replace('until: 2026', 'until: 2025')), at: 'maintenance/a.md:5:8', says: /^The year looks wrong/, write: 'until: 2026-12-01 11:00 UTC' },
  { rule: 'time-implausible', when: 'work lasts for 200 days', files: inMaintenance(MAINTENANCE.replace('until: 2026-12-01', 'until: 2027-06-19')), at: 'maintenance/a.md:5:8', says: /200 days/ },
  { rule: 'time-implausible', when: 'work is moved to last year', files: inMaintenance(MAINTENANCE, '## Scheduled · 2026-11-19 09:00 UTC\n\n- **Window:** 2025-12-02 10:00 UTC – 11:00 UTC'), at: 'maintenance/a.md:11:15', says: /^The year looks wrong/, write: '- **Window:** 2026-12-02 10:00 UTC – 11:00 UTC' },
  { rule: 'time-implausible', when: 'work is moved, and its end to next year', files: inMaintenance(MAINTENANCE, '## Scheduled · 2026-11-19 09:00 UTC\n\n- **Window:** 2026-12-02 10:00 UTC – 2027-12-02 11:00 UTC'), at: 'maintenance/a.md:11:15', says: /^The year looks wrong/, write: '- **Window:** 2026-12-02 10:00 UTC – 11:00 UTC' },
  { rule: 'time-implausible', when: 'an occurrence is moved by a year', files: inMaintenance(`${MAINTENANCE}\nrepeat: FREQ=WEEKLY;BYDAY=TU\nexcept:\n  2026-12-08: 2025-12-09 10:00 UTC`), at: 'maintenance/a.md:9:15', says: /^The year looks wrong/, write: '  2026-12-08: 2026-12-09 10:00 UTC' },
  { rule: 'time-implausible', when: 'a dated exception is moved by a year', files: inMaintenance(`${MAINTENANCE}\nrepeat: FREQ=WEEKLY;BYDAY=TU\nexcept:\n  2026-12-08: { moved: 2027-12-09 10:00 UTC, announced: 2026-11-20 09:00 UTC }`), at: 'maintenance/a.md:9:15', says: /^The year looks wrong/, write: '  2026-12-08: { moved: 2026-12-09 10:00 UTC, announced: 2026-11-20 09:00 UTC }' },
  { rule: 'times-reversed', when: 'a maintenance ends before it starts', files: inMaintenance(MAINTENANCE.replace('11:00', '09:00')), at: 'maintenance/a.md:5:8' },
  { rule: 'times-reversed', when: 'a promise lies before its update', files: inIncident(`${UPDATE}\n\n- **Next update:** 2026-11-20 09:00 UTC`), at: 'incidents/a.md:11:20' },
  { rule: 'times-reversed', when: 'it ended before it began', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Ended:** 2026-11-20 09:00 UTC', `${FRONT}\nstarted: 2026-11-20 09:10 UTC`), at: 'incidents/a.md:10:14' },

  { rule: 'alias-taken', when: 'an alias is the id of another', files: { 'components.yml': '- id: a\n  name: A\n- id: b\n  name: B\n  aliases: [a]' }, at: 'components.yml:5:13' },
  { rule: 'group-too-deep', when: 'a group is the sixth level', files: { 'components.yml': [1, 2, 3, 4, 5, 6].map((level) => `${'    '.repeat(level - 1)}- group: G${level}\n${'    '.repeat(level - 1)}  components:`).join('\n') + ' []' }, at: 'components.yml:11:23' },
  { rule: 'unknown-component', when: 'no list has the name', files: inFront('title: A\ncomponents:\n  chekout: partial_outage'), at: 'incidents/a.md:4:3', says: /Did you mean “checkout”\?/, write: '  checkout: partial_outage' },
  { rule: 'component-twice', when: 'an id and its alias stand together', files: inFront('title: A\ncomponents:\n  checkout: partial_outage\n  checkout-v1: major_outage'), at: 'incidents/a.md:5:3' },
  { rule: 'component-retired', when: 'a group had no components yet', files: { ...inFront('title: A\ncomponents:\n  shop: partial_outage'), 'components.yml': '- group: Shop\n  components: [{ id: a, name: A, since: 2026-11-21 }]' }, at: 'incidents/a.md:4:3' },
  { rule: 'component-retired', when: 'a retired component is named', files: inFront('title: A\ncomponents:\n  ftp: partial_outage'), at: 'incidents/a.md:4:3' },

  { rule: 'updates-missing', when: 'there is no update', files: inIncident(''), at: 'incidents/a.md:8:1', example: '## Investigating · 2026-11-20 12:00 UTC\n\nSome customers cannot pay. We are looking for the cause.' },
  { rule: 'update-empty', when: 'nothing stands below a heading', files: { 'incidents/a.md': bareIncident(`${UPDATE}\n\n## Resolved · 2026-11-20 10:20 UTC`) }, at: 'incidents/a.md:11:1', says: /“Resolved” update has no text/, write: 'This incident has been resolved.' },
  { rule: 'update-empty', when: 'an update has labelled lines alone', files: { 'incidents/a.md': bareIncident('## Investigating · 2026-11-20 09:20 UTC\n\n- **Next update:** 09:50 UTC\n\n<!-- to do -->') }, at: 'incidents/a.md:7:1', says: /say what customers notice/, example: 'Some customers in Europe cannot pay. We are looking for the cause.' },
  { rule: 'update-empty', when: 'maintenance ends without a word', files: { 'maintenance/a.md': bareIncident('## Completed · 2026-11-20 10:20 UTC {#u-20261120T101800Z}\n\n&nbsp;', MAINTENANCE.replaceAll('2026-12-01', '2026-11-20')) }, at: 'maintenance/a.md:9:1', write: 'The maintenance has been completed.' },
  { rule: 'update-empty', when: 'a postmortem explains nothing', files: { 'incidents/a.md': bareIncident('## Resolved · 2026-11-20 09:20 UTC\n\nIt works.\n\n## Postmortem · 2026-11-20 10:20 UTC\n\n[1]: https://acme.example/\n\n<br>') }, at: 'incidents/a.md:11:1', says: /“Postmortem” update has no text/, example: 'Some customers in Europe cannot pay. We are looking for the cause.' },
  { rule: 'updates-mixed', when: 'an update breaks the order', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\n## Identified · 2026-11-20 09:40 UTC\n\n## Monitoring · 2026-11-20 09:30 UTC'), at: 'incidents/a.md:11:1' },
  { rule: 'heading-form', when: 'a heading has no time', files: inIncident('## Investigating'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'heading-form', when: 'a heading has bold inside', files: inIncident('## **Investigating** · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'heading-status', when: 'a status is misspelt', files: inIncident('## Investigatin · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'heading-status', when: 'a second-level heading does not start an update', files: inIncident(`${UPDATE}\n\n## What happened`), at: 'incidents/a.md:11:1', write: '### What happened' },
  { rule: 'heading-id', when: 'an id lacks its #', files: inIncident('## Investigating · 2026-11-20 09:20 UTC {u-20261120T091800Z}'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC {#u-20261120T091800Z}' },
  { rule: 'heading-id-twice', when: 'two updates have one id', files: inIncident('## Investigating · 2026-11-20 09:20 UTC {#u-20261120T091800Z}\n\n## Identified · 2026-11-20 09:40 UTC {#u-20261120T091800Z}'), at: 'incidents/a.md:9:1', write: '## Identified · 2026-11-20 09:40 UTC {#u-20261120T091800Z-2}' },
  { rule: 'heading-nearly', when: 'the space after the hashes is missing', files: inIncident(`${UPDATE}\n\n##Resolved · 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'the hashes are missing', files: inIncident(`${UPDATE}\n\nResolved · 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'bold takes the place of the hashes', files: inIncident(`${UPDATE}\n\n**Resolved** - 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'it stands in a list', files: inIncident(`${UPDATE}\n\n- ## Resolved · 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:3', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'it stands in a quotation', files: inIncident(`${UPDATE}\n\n> ## Resolved · 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:3', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'the level is another', files: inIncident(`${UPDATE}\n\n### Resolved · 2026-11-20 10:20 UTC\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-nearly', when: 'only the word stands behind the hashes', files: inIncident(`${UPDATE}\n\n##Resolved\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 12:00 UTC' },
  { rule: 'heading-dashes', when: 'dashes below make a heading of an update', files: inIncident(`${UPDATE}\n\nResolved · 2026-11-20 10:20 UTC\n---\n\nIt works.`), at: 'incidents/a.md:11:1', write: '## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'heading-dashes', when: 'dashes below make a heading of text', files: inIncident(`${UPDATE}\nStill.\n---`), at: 'incidents/a.md:9:1', write: 'We are looking.\nStill.\n\n---' },
  { rule: 'status-back', when: 'work that was begun is scheduled again', files: inMaintenance(MAINTENANCE.replaceAll('2026-12-01', '2026-11-20'), '## In progress · 2026-11-20 10:00 UTC\n\n## Scheduled · 2026-11-20 10:30 UTC'), at: 'maintenance/a.md:11:1', write: '## Update · 2026-11-20 10:30 UTC' },
  { rule: 'started-late', when: 'it starts after its first update', files: inFront(`${FRONT}\nstarted: 2026-11-20 09:30 UTC`), at: 'incidents/a.md:5:10', write: 'started: 2026-11-20 09:20 UTC' },
  { rule: 'times-reversed', when: 'it ended before it was opened again', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n## Identified · 2026-11-20 10:00 UTC\n\n## Resolved · 2026-11-20 11:00 UTC\n\n- **Ended:** 09:30 UTC', `${FRONT}\nstarted: 2026-11-20 09:00 UTC`), at: 'incidents/a.md:14:14' },
  { rule: 'code-unclosed', when: 'a block of code takes in what follows', files: inIncident(`${UPDATE}\n\n\`\`\`\n\n## Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1' },
  { rule: 'html-unpublished', when: 'a page has a style sheet of its own', files: { 'pages/contact.md': '---\ntitle: Contact\n---\n\nA.\n\n<style>\np { color: red }\n</style>' }, at: 'pages/contact.md:7:1', says: /theme\.css/ },
  { rule: 'html-swallows', when: 'HTML takes in an update', files: inIncident(`${UPDATE}\n\n<div>\n## Resolved · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:12:1', write: '\n## Resolved · 2026-11-20 10:20 UTC' },
  { rule: 'comment-unclosed', when: 'a comment ends in another paragraph', files: inIncident(`${UPDATE}\n\nText. <!-- secret\n\nmore --> Text.`), at: 'incidents/a.md:11:1' },
  { rule: 'time-in-future', when: 'the examples hold the clock', files: { ...inIncident('## Investigating · 2026-11-20 12:11 UTC'), '.example': '2026-11-20T12:00:00Z' }, at: 'incidents/a.md:7:1', says: /the example is frozen/ },
  { rule: 'front-matter-missing', when: 'an empty line stands above it', files: { 'incidents/a.md': `\n${incident(UPDATE)}` }, at: 'incidents/a.md:1:1', write: '---' },
  { rule: 'time-no-zone', when: 'a label has a clock without a zone', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:55`), at: 'incidents/a.md:11:20', write: '- **Next update:** 09:55 UTC' },
  { rule: 'heading-form', when: 'nothing parts status and time', files: inIncident('## Identified 2026-11-18 11:05 UTC'), at: 'incidents/a.md:7:1', write: '## Identified · 2026-11-18 11:05 UTC' },
  { rule: 'bad-value', when: 'a status is cut short among others', files: inIncident(`${UPDATE}\n\n- **Components:** checkout: degraded, payments-api: Major outage`), at: 'incidents/a.md:11:19', write: '- **Components:** checkout: degraded performance, payments-api: major outage' },
  { rule: 'text-before-updates', when: 'text stands before the first heading', files: inIncident(`Hello.\n\n${UPDATE}`), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 12:00 UTC' },
  { rule: 'first-update', when: 'the first says Update', files: inIncident('## Update · 2026-11-20 09:20 UTC'), at: 'incidents/a.md:7:1', write: '## Investigating · 2026-11-20 09:20 UTC' },
  { rule: 'postmortem-early', when: 'nothing is resolved yet', files: inIncident(`${UPDATE}\n\n## Postmortem · 2026-11-20 10:20 UTC`), at: 'incidents/a.md:11:1', write: '## Update · 2026-11-20 10:20 UTC' },
  { rule: 'announcement-undated', when: 'an announcement has no heading', files: inMaintenance(UNDATED, 'We upgrade.'), at: 'maintenance/a.md:8:1', example: 'announced: 2026-11-20 12:00 UTC' },
  { rule: 'impact-unknown', when: 'neither components nor impact are named', files: inFront('title: A'), at: 'incidents/a.md:2:1', write: 'title: A\nimpact: minor' },

  { rule: 'label-nearly', when: 'a label is not bold', files: inIncident(`${UPDATE}\n\n- Next update: 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'the colon stands outside of the bold', files: inIncident(`${UPDATE}\n\n- **Next update**: 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label is misspelt', files: inIncident(`${UPDATE}\n\n- **Next udpate:** 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label has no colon', files: inIncident(`${UPDATE}\n\n- **Next update** 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label has neither bold nor colon', files: inIncident(`${UPDATE}\n\n- Next update 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Next update:** 09:50 UTC' },
  { rule: 'label-nearly', when: 'a label has a name from elsewhere', files: inIncident(`${UPDATE}\n\n- **ETA:** 09:50 UTC`), at: 'incidents/a.md:11:1', write: '- **Expected fix:** 09:50 UTC' },
  { rule: 'bad-value', when: 'a status has a name from elsewhere', files: inFront('title: A\ncomponents:\n  checkout: down'), at: 'incidents/a.md:4:13', write: '  checkout: major_outage' },
  { rule: 'label-mixed', when: 'prose follows on the next line', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50 UTC\nThank you.`), at: 'incidents/a.md:11:3', write: '- **Next update:** 09:50 UTC\n\nThank you.' },
  { rule: 'label-mixed', when: 'a label stands in a paragraph', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\nWe look.\n**Next update:** 09:50 UTC'), at: 'incidents/a.md:10:1', write: '\n- **Next update:** 09:50 UTC' },
  { rule: 'label-twice', when: 'an update promises twice', files: inIncident(`${UPDATE}\n\n- **Next update:** 09:50 UTC\n- **Next update:** 10:50 UTC`), at: 'incidents/a.md:12:3' },
  { rule: 'label-empty', when: 'a label says nothing', files: inIncident(`${UPDATE}\n\n- **Next update:**`), at: 'incidents/a.md:11:3' },
  { rule: 'label-misplaced', when: 'a resolved incident promises', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Next update:** 09:50 UTC'), at: 'incidents/a.md:9:20' },
  { rule: 'label-misplaced', when: 'an update after Resolved names components', files: inIncident(`${UPDATE}\n\n## Resolved · 2026-11-20 10:20 UTC\n\nIt works.\n\n## Update · 2026-11-20 10:40 UTC\n\n- **Components:** checkout: major outage`), at: 'incidents/a.md:17:19', example: '## Investigating · 2026-11-20 10:40 UTC' },
  { rule: 'label-misplaced', when: 'an open update promises a postmortem', files: inIncident(`${UPDATE}\n\n- **Postmortem by:** 2026-11-25 17:00 UTC`), at: 'incidents/a.md:11:22' },
  { rule: 'label-nearly', when: 'the label of a postmortem has another name', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\nIt works.\n\n- **Postmortem:** 2026-11-25 17:00 UTC'), at: 'incidents/a.md:11:1', write: '- **Postmortem by:** 2026-11-25 17:00 UTC' },
  { rule: 'label-misplaced', when: 'an open update has ended', files: inIncident(`${UPDATE}\n\n- **Ended:** 09:10 UTC`, `${FRONT}\nstarted: 2026-11-20 09:00 UTC`), at: 'incidents/a.md:12:14' },
  { rule: 'resolved-components', when: 'Resolved leaves a component down', files: inIncident('## Resolved · 2026-11-20 09:20 UTC\n\n- **Components:** checkout: major outage'), at: 'incidents/a.md:9:19', says: /Use Monitoring/, example: '## Monitoring · 2026-11-20 09:20 UTC' },
  { rule: 'bad-value', when: 'a label names an unknown status', files: inIncident(`${UPDATE}\n\n- **Components:** checkout: major outtage`), at: 'incidents/a.md:11:19', write: '- **Components:** checkout: major outage' },
  { rule: 'unknown-component', when: 'a label names an unknown component', files: inIncident(`${UPDATE}\n\n- **Components:** chekout: major outage`), at: 'incidents/a.md:11:19', says: /Did you mean “checkout”\?/, write: '- **Components:** checkout: major outage' },

  { rule: 'comment-unclosed', when: 'a comment has no end', files: inIncident(`${UPDATE}\n\n<!-- note`), at: 'incidents/a.md:11:1', write: '<!-- note -->' },
  { rule: 'link-unsafe', when: 'a link runs a script', files: inIncident(`${UPDATE}\n\n[x](javascript:alert(1))`), at: 'incidents/a.md:11:1' },
  { rule: 'link-relative', when: 'a link has no scheme', files: inIncident(`${UPDATE}\n\n[x](acme.example/help)`), at: 'incidents/a.md:11:1', write: '[x](https://acme.example/help)' },
  { rule: 'image-foreign', when: 'an image comes from elsewhere', files: inIncident(`${UPDATE}\n\n![a graph](https://evil.example/x.png)`), at: 'incidents/a.md:11:1', example: '![a graph](/x.png)' },
  { rule: 'image-missing', when: 'an image is not in public/', files: inIncident(`${UPDATE}\n\n![a graph](/x.png)`), at: 'incidents/a.md:11:1' },
  { rule: 'image-missing', when: 'the path of an image cannot be decoded', files: inIncident(`${UPDATE}\n\n![a graph](/%zz.png)`), at: 'incidents/a.md:11:1' },
  { rule: 'image-undescribed', when: 'an image has no words', files: inIncident(`${UPDATE}\n\n![](/there.png)`), at: 'incidents/a.md:11:1', example: '![Payments per minute, falling at 09:12 UTC](/there.png)' },

  { rule: 'promise-missing', when: 'an open update promises no other', files: reviewed('## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail.'), at: 'incidents/a.md:7:1', write: '- **Next update:** 12:20 UTC' },
  { rule: 'silent-day', when: 'nobody has spoken for a day', files: reviewed('## Investigating · 2026-11-19 11:59 UTC\n\nCard payments fail.\n\n- **Next update:** 12:30 UTC'), at: 'incidents/a.md:7:1', says: /from 2026-11-19 11:59 UTC/, example: '## Update · 2026-11-20 12:00 UTC' },
  { rule: 'open-operational', when: 'an incident that is worked on affects nothing', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments failed.\n\n- **Components:** checkout: operational${PROMISED.trim().replace(/^/, '\n')}`), at: 'incidents/a.md:7:1', write: '## Monitoring · 2026-11-20 11:55 UTC' },
  { rule: 'outage-unnamed', when: 'the text says more than the components', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nThe checkout is currently down.${PROMISED}`, FRONT.replace('partial_outage', 'degraded_performance')), at: 'incidents/a.md:7:1', says: /“Checkout” is down/, write: '- **Components:** checkout: major outage' },
  { rule: 'outage-unnamed', when: 'an outage is one of no component', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nThere is an outage in Frankfurt.${PROMISED}`, 'title: Payments fail\nimpact: major'), at: 'incidents/a.md:6:1', says: /has no components/, example: '- **Components:** checkout: major outage' },
  { rule: 'label-in-text', when: 'the next update is promised at the end of a paragraph', files: reviewed('## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail. We are on it. Next update: 12:30 UTC'), at: 'incidents/a.md:7:1', says: /^“Next update: 12:30 UTC” is in the text/, write: '- **Next update:** 12:30 UTC' },
  { rule: 'label-in-text', when: 'a bold label stands behind a sentence', files: reviewed('## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail. **Next update:** 12:30 UTC'), at: 'incidents/a.md:7:1', write: '- **Next update:** 12:30 UTC' },
  { rule: 'label-in-text', when: 'the next update is promised in words', files: reviewed('## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail. Next update in 30 minutes.'), at: 'incidents/a.md:7:1', write: '- **Next update:** 12:25 UTC' },
  { rule: 'label-in-text', when: 'a fix is expected at the end of a paragraph', files: reviewed(`## Investigating · 2026-11-20 11:55 UTC\n\nCard payments fail. Expected fix: 3:30 pm UTC.${PROMISED}`), at: 'incidents/a.md:7:1', write: '- **Expected fix:** 15:30 UTC' },
  { rule: 'label-in-text', when: 'the end stands in a paragraph', files: reviewed('## Investigating · 2026-11-20 11:00 UTC\n\nCard payments fail.\n\n## Resolved · 2026-11-20 11:55 UTC\n\nCard payments work again. Ended: 11:40 UTC'), at: 'incidents/a.md:11:1', write: '- **Ended:** 11:40 UTC' },
  { rule: 'says-resolved', when: 'a paragraph says so and the status does not', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments failed.\n\nResolved.${PROMISED}`), at: 'incidents/a.md:7:1', says: /^“Resolved\.” says/, example: '## Resolved · 2026-11-20 11:55 UTC' },
  { rule: 'incident-twice', when: 'another open incident has the same title', files: { ...reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments fail.${PROMISED}`), 'incidents/b.md': incident(`## Identified · 2026-11-20 11:50 UTC\n\nCard payments fail.${PROMISED}`) }, at: 'incidents/a.md:1:1', says: /incidents\/b\.md/ },
  { rule: 'text-copied', when: 'it speaks of what only the other incident names', files: { ...reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCustomers see an error in the checkout once they have chosen how to pay.${PROMISED}`, 'title: Refunds fail\ncomponents:\n  payments-api: partial_outage'), 'incidents/b.md': incident('## Investigating · 2026-11-10 11:50 UTC\n\nCustomers see an error in the checkout once they have chosen how to pay.\n\n## Resolved · 2026-11-10 12:50 UTC\n\nAll is well.') }, at: 'incidents/a.md:7:1', says: /“Checkout”/ },
  { rule: 'repeat-mismatch', when: 'it does not begin by its rule', files: inMaintenance(`${MAINTENANCE}\nrepeat: FREQ=WEEKLY;BYDAY=WE`), at: 'maintenance/a.md:4:12', write: 'scheduled: 2026-12-02 10:00 UTC\nuntil: 2026-12-02 11:00 UTC' },
  { rule: 'repeat-endless', when: 'work takes place every day for decades', files: inMaintenance(`${MAINTENANCE.replaceAll('2026-12-01', '1996-12-01')}\nrepeat: FREQ=DAILY`), at: 'maintenance/a.md:4:12', says: /more than 4000 occurrences/, write: 'scheduled: 2025-11-21 10:00 UTC\nuntil: 2025-11-21 11:00 UTC' },
  { rule: 'bad-value', when: 'an id is a word of every object in JavaScript', files: { 'components.yml': '- id: constructor\n  name: A\n' }, at: 'components.yml:1:7', says: /`constructor-1`/ },
  { rule: 'time-impossible', when: 'a time is the zero of a program', files: inMaintenance(MAINTENANCE.replace('scheduled: 2026', 'scheduled: 0001')), at: 'maintenance/a.md:4:12', says: /1990 to 2199/ },
  { rule: 'bad-value', when: 'a reminder comes ten years before', files: { 'site.yml': `${SITE_REVIEWED}remind: [1h, 3650d]\n` }, at: 'site.yml:3:14', write: 'remind: [1h, 30d]' },
  { rule: 'bad-value', when: 'a duration has no end', files: { 'site.yml': `${SITE_REVIEWED}postmortems: { major: 200000000d }\n` }, at: 'site.yml:3:23', write: 'postmortems: { major: 3650d }' },
  { rule: 'bad-value', when: 'a path has letters of other scripts', files: { 'site.yml': SITE_REVIEWED.replace(/url: .*/, 'url: https://a.example/über/%C3%A9tat/日本') }, at: 'site.yml:2:6', write: 'url: https://a.example/uber/etat' },
  { rule: 'secret-written', when: 'the address of the page holds a password', files: { 'site.yml': SITE_REVIEWED.replace(/url: .*/, 'url: https://me:secret@a.example/x') }, at: 'site.yml:2:6', says: /^(?!.*secret@)/, write: 'url: https://a.example/x' },
  { rule: 'bad-value', when: 'the address for reports has a blank that does not exist', files: { 'site.yml': `${SITE_REVIEWED}report_problem: "https://a.example/x?a={titel}"\n` }, at: 'site.yml:3:17', says: /\{titel\} does not exist\. Use \{title\}, \{components\}/ },
  { rule: 'bad-value', when: 'the address for reports has a scheme that runs code', files: { 'site.yml': `${SITE_REVIEWED}report_problem: "javascript:alert({title})"\n` }, at: 'site.yml:3:17', says: /an address such as/ },
  { rule: 'bad-value', when: 'the host of the address for reports is a blank', files: { 'site.yml': `${SITE_REVIEWED}report_problem: "https://{title}/"\n` }, at: 'site.yml:3:17', says: /an address such as/ },
  { rule: 'bad-value', when: 'the address for reports is that of a mailbox', files: { 'site.yml': `${SITE_REVIEWED}report_problem: help@a.example\n` }, at: 'site.yml:3:17', write: 'report_problem: mailto:help@a.example' },
  { rule: 'secret-written', when: 'a link holds a password', files: { 'site.yml': `${SITE_REVIEWED}support_url: https://me:secret@a.example/x\n` }, at: 'site.yml:3:14', says: /^(?!.*secret@)/, write: 'support_url: https://a.example/x' },
  { rule: 'except-unknown', when: 'nothing takes place on the day', files: inMaintenance(`${MAINTENANCE}\nrepeat: FREQ=WEEKLY;BYDAY=TU\nexcept:\n  2026-12-09: cancelled`), at: 'maintenance/a.md:9:3', write: '  2026-12-08: cancelled' },
  { rule: 'except-unknown', when: 'it does not recur', files: inMaintenance(`${MAINTENANCE}\nexcept: { 2026-12-01: cancelled }`), at: 'maintenance/a.md:7:11', example: 'repeat: FREQ=WEEKLY;BYDAY=TU' },
  { rule: 'bad-value', when: 'a rule of recurrence is none', files: inMaintenance(`${MAINTENANCE}\nrepeat: every Tuesday`), at: 'maintenance/a.md:7:9', says: /such as `FREQ=WEEKLY;BYDAY=TU`/ },
  { rule: 'maintenance-long', when: 'work takes longer than a day', files: inMaintenance(MAINTENANCE.replace('until: 2026-12-01', 'until: 2026-12-02')), at: 'maintenance/a.md:1:1', says: /25 hours/ },
  { rule: 'stock-words', when: 'an update is made of stock sentences', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nWe have identified the issue and are working on a fix.${PROMISED}`), at: 'incidents/a.md:7:1', example: 'Some customers still get an error from Checkout. We are comparing today’s release with yesterday’s.' },
  { rule: 'no-effect', when: 'nobody says what customers see', files: reviewed(`## Investigating · 2026-11-20 11:55 UTC\n\nWe are investigating.${PROMISED}`, FRONT.replace('Some customers cannot pay', 'Incident with Search'), 'warnings: { off: [stock-words] }\n'), at: 'incidents/a.md:7:1', example: 'Some customers get an error from Checkout. Everything else works.' },
  { rule: 'alias-unused', when: 'an old address is that of another incident', files: { 'incidents/a.md': '---\ntitle: A\nimpact: none\naliases: [/incidents/b, /i/abc]\n---\n\n## Resolved · 2026-01-10 10:00 UTC\n\nAll works.\n', 'incidents/b.md': '---\ntitle: B\nimpact: none\n---\n\n## Resolved · 2026-01-11 10:00 UTC\n\nAll works.\n' }, at: 'incidents/a.md:4:1', says: /“\/incidents\/b” leads nowhere. incidents\/b.md has it/ },
  { rule: 'alias-unused', when: 'the page needs an old address', files: { 'incidents/a.md': '---\ntitle: A\nimpact: none\naliases: [/i/abc, /history/2026/]\n---\n\n## Resolved · 2026-01-10 10:00 UTC\n\nAll works.\n' }, at: 'incidents/a.md:4:1', says: /The page needs it/ },
  { rule: 'link-dead', when: 'a link leads to no page of this site', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments fail at [the checkout](/components/chekout/).${PROMISED}`), at: 'incidents/a.md:7:1', says: /Did you mean “\/components\/checkout\/”/, example: '/components/checkout/' },
  { rule: 'unlabelled-fix-time', when: 'prose guesses at a fix', files: reviewed(`## Identified · 2026-11-20 11:55 UTC\n\nCard payments fail. We expect a fix within the next two hours.${PROMISED}`), at: 'incidents/a.md:7:1', says: /within the next two hours/, example: '- **Expected fix:** 15:00 UTC' },
  { rule: 'warning-unknown', when: 'no warning has the name', files: { 'site.yml': `${SITE_REVIEWED}warnings: { off: [stock-word] }\n` }, at: 'site.yml:3:19', write: 'warnings: { off: [stock-words] }' },

  { rule: 'channel-twice', when: 'two channels have one name', files: channels('{ type: slack, url: A }', '{ type: slack, url: B }'), at: 'site.yml:6:5', says: /Two channels are called “slack”/, write: '  - { type: slack, name: slack-2, url: B }' },
  { rule: 'secret-written', when: 'the address of a chat stands in the open', files: channels('{ type: slack, url: https://hooks.slack.com/services/T0/B0/x }'), at: 'site.yml:5:25', says: /anyone who can see the repository/, write: '  - { type: slack, url: SLACK_URL }' },
  { rule: 'bad-value', when: 'the id of an area has capital letters', files: { 'site.yml': `${SITE_REVIEWED}areas:\n  EU West: Europe\n` }, at: 'site.yml:4:3', says: /^The id “EU West” must be lowercase letters/, write: '  eu-west: Europe' },
  { rule: 'id-taken', when: 'an area is called like another', files: { 'site.yml': `${SITE_REVIEWED}areas:\n  eu: Europe\n  europe: { en: All of it }\n` }, at: 'site.yml:4:7', says: /^“Europe” is the area “europe” too, .*“eu” a different name/ },
  { rule: 'wrong-kind', when: 'areas have no names', files: { 'site.yml': `${SITE_REVIEWED}areas: [eu, us]\n` }, at: 'site.yml:3:8', example: 'areas: { eu: Europe, us: North America }' },
  { rule: 'area-unknown', when: 'an incident misspells an area', files: reviewed(`## Investigating · 2026-11-20 09:20 UTC\n\nSome customers cannot pay by card.${PROMISED}`, `${FRONT}\nareas:\n  - eu\n  - Norht America # the office`, AREAS), at: 'incidents/a.md:7:5', says: /^“Norht America” is not one of the areas in site\.yml, so this counts for all of them\. Did you mean “us”\?$/, write: '  - us # the office' },
  { rule: 'area-unknown', when: 'a line misspells an area', files: reviewed(`## Investigating · 2026-11-20 09:20 UTC\n\nSome customers cannot pay by card.\n\n- **Areas:** Europe, uss\n- **Next update:** 12:30 UTC`, FRONT, AREAS), at: 'incidents/a.md:11:14', says: /^“uss” .* Did you mean “us”/, write: '- **Areas:** Europe, us' },
  { rule: 'area-unknown', when: 'a maintenance to come is elsewhere', files: { ...inMaintenance(`${MAINTENANCE}\nareas: [Antarctica]`), 'site.yml': `${SITE_REVIEWED}${AREAS}` }, at: 'maintenance/a.md:7:9', says: /for all of them\. Use one of eu, us\.$/ },
  { rule: 'area-unknown', when: 'a rule for alerts misspells an area', files: { ...inAlerts({ areas: '[eu, uss]' }), 'site.yml': `${SITE_REVIEWED}${AREAS}` }, at: 'alerts.yml:6:15', says: /“uss”/, write: '  areas: [eu, us]' },
  { rule: 'channel-component', when: 'a channel is narrowed to what is not there', files: channels('{ type: slack, url: A, components: [checkout-v1, chekout] }'), at: 'site.yml:5:54', says: /Did you mean “checkout”\?/, write: '  - { type: slack, url: A, components: [checkout-v1, checkout] }' },
  { rule: 'channel-locale', when: 'a channel is in a language that the page does not have', files: { 'site.yml': `${channels('{ type: slack, url: A, locale: de_DE }')['site.yml']}locales: [en, de]\n` }, at: 'site.yml:5:36', says: /“slack” gets its messages in “en”\. Use en or de/, write: '  - { type: slack, url: A, locale: en }' },
  { rule: 'channel-locale', when: 'the language of a channel is misspelt', files: { 'site.yml': `${channels('{ type: slack, url: A, locale: DE }')['site.yml']}locales: [en, de]\n` }, at: 'site.yml:5:36', says: /Did you mean “de”\?/, write: '  - { type: slack, url: A, locale: de }' },
  { rule: 'channel-component', when: 'readers can choose what is not there', files: emails('provider: keila', 'form: https://app.keila.io/forms/nfrm_1', 'everything: all', 'topics:', '  chekout: checkout'), at: 'site.yml:9:7', says: /nobody can choose it\. Did you mean “checkout”\?/, write: '      checkout: checkout' },
  { rule: 'bad-value', when: 'the page of a service is given for its form', files: emails('provider: buttondown', 'form: https://buttondown.com/acme'), at: 'site.yml:6:11', says: /embed-subscribe/ },
  { rule: 'bad-value', when: 'an address would be sent in the open', files: emails('provider: form', 'form: http://acme.example/subscribe'), at: 'site.yml:6:11', says: /`https:/ },
  { rule: 'bad-value', when: 'readers subscribe at no known service', files: emails('provider: listmunk'), at: 'site.yml:5:15', says: /must be one of `buttondown`/ },
  { rule: 'missing-key', when: 'readers who choose nothing would get nothing', files: emails('provider: buttondown', 'form: https://buttondown.com/api/emails/embed-subscribe/acme', 'topics: { checkout: sub_tag_1 }'), at: 'site.yml:5:5', says: /“everything” is missing/ },
  { rule: 'missing-key', when: 'a service is to send to readers who subscribe nowhere', files: channels('{ type: listmonk, url: A }'), at: 'site.yml:5:13', says: /“provider: listmonk”/ },
  { rule: 'bad-value', when: 'a channel is of no known type', files: channels('{ type: slak, url: A }'), at: 'site.yml:5:13', says: /must be one of `slack`, `teams`/ },
  { rule: 'bad-value', when: 'a secret has a name that it cannot have', files: channels('{ type: slack, url: slack-url }'), at: 'site.yml:5:25', write: '  - { type: slack, url: SLACK_URL }' },
  { rule: 'unknown-key', when: 'a key of a channel is misspelt', files: channels('{ type: slack, url: A, impact: [major] }'), at: 'site.yml:5:28', says: /Did you mean “impacts”\?/, write: '  - { type: slack, url: A, impacts: [major] }' },
  { rule: 'missing-key', when: 'mail goes to nobody', files: channels('{ type: email, smtp: A, from: a@acme.example }'), at: 'site.yml:5:5', example: 'to: updates@lists.acme.example' },

  { rule: 'blank-left', when: 'an update holds a blank', files: inIncident('## Investigating · 2026-11-20 09:20 UTC\n\nSee {{effect}} here.'), at: 'incidents/a.md:9:5', says: /^The blank “effect” is not filled in\./ },
  { rule: 'blank-left', when: 'an announcement holds a blank', files: inMaintenance(MAINTENANCE, '## Scheduled · 2026-11-20 09:20 UTC\n\n> **{{ effect }}**'), at: 'maintenance/a.md:11:5', says: /“effect”/ },
  { rule: 'blank-left', when: 'the address of a link holds a blank', files: inIncident(`${UPDATE}\n\n[Help](https://acme.example/{{page}})`), at: 'incidents/a.md:11:29' },
  { rule: 'blank-left', when: 'a title holds a blank', files: inFront(FRONT.replace('pay', "{{do}}").replace('title: ', 'title: "').replace('\n', '"\n')), at: 'incidents/a.md:2:8', says: /“do” is not filled in/ },
  { rule: 'blank-name', when: 'a blank has a name that no option could say', files: inTemplate('Customers see {{ What they see }}.'), at: 'templates/a.md:6:15', write: 'Customers see {{what-they-see}}.' },
  { rule: 'blank-unused', when: 'a blank is described that the text does not have', files: inTemplate('{{effect}}', 'for: incident\nstatus: resolved\nblanks:\n  efect: What do customers see?'), at: 'templates/a.md:5:3', says: /Did you mean “effect”\?/, write: '  effect: What do customers see?' },
  { rule: 'template-update', when: 'a template has the heading of an update', files: inTemplate('## Investigating · 2026-11-20 09:20 UTC\n\nWe are looking.'), at: 'templates/a.md:6:1' },
  { rule: 'template-update', when: 'a template has a second-level heading', files: inTemplate('We are looking.\n\n## What happened'), at: 'templates/a.md:8:1', write: '### What happened' },
  { rule: 'template-update', when: 'a template nearly has a heading of an update', files: inTemplate('We are looking.\n\n##Resolved'), at: 'templates/a.md:8:1' },
  { rule: 'template-update', when: 'a template has a labelled line', files: inTemplate('We are looking.\n\n- **Next update:** {{next}}'), at: 'templates/a.md:8:3', says: /options such as --next/ },
  { rule: 'template-update', when: 'a template nearly has a labelled line', files: inTemplate('We are looking.\n\n**Next update:** soon\nThank you.'), at: 'templates/a.md:8:1' },
  { rule: 'scheduled-stale', when: 'an incident has ended before the time of a scheduled update', files: inSchedule('## Update · 2026-11-21 08:00 UTC\n\nStill.', `${UPDATE}\n\n## Resolved · 2026-11-20 10:00 UTC\n\nIt works.`), at: 'scheduled/incidents/a.md:1:1', says: /^The incident has ended/ },
  { rule: 'scheduled-stale', when: 'two scheduled updates follow the end of an incident', files: inSchedule('## Resolved · 2026-11-21 08:00 UTC\n\nIt works.\n\n## Monitoring · 2026-11-21 09:00 UTC\n\nWe watch.'), at: 'scheduled/incidents/a.md:5:1' },
  { rule: 'scheduled-stale', when: 'somebody posted a scheduled text already', files: inSchedule('## Update · 2026-11-21 08:00 UTC\n\nWe are looking.'), at: 'scheduled/incidents/a.md:1:1', says: /already published at 2026-11-20 09:20 UTC/ },
  { rule: 'scheduled-stale', when: 'a scheduled update is hours late', files: inSchedule('## Update · 2026-11-20 09:59 UTC\n\nStill.'), at: 'scheduled/incidents/a.md:1:1', says: /may no longer be true/ },
  { rule: 'unknown-component', when: 'a scheduled update names a component that is not there', files: inSchedule('## Update · 2026-11-21 08:00 UTC\n\nStill.\n\n- **Components:** chekout: operational'), at: 'scheduled/incidents/a.md:5:19', write: '- **Components:** checkout: operational' },
  { rule: 'heading-status', when: 'the heading of a scheduled update is misspelt', files: inSchedule('## Udpate · 2026-11-21 08:00 UTC\n\nStill.'), at: 'scheduled/incidents/a.md:1:1', write: '## Update · 2026-11-21 08:00 UTC' },
  { rule: 'text-before-updates', when: 'a scheduled update is in a file with a front matter, although its incident is there', files: inSchedule(incident('## Update · 2026-11-21 08:00 UTC')), at: 'scheduled/incidents/a.md:1:1' },
  { rule: 'updates-missing', when: 'a scheduled file has no update', files: inSchedule(''), at: 'scheduled/incidents/a.md:1:1', example: '## Update · 2026-11-21 12:00 UTC' },
  { rule: 'bad-value', when: 'an incident that is scheduled has an error in its front matter', files: { 'scheduled/incidents/b.md': incident('## Investigating · 2026-11-21 08:00 UTC', `${FRONT}\nimpact: huge`) }, at: 'scheduled/incidents/b.md:5:9' },
  { rule: 'file-misplaced', when: 'a scheduled file is for no incident or maintenance', files: { 'scheduled/a.md': '## Update · 2026-11-21 08:00 UTC' }, at: 'scheduled/a.md:1:1' },
  { rule: 'id-taken', when: 'two scheduled files are for one incident', files: { ...inSchedule('## Update · 2026-11-21 08:00 UTC\n\nStill.'), 'scheduled/incidents/z/a.md': '## Update · 2026-11-21 09:00 UTC\n\nAgain.' }, at: 'scheduled/incidents/z/a.md:1:1' },
  { rule: 'template-empty', when: 'a template says nothing', files: inTemplate(''), at: 'templates/a.md:7:1' },
  { rule: 'template-empty', when: 'a template has a comment alone', files: inTemplate('<!-- Say what failed. -->'), at: 'templates/a.md:7:1' },
  { rule: 'bad-value', when: 'a template is for something else', files: inTemplate('Text.', 'for: incidents\nstatus: resolved'), at: 'templates/a.md:2:6', write: 'for: incident' },
  { rule: 'bad-value', when: 'no heading says the status of a template', files: inTemplate('Text.', 'for: incident\nstatus: investigatin'), at: 'templates/a.md:3:9', write: 'status: investigating' },
  { rule: 'bad-value', when: 'a template for both kinds says what only one can', files: inTemplate('Text.', 'for: both\nstatus: resolved'), at: 'templates/a.md:3:9', says: /both incidents and maintenance/ },
  { rule: 'missing-key', when: 'a template does not say what it is for', files: inTemplate('Text.', 'status: resolved'), at: 'templates/a.md:2:1', example: 'for: incident' },
  { rule: 'unknown-key', when: 'a blank has an unknown key', files: inTemplate('{{effect}}', 'for: incident\nstatus: resolved\nblanks:\n  effect:\n    asks: What?'), at: 'templates/a.md:6:5', says: /Did you mean “ask”\?/, write: '    ask: What?' },
  { rule: 'front-matter-missing', when: 'a template begins with text', files: { 'templates/a.md': 'We are looking.' }, at: 'templates/a.md:1:1', example: '---\nfor: incident\nstatus: investigating\nblanks:\n  effect: What do customers see?\n---\n\n{{effect}} We are looking for the cause.' },
  { rule: 'link-relative', when: 'a link of a template has no scheme', files: inTemplate('[x](acme.example/help)'), at: 'templates/a.md:6:1', write: '[x](https://acme.example/help)' },
  { rule: 'file-name', when: 'the name of a template has capitals', files: { 'templates/All Good.md': TEMPLATE }, at: 'templates/All Good.md:1:1', write: 'templates/all-good.md' },
  { rule: 'file-misplaced', when: 'an incident lies among the templates', files: { 'templates/a.md': incident(UPDATE) }, at: 'templates/a.md:1:1', write: 'incidents/a.md' },
  { rule: 'file-misplaced', when: 'a template lies in a folder of its own', files: { 'templates/de/resolved.md': TEMPLATE }, at: 'templates/de/resolved.md:1:1', write: 'templates/resolved.md' },
  { rule: 'alert-match', when: 'a rule does not say what it takes', files: inAlerts({ match: '{}' }), at: 'alerts.yml:2:10', write: '  match: { source: "*" }' },
  { rule: 'alert-pattern', when: 'a regular expression is none', files: inAlerts({ match: '{ name: [a, /(/] }' }), at: 'alerts.yml:2:22', says: /Unterminated group/ },
  { rule: 'alert-pattern', when: 'a path is taken for a regular expression', files: inAlerts({ match: '{ labels: { path: /api/health } }' }), at: 'alerts.yml:2:28', write: '  match: { labels: { path: "\\\\/api/health" } }' },
  { rule: 'alert-pattern', when: 'a pattern denies', files: inAlerts({ match: '{ name: "!Checkout*" }' }), at: 'alerts.yml:2:18', says: /then: ignore/, write: '  match: { name: "\\\\!Checkout*" }' },
  { rule: 'alert-unreachable', when: 'a rule above takes all that it takes', files: inAlerts({}, '- name: b\n  match: { source: x, name: [CheckoutA, checkoutb*] }\n  then: ignore'), at: 'alerts.yml:7:3', says: /“a” on line 1/ },
  { rule: 'alert-idle', when: 'a rule that ignores says something', files: { 'alerts.yml': '- name: a\n  match: { name: b }\n  then: ignore\n  wait: 5m' }, at: 'alerts.yml:4:3', says: /“wait” has no effect/ },
  { rule: 'id-taken', when: 'two rules have one name', files: inAlerts({}, '- name: a\n  match: { source: x }\n  then: ignore'), at: 'alerts.yml:6:9', write: '- name: a-2' },
  { rule: 'missing-key', when: 'a rule has no title', files: inAlerts({ title: undefined }), at: 'alerts.yml:1:3', says: /“title” is missing/, example: 'title: Some customers cannot pay' },
  { rule: 'missing-key', when: 'a rule names neither components nor impact', files: inAlerts({ components: undefined }), at: 'alerts.yml:1:3', says: /“components” is missing/, example: 'components: { checkout: partial_outage }' },
  { rule: 'missing-key', when: 'a status by severity leaves out the others', files: inAlerts({ components: '{ checkout: { critical: major_outage } }' }), at: 'alerts.yml:5:27', says: /“else” is missing/, example: 'else: partial_outage' },
  { rule: 'missing-key', when: 'the component of a label gets no status', files: inAlerts({ components: '{ label: service }' }), at: 'alerts.yml:5:15', example: 'status: partial_outage' },
  { rule: 'unknown-key', when: 'a key of a rule is misspelt', files: inAlerts({ mach: '{ name: a }' }), at: 'alerts.yml:6:3', says: /Did you mean “match”\?/ },
  { rule: 'unknown-key', when: 'a rule matches what alerts do not have', files: inAlerts({ match: '{ name: a, lables: { a: b } }' }), at: 'alerts.yml:2:21', says: /Did you mean “labels”\?/, write: '  match: { name: a, labels: { a: b } }' },
  { rule: 'wrong-kind', when: 'rules are no list', files: { 'alerts.yml': 'name: a' }, at: 'alerts.yml:1:1', example: '- name: checkout-errors\n  match: { source: alertmanager, name: "Checkout*" }\n  then: publish\n  title: Some customers cannot pay\n  components: { checkout: partial_outage }' },
  { rule: 'wrong-kind', when: 'a rule is text', files: { 'alerts.yml': '- a' }, at: 'alerts.yml:1:3', example: '- name: checkout-errors\n  match: { source: alertmanager, name: "Checkout*" }\n  then: publish\n  title: Some customers cannot pay\n  components: { checkout: partial_outage }' },
  { rule: 'wrong-kind', when: 'components of a rule are a list', files: inAlerts({ components: '[checkout]' }), at: 'alerts.yml:5:15', write: '  components: { checkout: partial_outage }' },
  { rule: 'bad-value', when: 'a rule does what none can', files: inAlerts({ then: 'publsh' }), at: 'alerts.yml:3:9', write: '  then: publish' },
  { rule: 'bad-value', when: 'a status of a rule has a name from elsewhere', files: inAlerts({ components: '{ checkout: down }' }), at: 'alerts.yml:5:27', write: '  components: { checkout: major_outage }' },
  { rule: 'bad-value', when: 'an alert makes a component well', files: inAlerts({ components: '{ checkout: operational }' }), at: 'alerts.yml:5:27', says: /a failing component/ },
  { rule: 'bad-value', when: 'a rule waits for no length of time', files: inAlerts({ wait: '5 minutes' }), at: 'alerts.yml:6:9', says: /such as `3d`/, write: '  wait: 5m' },
  { rule: 'bad-value', when: 'a pattern is a set of keys', files: inAlerts({ match: '{ name: { a: b } }' }), at: 'alerts.yml:2:18', says: /^“name” must be text or a list of texts;/ },
  { rule: 'unknown-component', when: 'a rule names an unknown component', files: inAlerts({ components: '{ chekout: partial_outage }' }), at: 'alerts.yml:5:17', says: /Did you mean “checkout”\?/, write: '  components: { checkout: partial_outage }' },
  { rule: 'component-retired', when: 'a rule names a retired component', files: inAlerts({ components: '{ checkout: partial_outage, ftp: partial_outage }' }), at: 'alerts.yml:5:43' },
  { rule: 'component-twice', when: 'a rule names an id and its alias', files: inAlerts({ components: '{ checkout: partial_outage, checkout-v1: major_outage }' }), at: 'alerts.yml:5:43' },
  { rule: 'blank-left', when: 'the title of a rule has a blank', files: inAlerts({ title: '"{{alert-name}} fails"' }), at: 'alerts.yml:4:10', says: /“alert-name”/ },
  { rule: 'blank-left', when: 'what fills a blank has one itself', files: inAlerts({ template: 'asking', set: '{ effect: "{{alert-name}} fails." }' }, '', asking('{{effect}}')), at: 'alerts.yml:7:18', says: /Put it in a template/ },
  { rule: 'blank-unused', when: 'a rule fills a blank that its templates do not have', files: inAlerts({ template: 'asking', set: '{ effect: A., efect: B. }' }, '', asking('{{effect}}')), at: 'alerts.yml:7:22', says: /Did you mean “effect”\?/ },
  { rule: 'template-update', when: 'what fills a blank has a labelled line', files: inAlerts({ template: 'asking', set: '{ effect: "**Next update:** 10:00 UTC" }' }, '', asking('{{effect}}')), at: 'alerts.yml:7:18' },
  { rule: 'blank-unfilled', when: 'nothing fills a blank of a template', files: inAlerts({ template: 'asking' }, '', asking('{{effect}}')), at: 'alerts.yml:6:13', says: /“effect” of the template “asking”/, example: 'set:\n  effect: …' },
  { rule: 'blank-unfilled', when: 'not every alert has what a template asks for', files: inAlerts({ template: 'asking' }, '', asking('{{alert-name}} {{alert-summary}}')), at: 'alerts.yml:6:13', says: /^Some alerts .*“alert-summary”/, example: 'set:\n  alert-summary: …' },
  { rule: 'blank-unfilled', when: 'no alert has what a template asks for', files: inAlerts({ template: 'asking' }, '', asking('{{alert-sumary}}')), at: 'alerts.yml:6:13', says: /Did you mean “alert-summary”\?/, example: '{{alert-summary}}' },
  { rule: 'blank-unfilled', when: 'a template asks for areas that a rule does not name', files: inAlerts({ template: 'asking' }, '', asking('{{areas}}')), at: 'alerts.yml:6:13', example: 'set:\n  areas: …' },
  { rule: 'unknown-template', when: 'no template has the name', files: inAlerts({ template: 'alrt' }), at: 'alerts.yml:6:13', says: /Did you mean “alert”\?/, write: '  template: alert' },
  { rule: 'bad-value', when: 'the words of a blank are left out', files: { ...asking('A.'), 'alerts.yml': '- name: a\n  match: { name: b }\n  then: review\n  title: A\n  components: { checkout: partial_outage }\n  set:\n    effect: …\n' }, at: 'alerts.yml:7:13', says: /the text for the blank/ },
  { rule: 'unknown-template', when: 'a template that speaks by default was deleted', files: { ...asking('A.'), 'alerts.yml': '- name: a\n  match: { name: b }\n  then: review\n  title: A\n  components: { checkout: partial_outage }\n  template: asking\n  back: asking\n  clear: nothing\n' }, at: 'alerts.yml:1:9', says: /^There is no template “alert-more” for the update when another component is affected\./, write: '- name: a\n  more: asking' },
  { rule: 'template-unfitting', when: 'a template says what has to be said later', files: inAlerts({ template: 'alert-over' }), at: 'alerts.yml:6:13', says: /says Resolved\. For the update when the incident starts, .* Investigating, Identified, or Monitoring\. Use alert, alert-back\./, write: '  template: alert' },
  { rule: 'template-unfitting', when: 'an Update cannot open what is resolved', files: inAlerts({ back: 'alert-more' }), at: 'alerts.yml:6:9', says: /when the problem comes back/, write: '  back: alert-back' },
  { rule: 'template-unfitting', when: 'a template is for maintenance', files: inAlerts({ over: 'done' }, '', { 'templates/done.md': incident('Done.', 'for: maintenance\nstatus: completed') }), at: 'alerts.yml:6:9', says: /is for maintenance/, write: '  over: alert-over' },
  { rule: 'template-unfitting', when: 'an alert could write a labelled line', files: inAlerts({ template: 'asking' }, '', asking('- **{{alert-name}}:** {{alert-source}}')), at: 'alerts.yml:6:13', says: /in bold at the start/ },
  { rule: 'template-unfitting', when: 'an alert could write HTML', files: inAlerts({ template: 'asking' }, '', asking('<div>{{alert-name}}</div>')), at: 'alerts.yml:6:13', says: /in HTML/ },
  { rule: 'template-unfitting', when: 'an alert could show a picture', files: inAlerts({ template: 'asking', set: '{ alert-link: none }' }, '', asking('![A]({{alert-link}})')), at: 'alerts.yml:6:13', says: /image URL/ },
  { rule: 'file-misplaced', when: 'alerts.yml is misspelt', files: { 'alert.yml': '' }, at: 'alert.yml:1:1', write: 'alerts.yml' },

  { rule: 'file-misplaced', when: 'a template has another ending', files: { 'templates/resolved.txt': TEMPLATE }, at: 'templates/resolved.txt:1:1', write: 'templates/resolved.md' },
];

const NEED_A_DISK: readonly RuleId[] = ['file-too-large', 'file-link', 'folder-link', 'file-unreadable', 'not-utf8'];
/** No known file causes this: see guarded(). */
const NEVER: readonly RuleId[] = ['file-fault'];

describe('each rule', () => {
  it.each(CASES)('$rule is reported when $when', ({ rule, files, at, says, write, example }) => {
    const { diagnostics } = readFiles(files, ['/there.png', '/brand/icon.svg', '/brand/logo.svg']);
    const found = diagnostics.filter(({ ruleId }) => ruleId === rule);
    expect(found.map(({ file, line, column }) => `${file}:${line}:${column}`)).toEqual([at]);
    expect(diagnostics.map(({ ruleId }) => ruleId)).toEqual([rule]);
    expect(found[0]).toMatchObject({ severity: RULES[rule], reason: expect.stringMatching(says ?? /[.?]$/) as string });
    expect(found[0]?.expected).toBe(write);
    expect(found[0]?.example).toBe(example);
  });

  it('has a case here or on the disk', () => {
    const tried = new Set<string>([...CASES.map(({ rule }) => rule), ...NEED_A_DISK, ...NEVER, 'file-missing']);
    expect(Object.keys(RULES).filter((rule) => !tried.has(rule))).toEqual([]);
  });
});

it('every warning is explained in docs/format.md', () => {
  const rows = readFileSync('docs/format.md', 'utf8').matchAll(/^\| `([a-z-]+)`/gm);
  const explained = new Set(Array.from(rows, ([, name]) => name));
  expect(WARNINGS.filter((name) => !explained.has(name))).toEqual([]);
});
