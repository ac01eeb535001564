// Pictures of every page of the board for docs/board.md, from the running program: `make screenshots`. With a folder as
// argument they go there, and so do the same pages in Dutch, narrow, dark and on paper, to look at.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browser, person } from "./lib/browser.mjs";
import { scenes } from "./lib/pages.mjs";
import { ROOT, Service } from "./lib/service.mjs";

/// Pages in the documentation, by the name of their picture: route and what it shows, as `scenes` names them.
const NAMED = {
  login: ["/login", "a name and a password"],
  weeks: ["/weeks", "to take one in"],
  week: ["/weeks/{week}", "a draft"],
  case: ["/weeks/{week}/cases/{case}", "left out, with options"],
  pin: ["/weeks/{week}/cases/{case}/pin", "to choose"],
  escorts: ["/weeks/{week}/escorts", "a draft"],
  swap: ["/weeks/{week}/escorts/swap", "refused"],
  transport: ["/weeks/{week}/transport", "published"],
  "work-list": ["/weeks/{week}/work-list", "of a planner"],
  repair: ["/weeks/{week}/repair/{run}", "to decide"],
  report: ["/weeks/{week}/repair", "to report"],
  runs: ["/weeks/{week}/runs", "done"],
  versions: ["/weeks/{week}/history", "two compared"],
  figures: ["/weeks/{week}/figures", ""],
  "figures-over-time": ["/figures", ""],
  journal: ["/journal", ""],
  accounts: ["/accounts", "to change"],
  webhooks: ["/webhooks", "to change"],
};
/// Some of them once more: in Dutch, in a narrow window, on paper.
const MORE = [["week", { lang: "nl" }], ["week", { narrow: true }], ["escorts", { paper: true }], ["transport", { paper: true, lang: "nl" }]];
/// Longest picture in the documentation.
const TALLEST = 1500;

const everything = process.argv[2];
const folder = everything ?? join(ROOT, "docs", "images");
mkdirSync(folder, { recursive: true });

const service = await Service.start();
const chrome = await browser();
try {
  await service.accounts();
  const all = await scenes(service);
  if (everything) {
    for (const scene of all) {
      const name = `${scene.route || "problem"} ${scene.shows}`.replace(/[^a-z]+/gi, "-").replace(/^-|-$/g, "");
      for (const how of [{}, { lang: "nl", narrow: true }, { lang: "nl", dark: true }, { paper: true }]) await take(scene, name, how);
    }
  } else {
    const named = (name) => all.find((scene) => scene.route === NAMED[name][0] && scene.shows === NAMED[name][1]);
    for (const name of Object.keys(NAMED)) await take(named(name), name, {});
    for (const [name, how] of MORE) await take(named(name), name, how);
  }
} finally {
  await chrome.close();
  await service.stop();
}

async function take({ who, path }, name, { lang = "en", narrow, dark, paper }) {
  const width = narrow ? 320 : paper ? 718 : 1200;
  const page = await person(chrome, service, { name: who, lang, viewport: { width, height: 800 }, colorScheme: dark ? "dark" : "light" });
  if (paper) await page.emulateMedia({ media: "print" });
  await page.goto(path, { waitUntil: "networkidle" });
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  const parts = [name, lang === "nl" && "nl", narrow && "narrow", dark && "dark", paper && "paper"].filter(Boolean);
  const file = join(folder, `${parts.join("-")}.png`);
  await page.setViewportSize({ width, height: Math.min(tall, everything ? 4000 : TALLEST) });
  await page.screenshot({ path: file, animations: "disabled" });
  await page.context().close();
  console.log(file);
}
