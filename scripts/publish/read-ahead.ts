import { endWithParent } from '../lib/child.ts';
import { readAhead, readInput } from '../../src/site/load.ts';

/** Reads the incidents while another process makes the bundle, so that the build that follows knows them. */
endWithParent();
const [code, cache] = process.argv.slice(2);
try {
  readAhead(await readInput(code, cache));
} catch {
  // The build that follows says what is wrong.
}
