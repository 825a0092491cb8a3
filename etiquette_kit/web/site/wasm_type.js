// A fetch that gives WebAssembly its type where the server gives it another, as servers do that do not know it; browsers compile nothing else
// while it comes, and Pyodide knows no other way.
const TYPE = "application/wasm";

export function typedFetch(fetch) {
  return async (asked, ...more) => {
    const answer = await fetch(asked, ...more);
    if (!answer.ok || !String(asked).endsWith(".wasm") || answer.headers.get("content-type") === TYPE) return answer;
    const headers = new Headers(answer.headers);
    headers.set("content-type", TYPE);
    return new Response(answer.body, { headers });
  };
}
