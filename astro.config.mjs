import { defineConfig } from 'astro/config';
import { candor } from './src/site/integration.ts';

export default defineConfig({ integrations: [candor()] });
