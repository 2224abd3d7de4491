import { z } from 'zod';
import { cleanLine, lettersOf } from '../../lib/text.ts';
import type { Instant } from '../../../src/core/days.ts';
import type { ImportedComponent, ImportedEvent, ImportedPage, SourcePlace } from '../model.ts';
import { listFile, note, type Report } from '../report.ts';
import { utcDay } from '../../lib/times.ts';
import type { Words } from '../../../src/i18n/words.ts';
import { wordsFor } from '../../../src/i18n/words.ts';
import { addedUpdate } from '../pipeline.ts';
import { pageName } from '../site-text.ts';
import { parseFile, type TextFile } from '../source-files.ts';

/** A site that Upptime checks, or once checked. */
export interface Site {
  key: string;
  name: string;
  /** As its configuration says; a secret is `$NAME`. */
  url: string;
  listed: boolean;
  /** Since when it is checked. */
  since?: Instant;
  /** When it was checked last. */
  lastSeen?: Instant;
  /** What the newest check found: `up`, `down` or `degraded`. */
  status?: string;
  /** Where it was found first. */
  place: SourcePlace;
}

/** All sites by the ways in which files, issues and commits call them. */
export class Sites {
  readonly #all: Site[] = [];
  readonly #byName = new Map<string, Site>();
  readonly words: Words;
  readonly #report: Report;

  /** @param words for what is written about them */
  constructor(report: Report, words = wordsFor('en')) {
    this.words = words;
    this.#report = report;
  }

  /** Adds a site of the configuration under its name and, where it has one, its slug. */
  list(site: { name: string; slug: string; url: string }, place: SourcePlace): void {
    const known = this.#byName.get(lettersOf(site.slug || site.name));
    if (known) {
      note(
        this.#report,
        'duplicate',
        place,
        { subject: site.name },
        'The configuration has it twice, so the first was used.',
      );
      return;
    }
    const added: Site = { key: site.slug || site.name, name: site.name, url: site.url, listed: true, place };
    this.#all.push(added);
    for (const name of [site.slug, site.name]) if (name) this.#byName.set(lettersOf(name), added);
  }

  /** The site of a name or slug; one that is not known yet is remembered as no longer checked. */
  named(name: string, place: SourcePlace, url = ''): Site {
    const letters = lettersOf(name);
    const known = this.#byName.get(letters) ?? this.#sameAddress(url);
    if (known) {
      this.#byName.set(letters, known);
      if (!known.listed && isSlug(known.name) && !isSlug(name)) known.name = name;
      return known;
    }
    const added: Site = { key: name, name, url, listed: false, place };
    this.#all.push(added);
    this.#byName.set(letters, added);
    return added;
  }

  /** Whether a name or slug is that of a site of the configuration. */
  isListed(name: string): boolean {
    return this.#byName.get(lettersOf(name))?.listed ?? false;
  }

  /** The site of a key, if it was removed from the configuration, so that no check will find it up again. */
  removed(key: string): Site | undefined {
    if (!this.#all.some(({ listed }) => listed)) return undefined;
    return this.#all.find((site) => site.key === key && !site.listed);
  }

  all(): readonly Site[] {
    return this.#all;
  }

  /**
   * The components: those of the configuration in its order, then the others, retired. `newest` is the last time
   * that the source knows of, for those that nothing dates.
   */
  components(lastNamed: ReadonlyMap<string, Instant>, newest: Instant | undefined): ImportedComponent[] {
    const hasList = this.#all.some(({ listed }) => listed);
    return [...this.#all]
      .sort((a, b) => Number(b.listed) - Number(a.listed))
      .flatMap((site) => {
        const named = lastNamed.get(site.key);
        if (site.listed) return [componentOf(site)];
        const last = Math.max(site.lastSeen ?? -Infinity, named ?? -Infinity);
        const retired = !hasList ? undefined : Number.isFinite(last) ? last : newest;
        note(this.#report, retired === undefined ? 'component-unlisted' : 'component-retired', site.place, {
          subject: site.name,
        });
        return [{ ...componentOf(site), ...(retired !== undefined && { lastNamed: retired }) }];
      });
  }

  #sameAddress(url: string): Site | undefined {
    const same = this.#all.filter((site) => url !== '' && addressOf(site.url) === addressOf(url));
    return same.length === 1 && same[0]?.since === undefined ? same[0] : undefined;
  }
}

