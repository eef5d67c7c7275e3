// A custom element that Lit draws: one draw for all changes of a turn, in a shadow root with its own style sheet.
import { render } from "lit/html.js";

export abstract class Drawn extends HTMLElement {
  protected readonly root = this.attachShadow({ mode: "open" });
  /** Resolved when what was last asked for is on the page. */
  drawn: Promise<void> = Promise.resolve();
  private waiting = false;

  constructor(styles: string) {
    super();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    this.root.adoptedStyleSheets = [sheet];
  }

  /** Draw before the browser paints again. */
  refresh(): void {
    if (this.waiting) return;
    this.waiting = true;
    this.drawn = Promise.resolve().then(() => {
      if (this.waiting) this.drawNow();
    });
  }

  /** Draw before anything else happens: who pressed or called finds it there. */
  protected drawNow(): void {
    this.waiting = false;
    if (!this.isConnected) return;
    render(this.draw(), this.root, { host: this });
    this.settled();
  }

  find<Kind extends HTMLElement>(id: string): Kind | null {
    return this.root.getElementById(id) as Kind | null;
  }

  /** What to show. */
  protected abstract draw(): unknown;

  /** What to do when it is there. */
  protected abstract settled(): void;
}
