// Counts what is loaded, as it comes.

// A fetch that reports, after each piece, how many bytes have come in all.
export function countedFetch(fetch, report) {
  let loaded = 0;
  return async (...asked) => {
    const answer = await fetch(...asked);
    if (!answer.ok || !answer.body) return answer;
    const count = new TransformStream({
      transform(piece, out) {
        loaded += piece.byteLength;
        report(loaded);
        out.enqueue(piece);
      },
    });
    return new Response(answer.body.pipeThrough(count), { status: answer.status, headers: answer.headers });
  };
}

// How a number of bytes is written: in megabytes, with one decimal.
export function megabytes(bytes, lang) {
  return new Intl.NumberFormat(lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(bytes / 1e6);
}
