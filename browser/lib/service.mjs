// The program itself, on a store of its own, and what is asked of it by its API to get to where a walk begins.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const DEMO = join(ROOT, "fixtures", "demo");
export const PASSWORD = "correct horse battery";
/// Accounts of a walk, by name: the roles of each. `second` is a planner too; `both` may plan and approve.
export const PEOPLE = {
  planner: ["planner"], second: ["planner"], both: ["planner", "approver"], approver: ["approver"],
  escorts: ["escort-coordinator"], transport: ["transport-coordinator"], gatekeeper: ["gatekeeper"], auditor: ["auditor"],
};

/// The program: `VERTREK` says where it is when it is not where cargo puts it.
const PROGRAM = process.env.VERTREK ?? join(process.env.CARGO_TARGET_DIR ?? join(ROOT, "target"), "release", "vertrek");

export class Service {
  /// Starts the program; `code` makes its first account.
  static async start() {
    const dir = mkdtempSync(join(tmpdir(), "vertrek-walk-"));
    const child = spawn(PROGRAM, ["serve", "--data", dir, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"] });
    const failed = new Promise((_, reject) => {
      child.once("error", (error) => reject(new Error(`${PROGRAM}: ${error.message}; build it with: cargo build --release --locked`)));
      child.once("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code} before it answered`)));
    });
    failed.catch(() => {});
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async () => (await Promise.race([lines.next(), failed])).value ?? "";
    const url = /http:\/\/[0-9.:]+/.exec(await line())?.[0];
    const code = (await line()).split(" ").pop();
    return Object.assign(new Service(), { child, dir, url, code, tokens: new Map() });
  }

  async stop() {
    const gone = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    await gone;
    rmSync(this.dir, { recursive: true, force: true });
  }

  async ask(who, method, path, body) {
    const token = who ? await this.token(who) : undefined;
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
  }

  async token(who) {
    if (!this.tokens.has(who)) {
      this.tokens.set(who, (await this.ask(undefined, "POST", "/api/v1/sessions", { name: who, password: PASSWORD })).token);
    }
    return this.tokens.get(who);
  }

  /// Makes the administrator and everybody of `PEOPLE`.
  async accounts() {
    const form = new URLSearchParams({ code: this.code, name: "admin", password: PASSWORD });
    await fetch(`${this.url}/first-account`, { method: "POST", body: form, redirect: "manual" });
    for (const [name, roles] of Object.entries(PEOPLE)) {
      await this.ask("admin", "POST", "/api/v1/accounts", { name, password: PASSWORD, roles });
    }
  }

  /// Takes the demo week in; gives its id.
  async takeIn() {
    const files = Object.fromEntries(folder().map((name) => [name, readFileSync(join(DEMO, name), "utf8")]));
    return (await this.ask("planner", "POST", "/api/v1/weeks", { files, why: "walk" })).id;
  }

  async version(week) {
    return (await this.ask("planner", "GET", `/api/v1/weeks/${week}`)).version;
  }

  /// A step of a week's life, with the version that it has now.
  async step(who, week, step, body = {}) {
    return this.ask(who, "POST", `/api/v1/weeks/${week}/${step}`, { version: await this.version(week), ...body });
  }

  /// Done when a run has ended: its events are told until then.
  async ended(week, run) {
    await this.ask("planner", "GET", `/api/v1/weeks/${week}/runs/${run}/progress`);
  }

  /// The demo week with its plan.
  async planned() {
    const week = await this.takeIn();
    const run = await this.step("planner", week, "runs", { seconds: 60 });
    await this.ended(week, run.id);
    return week;
  }
}

/// Files of the demo week.
export function folder() {
  return readdirSync(DEMO).filter((name) => /\.(csv|toml)$/.test(name));
}
