/** The script of the home page, in one file. */
import './components.ts';
import './main.ts';
