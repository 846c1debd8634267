// How much each text stands out from what is painted behind it, measured here: axe allows 3:1 for large text, and this does not.

const colours = new Map();
const colour = (css) => {
  if (!colours.has(css)) {
    const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(css);
    if (plain) colours.set(css, [...plain.slice(1, 4).map(Number), Number(plain[4] ?? 1)]);
    else {
      const pen = document.createElement("canvas").getContext("2d");
      pen.fillStyle = css;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      colours.set(css, [r, g, b, a / 255]);
    }
  }
  return colours.get(css);
};
const over = ([r, g, b, a], below) => [r, g, b].map((part, at) => part * a + below[at] * (1 - a));
const opacity = (element) => {
  let part = 1;
  for (let one = element; one; one = one.parentElement) part *= Number(getComputedStyle(one).opacity);
  return part;
};
const light = (painted) => {
  const [r, g, b] = painted.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (one, other) => {
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
};

// What lies behind a place in an element, from the top down. Outside the window only its own ancestors are known.
const layers = (element, { left, top, width, height }) => {
  const stack = document.elementsFromPoint(left + width / 2, top + height / 2);
  const at = stack.indexOf(element);
  if (at >= 0) return stack.slice(at);
  const chain = [];
  for (let one = element; one; one = one.parentElement) chain.push(one);
  return chain;
};

// The colour behind it, or nothing where that is a picture.
const behind = (element, box) => {
  let painted = [255, 255, 255];
  for (const one of layers(element, box).reverse()) {
    const style = getComputedStyle(one);
    const own = colour(style.backgroundColor);
    const shown = own[3] * opacity(one);
    if (shown === 1) painted = own.slice(0, 3);
    else if (painted && shown > 0) painted = over([...own.slice(0, 3), shown], painted);
    const picture = /^(img|video|canvas|image|path|rect|circle)$/.test(one.localName) && one !== element;
    if (picture || style.backgroundImage !== "none") painted = null;
  }
  return painted;
};

// Whether it is there to be heard alone: cut down to a pixel.
const cutAway = (element) => {
  for (let one = element; one; one = one.parentElement) {
    const { width, height } = one.getBoundingClientRect();
    if (width <= 1 && height <= 1 && getComputedStyle(one).overflow === "hidden") return true;
  }
  return false;
};

// Text that is drawn, with its element and where it stands.
const texts = () => {
  const found = [];
  const walker = document.createTreeWalker(root(), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const of = node.parentElement;
    if (node.data.trim() === "" || !inSight(of) || of.closest("script, style, noscript, .for-voice")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = [...range.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
    if (box && opacity(of) > 0 && !cutAway(of)) found.push({ of, text: tidy(node.data), box, css: of.closest("svg") ? "fill" : "color" });
  }
  for (const of of all("input:not([type=file]), textarea")) {
    const box = of.getBoundingClientRect();
    if (of.value) found.push({ of, text: of.value, box, css: "color" });
    else if (of.placeholder) found.push({ of, text: of.placeholder, box, css: "color", part: "::placeholder" });
  }
  return found;
};

// Where text may be less than the 7:1 that is aimed at, and why.
const AIM = [
  [".lvl-hint, .lvl-told, .level", "the levels of help are one hue from solid to light, each with its bars and in large bold words"],
  ["[aria-disabled=true], :disabled", "what cannot be tapped now is quiet; WCAG asks nothing of it"],
];

// The texts of which nothing could be measured: they stand on a picture.
const unmeasured = new Set();

const contrast = () => {
  const found = new Set();
  unmeasured.clear();
  for (const { of, text, box, css, part } of texts()) {
    const back = behind(of, box);
    if (!back) {
      unmeasured.add(of);
      continue;
    }
    const [r, g, b, a] = colour(getComputedStyle(of, part)[css]);
    const much = ratio(over([r, g, b, a * opacity(of)], back), back);
    const where = `“${text.slice(0, 30)}” (${of.localName}.${[...of.classList].join(".")} in .${of.parentElement.className.toString().replaceAll(" ", ".")})`;
    const off = of.closest("[aria-disabled=true], :disabled") !== null;
    if (much < 4.495 && !off) found.add(`${where} has a contrast of ${round(much)}, and not 4.5`);
    else if (much < 6.995 && !AIM.some(([which]) => of.closest(which))) found.add(`${where} has a contrast of ${round(much)}, and the aim is 7`);
  }
  return [...found];
};

// What axe finds, and what it leaves open: contrast it could not tell is measured here, anything else is looked at by a person first.
const SEEN = {
  "label-content-name-mismatch": "the letter in the mark of a person is no word; names are laid beside what is drawn in order.js",
};

const byAxe = async () => {
  const told = await axe.run(document, {
    elementRef: true,
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    rules: { "target-size": { enabled: true } },
  });
  const where = (nodes) => nodes.map((node) => node.target.join(" ")).join(", ");
  const wrong = told.violations.map(({ id, nodes }) => `${id}: ${where(nodes)}`);
  wrong.push(...contrast());
  for (const { id, nodes } of told.incomplete) {
    const open = nodes.filter(({ element }) => (id === "color-contrast" ? unmeasured.has(element) : !SEEN[id]));
    if (open.length > 0) wrong.push(`axe cannot tell ${id}: ${where(open)}`);
  }
  return wrong;
};
