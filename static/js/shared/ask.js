// Asks the server for JSON. Returns the status, the answer, and when this window sent and heard; null where
// no answer came in time, or none that can be read.
const PATIENCE = 20000;
// a long text takes its time where the network is slow
const PER_CHARACTER = 0.5;

export async function ask(address, request = {}) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE + PER_CHARACTER * (request.body?.length ?? 0));
  const sent = performance.now();
  try {
    const response = await fetch(address, { ...request, signal: giveUp.signal });
    const answer = await response.json();
    return { status: response.status, answer, sent, received: performance.now() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
