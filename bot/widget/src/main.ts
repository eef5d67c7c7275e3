// The tag: defines the element, and puts one on the page where the script tag asks for it and none stands there by hand.
import { OffsiteChat } from "./chat";

const NAME = "hp-offsite-chat";
const script = document.currentScript as HTMLScriptElement | null;

if (!customElements.get(NAME)) {
  OffsiteChat.home = script?.src ? new URL(".", script.src).href : location.href;
  customElements.define(NAME, OffsiteChat);
  const place = () => {
    if (document.querySelector(NAME)) return;
    const chat = document.createElement(NAME);
    for (const { name, value } of script?.attributes ?? []) {
      if (name.startsWith("data-")) chat.setAttribute(name.slice(5), value);
    }
    document.body.append(chat);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", place);
  else place();
}
