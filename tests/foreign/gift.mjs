// Reads GIFT with gift-pegjs: texts of files come in as JSON, the questions of each go out.
import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => parse(text))));
