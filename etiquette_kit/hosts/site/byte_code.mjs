// Compiles Python modules to byte code inside the Pyodide that will run them. Called by node with the folder of Pyodide, a zip file of
// modules, and the zip file to write.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, source, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: `${folder}/` });
python.FS.writeFile("/source.zip", readFileSync(source));
python.runPython(`
import importlib._bootstrap_external as files, zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
with zipfile.ZipFile("/source.zip") as read, zipfile.ZipFile("/target.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
    for name in sorted(read.namelist()):
        if name.endswith("/"):
            continue
        body = read.read(name)
        if name.endswith(".py"):
            code = compile(body, name, "exec", dont_inherit=True, optimize=2)
            body = files._code_to_hash_pyc(code, b"\\0" * 8, False)
            name += "c"
        written.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
`);
writeFileSync(target, python.FS.readFile("/target.zip"));
