// What must hold of every page: axe finds nothing, everything can be reached and used by keyboard, and nothing runs out of a
// narrow window. Each check gives what is wrong, in words.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Violations of WCAG 2.2 AA and of axe's best practices; or of some rules alone, where the rest cannot have changed.
export async function axe(page, rules) {
  await page.evaluate(AXE);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: TAGS };
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly, resultTypes: ["violations"] }), runOnly);
  return found.violations.map((rule) => `axe ${rule.id}: ${rule.help}: ${rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/// Wider than the window, or something cut off at its side.
export async function reflow(page, width = 320) {
  await page.setViewportSize({ width, height: 640 });
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const wrong = [];
    if (document.scrollingElement.scrollWidth > room) wrong.push(`scrolls sideways: ${document.scrollingElement.scrollWidth} in ${room}`);
    const scrolls = (element) => {
      for (let at = element; at && at !== document.body; at = at.parentElement) {
        if (at.matches(".skip") || ["auto", "scroll"].includes(getComputedStyle(at).overflowX)) return true;
      }
      return false;
    };
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (box.width > 0 && (box.right > room + 1 || box.left < -1) && !scrolls(element)) {
        wrong.push(`out of the window: ${element.outerHTML.slice(0, 120)}`);
        if (wrong.length > 3) break;
      }
    }
    return wrong;
  });
}

/// Tabs through the whole page: the skip link comes first and leads to the content; everything that can be operated is
/// reached, is seen to have the focus and is not hidden under something; details open and close; nothing keeps the focus.
export async function keyboard(page) {
  const wrong = [];
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    getSelection()?.removeAllRanges();
  });
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.matches(".skip")))) wrong.push("the first stop is not the skip link");
  await page.keyboard.press("Enter");
  const main = await page.evaluate(() => document.activeElement.id === "content" || location.hash === "#content");
  if (!main) wrong.push("the skip link does not lead to the content");
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement === document.body || !document.activeElement.closest("header.head")))) {
    wrong.push("after the skip link the menu comes again");
  }
  await page.evaluate(() => {
    document.activeElement?.blur();
    // Begins anew before the skip link.
    const start = document.createElement("a");
    start.href = "#";
    start.id = "walk-start";
    document.body.prepend(start);
    start.focus();
    start.addEventListener("blur", () => start.remove(), { once: true });
  });
  for (let stops = 0, same = 0; ; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(see);
    if (at.end) break;
    wrong.push(...at.wrong);
    same = at.again ? same + 1 : 0;
    // A date has parts that are stops of their own.
    if (same > 8 || stops > 2000) {
      wrong.push(`keeps the focus: ${at.html}`);
      break;
    }
    if (at.closed) {
      await page.keyboard.press(stops % 2 ? "Enter" : "Space");
      if (!(await page.evaluate(() => document.activeElement.parentElement.open))) wrong.push(`does not open by keyboard: ${at.html}`);
    }
  }
  wrong.push(...(await page.evaluate(missed)));
  return wrong;
}

/// Looks at what has the focus; runs in the page.
function see() {
  const at = document.activeElement;
  const html = at.outerHTML.slice(0, 120);
  if (at === document.body || at === document.documentElement) return { end: true };
  if (at.dataset.walked === "yes" && at.dataset.last !== "yes") return { end: true };
  const again = at.dataset.last === "yes";
  document.querySelectorAll("[data-last]").forEach((element) => delete element.dataset.last);
  at.dataset.walked = "yes";
  at.dataset.last = "yes";
  const wrong = [];
  const style = getComputedStyle(at);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`focus is not seen: ${html}`);
  const box = at.getClientRects()[0] ?? at.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  if (!inside) wrong.push(`focus is out of sight: ${html}`);
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  if (inside && top && !at.contains(top) && !top.contains(at)) wrong.push(`focus is covered: ${html} by ${top.outerHTML.slice(0, 80)}`);
  return { end: false, again, wrong, html, closed: at.matches("summary") && !at.parentElement.open };
}

/// What can be operated and was never reached; runs in the page.
function missed() {
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  const shown = (element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.disabled;
  return [...all].filter((element) => shown(element) && element.dataset.walked !== "yes").map((element) => `never reached by Tab: ${element.outerHTML.slice(0, 120)}`);
}
