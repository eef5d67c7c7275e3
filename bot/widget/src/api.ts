// The calls of the chat API. Every failure is a Failure with a sentence for the customer, or none where the line is down.
import type { ChatEvent, Language, Session, State } from "./types";

const TRY_SECONDS = 10;

export class Failure extends Error {
  constructor(
    readonly status: number,
    readonly words?: Record<Language, string>,
    readonly retryAfter?: number,
  ) {
    super(`chat: ${status || "no answer"}`);
  }

  /** Whether the same call may do better a little later. */
  get passes(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export class Api {
  token = "";

  constructor(readonly base: string) {}

  async begin(language: Language, seconds: number): Promise<Session> {
    return (await this.post("sessions", { language }, seconds)).json();
  }

  async send(id: string, body: { text: string } | { choice: string }): Promise<number> {
    return (await (await this.post("messages", { id, ...body })).json()).seq;
  }

  async poll(after: number, wait: number, signal: AbortSignal): Promise<{ events: ChatEvent[] } & State> {
    return (await this.call(`events?after=${after}&wait=${wait}`, { signal }, wait + 15)).json();
  }

  /** The open stream; the caller reads and ends it. */
  stream(after: number, signal: AbortSignal): Promise<Response> {
    return this.call("events", { signal, headers: { Accept: "text/event-stream", "Last-Event-ID": `${after}` } }, 0);
  }

  async download(address: string): Promise<Blob> {
    return (await this.call(address, {}, 60)).blob();
  }

  /** Ends the conversation; `erase` has everything of it erased too. */
  async end(erase: boolean): Promise<void> {
    await (erase ? this.call("erase", { method: "POST" }) : this.call("session", { method: "DELETE" }));
  }

  /** Sends a file; `progress` hears percents. XMLHttpRequest, as fetch tells nothing while it sends. */
  upload(file: File, id: string, more: boolean, signal: AbortSignal, progress: (percent: number) => void): Promise<void> {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      const form = new FormData();
      form.append("id", id);
      if (more) form.append("more", "true");
      form.append("file", file, file.name);
      request.open("POST", this.address("files"));
      request.setRequestHeader("Authorization", `Bearer ${this.token}`);
      request.responseType = "json";
      request.upload.onprogress = ({ loaded, total }) => progress(Math.round((loaded / total) * 100));
      request.onload = () =>
        request.status < 300 ? done() : failed(new Failure(request.status, request.response?.message));
      request.onerror = () => failed(new Failure(0));
      request.onabort = () => failed(signal.reason);
      signal.addEventListener("abort", () => request.abort());
      request.send(form);
    });
  }

  /** A path from an event leads nowhere but to the chat API: the token goes along. */
  address(path: string): string {
    return `${this.base}/api/chat/${path.replace(/^\/api\/chat\//, "")}`;
  }

  private post(path: string, body: object, seconds = TRY_SECONDS): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return this.call(path, { method: "POST", headers, body: JSON.stringify(body) }, seconds);
  }

  /** One call. `seconds` of 0 waits for ever. Throws Failure. */
  private async call(path: string, how: RequestInit, seconds = TRY_SECONDS): Promise<Response> {
    const limit = new AbortController();
    const stop = () => limit.abort();
    const timer = seconds ? setTimeout(stop, seconds * 1000) : 0;
    how.signal?.addEventListener("abort", stop);
    const headers: Record<string, string> = { ...(how.headers as Record<string, string>) };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    let answer: Response;
    try {
      answer = await fetch(this.address(path), {
        ...how, headers, signal: limit.signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
      });
    } catch {
      throw new Failure(0);
    } finally {
      clearTimeout(timer);
    }
    if (answer.ok) return answer;
    const body = await answer.json().catch(() => undefined);
    throw new Failure(answer.status, body?.message, Number(answer.headers.get("Retry-After")) || undefined);
  }
}
