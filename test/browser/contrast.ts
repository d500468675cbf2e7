/**
 * Lists every element with text that does not stand out from its ground by 4.5 to 1, as WCAG 2.2 AA asks (success criterion
 * 1.4.3; luminance as in its definition). Runs inside the page.
 */
export const LOW_CONTRAST = `(() => {
  const channels = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = color.map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    if (element === null) return [255, 255, 255];
    const ground = channels(getComputedStyle(element).backgroundColor);
    return ground.length === 3 ? ground : groundOf(element.parentElement);
  };
  const found = [];
  for (const element of document.querySelectorAll('h1, h2, p, td, th button, li, dt, dd, code, span, strong')) {
    const ink = luminance(channels(getComputedStyle(element).color).slice(0, 3));
    const ground = luminance(groundOf(element).slice(0, 3));
    const contrast = (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
    if (contrast < 4.5) found.push(element.tagName + ' ' + element.className + ' ' + contrast.toFixed(2));
  }
  return [...new Set(found)];
})()`;
