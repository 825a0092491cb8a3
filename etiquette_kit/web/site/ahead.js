// A fetch that has asked for some addresses already: what Pyodide asks for one after the other comes at the same time.
export function fetchedAhead(fetch, addresses) {
  const coming = new Map(addresses.map((address) => [address, fetch(address)]));
  for (const answer of coming.values()) answer.catch(() => {}); // who asks for it hears what went wrong
  return (asked, ...more) => {
    const ahead = coming.get(String(asked));
    coming.delete(String(asked));
    return ahead ?? fetch(asked, ...more);
  };
}
