// Calls both operations through the TypeScript SDK.  Usage: node - WORLD, with SAIL_BASE_URL and so on set.
const assert = require("assert");
const fs = require("fs");
const axios = require("axios").default.create();
const { Configuration, SearchApi, SourcesBetaApi } = require("sailpoint-api-client");

const TYPES = {
    accessprofiles: "accessprofile", accountactivities: "accountactivity", accounts: "account", aggregations: "aggregation",
    entitlements: "entitlement", events: "event", identities: "identity", roles: "role",
};

const line = (response) => console.log("  ", response.request.method, response.request.path, response.status);
axios.interceptors.response.use(
    (response) => { line(response); return response; },
    (error) => { if (error.response) line(error.response); throw error; },
);

async function main() {
    const world = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
    const configuration = new Configuration();
    assert(await configuration.accessToken, "no token was fetched");
    const sources = new SourcesBetaApi(configuration, undefined, axios);
    const search = new SearchApi(configuration, undefined, axios);

    const columns = world["csv-columns"];
    const table = `${columns.join(",")}\n${columns.map((column) => `a ${column}`).join(",")}\n`;
    const file = () => new File([table], "accounts.csv", { type: "text/csv" });
    const tasks = new Set();
    const uploads = [
        { sourceId: world["delimited-source"], file: file() },
        { sourceId: world["delimited-source"], file: file(), disableOptimization: "true" },
        { sourceId: world["direct-source"], disableOptimization: "false" },
        { sourceId: world["direct-source"] },
    ];
    for (const upload of uploads) {
        const { status, data } = await sources.importAccounts(upload);
        assert.strictEqual(status, 202);
        assert.strictEqual(data.success, true);
        tasks.add(data.task.id);
    }
    assert.strictEqual(tasks.size, uploads.length, "two uploads got one task");

    for (const [index, [id]] of Object.entries(world.documents)) {
        const { status, data } = await search.searchGet({ index, id });
        assert.deepStrictEqual([status, data.id, data._type], [200, id, TYPES[index]]);
    }

    const unknown = "0".repeat(32);
    const refused = [() => search.searchGet({ index: "roles", id: unknown }), () => sources.importAccounts({ sourceId: unknown, file: file() })];
    for (const call of refused) {
        const error = await call().then(() => assert.fail("an unknown id was served"), (error) => error);
        assert(error.response, error);
        const { status, data } = error.response;
        assert([400, 404].includes(status) && data.detailCode.startsWith(String(status)), JSON.stringify(data));
        assert(data.trackingId && data.messages[0].text, JSON.stringify(data));
    }
    console.log(`${uploads.length} uploads, ${Object.keys(world.documents).length} documents, 2 errors, as the SDK reads them`);
}

main().catch((error) => { console.error(error.response ? error.response.data : error); process.exit(1); });
