import type { z } from 'zod';
import { readYaml, yamlText } from './yaml/yaml.ts';
import { checkText } from './markdown/source.ts';
import { mainText, otherTexts } from './localized.ts';
import { checkSchema } from './yaml/schema.ts';
import { hasText } from './files.ts';
import type { SourceFolder } from './files.ts';
import type { ComponentList } from '../core/groups.ts';
import { componentNamed, EVERYTHING, groupMembers, groupsById } from '../core/groups.ts';
import { readComponents } from './components.ts';
import { isLanguageKnown } from '../core/catalogs.ts';
import { localesOf, siteSchema } from '../core/schema/site.ts';
import type { SectionName, SiteSettings } from '../core/schema/site.ts';
import { componentsByName } from '../core/ledger.ts';
import type { Channel } from '../core/schema/channel.ts';
import { isCampaign } from '../core/schema/channel.ts';
import type { Report } from './rules.ts';
import { didYouMean, FIRST, freeName, ignore, missingFile, nearest, WARNINGS } from './rules.ts';
import type { YamlValue } from './yaml/yaml.ts';

export const SITE = 'site.yml';
export const COMPONENTS = 'components.yml';

/** Reads `site.yml` alone, because the build needs the address first. */
export function readSite(source: SourceFolder, locales: readonly string[], report: Report): SiteSettings | undefined {
  const yaml = readYamlFile(source, SITE, 'name: Acme\nurl: https://status.acme.example', report);
  const site = yaml && checkSchema(siteSchema, yaml, report);
  if (!site) return undefined;
  if (!areLocalesKnown(site, locales, yaml, report)) return undefined;
  for (const [path, file] of picturesOf(site)) {
    if (source.publicFiles.has(file)) continue;
    const { problem, meant } = missingFile(file, source.publicFiles);
    const line = meant && yaml.rewrite(path, yamlText(meant));
    report('logo-missing', yaml.locate(path), `${problem} Add the file, or delete this line.`, line);
  }
  site.warnings.off.forEach((name, index) => {
    if (WARNINGS.includes(name)) return;
    const reason = `There is no warning “${name}” to switch off.${didYouMean(name, WARNINGS)}`;
    const path = ['warnings', 'off', index];
    const meant = nearest(name, WARNINGS);
    report('warning-unknown', yaml.locate(path), reason, meant && yaml.rewrite(path, meant));
  });
  reportSameNames(site.channels, yaml, report);
  reportOtherLocales(site, yaml, report);
  reportOtherServices(site, yaml, report);
  const languages = localesOf(site);
  const { name, description, logo, ...settings } = site;
  const texts = { yaml, path: [], locales: languages, report };
  const linksIn = (place: 'header' | 'footer') =>
    site.links[place].map(({ text, url }, index) => ({
      text: mainText(text, 'text', { ...texts, path: ['links', place, index] }),
      url,
      ...otherTexts({ text }, languages),
    }));
  for (const [id, written] of Object.entries(site.areas)) mainText(written, id, { ...texts, path: ['areas'] });
  reportSameAreas(site.areas, yaml, report);
  return {
    ...settings,
    ...(typeof logo === 'object' ? { logo: logo.light, darkLogo: logo.dark } : { logo }),
    links: { header: linksIn('header'), footer: linksIn('footer') },
    sections: withOpenEvents(site.sections),
    locale: languages[0] ?? site.locale,
    name: mainText(name, 'name', texts),
    description: description && mainText(description, 'description', texts),
    ...otherTexts({ name, description }, languages),
  };
}

/** The files in `public/` that the settings name, with where they do. */
function picturesOf({ logo, favicon }: z.output<typeof siteSchema>): [path: string[], file: string][] {
  const logos = typeof logo === 'object' ? Object.entries(logo) : [];
  return [
    ...(typeof logo === 'string' ? [[['logo'], logo] satisfies [string[], string]] : []),
    ...logos.map(([key, file]): [string[], string] => [['logo', key], file]),
    ...(favicon === undefined ? [] : [[['favicon'], favicon] satisfies [string[], string]]),
  ];
}

