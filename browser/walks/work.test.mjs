// The real work from an empty store to a published repair, twice: in English by keyboard alone with script, in Dutch with the
// mouse and without script.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { join } from "node:path";
import { browser, person } from "../lib/browser.mjs";
import { axe } from "../lib/checks.mjs";
import { DEMO, PASSWORD, Service, folder } from "../lib/service.mjs";
import { Keys, Mouse } from "../lib/hands.mjs";

let chrome;
before(async () => {
  chrome = await browser();
});
after(() => chrome?.close());

const WORDS = {
  en: { make: "Make", makeFirst: "Make account", logIn: "Log in", takeIn: "Take in", plan: "Plan", propose: "Propose", approve: "Approve", publish: "Publish",
    report: "Report and repair", accept: "Accept the repair", swap: /^swap /, check: "Check the rules", change: "Make the change", undo: "Undo",
    published: "published", eyes: /four eyes|second pair|last edited|edited/i, repair: "Repair", escorts: "Escorts", week: "Week", logOut: "Log out" },
  nl: { make: "Maak", makeFirst: "Maak account", logIn: "Aanmelden", takeIn: "Inlezen", plan: "Plan", propose: "Voorstellen", approve: "Goedkeuren", publish: "Publiceren",
    report: "Meld en herstel", accept: "Aanvaard het herstel", swap: /^ruil /, check: "Controleer de regels", change: "Voer de wijziging door", undo: "Ongedaan maken",
    published: "gepubliceerd", eyes: /vier ogen|bewerk/i, repair: "Herstel", escorts: "Begeleiding", week: "Week", logOut: "Afmelden" },
};

