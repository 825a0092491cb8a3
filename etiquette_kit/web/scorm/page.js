// A page of the site in the frame of the page that has the session with a learning management system: takes the attempt from there, and tells
// what is reported. The frame has a name, by which a page knows that it is in it.
const FRAME = "etiquette-kit-attempt";

// Returns { attempt, report }, or null where nobody is told anything; `card` is the name of the quiz that is reported.
export async function joinAttempt(card) {
  if (window.name !== FRAME || window.parent === window) return null;
  const lang = () => document.documentElement.lang;
  const post = (message) => window.parent.postMessage({ ...message, lang: lang() }, location.origin);
  const told = new Promise((resolve) => {
    window.addEventListener("message", function hear({ source, origin, data }) {
      if (source !== window.parent || origin !== location.origin || data?.do !== "attempt") return;
      window.removeEventListener("message", hear);
      resolve(data.attempt);
    });
  });
  window.addEventListener("etiquette-language", () => post({ do: "language" }));
  post({ do: "begin" });
  const attempt = await told;
  return attempt && { attempt: { ...attempt, card }, report: (report) => post({ do: "report", report }) };
}
