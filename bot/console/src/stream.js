// Reads /desk/api/stream for as long as the page is open. A broken line is taken up again with what the page has, so
// nothing is missed and nothing comes twice.

const SILENCE = 25_000; // the server says something every 10 seconds
const SLOWEST = 15_000;

export class Stream {
  #stopped = false;
  #abort = null;
  #tries = 0;

  /** `cursors()` names what the page has, `heard(event, data)` takes what comes, `state(up)` hears how the line is. */
  constructor(cursors, heard, state) {
    this.cursors = cursors;
    this.heard = heard;
    this.state = state;
    this.#run();
    this.again = () => this.#hurry();
    window.addEventListener("online", this.again);
  }

  stop() {
    this.#stopped = true;
    window.removeEventListener("online", this.again);
    this.#abort?.abort();
  }

  #hurry() {
    this.#tries = 0;
    this.wake?.();
  }

  async #run() {
    while (!this.#stopped) {
      await this.#once().catch(() => null);
      if (this.#stopped) return;
      this.state(false);
      const wait = Math.min(SLOWEST, 300 * 2 ** this.#tries++) * (0.75 + Math.random() / 2);
      await new Promise((go) => {
        this.wake = go;
        setTimeout(go, wait);
      });
    }
  }

  async #once() {
    this.#abort = new AbortController();
    let silent = setTimeout(() => this.#abort.abort(), SILENCE);
    try {
      const answer = await fetch(`/desk/api/stream?chats=${this.cursors()}`, {
        signal: this.#abort.signal,
        credentials: "same-origin",
        cache: "no-store",
      });
      if (answer.status === 401) window.dispatchEvent(new CustomEvent("desk-signed-out"));
      if (!answer.ok) return;
      this.#tries = 0;
      this.state(true);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        clearTimeout(silent);
        silent = setTimeout(() => this.#abort.abort(), SILENCE);
        const messages = (rest + value).split("\n\n");
        rest = messages.pop();
        messages.forEach((message) => this.#take(message));
        this.heard("alive", {});
      }
    } finally {
      clearTimeout(silent);
    }
  }

  #take(message) {
    const event = /^event: (.*)$/m.exec(message)?.[1];
    const data = /^data: (.*)$/m.exec(message)?.[1];
    if (event && data) this.heard(event, JSON.parse(data));
  }
}