for (const [lang, script, Hands] of [["en", true, Keys], ["nl", false, Mouse]]) {
  test(`the work of a week, ${lang}, ${script ? "by keyboard" : "without script"}`, async (t) => {
    const service = await Service.start();
    t.after(() => service.stop());
    const words = WORDS[lang];
    const window = async () => person(chrome, service, { lang, javaScriptEnabled: script });
    const page = await window();
    const hands = new Hands(page);
    const said = async (where = page) => {
      await where.locator("main [role=status], main .message.fine").first().waitFor();
    };
    const state = (where = page) => where.locator(".steps [aria-current]").textContent();

    // Nobody has an account: the code that the program printed makes the first.
    await page.goto("/");
    await hands.write("#code", service.code);
    await hands.write("#name", "admin");
    await hands.write("#password", PASSWORD);
    await hands.press(words.makeFirst);
    await page.waitForURL("**/accounts");
    for (const [name, roles] of [["planner", ["planner", "approver"]], ["approver", ["approver"]], ["escorts", ["escort-coordinator"]]]) {
      await hands.write("#name", name);
      await hands.write("#password", PASSWORD);
      for (const role of roles) await hands.tick(`#new-${role}`);
      await hands.press(words.make);
      await page.locator("tbody th", { hasText: name }).first().waitFor();
    }
    await hands.press(words.logOut);
    await page.waitForURL("**/login");

    const enter = async (where, by, name) => {
      await where.goto("/login");
      await by.write("#name", name);
      await by.write("#password", PASSWORD);
      await by.press(words.logIn);
      await where.waitForURL("**/weeks");
    };
    await enter(page, hands, "planner");

    // Import, plan.
    await page.locator("#files").setInputFiles(folder().map((name) => join(DEMO, name)));
    await hands.write("#folder-why", "walk");
    await hands.press(words.takeIn);
    await page.waitForURL(/\/weeks\/[^/?]+\?said=taken-in/);
    await said();
    const week = new URL(page.url()).pathname;
    await hands.press(words.plan);
    await page.waitForURL(`**${week}/runs?run=*`);
    await page.locator("tbody .badge.fine").first().waitFor();
    await hands.follow(words.week, { exact: true });
    await page.waitForURL(`**${week}`);
    assert.equal(await page.locator("article.flight").count() > 0, true, "departures by flight");

    // Propose; four eyes: who edited last may approve in general, and not this.
    await hands.press(words.propose);
    await page.waitForURL("**?said=proposed");
    await hands.press(words.approve);
    const refused = page.locator("main [role=alert]");
    await refused.waitFor();
    assert.match(await refused.textContent(), words.eyes);
    const other = await window();
    const otherHands = new Hands(other);
    await enter(other, otherHands, "approver");
    await otherHands.follow(week.split("/").pop());
    await other.waitForURL(`**${week}`);
    await otherHands.press(words.approve);
    await other.waitForURL("**?said=approved");
    await page.goto(week);
    await hands.press(words.publish);
    await page.waitForURL("**?said=published");
    assert.match(await state(), new RegExp(words.published));

    // Event, repair, accept.
    await hands.follow(words.repair, { exact: true });
    await page.waitForURL(`**${week}/repair`);
    await hands.choose("#kind", "escort_absent");
    await hands.write("#subject", "E04");
    await hands.date("#at", "2027-04-29T00:00");
    await hands.date("#until", "2027-04-30T00:00");
    await hands.write("#why", "ill");
    const began = Date.now();
    await hands.press(words.report);
    const accept = page.getByRole("button", { name: words.accept });
    await accept.waitFor();
    t.diagnostic(`event to proposal on screen: ${Date.now() - began} ms`);
    const proposal = page.url();
    await hands.press(words.accept);
    await page.waitForURL("**?said=accepted");
    await said();

    // Undo and take it again: the plan before, and after.
    await hands.press(words.undo);
    await page.waitForURL("**?said=undone*");
    await page.goto(proposal);
    await hands.press(words.accept);
    await page.waitForURL("**?said=accepted");

    // The escort coordinator swaps: what breaks a rule is told and cannot be done, what breaks none is done.
    const coordinator = await window();
    const coordinatorHands = new Hands(coordinator);
    await enter(coordinator, coordinatorHands, "escorts");
    await coordinatorHands.follow(week.split("/").pop());
    await coordinator.waitForURL(`**${week}/escorts`);
    const swapped = await swap(coordinator, coordinatorHands, words);
    assert.deepEqual(swapped, { refused: true, done: true });
    if (script) assert.deepEqual(await axe(coordinator), []);

    // Published anew.
    await page.goto(week);
    await hands.press(words.propose);
    await page.waitForURL("**?said=proposed");
    await other.goto(week);
    await otherHands.press(words.approve);
    await other.waitForURL("**?said=approved");
    await page.goto(week);
    await hands.press(words.publish);
    await page.waitForURL("**?said=published");

    for (const one of [page, other, coordinator]) {
      assert.deepEqual(one.complaints, []);
      await one.context().close();
    }
    assert.equal((await service.ask("planner", "GET", `/api/v1${week}/publications`)).publications.length, 2);
  });
}

/// Tries duties and people until one was refused and one was done.
async function swap(page, hands, words) {
  const roster = page.url();
  const links = await page.locator("a.swap").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  const seen = { refused: false, done: false };
  for (const link of links) {
    await page.goto(link);
    for (const other of await page.locator("#in option").evaluateAll((all) => all.map((option) => option.value))) {
      if (seen.done && seen.refused) return seen;
      await page.goto(link);
      await hands.choose("#in", other);
      await hands.press(words.check);
      await page.waitForURL(/[?&]in=/);
      const verdict = page.locator("main .message .badge");
      await verdict.waitFor();
      const allowed = (await verdict.getAttribute("class")).includes("fine");
      if (!allowed) seen.refused = true;
      if (allowed && !seen.done && seen.refused) {
        await hands.press(words.change);
        await page.waitForURL("**?said=swapped");
        seen.done = true;
        return seen;
      }
    }
  }
  await page.goto(roster);
  return seen;
}