/** Open incidents and maintenance can't be hidden: those that are not listed stand first. */
function withOpenEvents(listed: readonly SectionName[]): SectionName[] {
  return [...new Set<SectionName>([...EVENT_SECTIONS.filter((name) => !listed.includes(name)), ...listed])];
}

const EVENT_SECTIONS: readonly SectionName[] = ['incidents', 'maintenance'];

/** Whether all languages of the page have words. Reports missing ones, and duplicate languages. */
function areLocalesKnown(
  site: Pick<SiteSettings, 'locale' | 'locales'>,
  known: readonly string[],
  yaml: YamlValue,
  report: Report,
): boolean {
  const places = site.locales ? site.locales.map((_, index) => ['locales', index]) : [['locale']];
  const written = yaml.value as { locale?: unknown };
  if (site.locales && written.locale !== undefined) {
    const reason = 'The first of “locales” is the main language. Delete “locale”.';
    report('locale-twice', yaml.locate(['locale'], 'key'), reason);
  }
  return localesOf(site).every((locale, index, all) => {
    const path = places[index] ?? [];
    if (all.indexOf(locale) < index)
      report('locale-twice', yaml.locate(path), `“${locale}” is already listed. Delete it here.`);
    if (known.includes(locale)) return true;
    const own = isLanguageKnown(locale) ? `, or add content/i18n/${locale}.json` : '';
    const reason = `There is no translation for “${locale}”. Use ${known.join(', ')}${own}.`;
    const [language] = locale.split('-');
    const meant = known.find((one) => one.split('-')[0] === language) ?? 'en';
    report('locale-missing', yaml.locate(path), reason, yaml.rewrite(path, meant));
    return false;
  });
}

/** Reads `components.yml`. @param site undefined if the settings have errors */
export function readList(
  source: SourceFolder,
  site: SiteSettings | undefined,
  report: Report,
): ComponentList | undefined {
  const yaml = readYamlFile(source, COMPONENTS, '- id: website\n  name: Website', report);
  return yaml && readComponents(yaml, site?.time_zone ?? 'UTC', report, site && localesOf(site));
}

/** Reads a settings file, if it exists and is readable. @param example a text for a new one */
export function readYamlFile(
  source: SourceFolder,
  path: string,
  example: string,
  report: Report,
): YamlValue | undefined {
  const file = source.files.find((one) => one.path === path);
  if (!file) {
    report('file-missing', FIRST, `The file ${path} is missing from the content folder. Add it.`, example);
    return undefined;
  }
  if (!hasText(file, report) || !checkText(file.text, report)) return undefined;
  return readYaml(file.text, 1, report);
}

/** Reports areas that an event could not tell apart, because one has the id or a name of another. */
function reportSameAreas(areas: SiteSettings['areas'], yaml: YamlValue, report: Report): void {
  const owners = new Map(Object.keys(areas).map((id) => [id, id]));
  for (const [id, written] of Object.entries(areas)) {
    for (const name of typeof written === 'string' ? [written] : Object.values(written)) {
      const owner = owners.getOrInsert(name.trim().toLowerCase(), id);
      if (owner === id) continue;
      const reason = `“${name}” is the area “${owner}” too, so nobody could tell which one an incident means. Give “${id}” a different name.`;
      report('id-taken', yaml.locate(['areas', id]), reason);
    }
  }
}

/** Reports channels with the same name, because sent messages are recorded by name. */
function reportSameNames(channels: readonly Channel[], yaml: YamlValue, report: Report): void {
  const names = channels.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) === index) return;
    const reason = `Two channels are called “${name}”. Give this one a different name.`;
    const path = ['channels', index];
    const free = freeName(name, (one) => names.includes(one));
    const line = yaml.rewrite([...path, 'name'], free) ?? yaml.withKey(path, 'name', free);
    report('channel-twice', yaml.locate([...path, 'name']), reason, line);
  });
}

