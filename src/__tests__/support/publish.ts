import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Content } from '../../core/model.ts';
import { readContent } from '../../reader/content.ts';
import { readFolder } from '../../reader/files.ts';
import { openRepository } from '../../../scripts/publish/history.ts';
import type { LastGood } from '../../../scripts/publish/last-good.ts';
import { lastGood } from '../../../scripts/publish/last-good.ts';
import { CATALOGS } from '../../i18n/words.ts';

export const NOW = Date.parse('2026-11-20T12:00:00Z');

/** Without warnings of texts that are as short as those in tests. */
export const SITE =
  'name: Acme\nurl: https://status.acme.example\nwarnings: { off: [promise-missing, stock-words, no-effect] }\n';
export const COMPONENTS = '- id: checkout\n  name: Checkout\n- id: website\n  name: Website\n';

/** An incident of one component with one update, resolved if `text` says so. */
export function incident(text: string, component = 'checkout', day = '2026-11-20'): string {
  return `---\ntitle: Some customers cannot pay\ncomponents:\n  ${component}: partial_outage\n---\n\n## Investigating · ${day} 09:20 UTC\n\n${text}\n`;
}

/** A real repository in a temporary folder, removed when it is disposed of. */
export class TestRepository implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), 'candor-git-'));
  readonly content = join(this.root, 'content');
  #minute = 0;

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.git('init', '--quiet', '--initial-branch=main');
    mkdirSync(join(this.root, 'public'));
    mkdirSync(this.content);
    this.commit({ 'content/site.yml': SITE, 'content/components.yml': COMPONENTS, ...files });
  }

  git(...args: string[]): string {
    const minute = String(this.#minute).padStart(2, '0');
    const date = `2026-11-20T10:${minute}:00Z`;
    const person = { NAME: 'A Person', EMAIL: 'person@acme.example', DATE: date };
    const env = Object.fromEntries(
      Object.entries(person).flatMap(([key, value]) => [
        [`GIT_AUTHOR_${key}`, value],
        [`GIT_COMMITTER_${key}`, value],
      ]),
    );
    return execFileSync('git', args, { cwd: this.root, env: { ...process.env, ...env }, stdio: 'pipe' }).toString();
  }

  /** Writes files; what is `undefined` is deleted. */
  write(files: Readonly<Record<string, string | Uint8Array | undefined>>): void {
    for (const [path, text] of Object.entries(files)) {
      const place = join(this.root, path);
      if (text === undefined) {
        rmSync(place);
        continue;
      }
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, text);
    }
  }

  /** Writes files and commits everything, a minute after the commit before. */
  commit(files: Readonly<Record<string, string | Uint8Array | undefined>>): void {
    this.write(files);
    this.#minute += 1;
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'Change');
  }

  async lastGood({ now = NOW, address }: { now?: number; address?: URL } = {}): Promise<LastGood> {
    const publicDir = join(this.root, 'public');
    const openHistory = async () => (await openRepository(this.content, publicDir, process.env)).history;
    const source = await readFolder(this.content, publicDir);
    return lastGood(source, openHistory, {
      clock: () => now,
      catalogs: CATALOGS,
      ...(address && { address }),
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** What a reading of the last good content gives; fails when something in it is still wrong. */
export function published({ source }: LastGood, now = NOW): Content {
  const { content, diagnostics } = readContent(source, { now, catalogs: CATALOGS });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!content || errors.length > 0) throw new Error(`Not publishable: ${JSON.stringify(errors, null, 2)}`);
  return content;
}
