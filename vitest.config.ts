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
    // Temporary folders: half of what tests with Git take is waiting for the disk.
    env: folder === undefined ? {} : { TMPDIR: folder },
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
