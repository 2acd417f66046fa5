"""Runs the shell steps of action.yml and of the GitLab example as their hosts do, against tenants of our own."""

import json, os, pathlib, re, subprocess, sys, tempfile, time
import xml.etree.ElementTree as xml
from ruamel.yaml import YAML

PROGRAM = pathlib.Path(sys.argv[1])
ROOT = pathlib.Path.cwd()
ACTION = YAML(typ="safe").load(ROOT / "action.yml")
GITLAB = YAML(typ="safe").load(ROOT / "docs/ci/gitlab.yml")


def resolved(text, values):
    """A text with its expressions replaced; an unknown one is an error."""
    return re.sub(r"\$\{\{ *([a-z.A-Z_-]+) *\}\}", lambda name: values(name[1]), str(text))


def holds(condition, values, failed):
    """Whether a step runs: always(), &&, == and != are all that action.yml uses."""
    if condition is None:
        return not failed
    terms = condition.removeprefix("${{").removesuffix("}}").strip().split(" && ")
    always = "always()" in terms
    for term in (term for term in terms if term != "always()"):
        left, sign, right = re.fullmatch(r"([a-z.-]+) (==|!=) '(.*)'", term).groups()
        if (values(left) == right) != (sign == "=="):
            return False
    return always or not failed


def program(folder, name, text):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("#!/usr/bin/env bash\n" + text)
    (folder / name).chmod(0o755)


