import type { APIRoute } from 'astro';
import { loadSite } from '../site/load.ts';
import source from '../view/client/embed.js?raw';
import { embedModel } from '../view/models/embed.ts';

export const GET: APIRoute = async () => {
  const data = JSON.stringify(embedModel(await loadSite()));
  const call = `const options = document.currentScript?.dataset ?? {};
const show = () => showStatus(${data}, options);
if (document.body) show();
else addEventListener('DOMContentLoaded', show);`;
  return new Response(ascii(`(() => {\n${source}\n${call}\n})();\n`), {
    headers: { 'Content-Type': 'text/javascript; charset=utf-8' },
  });
};

/** Read right whatever encoding the site around it has. */
function ascii(script: string): string {
  return script.replace(/[^\x00-\x7F]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
