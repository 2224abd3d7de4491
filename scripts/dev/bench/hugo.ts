import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Measurement } from './measure.ts';
import { measure } from './measure.ts';

/** What Hugo says of itself, such as `v0.111.3+extended`; nothing where it is not installed. */
export function hugoVersion(): string | undefined {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8' });
  return /v\d\S*/.exec(stdout ?? '')?.[0];
}

/** A site of the same Markdown with nothing but a title and a text on each page, and lists of links. */
export function writeHugoSite(folder: string, content: string): void {
  const layouts = join(folder, 'layouts/_default');
  mkdirSync(layouts, { recursive: true });
  symlinkSync(join(content, 'incidents'), join(folder, 'content'));
  writeFileSync(join(folder, 'config.toml'), 'baseURL = "https://status.bench.example/"\ntitle = "Bench"\n');
  writeFileSync(join(layouts, 'single.html'), page('{{ .Content }}'));
  const links = '{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}';
  writeFileSync(join(layouts, 'list.html'), page(`<ul>${links}</ul>`));
}

function page(body: string): string {
  return `<!doctype html><title>{{ .Title }}</title><h1>{{ .Title }}</h1>${body}\n`;
}

/** Builds it from nothing. */
export function measureHugo(folder: string): Promise<Measurement> {
  rmSync(join(folder, 'public'), { recursive: true, force: true });
  return measure(['hugo', '--quiet'], { cwd: folder });
}
