// Drives .ci/browser: makes five pages, opens each from a file, and fails with what is wrong.
"use strict";
const { chromium } = require("playwright-core");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const [program, folder] = process.argv.slice(2);
const CHROMIUM = "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const FAULTS = [
  "credential/expired", "envelope/no-detail-code", "crash/null", "unknown/document", "csv/open-quote", "index/any-case",
];
const HOSTILE =
  "</script></pre></textarea><script>window.owned=1</script><img src=x onerror=\"window.owned=1\">" +
  "<svg onload=window.owned=1><a href=\"javascript:window.owned=1\">a</a>\u001b[2J\u202e\u0000'\"{{ 7*7 }}{% raw %}";

const problems = [];
const must = (holds, told) => holds || problems.push(told);

const run = (...words) =>
  new Promise((resolve) => {
    const child = spawn(program, words, { cwd: folder, stdio: "ignore" });
    const clock = setTimeout(() => child.kill(), 150_000);
    child.on("exit", (code) => (clearTimeout(clock), resolve(code)));
  });

const report = (name) => path.join(folder, `${name}.html`);
const check = (name, ...words) =>
  run("check", "--run-dir", path.join(folder, "run"), "--report", `html=${report(name)}`, ...words);

const fuzzed = (name, ...words) =>
  run("fuzz", "--requests", "300", "--seed", "5", "--run-dir", path.join(folder, "fuzzed"), "--report", `html=${report(name)}`, ...words);

const withFaults = async () => {
  const config = path.join(folder, "faulty.toml");
  const faults = FAULTS.flatMap((fault) => ["--fault", fault]);
  const tenant = spawn(program, ["mock", "--rate", "1000/1", "--write-config", config, ...faults], { cwd: folder });
  await new Promise((resolve) => tenant.stdout.once("data", resolve));
  const codes = [await check("faulty", "--config", config), await fuzzed("fuzzed", "--config", config)];
  tenant.kill("SIGINT");
  return codes;
};

const withHostility = async () => {
  const tenant = http.createServer((_, answer) => {
    answer.writeHead(200, { "Content-Type": "application/json", "X-Odd": "<img src=x onerror=window.owned=1>" });
    answer.end(JSON.stringify({ id: HOSTILE, [HOSTILE]: HOSTILE, long: HOSTILE.repeat(5_000) }));
  });
  await new Promise((resolve) => tenant.listen(0, "127.0.0.1", resolve));
  const config = path.join(folder, "hostile.toml");
  fs.writeFileSync(config, [
    "[credentials.full]", "token-file = \"hostile.token\"", "[world]", "delimited-source = \"a\"", "csv-columns = [\"id\"]",
    "[world.documents]", "identities = [\"a\"]", "",
  ].join("\n"));
  fs.writeFileSync(path.join(folder, "hostile.token"), "opaque");
  const target = `http://127.0.0.1:${tenant.address().port}`;
  const code = await check("hostile", "--config", config, "--target", target, "--phase", "cases");
  tenant.close();
  tenant.closeAllConnections();
  return code;
};

const look = async (context, name) => {
  const page = await context.newPage();
  const file = pathToFileURL(report(name)).href;
  page.on("console", (message) => must(message.type() !== "error" && message.type() !== "warning", `${name}: ${message.text()}`));
  page.on("pageerror", (error) => must(false, `${name}: ${error}`));
  page.on("request", (request) => must(request.url().startsWith(file), `${name} asks for ${request.url()}`));
  page.on("dialog", (dialog) => (must(false, `${name} opens a dialog`), dialog.dismiss()));
  for (const [theme, width] of [["light", 1280], ["dark", 1280], ["light", 360], ["dark", 360]]) {
    await page.emulateMedia({ colorScheme: theme });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(file);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    must(wide <= width, `${name} is ${wide} wide on a screen of ${width}`);
    await page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
    await page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
    const opened = await page.evaluate(() => document.documentElement.scrollWidth);
    must(opened <= width, `${name} with everything open is ${opened} wide on a screen of ${width}`);
  }
  must((await page.evaluate(() => window.owned)) === undefined, `${name}: what a tenant sent was run`);
  return { page, file };
};

const shown = (page, kind) => page.locator(`[data-row="${kind}"]:not([hidden])`).count();
const open = (page, selector) => page.locator(selector).evaluate((details) => details.open);

