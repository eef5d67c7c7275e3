// Receiving: a streamed line with replay; long-poll after two broken or silent streams; never gives up.
import { type Api, Failure } from "./api";
import type { ChatEvent, State } from "./types";

const DEAD_AFTER = 40_000; // the server sends something every 15 s
const PATIENCE = 8_000; // a stream's first word comes at once, or something on the way holds it back
const STREAMS_BEFORE_POLL = 2;
const SHORTEST = 500;
const LONGEST = 15_000;

export interface Hearing {
  /** The number of the last event we have. */
  last(): number;
  heard(events: ChatEvent[], state?: State): void;
  typing(who: ChatEvent): void;
  /** Whether we are in touch. */
  touch(online: boolean): void;
  /** The session is over: nothing more will come. */
  over(): void;
}

export class Line {
  private stopped = true;
  private current?: AbortController;
  private wake?: () => void;
  private tries = 0;
  private badStreams = 0;

  constructor(private api: Api, private hearing: Hearing) {}

  start(): void {
    if (!this.stopped) return;
    this.stopped = false;
    addEventListener("online", this.hurry);
    document.addEventListener("visibilitychange", this.hurry);
    void this.run();
  }

  stop(): void {
    this.stopped = true;
    removeEventListener("online", this.hurry);
    document.removeEventListener("visibilitychange", this.hurry);
    this.current?.abort();
    this.wake?.();
  }

  /** Don't wait any longer before the next try. */
  private hurry = (): void => {
    if (!document.hidden) this.wake?.();
  };

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.current = new AbortController();
      try {
        await (this.badStreams < STREAMS_BEFORE_POLL ? this.stream(this.current) : this.poll(this.current));
      } catch (error) {
        if (error instanceof Failure && error.status === 401) {
          this.stop();
          this.hearing.over();
        }
      }
      this.current.abort();
      if (this.stopped) return;
      this.hearing.touch(false);
      const ceiling = Math.min(LONGEST, SHORTEST * 2 ** this.tries++);
      await this.pause(SHORTEST + Math.random() * (ceiling - SHORTEST));
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  private async stream(control: AbortController): Promise<void> {
    let spoke = false;
    let timer = setTimeout(() => control.abort(), PATIENCE);
    try {
      const answer = await this.api.stream(this.hearing.last(), control.signal);
      const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        clearTimeout(timer);
        timer = setTimeout(() => control.abort(), DEAD_AFTER);
        if (!spoke) this.well();
        spoke = true;
        const blocks = (rest + value).split("\n\n");
        rest = blocks.pop()!;
        for (const block of blocks) this.read(block);
      }
    } finally {
      clearTimeout(timer);
      this.badStreams = spoke ? 0 : this.badStreams + 1;
    }
  }

  private read(block: string): void {
    let name = "";
    let data = "";
    for (const row of block.split("\n")) {
      if (row.startsWith("event:")) name = row.slice(6).trim();
      if (row.startsWith("data:")) data += row.slice(5).trim();
    }
    let value;
    try {
      value = JSON.parse(data);
    } catch {
      return; // a heartbeat, or something that a later server says
    }
    if (name === "state") this.hearing.heard([], value);
    else if (value.type === "typing") this.hearing.typing(value);
    else if (!name || name === "message") this.hearing.heard([value]);
  }

  private async poll(control: AbortController): Promise<void> {
    for (let round = 0; !this.stopped && round < 40; round++) {
      const found = await this.api.poll(this.hearing.last(), round ? 25 : 0, control.signal);
      this.well();
      this.hearing.heard(found.events, found);
    }
    this.badStreams = STREAMS_BEFORE_POLL - 1; // now and then the better way gets another try
  }

  private well(): void {
    this.tries = 0;
    this.hearing.touch(true);
  }
}
