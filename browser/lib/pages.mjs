// Every page of the table of routes, in the states in which somebody meets it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./service.mjs";

/// Routes that answer a GET and show no page: they lead to one, or are none.
const NO_PAGES = ["/", "/health", "/assets/{file}", "/login/organisation", "/login/callback", "/login/keys"];

/// The pages of the program's own table of routes.
export function routes() {
  const source = readFileSync(join(ROOT, "src", "server", "http", "routes.rs"), "utf8").replace(/\s+/g, " ");
  const found = [...source.matchAll(/to\( ?"GET", "([^"]+)"/g)].map((match) => match[1]);
  return found.filter((path) => !path.startsWith("/api/") && !NO_PAGES.includes(path));
}

/// A week before its plan, one with repairs and two plans, one with a case pinned, one that is proposed, one that is published; a
/// webhook that nobody answers; and where each page of them is: route, what it shows, who looks, address.
export async function scenes(service) {
  const fresh = await service.takeIn();
  const week = await service.planned();
  const absent = { kind: "escort_absent", subject: "E04", at: "2027-04-29T00:00", until: "2027-04-30T00:00", why: "ill" };
  const repair = (await service.step("planner", week, "events", absent)).id;
  await service.ended(week, repair);
  const other = (await service.step("planner", week, "runs", { why: "second opinion" })).id;
  await service.ended(week, other);
  const open = (await service.step("planner", week, "events", absent)).id;
  await service.ended(week, open);
  const published = await service.planned();
  for (const [who, step] of [["planner", "proposals"], ["approver", "approvals"], ["planner", "publications"]]) {
    await service.step(who, published, step);
  }
  const held = await service.planned();
  const pinned = (await service.step("planner", held, "pins", { case: "C03", on: "out", why: "asked by the court" })).id;
  await service.ended(held, pinned);
  await service.ask("admin", "POST", "/api/v1/webhooks", { url: "http://localhost:9/changes", why: "walk" });
  const proposed = await service.planned();
  await service.step("planner", proposed, "proposals");
  const at = `/weeks/${week}`;
  return [
    ["/login", "a name and a password", undefined, "/login"],
    ["/weeks", "to take one in", "planner", "/weeks"],
    ["/weeks", "of an auditor", "auditor", "/weeks"],
    ["/weeks/{week}", "without a plan", "planner", `/weeks/${fresh}`],
    ["/weeks/{week}", "a draft", "planner", at],
    ["/weeks/{week}", "filtered", "planner", `${at}?find=C1&show=planned`],
    ["/weeks/{week}", "what was just done", "planner", `${at}?said=accepted`],
    ["/weeks/{week}", "to approve", "approver", `/weeks/${proposed}`],
    ["/weeks/{week}", "published", "planner", `/weeks/${published}`],
    ["/weeks/{week}", "with a case pinned", "planner", `/weeks/${held}`],
    ["/weeks/{week}", "with a case pinned, to read", "auditor", `/weeks/${held}`],
    ["/weeks/{week}/cases/{case}/pin", "to choose", "planner", `${at}/cases/C03/pin`],
    ["/weeks/{week}/cases/{case}/pin", "pinned", "planner", `/weeks/${held}/cases/C03/pin`],
    ["/weeks/{week}/cases/{case}", "planned", "planner", `${at}/cases/C04`],
    ["/weeks/{week}/cases/{case}", "closed", "gatekeeper", `${at}/cases/C05`],
    ["/weeks/{week}/cases/{case}", "left out, with options", "planner", `${at}/cases/C01?options=yes`],
    ["/weeks/{week}/escorts", "a draft", "escorts", `${at}/escorts`],
    ["/weeks/{week}/escorts", "published", "planner", `/weeks/${published}/escorts`],
    ["/weeks/{week}/escorts", "without a plan", "planner", `/weeks/${fresh}/escorts`],
    ["/weeks/{week}/transport", "a draft", "transport", `${at}/transport`],
    ["/weeks/{week}/transport", "published", "planner", `/weeks/${published}/transport`],
    ["/weeks/{week}/work-list", "of a planner", "planner", `${at}/work-list`],
    ["/weeks/{week}/work-list", "of a gatekeeper", "gatekeeper", `/weeks/${published}/work-list`],
    ["/weeks/{week}/repair", "to report", "planner", `${at}/repair`],
    ["/weeks/{week}/repair", "of a coordinator", "transport", `${at}/repair`],
    ["/weeks/{week}/repair/{run}", "of an earlier plan", "planner", `${at}/repair/${repair}`],
    ["/weeks/{week}/repair/{run}", "to decide", "planner", `${at}/repair/${open}`],
    ["/weeks/{week}/repair/{run}", "to read", "auditor", `${at}/repair/${open}`],
    ["/weeks/{week}/runs", "done", "planner", `${at}/runs`],
    ["/weeks/{week}/history", "all", "planner", `${at}/history`],
    ["/weeks/{week}/history", "two compared", "auditor", `${at}/history?from=1&to=2`],
    ["/weeks/{week}/history", "published", "planner", `/weeks/${published}/history`],
    ["/weeks/{week}/figures", "", "planner", `${at}/figures`],
    ["/figures", "", "planner", "/figures"],
    ["/journal", "", "auditor", "/journal"],
    ["/webhooks", "to change", "admin", "/webhooks"],
    ["/webhooks", "to read", "auditor", "/webhooks"],
    ["/accounts", "to change", "admin", "/accounts"],
    ["/accounts", "to read", "auditor", "/accounts"],
    ["", "no such page", "planner", "/weeks/none"],
    ["", "not for this role", "escorts", at],
    ...(await swaps(service, week)),
  ].map(([route, shows, who, path]) => ({ route, shows, who, path }));
}

/// A swap before anybody is chosen, one that is allowed and one that breaks a rule.
async function swaps(service, week) {
  const links = await swapLinks(service, week);
  const asked = { allowed: undefined, refused: undefined };
  for (const { link, others } of links) {
    for (const other of others) {
      const page = await (await fetch(`${service.url}${link}&in=${other}`, { headers: { Cookie: `vertrek=${await service.token("escorts")}` } })).text();
      const kind = page.includes("badge wrong") ? "refused" : page.includes("badge fine") ? "allowed" : undefined;
      if (kind) asked[kind] ??= `${link}&in=${other}`;
    }
    if (asked.allowed && asked.refused) break;
  }
  const route = "/weeks/{week}/escorts/swap";
  const shown = [[route, "nobody chosen", "escorts", links[0].link]];
  for (const [kind, path] of Object.entries(asked)) {
    if (!path) throw new Error(`the demo week has no swap that is ${kind}`);
    shown.push([route, kind, "escorts", path]);
  }
  return shown;
}

/// Every duty that can be swapped, with who might take it.
async function swapLinks(service, week) {
  const get = async (path) => (await fetch(service.url + path, { headers: { Cookie: `vertrek=${await service.token("escorts")}` } })).text();
  const roster = await get(`/weeks/${week}/escorts`);
  const links = [...roster.matchAll(/href="([^"]+escorts\/swap[^"]+)"/g)].map((match) => match[1].replaceAll("&amp;", "&"));
  const found = [];
  for (const link of links) {
    const page = await get(link);
    const choice = page.split('id="in"')[1]?.split("</select>")[0] ?? "";
    found.push({ link, others: [...choice.matchAll(/value="([^"]+)"/g)].map((match) => match[1]) });
  }
  return found;
}
