import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** Strings that have broken pages, feeds and parsers elsewhere; each calls `alert` if it gets to run. */
export const HOSTILE: readonly string[] = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<input autofocus onfocus=alert(1)>',
  '<form action="javascript:alert(1)"><button>x</button></form>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<!--><script>alert(1)</script>-->',
  '<noscript><p title="</noscript><script>alert(1)</script>">',
  '<textarea></textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  '</main></body></html><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&amp;amp; &#0; &#x1F; &bogus; &',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)} #{alert(1)} <%= alert(1) %>',
  '`"\'\\ \\u003cscript\\u003e %3Cscript%3E',
  '\u202Eevil\u202C \u200B\u200D\uFEFF zero width',
  'Ｆｕｌｌ ｗｉｄｔｈ 𝕬𝖑𝖊𝖗𝖙 ﷽ Z̷̡̛a̴̢̛l̵̢̛g̶̡̛o̷',
  '👩‍👩‍👧‍👦🏳️‍🌈 emoji',
  'السلام עליכם mixed directions',
  'A'.repeat(300),
  'Words and '.repeat(30).trim(),
  '=cmd|"/C calc"!A0',
  '"; rm -rf / #',
  '$(touch /tmp/x) `id`',
  '../../../../etc/passwd',
  'null undefined NaN true false 0x0 1e309 -0',
  '[x](javascript:alert(1)) ![x](https://evil.example/x.png)',
];

const NOW = '2026-11-20T12:00:00Z';

/** A site whose every text field is hostile: names, titles, bodies, areas and references. */
export async function writeHostileContent(folder: string): Promise<void> {
  await mkdir(join(folder, 'incidents'), { recursive: true });
  await mkdir(join(folder, 'maintenance'), { recursive: true });
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, '.example'), NOW);
  const description = HOSTILE[1];
  await writeFile(
    join(folder, 'site.yml'),
    stringify({
      name: HOSTILE[0],
      url: 'https://status.acme.example/',
      description,
      links: { header: [{ text: HOSTILE[0], url: 'mailto:a@acme.example' }], footer: [{ text: HOSTILE[1], url: '/' }] },
    }),
  );
  const components = HOSTILE.map((text, index) => ({ id: `component-${index}`, name: text, description: text }));
  const middle = components.length / 2;
  const tree = [{ group: HOSTILE[2], components: components.slice(0, middle) }, ...components.slice(middle)];
  await writeFile(join(folder, 'components.yml'), stringify(tree));
  for (const [index, text] of HOSTILE.entries()) {
    const front = {
      title: text,
      areas: [text],
      reference: text,
      components: { [`component-${index}`]: 'partial_outage' },
    };
    const status = index < 3 ? 'Investigating' : 'Resolved';
    await writeFile(
      join(folder, 'incidents', `hostile-${index}.md`),
      file(front, status, `${publishable(text)}\n\nNothing is lost.`),
    );
  }
  const texts = HOSTILE.map((text) => `## ${publishable(text)}\n\n${publishable(text)}`).join('\n\n');
  const own = { title: HOSTILE[0], description: HOSTILE[1], nav: 'header' };
  await writeFile(join(folder, 'pages', 'hostile.md'), `---\n${stringify(own)}---\n\n${texts}\n`);
  const work = {
    title: HOSTILE[0],
    scheduled: '2026-11-20 11:00 UTC',
    until: '2026-11-20 13:00 UTC',
    components: ['component-0'],
  };
  await writeFile(join(folder, 'maintenance', 'hostile-work.md'), file(work, 'Scheduled', HOSTILE[0] ?? ''));
}

function file(front: object, status: string, text: string): string {
  return `---\n${stringify(front)}---\n\n## ${status} · 2026-11-20 10:00 UTC\n\n${text}\n`;
}

/** The reader refuses media from elsewhere, unsafe links and open comments outright; as code they are text. */
function publishable(text: string): string {
  return /<(img|iframe|svg)|\]\(|<!--/.test(text) ? `\`\` ${text} \`\`` : text;
}
