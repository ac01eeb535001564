// Chromium of the machine, and pages that may not complain.
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";
import { PASSWORD } from "./service.mjs";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// Starts Chromium without anything that asks the network.
export async function browser() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) {
    throw new Error("no Chromium on this machine: apt-get install chromium, or say where it is: CHROMIUM=/path/to/chromium");
  }
  const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage"];
  // Chromium's own walls need a user that is not root.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, args });
}

/// A window of one person. What a page complains of (errors of scripts, what its content policy forbids) is kept in
/// `window.complaints`.
export async function person(chrome, service, { name, lang = "en", ...options } = {}) {
  const context = await chrome.newContext({
    baseURL: service.url, locale: lang === "nl" ? "nl-NL" : "en-GB", timezoneId: "Europe/Amsterdam",
    viewport: { width: 1200, height: 900 }, reducedMotion: "reduce", ...options,
  });
  context.setDefaultTimeout(60_000);
  const complaints = [];
  context.on("page", (page) => {
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      // A page that is refused with a status is told of as an error too: that is asked of some walks.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(`${page.url()}: ${message.text()}`);
    });
  });
  if (name) {
    await context.addCookies([{ name: "vertrek", value: await service.token(name), url: service.url }]);
  }
  const page = await context.newPage();
  return Object.assign(page, { complaints });
}

/// Logs in by the form.
export async function logIn(page, name) {
  await page.goto("/login");
  await page.locator("#name").fill(name);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("main form button[type=submit]").click();
  await page.waitForURL((url) => url.pathname !== "/login");
}
