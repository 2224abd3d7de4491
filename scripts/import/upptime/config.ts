import { cleanLine } from '../../lib/text.ts';
import { z } from 'zod';
import { pageName } from '../site-text.ts';
import type { ImportedPage } from '../model.ts';
import { listFile, note, type Report } from '../report.ts';
import { parseFile, type TextFile } from '../source-files.ts';
import type { Sites } from './sites.ts';

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
  note(report, 'page-guessed', { file }, { subject: url }, `Without a domain of its own, the page is at ${url}.`);
  return { ...(name && { name }), url };
}
