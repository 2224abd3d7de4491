import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageConnection } from 'vscode-jsonrpc/node';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { writeEditorSchemas } from './editor.ts';

const COMPONENTS = `- id: checkout
  name: Checkout
- id: ftp
  name: FTP
  retired: 2025-06-30
`;

let project: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'candor-editor-'));
});
afterAll(() => rm(project, { recursive: true }));

interface Editor {
  /** What is wrong in a text, by line from 1. */
  complaints: (text: string) => Promise<string[]>;
  /** What is offered where `|` stands in a text. */
  offers: (text: string) => Promise<string[]>;
}

describe('an editor with Astro’s language server', () => {
  const name = 'content/incidents/2026/2026-11-20-Zahlung gestört.md';
  let editor: Editor;
  beforeAll(async () => {
    await write(name, '');
    await write('content/components.yml', COMPONENTS);
    await writeEditorSchemas(join(project, 'content'), join(project, '.astro'));
    editor = await open(name, 'markdown', '@astrojs/language-server/bin/nodeServer.js', {
      root: project,
      initialization: { typescript: { tsdk: resolve('node_modules/typescript/lib') }, contentIntellisense: true },
    });
  });

  it('offers the components that can break', async () => {
    const offered = await editor.offers('---\ntitle: A\ncomponents:\n  |\n---\n');
    expect(offered).toContain('checkout');
    expect(offered).not.toContain('ftp');
  });

  it('offers the statuses of a component', async () => {
    expect(await editor.offers('---\ntitle: A\ncomponents:\n  checkout: |\n---\n')).toContain('partial_outage');
  });

  it('says what is wrong in front matter, and where', async () => {
    const text = '---\ntitle: A\nimpcat: major\nstarted: 2026-11-20 09:20\n---\n\n## Not checked here\n';
    expect(await editor.complaints(text)).toEqual([
      '3: Property impcat is not allowed.',
      '4: A time must include its time zone, for example 2026-11-20 09:20 UTC.',
    ]);
  });

  it('has nothing against a ticket that is a number', async () => {
    expect(await editor.complaints('---\ntitle: A\nreference: 4211\n---\n')).toEqual([]);
  });
});

describe('an editor with the YAML language server and the settings of the project', () => {
  const openYaml = async (file: string) => {
    const settings = JSON.parse(await readFile('.vscode/settings.json', 'utf8')) as Record<string, unknown>;
    return open(`content/${file}`, 'yaml', 'yaml-language-server/bin/yaml-language-server', {
      root: resolve('.'),
      yaml: { schemas: settings['yaml.schemas'], validate: true, completion: true },
    });
  };

  it('offers the keys of site.yml and checks its values', async () => {
    const editor = await openYaml('site.yml');
    const head = 'name: Acme\nurl: https://acme.example\n';
    expect(await editor.complaints(`${head}uptime: { days: 400 }\n`)).toEqual([
      '3: Value is above the maximum of 365.',
    ]);
    expect(await editor.complaints(`${head}uptime: { weights: { partial_outage: 0.5 } }\n`)).toEqual([]);
    expect(await editor.offers(`${head}t|`)).toContain('time_zone');
  });

  it('offers the keys of a rule in alerts.yml and checks both forms of its components', async () => {
    const editor = await openYaml('alerts.yml');
    const rule = (components: string) =>
      `- name: a\n  match: { name: [a, b], labels: { c: d } }\n  then: publish\n  components: ${components}\n`;
    expect(await editor.complaints(rule('{ checkout: partial outage }'))).toEqual([]);
    expect(await editor.complaints(rule('{ checkout: { critical: major_outage, else: partial_outage } }'))).toEqual([]);
    expect(await editor.complaints(rule('{ label: service, status: partial_outage }'))).toEqual([]);
    expect(await editor.complaints(rule('{ checkout: down }'))).not.toEqual([]);
    expect(await editor.complaints('- name: a\n  mtach: { name: a }\n')).not.toEqual([]);
    expect(await editor.offers('- name: a\n  re|')).toContain('reopen');
  });

  it('checks components.yml in every level of groups', async () => {
    const editor = await openYaml('components.yml');
    const nested = (key: string) =>
      `- group: A\n  components:\n    - group: B\n      components:\n        - id: a\n          ${key}: A\n`;
    expect(await editor.complaints(nested('name'))).toEqual([]);
    expect(await editor.complaints(nested('nmae'))).not.toEqual([]);
  });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(project, path)), { recursive: true });
  await writeFile(join(project, path), text);
}

interface Completion {
  items: { label: string }[];
}

interface Published {
  uri: string;
  version?: number;
  diagnostics: { message: string; range: { start: { line: number } } }[];
}

interface Options {
  /** The folder that is open in the editor. */
  root: string;
  initialization?: object;
  /** Its settings for YAML. */
  yaml?: object;
}

/** Opens a file as an editor does, in a language server of its own. */
async function open(path: string, languageId: string, server: string, options: Options): Promise<Editor> {
  const connection = await start(server, options);
  const uri = pathToFileURL(join(options.root, path)).href;
  let version = 0;
  const published = new Map<number, (found: Published) => void>();
  connection.onNotification('textDocument/publishDiagnostics', (found: Published) =>
    published.get(found.version ?? version)?.(found),
  );
  const show = async (text: string): Promise<void> => {
    version += 1;
    const document = { uri, version };
    await (version === 1
      ? connection.sendNotification('textDocument/didOpen', { textDocument: { ...document, languageId, text } })
      : connection.sendNotification('textDocument/didChange', { textDocument: document, contentChanges: [{ text }] }));
  };
  return {
    complaints: async (text) => {
      const answer = new Promise<Published>((resolve) => published.set(version + 1, resolve));
      await show(text);
      const { diagnostics } = await answer;
      return diagnostics.map(({ message, range }) => `${range.start.line + 1}: ${message}`).sort();
    },
    offers: async (text) => {
      const before = text.slice(0, text.indexOf('|')).split('\n');
      await show(text.replace('|', ''));
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const found = await connection.sendRequest<Completion>('textDocument/completion', {
        textDocument: { uri },
        position,
      });
      return found.items.map(({ label }) => label);
    },
  };
}

async function start(server: string, { root, initialization, yaml }: Options): Promise<MessageConnection> {
  const child = spawn(process.execPath, [resolve('node_modules', server), '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
    items.map(({ section }) => (section === 'yaml' ? (yaml ?? null) : null)),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.listen();
  const rootUri = pathToFileURL(root).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'project' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: { publishDiagnostics: { versionSupport: true } },
    },
    ...(initialization && { initializationOptions: initialization }),
  });
  await connection.sendNotification('initialized', {});
  afterAll(() => {
    connection.dispose();
    child.kill();
  });
  return connection;
}
