// Every page of the table of routes, in both languages: axe, keyboard, a window of 320 pixels, dark colours; and no page that
// was forgotten.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, person } from "../lib/browser.mjs";
import { axe, keyboard, reflow } from "../lib/checks.mjs";
import { routes, scenes } from "../lib/pages.mjs";
import { Service } from "../lib/service.mjs";

let service;
let chrome;
let first;

const WIDE = { width: 1200, height: 900 };
/// What colours and narrowness can break.
const OF_COLOURS = ["color-contrast", "link-in-text-block"];
const OF_WIDTH = ["color-contrast", "target-size", "scrollable-region-focusable", "meta-viewport"];

/// Everything that is wrong with a page as it is now. Tab goes through it wide in English and narrow in Dutch.
async function faults(page, lang) {
  const wrong = [...(await axe(page))];
  await page.emulateMedia({ colorScheme: "dark" });
  wrong.push(...(await axe(page, OF_COLOURS)).map((fault) => `dark ${fault}`));
  await page.emulateMedia({ colorScheme: "light" });
  if (lang === "en") wrong.push(...(await keyboard(page)));
  wrong.push(...(await reflow(page)));
  wrong.push(...(await axe(page, OF_WIDTH)).map((fault) => `narrow ${fault}`));
  if (lang === "nl") wrong.push(...(await keyboard(page)));
  await page.setViewportSize(WIDE);
  return [...wrong, ...page.complaints.splice(0)];
}

before(async () => {
  service = await Service.start();
  chrome = await browser();
  // The page that makes the first account is there only until there is one.
  first = [];
  for (const lang of ["en", "nl"]) {
    const page = await person(chrome, service, { lang });
    await page.goto(`/login?lang=${lang}`);
    first.push(...(await faults(page, lang)));
    await page.context().close();
  }
  await service.accounts();
});

after(async () => {
  await chrome?.close();
  await service?.stop();
});

test("the first account can be made by keyboard, in a narrow window, and axe finds nothing", () => assert.deepEqual(first, []));

test("every page of the table of routes: axe, keyboard, 320 pixels, in both languages", async (t) => {
  const all = await scenes(service);
  assert.deepEqual([...new Set(all.map((scene) => scene.route).filter(Boolean))].sort(), [...new Set(routes())].sort(), "pages that are walked");
  for (const lang of ["en", "nl"]) {
    const pages = new Map();
    for (const { route, shows, who, path } of all) {
      await t.test(`${lang} ${route} ${shows}`, async () => {
        if (!pages.has(who)) pages.set(who, await person(chrome, service, { name: who, lang }));
        const page = pages.get(who);
        await page.goto(path);
        assert.equal(await page.locator("html").getAttribute("lang"), lang);
        assert.deepEqual(await faults(page, lang), [], path);
      });
    }
    for (const page of pages.values()) await page.context().close();
  }
});

test("the first page of a week is under 100 kB with all it needs", async () => {
  const week = await service.planned();
  const page = await person(chrome, service, { name: "planner" });
  let bytes = 0;
  const bodies = [];
  page.on("response", (response) => bodies.push(response.body().then((body) => (bytes += body.length), () => {})));
  await page.goto(`/weeks/${week}`, { waitUntil: "networkidle" });
  await Promise.all(bodies);
  assert.ok(bytes > 10_000 && bytes < 100_000, `${bytes} bytes`);
  await page.context().close();
});
