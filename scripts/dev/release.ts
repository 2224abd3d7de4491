import { readFile, writeFile } from 'node:fs/promises';
import { repositoryAddress } from '../upgrade/candor.ts';

/** A version that can be released, or what to write first. */
type Release = { tag: string; notes: string } | { problem: string };

/**
 * The release of the version in `package.json`.
 * @param github the repository of the workflow, as `OWNER/NAME`
 */
export function releaseOf(packageText: string, changelog: string, github: string): Release {
  const { version } = JSON.parse(packageText) as { version: string };
  if (repositoryAddress(packageText) !== `https://github.com/${github}.git`) {
    const wanted = `"repository": "github:${github}"`;
    return { problem: `Candor is released from its own repository. If this is it, write into package.json: ${wanted}` };
  }
  const [, date = '', notes = ''] = sectionOf(changelog, version) ?? [];
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) {
    return { problem: `CHANGELOG.md needs a heading with the day of the release: ## [${version}] - YYYY-MM-DD` };
  }
  if (notes.trim() === '') return { problem: `CHANGELOG.md says nothing about ${version}. Write what changed.` };
  return { tag: `v${version}`, notes: `${notes.trim()}\n` };
}

function sectionOf(changelog: string, version: string): RegExpExecArray | null {
  const heading = `^## \\[${RegExp.escape(version)}\\] - (.+)$`;
  return new RegExp(`${heading}([^]*?)(?=^## |^\\[|$(?![^]))`, 'm').exec(changelog);
}

/** `npm run release -- NOTES`: writes what is new into a file, and prints the tag. */
if (import.meta.main) {
  const [packageText, changelog] = await Promise.all(
    ['package.json', 'CHANGELOG.md'].map((path) => readFile(path, 'utf8')),
  );
  const release = releaseOf(packageText ?? '', changelog ?? '', process.env['GITHUB_REPOSITORY'] ?? '');
  if ('problem' in release) {
    process.stderr.write(`${release.problem}\n`);
    process.exitCode = 1;
  } else {
    await writeFile(process.argv[2] ?? 'notes.md', release.notes);
    process.stdout.write(`${release.tag}\n`);
  }
}