def action(folder, inputs, environment=None):
    """Runs the action; gives its exit code, outputs of the steps, names of those that ran, and what was printed."""
    inputs = {name: str(inputs.get(name, given["default"])) for name, given in ACTION["inputs"].items()}
    files = {name: folder / name.lower() for name in ["GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY"]}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAIL_", "GITHUB_", "CI_"))}
    base = clean | {"GITHUB_REPOSITORY": "org/repo", "GITHUB_WORKFLOW": "check", "GITHUB_ACTIONS": "true", "CI": "true"}
    base |= {name: str(path) for name, path in files.items()} | (environment or {})
    outputs, ran, printed, code = {}, [], "", 0
    known = {"github.action_path": str(ROOT), "github.token": "a-token", "runner.temp": str(folder / "temp")}

    def values(name):
        if name.startswith("inputs."):
            return inputs[name.removeprefix("inputs.")]
        if name.startswith("steps."):
            _, step, kind, output = name.split(".")
            assert kind == "outputs" and any(other.get("id") == step for other in ACTION["runs"]["steps"]), name
            return outputs.get((step, output), "")
        return known[name]

    for step in ACTION["runs"]["steps"]:
        if not holds(step.get("if"), values, code):
            continue
        ran.append(step["name"])
        if "run" not in step:
            continue
        assert "${{" not in step["run"], f"{step['name']}: an expression in a script can be injected into"
        for path in files.values():
            path.touch()
        files["GITHUB_OUTPUT"].write_text("")
        added = files["GITHUB_PATH"].read_text().split()
        variables = base | {name: resolved(value, values) for name, value in step.get("env", {}).items()}
        variables["PATH"] = os.pathsep.join([*reversed(added), variables["PATH"]])
        (folder / "step.sh").write_text(step["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", folder / "step.sh"],
            cwd=folder / "work", env=variables, stdin=subprocess.DEVNULL, text=True, timeout=150,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        printed += done.stdout
        code = code or done.returncode
        for line in files["GITHUB_OUTPUT"].read_text().splitlines():
            name, value = line.split("=", 1)
            outputs[(step.get("id"), name)] = value
    return code, outputs, ran, printed, files["GITHUB_STEP_SUMMARY"].read_text()


def room(parent, name):
    folder = parent / name
    (folder / "work").mkdir(parents=True)
    (folder / "temp").mkdir()
    return folder


def reports(work, failures):
    results = work / "tenantcheck-results"
    suites = xml.parse(results / "run.xml").getroot()
    assert (int(suites.get("failures")) > 0) == failures, suites.attrib
    found = json.loads((results / "run.sarif").read_text())["runs"][0]["results"]
    assert bool(found) == failures, found
    assert "<html" in (results / "run.html").read_text()
    last = (results / "run.ndjson").read_text().splitlines()[-1]
    assert json.loads(last)["event"] == "summary", last


def honest(parent):
    folder = room(parent, "honest")
    program(folder / "fakes", "gh", 'echo "$@" >>"$0.log"\n')
    fakes = {"PATH": f"{folder / 'fakes'}{os.pathsep}{os.environ['PATH']}"}
    inputs = {"binary": PROGRAM, "args": "--phase\ncases\n\nget-document/**\n"}
    code, outputs, ran, printed, summary = action(folder, inputs, fakes)
    assert code == 0 and outputs[("check", "exit-code")] == "0", printed
    assert "nothing is compared" in printed and "--branch main" in (folder / "fakes/gh.log").read_text(), printed
    assert "Compare with the former log" not in ran and "Send the findings to code scanning" not in ran, ran
    assert "Keep the log and the reports" in ran and summary.strip(), ran
    reports(folder / "work", failures=False)
    print("action: an honest tenant holds, and its reports are kept")
    return folder / "work/tenantcheck-results/run.ndjson"


def faulty(parent, former):
    folder = room(parent, "faulty")
    download = f'[ "$2" = list ] && echo 7 && exit\n[ "$2" = download ] || exit 1\nwhile [ "$1" != --dir ]; do shift; done\nmkdir -p "$2"\ncp {former} "$2/run.ndjson"\n'
    program(folder / "fakes", "gh", download)
    with open(folder / "mock.log", "w") as log:
        mock = subprocess.Popen(
            [PROGRAM, "mock", "--fault", "envelope/no-tracking-id", "--write-config", folder / "work/faulty.toml"], stdout=log
        )
    try:
        for _ in range(200):
            if "SAIL_CLIENT_SECRET=" in (folder / "mock.log").read_text():
                break
            time.sleep(0.1)
        fakes = {"PATH": f"{folder / 'fakes'}{os.pathsep}{os.environ['PATH']}"}
        inputs = {"binary": PROGRAM, "config": "faulty.toml", "upload-sarif": "true", "args": "--phase\ncases\nget-document/**"}
        code, outputs, ran, printed, summary = action(folder, inputs, fakes)
        update = ["--config", "faulty.toml", "--baseline", "known.toml", "--update-baseline", "--phase", "cases", "get-document/**"]
        subprocess.run([PROGRAM, "check", *update], cwd=folder / "work", check=True, stdout=subprocess.DEVNULL, timeout=150)
        inputs |= {"baseline": "known.toml", "compare-branch": "", "folder": "known"}
        known, _, _, told, listed = action(folder, inputs, fakes)
    finally:
        mock.terminate()
        mock.wait(10)
    assert code == 1 and outputs[("check", "exit-code")] == "1", printed
    for name in ["Compare with the former log", "Send the findings to code scanning", "Keep the log and the reports"]:
        assert name in ran, (name, ran)
    assert re.search(r"^::error file=", printed, re.M), printed
    assert "tracking" in summary.lower(), summary
    assert re.search(r"^::warning::Something is new", printed, re.M), printed
    reports(folder / "work", failures=True)
    print("action: a faulty tenant fails with exit code 1, and what follows runs all the same")
    assert known == 0 and "::error" not in told and re.search(r"^::notice file=.*known: nobody", told, re.M), told
    assert "Known failures" in listed, listed
    print("action: a list of known failures keeps the step from failing, and they are told all the same")


def hostile_inputs(parent):
    folder = room(parent, "inputs")
    inputs = {"binary": PROGRAM, "compare-branch": "", "config": "$(touch owned).toml", "args": "`touch owned`\n; touch owned"}
    code, outputs, ran, printed, _ = action(folder, inputs)
    assert code == 2 and outputs[("check", "exit-code")] == "2", printed
    assert not list(folder.rglob("owned")), "an input was run"
    assert "Fetch the last log of the branch to compare with" not in ran and "Keep the log and the reports" not in ran, ran
    print("action: an input is never run, and a wrong one ends with exit code 2")


def installs(parent):
    folder = room(parent, "installs")
    program(folder / "fakes", "cargo", 'echo "$@" >"$0.log"\nwhile [ "$1" != --root ]; do shift; done\n' f'cp {PROGRAM} "$2/bin/"\n')
    fakes = {"PATH": f"{folder / 'fakes'}{os.pathsep}{os.environ['PATH']}"}
    inputs = {"compare-branch": "", "args": "get-document/unknown/document\n--phase\ncases"}
    code, _, _, printed, _ = action(folder, inputs, fakes)
    assert code == 0 and f"install --locked --path {ROOT} " in (folder / "fakes/cargo.log").read_text(), printed
    print("action: without a binary its own source is installed")


def gitlab(parent, former):
    folder = room(parent, "gitlab")
    job = GITLAB["tenantcheck"]
    program(folder / "fakes", "cargo", "exit 0\n")
    program(folder / "fakes", "curl", f'while [ "$1" != --output ]; do shift; done\ncp {former} "$2"\n')
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SAIL_", "GITHUB_", "CI_"))}
    clean |= {"CI_PROJECT_DIR": str(folder / "work"), "CI_DEFAULT_BRANCH": "main", "CI_JOB_NAME": "tenantcheck"}
    clean |= {"CI_API_V4_URL": "http://127.0.0.1:1", "CI_PROJECT_ID": "1", "CI_JOB_TOKEN": "t", "TENANTCHECK_REPOSITORY": "none"}
    for name, value in GITLAB["variables"].items():
        clean[name] = value.replace("$CI_PROJECT_DIR", clean["CI_PROJECT_DIR"])
    (folder / "work/.cargo/bin").mkdir(parents=True)
    (folder / "work/.cargo/bin/tenantcheck").symlink_to(PROGRAM)
    clean["PATH"] = f"{folder / 'fakes'}{os.pathsep}{clean['PATH']}"
    for lines in [job["before_script"] + job["script"], job["after_script"]]:
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(lines)], cwd=folder / "work", env=clean, timeout=150,
            stdin=subprocess.DEVNULL, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
    results = folder / "work" / job["artifacts"]["paths"][0]
    assert xml.parse(folder / "work" / job["artifacts"]["reports"]["junit"]).getroot().get("failures") == "0"
    assert all((results / name).is_file() for name in ["run.ndjson", "run.html", "run.md"]), list(results.iterdir())
    print("gitlab: the job checks, compares and leaves its reports")


with tempfile.TemporaryDirectory() as parent:
    parent = pathlib.Path(parent)
    log = honest(parent)
    faulty(parent, log)
    hostile_inputs(parent)
    installs(parent)
    gitlab(parent, log)
