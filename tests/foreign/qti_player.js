// Plays questions in qti-components as a learner does: clicks on reactions and words, ends the attempt, reads what is on the page.
import { getManifestInfo } from "./node_modules/@citolab/qti-components/cdn/index.js";

const place = document.querySelector("main");

function texts(elements) {
  return [...elements].map((element) => element.textContent);
}

function paragraphs(element) {
  return [...element.querySelectorAll("p")].map((found) => (found.querySelector("strong") ?? found).textContent);
}

function once(element, name) {
  return new Promise((resolve, reject) => {
    element.addEventListener(name, (event) => resolve(event.detail), { once: true });
    setTimeout(() => reject(new Error(`no ${name} within two minutes`)), 120_000);
  });
}

// The feedback that can be seen below the options.
function below(item) {
  const block = item.querySelector("qti-feedback-block");
  return block.querySelector("qti-content-body").checkVisibility() ? paragraphs(block) : [];
}

async function opened(xml) {
  const container = document.createElement("item-container");
  const connected = once(container, "qti-assessment-item-connected");
  container.itemXML = xml;
  const around = document.createElement("qti-item");
  around.append(container);
  place.replaceChildren(around);
  const item = await connected;
  await settled(item);
  return item;
}

async function settled(item) {
  const drawn = item.querySelectorAll("qti-choice-interaction, qti-match-interaction, qti-map-response, qti-modal-feedback, qti-feedback-block");
  await Promise.all([item, ...drawn].map((element) => element.updateComplete));
}

function inputs(item) {
  return [...item.querySelector("qti-match-interaction").shadowRoot.querySelectorAll("input[type=radio]")];
}

// A response is the identifier of an option, or directed pairs of options and words.
async function answered(item, response) {
  if (Array.isArray(response)) {
    for (const pair of response) {
      const input = inputs(item).find((found) => found.value === pair);
      if (!input.checked) input.click();
    }
  } else {
    item.querySelector(`qti-simple-choice[identifier="${response}"]`).click();
  }
  await settled(item);
  item.processResponse();
  await settled(item);
  const windows = [...item.querySelectorAll("qti-modal-feedback")].filter((found) => found.shadowRoot.querySelector("dialog").open);
  const value = (name) => item.variables.find((found) => found.identifier === name).value;
  const told = {
    response: value("RESPONSE"),
    score: Number(value("SCORE")),
    exact: item.querySelector("qti-map-response").calculate(),
    status: value("completionStatus"),
    windows: windows.map(paragraphs),
    below: below(item),
  };
  windows.forEach((found) => found.closeFeedback());
  await settled(item);
  return told;
}

function shown(item) {
  const stem = [...item.querySelectorAll("qti-item-body > p, qti-item-body > blockquote > p")];
  const match = item.querySelector("qti-match-interaction");
  return {
    identifier: item.identifier,
    title: item.title,
    lang: item.lang,
    stem: stem.map((found) => (found.querySelector("strong") ?? found).textContent),
    prompt: item.querySelector("qti-prompt").textContent,
    labels: texts(match ? match.shadowRoot.querySelectorAll("td[part=c-header]") : item.querySelectorAll("qti-simple-choice")),
    words: texts(match ? match.shadowRoot.querySelectorAll("th") : []),
    below: below(item),
  };
}

export async function play([xml, responses]) {
  const item = await opened(xml);
  const found = { ...shown(item), answers: [] };
  for (const response of responses) found.answers.push(await answered(item, response));
  return found;
}

// Opens a package by its manifest, and answers some questions of its test: [[identifier, response], ...].
export async function playPackage([manifest, answers]) {
  const info = await getManifestInfo(manifest);
  const test = document.createElement("qti-test");
  const around = document.createElement("test-navigation");
  const container = document.createElement("test-container");
  container.testURL = info.testURL;
  around.append(container);
  test.append(around);
  const connected = once(test, "qti-assessment-test-connected");
  place.replaceChildren(test);
  const assessment = await connected;
  const sections = [...assessment.querySelectorAll("qti-assessment-section")].map((section) => [
    section.title,
    [...section.querySelectorAll("qti-assessment-item-ref")].map((found) => found.identifier),
  ]);
  const scores = [];
  for (const [identifier, response] of answers) {
    const loaded = once(test, "qti-test-loaded");
    test.navigateTo("item", identifier);
    const [{ element }] = await loaded;
    scores.push((await answered(element.assessmentItem, response)).score);
  }
  return { test: info.testIdentifier, items: info.items, sections, scores };
}
