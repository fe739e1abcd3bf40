/** The candidate that is most similar to a name, and the number of letters in which they differ, whatever their case. */
export function nearest(
  name: string,
  candidates: readonly string[],
): { readonly candidate: string; readonly distance: number } {
  const distances = candidates.map((candidate) => ({
    candidate,
    distance: editDistance(name.slice(0, 60), candidate),
  }));
  return distances.sort((a, b) => a.distance - b.distance)[0];
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = from[i - 1].toLowerCase() === to[j - 1].toLowerCase() ? 0 : 1;
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + swap));
    }
    row = next;
  }
  return row[to.length];
}
