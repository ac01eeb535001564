// Pinning a case by hand: dragged on the week's page with the mouse, and by its link and form, by keyboard and without script.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { browser, person } from "../lib/browser.mjs";
import { axe } from "../lib/checks.mjs";
import { Keys, Mouse } from "../lib/hands.mjs";
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

const WORDS = {
  en: { pin: "pin C03", press: "Pin and repair", accept: "Accept the repair", back: "Take back", not: "not planned" },
  nl: { pin: "zet vast: C03", press: "Zet vast en herstel", accept: "Aanvaard het herstel", back: "Neem terug", not: "niet gepland" },
};

/// Takes a case by its mark and drops it, with the keys and moves of a hand.
async function drag(page, id, place) {
  const row = page.locator("tr", { has: page.getByRole("link", { name: `pin ${id}`, exact: true }) });
  const from = await row.locator(".grip").boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 20, { steps: 4 });
  await page.locator(".keep-out").waitFor();
  const to = await page.locator(place).boundingBox();
  await page.mouse.move(to.x + to.width / 2, to.y + Math.min(to.height / 2, 20), { steps: 8 });
  await page.locator(`${place}.over`).waitFor();
  await page.mouse.up();
}

test("a case that is dragged to a flight that does not take it is refused with the rule; dragged out, it is kept out", async () => {
  const week = await service.planned();
  const page = await person(chrome, service, { name: "planner", viewport: { width: 1200, height: 2600 } });
  await page.goto(`/weeks/${week}`);
  assert.equal(await page.locator(".keep-out").isVisible(), false);
  await drag(page, "C12", 'article[data-on="L032"]');
  await page.waitForURL("**/cases/C12/pin?on=L032");
  assert.equal(await page.locator("#on").inputValue(), "L032");
  await page.locator("#why").fill("the mayor asked for it");
  await page.getByRole("button", { name: WORDS.en.press }).click();
  const refused = page.locator("main [role=alert]");
  await refused.waitFor();
  assert.match(await refused.textContent(), /breaks a rule.*C12: I-/s);
  assert.match(await page.locator(".sent").textContent(), /the mayor asked for it/);

  await page.goto(`/weeks/${week}`);
  await drag(page, "C12", ".keep-out");
  await page.waitForURL("**/cases/C12/pin?on=out");
  assert.equal(await page.locator("#on").inputValue(), "out");
  await page.locator("#why").fill("asked by the court");
  await page.getByRole("button", { name: WORDS.en.press }).click();
  await page.getByRole("button", { name: WORDS.en.accept }).click();
  await page.waitForURL("**?said=accepted");
  const pinned = page.getByRole("region", { name: "Pinned by hand" });
  assert.match(await pinned.textContent(), /C12.*kept out.*asked by the court.*planner.*so/s);
  assert.equal(await page.locator("article.flight", { hasText: "C12" }).count(), 0);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

for (const [lang, script, Hands] of [["en", true, Keys], ["nl", false, Mouse]]) {
  test(`a case is pinned and freed by its form, ${lang}, ${script ? "by keyboard" : "without script"}`, async () => {
    const words = WORDS[lang];
    const week = await service.planned();
    const page = await person(chrome, service, { name: "planner", lang, javaScriptEnabled: script });
    const hands = new Hands(page);
    await page.goto(`/weeks/${week}`);
    if (!script) assert.equal(await page.locator(".grip:visible").count(), 0, "nothing that needs script");
    await hands.follow(words.pin, { exact: true });
    await page.waitForURL("**/cases/C03/pin");
    const flights = await page.locator("#on option").evaluateAll((all) => all.map((one) => one.value));
    const now = await page.locator("#on").inputValue();
    const other = flights.find((flight) => flight !== now && flight !== "out");
    assert.equal(now, "L032", "what the plan has is chosen");
    await hands.choose("#on", other);
    await hands.write("#why", "the escort can only then");
    await hands.press(words.press);
    await page.getByRole("button", { name: words.accept }).waitFor();
    await hands.press(words.accept);
    await page.waitForURL("**?said=accepted");
    assert.match(await page.locator(`article[data-on="${other}"]`).textContent(), /C03/);
    await hands.follow(words.pin, { exact: true });
    await page.waitForURL("**/cases/C03/pin");
    if (script) assert.deepEqual(await axe(page), []);
    await hands.write("#back", "it can go as planned");
    await hands.press(words.back);
    await page.waitForURL("**?said=freed");
    assert.deepEqual((await service.ask("planner", "GET", `/api/v1/weeks/${week}/pins`)).pins, []);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}