function componentOf({ key, name, url, since }: Site): ImportedComponent {
  const isAddress = /^https?:\/\/[^\s$]+$/i.test(url);
  return {
    kind: 'component',
    key,
    name: isSlug(name) ? wordsOf(name) : cleanLine(name),
    ...(isAddress && { description: url }),
    ...(since !== undefined && { since: utcDay(since) }),
  };
}

function addressOf(url: string): string {
  return url.trim().replace(/\/+$/, '').toLowerCase();
}

function isSlug(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

function wordsOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ends an incident that is open only because its sites are no longer checked, with their last check. */
export function endedWithSites(incident: ImportedEvent, sites: Sites, report: Report): ImportedEvent {
  const removed = Object.keys(incident.components).map((key) => sites.removed(key));
  if (incident.closed || removed.length === 0 || removed.includes(undefined)) return incident;
  const last = incident.updates.at(-1)?.at ?? incident.start;
  const at = Math.max(last, ...removed.map((site) => site?.lastSeen ?? last));
  const update = { word: 'resolved' as const, at, body: sites.words.say('import.unmonitored') };
  const end = addedUpdate(incident, update, 'site-removed', report);
  return { ...incident, closed: true, endedAt: at, updates: [...incident.updates, end] };
}

/** What of the configuration concerns more than one site. */
export interface UpptimeConfig {
  page: ImportedPage;
  /** `OWNER/REPO`. */
  repository?: string;
  /** How commits of a check are worded, where it is not as usual. */
  commitTemplate?: string;
}

export const CONFIG_FILES = ['.upptimerc.yml', '.upptimerc.yaml'];

const text = z.string().optional().catch(undefined);
const siteSchema = z.object({ name: z.string(), url: text, slug: text });
const configSchema = z.object({
  owner: text,
  repo: text,
  sites: z.array(z.unknown()).optional().catch(undefined),
  'status-website': z.object({ name: text, cname: text, baseUrl: text }).optional().catch(undefined),
  commitMessages: z.object({ statusChange: text }).optional().catch(undefined),
});
type RawConfig = z.output<typeof configSchema>;

/** Reads `.upptimerc.yml`: its sites go into `sites`. */
export function readConfig(files: readonly TextFile[], sites: Sites, report: Report): UpptimeConfig {
  const file = files.find(({ path }) => CONFIG_FILES.includes(path));
  if (!file) {
    note(report, 'config-missing', { file: '.upptimerc.yml' }, { subject: '.upptimerc.yml' });
    return { page: {} };
  }
  listFile(report, file.path, 'configuration');
  if (file.text.trim() === '') note(report, 'file-empty', { file: file.path }, { subject: file.path });
  const raw: RawConfig = configSchema.catch({}).parse(parseFile(file, report));
  (raw.sites ?? []).forEach((value, index) => {
    const place = { file: file.path, path: `sites[${index}]` };
    const site = siteSchema.safeParse(value);
    if (!site.success) {
      note(report, 'component-unreadable', place, { subject: `sites[${index}]` }, 'It has no name.');
      return;
    }
    const { name, url = '', slug = '' } = site.data;
    sites.list({ name: cleanLine(name), url: url.trim(), slug: slug.trim() }, place);
  });
  report.read.components = raw.sites?.length ?? 0;
  const template = raw.commitMessages?.statusChange;
  return {
    page: pageOf(raw, file.path, report),
    ...(raw.owner && raw.repo && { repository: `${raw.owner}/${raw.repo}` }),
    ...(template && { commitTemplate: template }),
  };
}

function pageOf({ owner, repo, 'status-website': website }: RawConfig, file: string, report: Report): ImportedPage {
  const name = pageName(website?.name ?? '') || repo;
  const domain = website?.cname
    ?.trim()
    .replace(/^https?:\/\//i, '')
    .replace(/\/+$/, '');
  if (domain && URL.canParse(`https://${domain}`)) return { ...(name && { name }), url: `https://${domain}` };
  if (!owner || !repo) return name ? { name } : {};
  const path = (website?.baseUrl ?? `/${repo}`).replace(/^\/?/, '/').replace(/\/*$/, '/');
  const url = `https://${owner.toLowerCase()}.github.io${path}`;
  note(report, 'page-guessed', { file }, { subject: url }, `The page has no custom domain, so its URL is ${url}.`);
  return { ...(name && { name }), url };
}
