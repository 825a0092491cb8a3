// Counts what is loaded, as it comes.

// A fetch that reports, after each piece, how many bytes have come in all; and what did not come, for Pyodide waits for it for ever.
export function countedFetch(fetch, report, lose) {
  let loaded = 0;
  return async (...asked) => {
    const answer = await fetch(...asked).catch((error) => {
      lose(error);
      throw error;
    });
    if (!answer.ok) lose(new Error(`${answer.status} ${new URL(answer.url).pathname}`));
    if (!answer.ok || !answer.body) return answer;
    const count = new TransformStream({
      transform(piece, out) {
        loaded += piece.byteLength;
        report(loaded);
        out.enqueue(piece);
      },
    });
    answer.body.pipeTo(count.writable).catch(lose);
    return new Response(count.readable, { status: answer.status, headers: answer.headers });
  };
}

// How a number of bytes is written: in megabytes, with one decimal.
export function megabytes(bytes, lang) {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);
}
