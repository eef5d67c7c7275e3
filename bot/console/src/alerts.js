// How the page calls for somebody who looks elsewhere: a sound, the number in the title and on the icon, a notification.
import { recall, remember, say, spoken } from "./words.js";

const TUNES = { queued: [660, 880], heard: [520], given: [880, 660] };
let audio = null;

export const soundOn = () => recall("desk.sound") !== "off";

export function switchSound() {
  remember("desk.sound", soundOn() ? "off" : "on");
}

/** "granted", "denied", "default", or "none" where the browser has no notifications. */
export const notificationState = () => ("Notification" in window ? Notification.permission : "none");

export const askForNotifications = () => Notification.requestPermission();

export function call(kind, body, chat, onClick) {
  if (soundOn()) tune(TUNES[kind]);
  if (document.visibilityState === "visible" && document.hasFocus()) return;
  if (notificationState() !== "granted") return;
  const shown = new Notification(say(`alert_${kind}`), { body, tag: `${kind}:${chat}`, lang: spoken(), icon: "/desk/icon.svg" });
  shown.onclick = () => {
    window.focus();
    onClick();
    shown.close();
  };
}

/** The number of things that want attention, where it is seen without looking at the page. */
export function badge(count) {
  document.title = count > 0 ? `(${count}) ${say("title")}` : say("title");
  const set = count > 0 ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  set?.catch(() => null);
}

function tune(notes) {
  try {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => null);
    notes.forEach((pitch, n) => {
      const start = audio.currentTime + n * 0.16;
      const [tone, volume] = [audio.createOscillator(), audio.createGain()];
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.15);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.16);
    });
  } catch {
    // no sound device: the badge and the list say it as well
  }
}
