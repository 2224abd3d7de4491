export { loggable, printable } from '../src/core/printable.ts';
