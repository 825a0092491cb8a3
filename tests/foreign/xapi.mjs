// Validates xAPI statements with xapi-validation: statements come in as JSON, the warnings about each go out.
import { readFileSync } from "node:fs";
import validation from "xapi-validation";

const statements = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(statements.map((statement) => validation.default(statement))));
