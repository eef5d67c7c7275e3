// The keyboard: Alt and a key, wherever the focus is; "?" where nobody writes. The list is what the help shows.

export const SHORTCUTS = [
  { keys: "Alt+Q", code: "KeyQ", does: "take_next" },
  { keys: "Alt+↓", code: "ArrowDown", does: "next_chat" },
  { keys: "Alt+↑", code: "ArrowUp", does: "previous_chat" },
  { keys: "Alt+1 … 9", code: "Digit", does: "chat_number" },
  { keys: "Alt+M", code: "KeyM", does: "write" },
  { keys: "Alt+N", code: "KeyN", does: "note" },
  { keys: "Alt+K", code: "KeyK", does: "canned" },
  { keys: "Alt+I", code: "KeyI", does: "story" },
  { keys: "Alt+U", code: "KeyU", does: "queue" },
  { keys: "Alt+T", code: "KeyT", does: "transfer" },
  { keys: "Alt+B", code: "KeyB", does: "give_back" },
  { keys: "Alt+R", code: "KeyR", does: "release" },
  { keys: "Alt+L", code: "KeyL", does: "close" },
  { keys: "Alt+P", code: "KeyP", does: "presence" },
  { keys: "Alt+H, ?", code: "KeyH", does: "help" },
];

/** What a key press asks for: {does, number}, or null. */
export function asked(event) {
  if (event.isComposing || event.repeat) return null;
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit) return { does: "chat_number", number: Number(digit[1]) };
    const found = SHORTCUTS.find((each) => each.code === event.code);
    return found ? { does: found.does } : null;
  }
  const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
  return event.key === "?" && !writes && !event.ctrlKey && !event.metaKey ? { does: "help" } : null;
}
