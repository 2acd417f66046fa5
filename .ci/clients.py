"""Calls both operations through the Python SDK.  Usage: python - VERSION WORLD, with SAIL_BASE_URL and so on set."""

import importlib, json, logging, sys

TYPES = {
    "accessprofiles": "accessprofile",
    "accountactivities": "accountactivity",
    "accounts": "account",
    "aggregations": "aggregation",
    "entitlements": "entitlement",
    "events": "event",
    "identities": "identity",
    "roles": "role",
}
version, world = sys.argv[1], json.load(open(sys.argv[2]))


class Lines(logging.Handler):
    """Prints each request line that urllib3 reports, with the status that came back."""

    def emit(self, record):
        if '"' in record.getMessage():
            print("  ", record.getMessage().split(" ", 1)[1])


logging.getLogger("urllib3.connectionpool").setLevel(logging.DEBUG)
logging.getLogger("urllib3.connectionpool").addHandler(Lines())

# Since 2.0 there is a package for each service, and a version in the name of each method.
services, suffix = (("beta", "v3"), "") if version.startswith("1.") else (("sources", "search"), "_v1")
configuration = importlib.import_module("sailpoint.configuration").Configuration()
assert configuration.access_token, "no token was fetched"
sources, search = (importlib.import_module(f"sailpoint.{service}") for service in services)


def method(api, name):
    return getattr(api, f"{name}{suffix}_with_http_info")


upload = method(sources.SourcesApi(sources.ApiClient(configuration)), "import_accounts")
get = method(search.SearchApi(search.ApiClient(configuration)), "search_get")

columns = world["csv-columns"]
table = ",".join(columns) + "\n" + ",".join(f"a {column}" for column in columns) + "\n"
tasks = []
for what, source, fields in [
    ("a file", "delimited-source", {"file": ("accounts.csv", table.encode())}),
    ("a file and the flag", "delimited-source", {"file": ("accounts.csv", table.encode()), "disable_optimization": "true"}),
    ("the flag alone", "direct-source", {"disable_optimization": "false"}),
    ("nothing", "direct-source", {}),
]:
    answer = upload(world[source], **fields)
    assert answer.status_code == 202 and answer.data.success is True and answer.data.task.id, (what, answer)
    tasks.append(answer.data.task.id)
assert len(set(tasks)) == len(tasks), "two uploads got one task"

for index, ids in world["documents"].items():
    answer = get(index, ids[0])
    assert answer.status_code == 200 and answer.data["id"] == ids[0], (index, answer)
    assert answer.data["_type"] == TYPES[index], (index, answer.data["_type"])

for what, call, errors in [
    ("an unknown document", lambda: get("roles", "0" * 32), search),
    ("an unknown source", lambda: upload("0" * 32, disable_optimization="true"), sources),
]:
    try:
        call()
    except errors.exceptions.ApiException as error:
        # The SDK's own model of the envelope where it knows the status, else its text.
        body = error.data.to_dict() if hasattr(error.data, "to_dict") else error.data or json.loads(error.body)
        assert error.status in (400, 404) and body["detailCode"].startswith(str(error.status)), (what, error)
        assert body["trackingId"] and body["messages"][0]["text"], (what, body)
    else:
        raise SystemExit(f"{what} was served")

print(f"{len(tasks)} uploads, {len(world['documents'])} documents, 2 errors, as the SDK reads them")
