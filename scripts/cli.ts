// Projects call this file, and versions of Candor know each other by it. npm runs the other one, which starts sooner.
import './cli.mjs';
