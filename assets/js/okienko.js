// Everything works without this file; it only saves reloads and keystrokes.
import "./htmx.js";
import "./dialog.js";
import "./copy.js";
import "./forms.js";
import "./details.js";
import "./entry.js";
