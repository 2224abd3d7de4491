import { describe, expect, it } from 'vitest';
import { publicAddress, repositoryAddress, withoutPassword } from './candor.ts';

describe('the repository in a package.json', () => {
  it.each([
    ['https://git.example/candor.git', 'https://git.example/candor.git'],
    ['git+https://git.example/candor.git', 'https://git.example/candor.git'],
    ['git@git.example:acme/candor.git', 'git@git.example:acme/candor.git'],
    ['acme/candor', 'https://github.com/acme/candor.git'],
    ['github:acme/candor', 'https://github.com/acme/candor.git'],
    [{ type: 'git', url: 'git+ssh://git@git.example/candor.git' }, 'ssh://git@git.example/candor.git'],
    [undefined, undefined],
    [{}, undefined],
  ])('%j is at %s', (repository, address) => {
    expect(repositoryAddress(JSON.stringify({ name: 'candor', repository }))).toBe(address);
  });
});

describe('an address that is shown', () => {
  it.each([
    ['https://ada:secret@git.example/candor.git', 'https://git.example/candor.git'],
    ['https://token@git.example/a@b.git', 'https://git.example/a@b.git'],
    ['git@git.example:candor.git', 'git@git.example:candor.git'],
    ['/home/ada/candor.git', '/home/ada/candor.git'],
  ])('has no password: %s', (address, shown) => {
    expect(withoutPassword(address)).toBe(shown);
  });

  it.each(['/home/ada/candor.git', 'file:///home/ada/candor.git'])('has no path of a machine in public: %s', (path) => {
    expect(publicAddress(path)).toBe('a local repository');
  });
});
