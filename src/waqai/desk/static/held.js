// A key that is pressed while an answer is on its way means the page that comes: it is held and played there, so that a fast reviewer neither says a thing
// twice of one account nor loses a key.
let waiting = false;
let held = [];

export function startWaiting() {
  waiting = true;
}

// Whether this act has to wait; it is kept if so.
export function hold(act) {
  if (waiting) held.push(act);
  return waiting;
}

// The answer is there: play what was held, until one act has to wait again or `mayGo` says that a person is typing.
export function stopWaiting(play, mayGo) {
  waiting = false;
  while (!waiting && held.length && mayGo()) play(held.shift());
  if (!waiting) held = [];
}

// Nothing came, or something that a person has to read first: what was held was meant for another page.
export function forgetHeld() {
  waiting = false;
  held = [];
}
