// What the build takes for `string-width` (tools/bundling.mjs): the package itself, begun by the first text that needs it. Its
// patterns of emoji take as long to make as Node takes to start, and most texts are letters.
/** @param {string} text */
export default (text) => require('string-width').default(text);
