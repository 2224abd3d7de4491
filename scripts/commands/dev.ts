import type { Command } from 'commander';

/** `dev`: the site, served while it is edited. Astro reads its arguments from this process. */
export function registerDev(program: Command): void {
  program
    .command('dev')
    .description('serve the site on this machine, and reload when you change something')
    .argument('[options...]', 'options of astro dev, such as --port 3000')
    .helpOption(false)
    .allowUnknownOption()
    .action(async () => void (await import('../publish/astro.ts')));
}
