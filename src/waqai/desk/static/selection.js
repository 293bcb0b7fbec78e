// What is selected in a report's text, in code points of the text: what the server counts in, not what the browser counts in.
export function selectedSpan(text) {
  const selection = getSelection();
  if (!text || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  let start = pointOf(text, range.startContainer, range.startOffset);
  let end = pointOf(text, range.endContainer, range.endOffset);
  const words = [...text.textContent].slice(start, end);
  while (words.length && !words[0].trim()) words.shift(), start++;
  while (words.length && !words.at(-1).trim()) words.pop(), end--;
  return words.length ? { start, end, text: words.join("") } : null;
}

function pointOf(text, node, offset) {
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(node, offset);
  return [...before.toString()].length;
}
