// Compiles Python modules to byte code inside the Pyodide that will run them, as far as they can be reached. Called by node with the folder of
// Pyodide, a zip file that has the modules in the folders `stdlib` and `kit`, the roots as JSON, the script that follows imports, and the
// folder in which `stdlib.zip` and `kit.zip` are written.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, source, plan, following, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
python.FS.writeFile("/source.zip", readFileSync(source));
python.FS.writeFile("/plan.json", readFileSync(plan));
python.runPython(readFileSync(following, "utf8"));
python.runPython(`
import importlib._bootstrap_external as files, json, zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
plan = json.load(open("/plan.json"))
with zipfile.ZipFile("/source.zip") as read:
    bodies = {name: read.read(name) for name in read.namelist() if not name.endswith("/")}
by_place = {name.partition("/")[2]: name for name in bodies}
kept = reachable({place: bodies[name] for place, name in by_place.items()}, plan["roots"], plan["followed"])
for part in ("stdlib", "kit"):
    with zipfile.ZipFile(f"/{part}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for name in sorted(name for name in bodies if name.startswith(f"{part}/")):
            place, body = name.partition("/")[2], bodies[name]
            if place.endswith(".py"):
                if place not in kept:
                    continue
                code = compile(body, place, "exec", dont_inherit=True, optimize=2)
                body = files._code_to_hash_pyc(code, b"\\0" * 8, False)
                place += "c"
            written.writestr(zipfile.ZipInfo(place, EPOCH), body, zipfile.ZIP_DEFLATED)
`);
for (const part of ["stdlib.zip", "kit.zip"]) writeFileSync(`${target}/${part}`, python.FS.readFile(`/${part}`));
