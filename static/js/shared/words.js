// Puts values into a sentence that the page gave: {name} stands for each.
export function filled(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
