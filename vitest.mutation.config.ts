import { defineConfig } from 'vitest/config';

/** For `npm run mutation`: the tests of core and reader alone, which build no sites and start no commands. */
export default defineConfig({
  test: {
    isolate: false,
    include: ['src/core/**/*.test.ts', 'src/reader/**/*.test.ts'],
    // They try hundreds of values, or measure how long something takes, and would do so for every mutant.
    exclude: ['**/properties.test.ts', '**/speed.test.ts', '**/hostile-files.test.ts'],
  },
});
