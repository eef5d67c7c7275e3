// Serves the host pages of the comparison and what they load: one page, five times, each with another chat on it.
// `node server.mjs PORT GATEWAY`. Everything goes out gzipped and may not be cached, like a first visit.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { Server } from "socket.io";

const [, , port, gateway] = process.argv;
const here = new URL(".", import.meta.url);
const file = (path) => readFileSync(new URL(path, here));

const scripts = {
  "/webchat.js": "node_modules/botframework-webchat/dist/webchat-minimal.js",
  "/deep-chat.js": "node_modules/deep-chat/dist/deepChat.bundle.js",
  "/rasa-webchat.js": "node_modules/rasa-webchat/lib/index.js",
};
const chats = {
  empty: "",
  ours: `<script src="${gateway}/widget.js" data-language="en" defer></script>`,
  webchat: `<div id="chat" style="height:500px"></div><script src="/webchat.js"></script>
    <script>${file("webchat_page.js")}</script>`,
  deepchat: `<script src="/deep-chat.js" type="module"></script>
    <deep-chat id="chat" style="height:500px;width:100%"></deep-chat><script>${file("deepchat_page.js")}</script>`,
  rasa: `<div id="chat"></div><script src="/rasa-webchat.js"></script><script>${file("rasa_page.js")}</script>`,
};
const host = file("host.html").toString();
const kept = new Map();

function answer(url) {
  const { pathname } = new URL(url, "http://host");
  const name = pathname.slice(1);
  if (name in chats) return ["text/html; charset=utf-8", host.replace("{{chat}}", chats[name])];
  if (pathname in scripts) return ["text/javascript; charset=utf-8", file(scripts[pathname])];
  return undefined;
}

const server = createServer((request, response) => {
  const found = answer(request.url);
  if (!found) return response.writeHead(404).end();
  const [type, body] = found;
  if (!kept.has(request.url)) kept.set(request.url, gzipSync(body, { level: 9 }));
  response.writeHead(200, { "Content-Type": type, "Content-Encoding": "gzip", "Cache-Control": "no-store" });
  response.end(kept.get(request.url));
});

// What rasa-webchat wants from a Rasa: a session that is the one it had.
new Server(server, { cors: { origin: "*" } }).on("connection", (socket) => {
  socket.on("session_request", (asked) => socket.emit("session_confirm", asked?.session_id ?? "session-of-the-bench"));
});

server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
