// Print: rosters, run sheets, the week and a case on paper, in both languages: no menus and forms, nothing cut off at the
// side, and a PDF with all of it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, person } from "../lib/browser.mjs";
import { Service } from "../lib/service.mjs";

/// A4 less margins, in CSS pixels.
const UPRIGHT = 718;

let service;
let chrome;
let week;
before(async () => {
  service = await Service.start();
  chrome = await browser();
  await service.accounts();
  week = await service.planned();
  for (const [who, step] of [["planner", "proposals"], ["approver", "approvals"], ["planner", "publications"]]) await service.step(who, week, step);
});
after(async () => {
  await chrome?.close();
  await service?.stop();
});

/// Page, who prints it, what must be on it. Rosters turn their paper by themselves.
const PAGES = [["", "planner", "C04"], ["/escorts", "escorts", "E04"], ["/transport", "transport", "S"], ["/work-list", "gatekeeper", "C05"], ["/cases/C04", "planner", "C04"],
  ["/figures", "planner", ""], ["/history", "planner", "1"]];

for (const lang of ["en", "nl"]) {
  for (const [path, who, word] of PAGES) {
    test(`on paper, ${lang}: the week${path}`, async () => {
      const page = await person(chrome, service, { name: who, lang, viewport: { width: UPRIGHT, height: 1000 } });
      await page.goto(`/weeks/${week}${path}`);
      await page.emulateMedia({ media: "print" });
      for (const gone of ["header.head", ".foot", "form", ".skip", "button"]) {
        for (const element of await page.locator(gone).all()) assert.equal(await element.isVisible(), false, `${gone} is printed`);
      }
      assert.ok(await page.locator("h1").isVisible());
      assert.ok((await page.locator("main").innerText()).includes(word), word);
      const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        return [...document.querySelectorAll("main *")].filter((element) => element.getBoundingClientRect().right > room + 1)
          .slice(0, 3).map((element) => `${Math.round(element.getBoundingClientRect().right)} in ${room}: ${element.outerHTML.slice(0, 100)}`);
      });
      assert.deepEqual(wide, [], "cut off at the side of the paper");
      const pdf = (await page.pdf({ format: "A4", preferCSSPageSize: true, margin: { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" } })).toString("latin1");
      assert.ok(pdf.startsWith("%PDF-") && pdf.length > 5_000, `${pdf.length} bytes`);
      const sides = [...pdf.matchAll(/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]/g)].map((box) => Number(box[1]) > Number(box[2]));
      assert.ok(sides.length > 0 && sides.every((wide) => wide === (path === "/escorts")), `${sides.length} sheets, wide: ${sides}`);
      await page.context().close();
    });
  }
}

test("a roster that is not published says so on paper too", async () => {
  const draft = await service.planned();
  const page = await person(chrome, service, { name: "escorts" });
  await page.goto(`/weeks/${draft}/escorts`);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByText("This is a draft").isVisible());
  await page.context().close();
});

test("the button that prints is there with script and not without", async () => {
  const [withScript, without] = [await person(chrome, service, { name: "escorts" }), await person(chrome, service, { name: "escorts", javaScriptEnabled: false })];
  for (const [page, seen] of [[withScript, true], [without, false]]) {
    await page.goto(`/weeks/${week}/escorts`);
    assert.equal(await page.locator("button[data-print]").isVisible(), seen);
    await page.context().close();
  }
});
