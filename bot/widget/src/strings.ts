// Every word of the widget itself, Danish and English side by side. What the bot says comes from the server.
import type { Language } from "./types";

type Both = readonly [da: string, en: string];

const table = {
  title: ["HP Offsite Support", "HP Offsite Support"],
  launch: ["Chat med os", "Chat with us"],
  unread: ["{n} ulæste beskeder", "{n} unread messages"],
  unread1: ["1 ulæst besked", "1 unread message"],
  log: ["Samtalen", "The conversation"],
  close: ["Luk chatten", "Close the chat"],
  menu: ["Menu", "Menu"],
  other: ["English", "Dansk"],
  switch: ["I would like to continue in English", "Jeg vil gerne fortsætte på dansk"],
  bot: ["Automatisk assistent", "Automated assistant"],
  queue: ["Du venter på en medarbejder", "You are waiting for a person"],
  place: ["Du er nummer {n} i køen", "You are number {n} in the queue"],
  agent: ["Du chatter nu med {name}", "You are now chatting with {name}"],
  someone: ["en medarbejder", "one of our people"],
  closed: ["Samtalen er afsluttet", "The conversation has ended"],
  saidBot: ["Assistenten:", "Assistant:"],
  saidYou: ["Dig:", "You:"],
  saidSystem: ["Besked:", "Message:"],
  notice: [
    "Du skriver med en automatisk assistent. Skriv ikke CPR-nummer, kortnumre eller adgangskoder.",
    "You are writing with an automated assistant. Don't write CPR numbers, card numbers or passwords.",
  ],
  privacy: ["Sådan bruger vi dine oplysninger", "How we use what you tell us"],
  hours: [
    "Medarbejdere svarer mandag til fredag kl. 8-17, dog ikke på helligdage.",
    "People answer Monday to Friday 8-17 Danish time, except on public holidays.",
  ],
  message: ["Skriv en besked", "Write a message"],
  send: ["Send", "Send"],
  count: ["{n} af 2.000 tegn", "{n} of 2,000 characters"],
  tooLong: [
    "Beskeden er for lang: {n} af højst 2.000 tegn.",
    "The message is too long: {n} of at most 2,000 characters.",
  ],
  waiting: ["Sender …", "Sending …"],
  sent: ["Sendt", "Sent"],
  failed: ["Ikke sendt.", "Not sent."],
  again: ["Prøv igen", "Try again"],
  typing: ["Assistenten skriver", "The assistant is writing"],
  typingOther: ["{name} skriver", "{name} is writing"],
  offline: [
    "Forbindelsen er væk. Vi prøver igen, og intet går tabt.",
    "The connection is lost. We keep trying, and nothing gets lost.",
  ],
  online: ["Forbindelsen er tilbage.", "The connection is back."],
  down: [
    "Chatten svarer ikke lige nu. Prøv igen om lidt, opret en sag på support.hp.com/dk-da, eller ring til HP mandag til fredag kl. 8-17.",
    "The chat is not answering right now. Try again in a little while, open a case at support.hp.com/dk-da, or call HP Monday to Friday 8-17 Danish time.",
  ],
  phone: ["Ring til HP:", "Call HP:"],
  over: ["Samtalen er slut.", "The conversation has ended."],
  fresh: ["Start en ny samtale", "Start a new conversation"],
  starting: ["Åbner chatten …", "Opening the chat …"],
  transcriptText: ["Gem samtalen som tekst", "Save the conversation as text"],
  transcriptPage: ["Gem samtalen som side", "Save the conversation as a page"],
  end: ["Afslut chat", "End chat"],
  endSure: [
    "Vil du afslutte chatten? Samtalen forsvinder her. Din sag ændres ikke.",
    "Do you want to end the chat? The conversation disappears here. Your case stays as it is.",
  ],
  erase: ["Slet det, jeg har skrevet", "Delete what I wrote"],
  eraseSure: [
    "Vil du slette alt, du har skrevet og sendt her? Det kan ikke laves om. En bestilt kurer kommer stadig.",
    "Do you want to delete all you wrote and sent here? It can't be undone. A booked courier still comes.",
  ],
  keep: ["Nej, bliv her", "No, stay here"],
  day: ["Vælg en dag", "Choose a day"],
  sendDay: ["Send dagen", "Send the day"],
  options: ["Svarmuligheder", "Possible answers"],
  progress: ["Trin {n} af 4: {name}", "Step {n} of 4: {name}"],
  stage1: ["Din pc", "Your PC"],
  stage2: ["Fejlsøgning", "Troubleshooting"],
  stage3: ["Dækning", "Coverage"],
  stage4: ["Forsendelse", "Shipping"],
  covered: ["Ser ud til at være dækket", "Looks covered"],
  coveredAddon: ["Ser ud til at være dækket af dit tilvalg", "Looks covered by your add-on"],
  notCovered: ["Ser ikke ud til at være dækket", "Does not look covered"],
  person: ["En medarbejder ser på det", "A person will look at it"],
  stop: ["Stop, og sluk pc'en", "Stop, and switch the PC off"],
  caseCard: ["Din sag", "Your case"],
  pickupCard: ["Afhentningen er bestilt", "The pick-up is booked"],
  labelCard: ["Din forsendelseslabel er klar", "Your shipping label is ready"],
  partCard: ["Delen er bestilt", "The part is ordered"],
  bookingCard: ["Forsendelsen er bestilt", "The shipment is booked"],
  summaryCard: ["Er det rigtigt?", "Is this right?"],
  statusCard: ["Sådan står det til", "How things stand"],
  caseId: ["Sagsnummer", "Case number"],
  tracking: ["Trackingnummer", "Tracking number"],
  when: ["Afhentes", "Pick-up"],
  device: ["Pc", "PC"],
  serial: ["Serienummer", "Serial number"],
  where: ["Adresse", "Address"],
  contact: ["Kontakt", "Contact"],
  copy: ["Kopiér", "Copy"],
  copied: ["Kopieret", "Copied"],
  label: ["Forsendelseslabel (PDF)", "Shipping label (PDF)"],
  calendar: ["Føj til kalender", "Add to calendar"],
  attach: ["Vedhæft billede eller PDF", "Attach a picture or PDF"],
  dropHere: ["Slip filen her", "Drop the file here"],
  fileSending: ["Sender {name}", "Sending {name}"],
  fileKind: [
    "{name} kan ikke sendes. Send et billede (jpg, png, webp) eller en PDF.",
    "{name} can't be sent. Send a picture (jpg, png, webp) or a PDF.",
  ],
  fileBig: ["{name} er for stor. En fil må fylde 10 MB.", "{name} is too big. A file may be 10 MB."],
  fileMany: ["{name} blev ikke sendt. Send højst 5 ad gangen.", "{name} was not sent. Send at most 5 at a time."],
  fileFailed: ["{name} blev ikke sendt.", "{name} was not sent."],
  cancel: ["Annullér", "Cancel"],
  dismiss: ["Fjern", "Remove"],
  newest: ["Til det nyeste", "To the newest"],
  drawSerial: [
    "Tegning: pc'ens underside. Serienummeret står på mærkaten efter S/N.",
    "Drawing: the underside of the PC. The serial number stands on the label after S/N.",
  ],
  drawPower: [
    "Tegning: hold tænd-knappen på pc'en nede i 15 sekunder.",
    "Drawing: hold the power button of the PC for 15 seconds.",
  ],
  drawBlink: [
    "Tegning: lampen på pc'en giver lange blink, så korte. Tæl begge slags.",
    "Drawing: the light on the PC gives long blinks, then short ones. Count both kinds.",
  ],
} satisfies Record<string, Both>;

export type Words = Record<keyof typeof table, string>;

const words = (at: 0 | 1) => Object.fromEntries(Object.entries(table).map(([key, both]) => [key, both[at]])) as Words;

export const strings: Record<Language, Words> = { da: words(0), en: words(1) };

/** The sentence with its {places} filled. */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => `${values[name] ?? ""}`);
}

/** The language a text is most likely in, for `lang`; `otherwise` where nothing tells. */
export function languageOf(text: string, otherwise: Language): Language {
  const danish = text.match(/[æøåÆØÅ]|\b(og|er|jeg|ikke|det|du|har|din|en|af|til|på|hvad|vi)\b/gi)?.length ?? 0;
  const english = text.match(/\b(the|is|and|you|your|not|it|of|to|what|we|my|have)\b/gi)?.length ?? 0;
  return danish === english ? otherwise : danish > english ? "da" : "en";
}
