// Two planners at the same week at the same time: whoever is second is told, sees what they sent, and can go on from there.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, person } from "../lib/browser.mjs";
import { axe } from "../lib/checks.mjs";
import { Service } from "../lib/service.mjs";

let service;
let chrome;
before(async () => {
  service = await Service.start();
  chrome = await browser();
  await service.accounts();
});
after(async () => {
  await chrome?.close();
  await service?.stop();
});

const button = (page, name) => page.getByRole("button", { name, exact: true });

test("of two planners the second is told who was first, and keeps what they wrote", async () => {
  const week = await service.planned();
  const [one, two] = [await person(chrome, service, { name: "planner" }), await person(chrome, service, { name: "second" })];
  await one.goto(`/weeks/${week}`);
  await two.goto(`/weeks/${week}/repair`);
  await two.locator("#kind").selectOption("escort_absent");
  await two.locator("#subject").fill("E04");
  await two.locator("#at").fill("2027-04-29T00:00");
  await two.locator("#until").fill("2027-04-30T00:00");
  await two.locator("#why").fill("rang in sick at seven");
  // The first is quicker.
  await button(one, "Propose").click();
  await one.waitForURL("**?said=proposed");
  await button(two, "Report and repair").click();
  const told = two.locator("main [role=alert]");
  await told.waitFor();
  assert.match(await told.textContent(), /planner changed the week in between/);
  const sent = await two.locator("main dl.sent").textContent();
  for (const word of ["escort_absent", "E04", "2027-04-29T00:00", "rang in sick at seven"]) assert.ok(sent.includes(word), `${word} in ${sent}`);
  assert.deepEqual(await axe(two), []);
  assert.equal((await service.ask("planner", "GET", `/api/v1/weeks/${week}/runs`)).runs.length, 1, "nothing was queued");
  // From there back to the form, which knows the newer version.
  await two.getByRole("link", { name: "Back", exact: true }).click();
  await two.locator("#kind").selectOption("escort_absent");
  await two.locator("#subject").fill("E04");
  await two.locator("#at").fill("2027-04-29T00:00");
  await two.locator("#until").fill("2027-04-30T00:00");
  await button(two, "Report and repair").click();
  await button(two, "Accept the repair").waitFor();
  for (const page of [one, two]) await page.context().close();
});

test("of two who press the same button one does it and the other is told", async () => {
  const week = await service.planned();
  const pages = [await person(chrome, service, { name: "planner" }), await person(chrome, service, { name: "second", lang: "nl" })];
  for (const page of pages) await page.goto(`/weeks/${week}`);
  await Promise.all([button(pages[0], "Propose").click(), button(pages[1], "Voorstellen").click()]);
  const ends = await Promise.all(pages.map(async (page) => {
    await page.locator("main [role=status], main [role=alert]").first().waitFor();
    return page.url().includes("said=proposed") ? "done" : "told";
  }));
  assert.deepEqual(ends.sort(), ["done", "told"]);
  for (const page of pages) await page.context().close();
});

test("who looks again is told what changed since", async () => {
  const week = await service.planned();
  const page = await person(chrome, service, { name: "second" });
  await page.goto(`/weeks/${week}`);
  const run = await service.step("planner", week, "runs");
  await service.ended(week, run.id);
  await page.goto(`/weeks/${week}`);
  const told = page.locator("main .message", { hasText: "Since you last looked" });
  await told.getByRole("link").click();
  await page.waitForURL("**/history?from=1&to=2");
  await page.context().close();
});