/** Reports services that send to those who subscribed in their form, if the page has the form of another one. */
function reportOtherServices(
  { channels, subscribe }: Pick<SiteSettings, 'channels' | 'subscribe'>,
  yaml: YamlValue,
  report: Report,
): void {
  channels.forEach((channel, index) => {
    const { type } = channel;
    if (!isCampaign(channel) || subscribe.email?.provider === type) return;
    const reason = `“${type}” sends to those who subscribed in its form. Add that as “subscribe.email”, with “provider: ${type}”.`;
    report('missing-key', yaml.locate(['channels', index, 'type']), reason);
  });
}

/** Reports channels in languages that the page does not have. Their messages are in the first language. */
function reportOtherLocales(
  { channels, ...site }: Pick<SiteSettings, 'channels' | 'locale' | 'locales'>,
  yaml: YamlValue,
  report: Report,
): void {
  const locales = localesOf(site);
  const [first = site.locale] = locales;
  channels.forEach(({ name, locale }, index) => {
    if (locale === undefined || locales.includes(locale)) return;
    const path = ['channels', index, 'locale'];
    const meant = nearest(locale, locales);
    const write =
      meant === undefined
        ? `Use ${locales.join(' or ')}`
        : `Did you mean “${meant}”? If not, use ${locales.join(' or ')}`;
    const reason = `“${locale}” is not a language of the page, so “${name}” gets its messages in “${first}”. ${write}, or add “${locale}” to “locales”.`;
    report('channel-locale', yaml.locate(path), reason, yaml.rewrite(path, meant ?? first));
  });
}

/** Resolves aliases of components and groups that readers can choose. An unknown one is reported, and not offered. */
export function resolveTopics(
  subscribe: SiteSettings['subscribe'],
  list: ComponentList,
  source: SourceFolder,
  report: Report,
): SiteSettings['subscribe'] {
  const { email } = subscribe;
  if (!email) return subscribe;
  const groups = [...groupsById(list.tree).values()];
  const topics = Object.entries(email.topics).flatMap(([name, topic]) => {
    const node = componentNamed(list, name) ?? groups.find(({ id, aliases }) => id === name || aliases?.includes(name));
    if (node) return [[node.id, topic] as const];
    const known = [...list.components.keys(), ...groups.map(({ id }) => id)];
    const yaml = readYamlFile(source, SITE, '', ignore);
    const path = ['subscribe', 'email', 'topics', name];
    const meant = nearest(name, known);
    const reason = `There is no component “${name}”, so nobody can choose it.${didYouMean(name, known)}`;
    report('channel-component', yaml?.locate(path, 'key') ?? FIRST, reason, meant && yaml?.rewrite(path, meant, 'key'));
    return [];
  });
  return { email: { ...email, topics: Object.fromEntries(topics) } };
}

/**
 * Resolves aliases of components and names of groups in channels. A group stands for all components that it has now;
 * `all` does not limit a channel. An unknown name is reported and kept: it matches nothing. This is only a warning, because
 * the page does not depend on it.
 */
export function resolveChannels(
  channels: readonly Channel[],
  list: ComponentList,
  source: SourceFolder,
  report: Report,
): Channel[] {
  const known = [...componentsByName(list.components.values()).keys(), ...groupsById(list.tree).keys(), EVERYTHING];
  const reportUnknown = (channel: string, name: string, path: readonly PropertyKey[]) => {
    const yaml = readYamlFile(source, SITE, '', ignore);
    const reason = `There is no component “${name}”, so “${channel}” gets no updates about it.${didYouMean(name, known)}`;
    const meant = nearest(name, known);
    report('channel-component', yaml?.locate(path) ?? FIRST, reason, meant && yaml?.rewrite(path, meant));
  };
  return channels.map((channel, index) => {
    const { components, ...rest } = channel;
    if (!components) return channel;
    const ids = components.flatMap((name, place) => {
      const component = componentNamed(list, name);
      const members = component ? [component] : groupMembers(list, name);
      if (!members) reportUnknown(channel.name, name, ['channels', index, 'components', place]);
      return members?.map(({ id }) => id) ?? [name];
    });
    return components.includes(EVERYTHING) ? rest : { ...channel, components: [...new Set(ids)] };
  });
}
