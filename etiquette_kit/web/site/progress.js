// Counts what is loaded, as it comes.

// A fetch that reports, after each piece, how many bytes have come in all; and what did not come, for Pyodide waits for it for ever.
export function countedFetch(fetch, report, lose) {
  let loaded = 0;
  const count = async (copy) => {
    const reader = copy.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      loaded += piece.value.byteLength;
      report(loaded);
    }
  };
  return async (...asked) => {
    const answer = await fetch(...asked).catch((error) => {
      lose(error);
      throw error;
    });
    if (!answer.ok) lose(new Error(`${answer.status} ${new URL(answer.url).pathname}`));
    if (!answer.ok || !answer.body) return answer;
    count(answer.clone()).catch(lose);
    return answer; // as it came: of another one the browser would not keep the compiled code
  };
}

// How a number of bytes is written: in megabytes, with one decimal.
export function megabytes(bytes, lang) {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);
}
