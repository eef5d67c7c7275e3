// What every part of the page is: a Lit element in the page itself (no shadow), so that one style sheet and the
// browser's own focus and label rules reach everything.
import { LitElement } from "lit";

export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }

  /** Tell whoever stands above. */
  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Put the focus on what the selector finds, once it is there. */
  async focusOn(selector) {
    await this.updateComplete;
    this.querySelector(selector)?.focus();
  }
}
