// In which order a screen is gone through by key and by ear, beside the order in which it is read: row by row, the floor last.

const rank = (one) => (one.closest(".top-bar") ? 0 : one.closest(".floor") ? 2 : 1);
const sameRow = (one, other) => {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  return Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.height, b.height) / 2;
};
const before = (one, other) => {
  const ranks = [rank(one), rank(other)];
  if (ranks[0] !== ranks[1]) return ranks[0] < ranks[1];
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
  if (sameRow(one, other)) return a.right <= b.left + 1;
  return a.top + a.height / 2 < b.top + b.height / 2;
};
// Words that are only heard stand nowhere.
const stands = (one) => one.getBoundingClientRect().width > 2 && one.getBoundingClientRect().height > 2;
const readsOn = (how, sequence) => sequence.filter(stands).slice(1).flatMap((one, at) => {
  const last = sequence.filter(stands)[at];
  return before(one, last) && !last.contains(one) && !one.contains(last)
    ? [`${how} comes to ${named(one)} after ${named(last)}, which stands below or beside it`] : [];
});

const look = (one) => {
  const told = (style) => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderTopColor].join();
  // An input without a face of its own shows it on its label.
  return [one, one.closest("label")].map((part) => (part ? told(getComputedStyle(part)) : "")).join(" / ");
};

let reached = [];
let unlit = new Map();
let wanted = [];
let seen = () => {};

const beginKeys = () => {
  document.activeElement?.blur();
  scrollTo(0, 0);
  document.removeEventListener("focusin", seen, true);
  wanted = controls().filter((one) => one.getAttribute("aria-disabled") !== "true" && !one.disabled && !one.matches("label"));
  unlit = new Map([...document.querySelectorAll("body *")].map((one) => [one, look(one)]));
  reached = [];
  seen = ({ target }) => reached.push([target, look(target)]);
  document.addEventListener("focusin", seen, true);
  // The browser's own controls of a film are some stops of their own, all of them the film from outside.
  return wanted.length + all("label.photo-input").length + 8 * all("video[controls]").length;
};

const endKeys = () => {
  document.removeEventListener("focusin", seen, true);
  document.activeElement?.blur();
  scrollTo(0, 0);
  const found = [];
  const came = new Set(reached.map(([one]) => one));
  for (const one of wanted) {
    // Of answers that exclude each other Tab comes to one, and the arrows to the rest.
    const sibling = one.closest("[role=radiogroup]")?.querySelector("[tabindex='0']");
    if (!came.has(one) && !(sibling && came.has(sibling))) found.push(`Tab does not reach ${named(one)}`);
  }
  for (const [one, lit] of new Map(reached)) {
    const unseen = unlit.has(one) && lit === unlit.get(one);
    if (unseen) found.push(`nothing shows that Tab is at ${named(one)}`);
  }
  const order = [...came].filter((one) => wanted.includes(one));
  const first = order.findIndex((one) => order.every((other) => other === one || !before(other, one)));
  const rotated = first < 0 ? order : [...order.slice(first), ...order.slice(0, first)];
  return [...found, ...readsOn("Tab", rotated)];
};

// Numbers what is to be found in the tree of a screen reader; `aria-keyshortcuts` is the one attribute that comes through as it is.
let marked = [];
const mark = () => {
  // What is chosen by a label is heard as its input.
  marked = all(`h1, h2, h3, h4, ${things}, textarea, select, input:not([type="file"])`)
    .map((one) => (one.matches("label") ? one.querySelector("input") : one));
  marked.forEach((one, at) => one.setAttribute("aria-keyshortcuts", `F${at}`));
  return marked.length;
};

// `tree`: what a screen reader comes to, each with its number, role and name.
const byEar = (tree) => {
  marked.forEach((one) => one.removeAttribute("aria-keyshortcuts"));
  const heard = tree.map(({ at, name, role }) => ({ one: marked[at], name: tidy(name), role }));
  const found = [];
  for (const one of marked) {
    if (!heard.some((node) => node.one === one)) found.push(`a screen reader does not come to ${named(one)}`);
  }
  const plain = (text) => tidy(text).toLowerCase().replaceAll("\u00ad", "");
  for (const { one, name, role } of heard) {
    if (name === "") found.push(`a screen reader finds no name for ${named(one)} (${role})`);
    const shown = plain(visible(one.closest("label") ?? one));
    if (shown !== "" && !plain(name).includes(shown)) found.push(`${named(one)} is called “${name}”, and “${shown}” stands on it`);
  }
  const main = heard.filter(({ one }) => one.closest("main") && !one.closest(".floor"));
  const title = main.findIndex(({ one }) => one.matches("h1"));
  // What stands beside the title on its row may come before it.
  const early = main.slice(0, Math.max(0, title)).filter(({ one }) => !sameRow(one, main[title].one));
  if (early.length > 0) found.push(`a screen reader comes to ${named(early[0].one)} before the title`);
  return [...found, ...readsOn("a screen reader", heard.map(({ one }) => one))];
};

// The words that are drawn on a control: not the first letter of a name in its mark, nor the "aan" of a switch, which tells its state.
const visible = (one) => {
  let text = "";
  if (one.matches("textarea, select")) return text;
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const of = walker.currentNode.parentElement;
    if (inSight(of) && !of.closest(".for-voice, svg, [aria-hidden=true]")) text += ` ${walker.currentNode.data} `;
  }
  return text;
};

// What is told to whoever does not see it: new words in a region that was there before, or a new screen whose title has the focus.
let regions = new Map();
// What the focus came to since: a title that had it all along, with other words by now, is told to nobody.
let came = null;
document.addEventListener("focusin", ({ target }) => { came = target; });
const listen = () => {
  const live = [...document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]:not([aria-live=off])")];
  regions = new Map(live.map((one) => [one, tidy(words(one))]));
  came = null;
};
const announced = (wanted) => {
  for (const [region, was] of regions) {
    const now = tidy(words(region));
    if (region.isConnected && now !== was && now.includes(wanted)) return true;
  }
  const title = document.activeElement;
  return title === came && title.matches("h1") && called(title).includes(wanted);
};

return {
  wide, size, apart, few, still, gestures, spoken, eightHours, contrast, byAxe, beginKeys, endKeys, mark, byEar, listen, announced,
  // What language, colours and size may change, and what they cannot.
  each: async () => [...[wide, size, apart, few].flatMap((check) => check()), ...await byAxe()],
  once: () => [still, gestures, spoken].flatMap((check) => check()),
};
