// The colour in the attribute `accent` -> a style rule, with black or white on it, whichever can be read better.
// The host page's own custom properties come first.

const COLOUR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

export function accentRule(accent) {
  const parts = COLOUR.exec(accent ?? "");
  if (!parts) {
    return "";
  }
  const [red, green, blue] = parts.slice(1).map((part) => linear(parseInt(part, 16) / 255));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const text = 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? "#ffffff" : "#000000";
  return `:host{--accent:var(--mine-risk-accent,${accent});--on-accent:var(--mine-risk-on-accent,${text})}`;
}

function linear(part) {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
