// The desk's HTTP API (docs/desk-api.md): one function per request, one kind of error.

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.error ?? "unavailable");
    this.status = status;
    this.code = body?.error ?? "unavailable";
    this.words = body?.message ?? null; // {da, en}
    this.body = body;
  }
}

let token = ""; // proves that a change comes from this page

/** Remember the proof that /me and a sign-in hand out. */
export function useToken(value) {
  token = value;
}

/** The headers of every request that changes something. */
export function changing() {
  return { "Content-Type": "application/json", "X-Desk-Token": token };
}

async function call(method, path, body) {
  let answer;
  try {
    answer = await fetch(`/desk/api${path}`, {
      method,
      headers: method === "GET" ? {} : changing(),
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch {
    throw new ApiError(0, null);
  }
  if (answer.status === 204) return null;
  const read = await answer.json().catch(() => null);
  if (!answer.ok) {
    const error = new ApiError(answer.status, read);
    if (error.code === "signed_out") window.dispatchEvent(new CustomEvent("desk-signed-out"));
    throw error;
  }
  return read;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const put = (path, body = {}) => call("PUT", path, body);
export const remove = (path) => call("DELETE", path, {});
