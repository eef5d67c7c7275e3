// What happens elsewhere, said to who does not see it. A line each: a reader says what is added, so that no news takes
// the place of another before it was said.
import { html } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { Part } from "./element.js";

const STANDS = 30_000; // long enough for a reader who is in the middle of something

class News extends Part {
  static properties = { lines: { state: true } };

  constructor() {
    super();
    this.lines = [];
  }

  render() {
    return html`<div class="sr" role="status" aria-atomic="false">
      ${repeat(this.lines, (line) => line.id, (line) => html`<p>${line.text}</p>`)}
    </div>`;
  }

  /** Say it, after what is being said. */
  announce(text) {
    const line = { id: crypto.randomUUID(), text };
    this.lines = [...this.lines, line];
    setTimeout(() => (this.lines = this.lines.filter((each) => each !== line)), STANDS);
  }
}

customElements.define("desk-news", News);
