import { defineConfig } from 'vitest/config';
import { memoryFolder } from './scripts/lib/files.ts';

const folder = memoryFolder();
const PATIENCE = 10 * 60_000;

export default defineConfig({
  test: {
    // A machine that is slow or busy fails nothing; what never ends, ends here.
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
    teardownTimeout: PATIENCE,
    expect: { poll: { timeout: PATIENCE } },
    // By default one less than there are cores, and most tests wait for commands that they started.
    maxWorkers: 3,
    env: {
      // Temporary folders: half of what tests with Git take is waiting for the disk.
      ...(folder !== undefined && { TMPDIR: folder }),
      // After each commit and fetch, Git starts a process that looks whether to tidy up, which takes as long as a commit.
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'maintenance.auto',
      GIT_CONFIG_VALUE_0: 'false',
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // A process of its own for each of a hundred files costs more than what is in most of them.
          isolate: false,
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['src/__tests__/**', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'site',
          include: ['src/__tests__/**/*.test.ts'],
          globalSetup: 'src/__tests__/support/build-sites.ts',
        },
      },
    ],
  },
});