const filters = async ({ page, file }) => {
  await page.goto("about:blank");
  await page.goto(file);
  const all = { finding: await shown(page, "finding"), case: await shown(page, "case") };
  must(all.finding > 3 && all.case > 100, `too little to filter: ${JSON.stringify(all)}`);
  const told = () => page.locator("#told").textContent();
  must(!(await open(page, ".held-cases")), "what held is not folded away");
  await page.selectOption("[name=verdict]", "held");
  await page.waitForURL(/#verdict=held$/);
  must(await open(page, ".held-cases"), "what a filter finds stays folded away");
  await page.selectOption("[name=verdict]", "broken");
  await page.waitForURL(/#verdict=broken$/);
  const broken = await shown(page, "case");
  must(broken > 0 && broken < all.case, `${broken} cases are broken`);
  must((await told()).includes(`${broken} of ${all.case} cases`), `the count is not told: ${await told()}`);
  await page.reload();
  must((await shown(page, "case")) === broken, "the filter is not kept in the URL");
  await page.getByRole("button", { name: "Clear" }).click();
  await page.waitForURL((url) => url.hash === "");
  must((await shown(page, "case")) === all.case, "the filter is not cleared");
  must(!(await open(page, ".held-cases")), "what a filter opened stays open without it");
  await page.getByRole("searchbox").fill("no such words anywhere");
  await page.waitForURL(/#q=/);
  must((await shown(page, "finding")) === 0 && (await page.getByText("No finding matches").isVisible()), "search keeps all");
  await page.getByRole("searchbox").fill("credential.expired");
  await page.waitForURL(/credential/);
  must((await shown(page, "finding")) > 0, "search finds nothing");
  await page.getByRole("searchbox").fill("");
  await page.waitForURL((url) => url.hash === "");
  await page.selectOption("[name=level]", "must");
  await page.waitForURL(/level=must/);
  must((await shown(page, "finding")) <= all.finding, "the level filter adds findings");
};

// What is broken leads to its rule, and a link to a finding that is folded away unfolds it.
const links = async ({ page, file }) => {
  await page.goto("about:blank");
  await page.goto(file);
  await page.locator(".verdict a").first().click();
  must(await page.locator("section.rule:target").isVisible(), "what is broken leads nowhere");
  const folded = page.locator(".alike .cause").first();
  must(!(await folded.isVisible()), "what is alike is not folded away");
  await page.evaluate((id) => (location.hash = id), await folded.getAttribute("id"));
  await folded.waitFor({ state: "visible", timeout: 5_000 });
};

const campaign = async ({ page, file }) => {
  await page.goto("about:blank");
  await page.goto(file);
  must(await page.getByRole("heading", { name: "Fuzzing" }).isVisible(), "the campaign is not told");
  must(await page.getByRole("img", { name: /new answers among/ }).isVisible(), "the curve is not drawn");
  await page.locator("#fuzzing ~ ul a").first().click();
  must(await page.locator(".cause:target").isVisible(), "a finding of the campaign leads nowhere");
};

const keyboard = async ({ page, file }) => {
  await page.goto("about:blank");
  await page.goto(file);
  const seen = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return `${document.activeElement.tagName} ${outlineStyle} ${outlineWidth}`;
    }));
  }
  must(seen.every((focus) => focus.endsWith("solid 3px")), `focus is not seen: ${seen}`);
  must(["A", "BUTTON", "INPUT", "SELECT"].every((tag) => seen.some((focus) => focus.startsWith(tag))), `${seen}`);
  const theme = page.locator("#theme");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await theme.focus();
  const grounds = new Set();
  for (const name of ["light", "dark", "system"]) {
    await page.keyboard.press("Enter");
    must((await theme.textContent()) === `Theme: ${name}`, `the theme is ${await theme.textContent()}`);
    grounds.add(await ground());
  }
  must(grounds.size === 2, `the theme does not change: ${[...grounds]}`);
};

(async () => {
  const lost = () => check("lost", "--target", "http://127.0.0.1:1");
  const exits = [await check("honest"), ...(await withFaults()), await withHostility(), await lost()];
  must(exits.join() === "0,1,1,1,3", `the runs ended with ${exits}`);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), "tenantcheck-browser-"));
  const options = { executablePath: CHROMIUM, args: ARGUMENTS, headless: true };
  const context = await chromium.launchPersistentContext(profile, options);
  try {
    await look(context, "honest");
    const faulty = await look(context, "faulty");
    await filters(faulty);
    await links(faulty);
    await keyboard(faulty);
    await campaign(await look(context, "fuzzed"));
    const lost = await look(context, "lost");
    must((await lost.page.locator("h1").textContent()) === "It could not be judged.", "a lost target has another verdict");
    await look(context, "hostile");
  } finally {
    await context.close();
    fs.rmSync(profile, { recursive: true, force: true });
  }
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`5 pages are whole; screenshots lie in ${path.relative(process.cwd(), folder)}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
