// V8 compiles a function in parentheses with its file, an arrow never: those that are called in every start become functions.

/** @typedef {{ readonly start: number, readonly end: number, readonly text: string }} Edit what stands there instead, without a line more or less */
/** @typedef {{ readonly type: string, readonly start: number, readonly end: number, readonly [member: string]: unknown }} Node */

/**
 * What makes functions of arrows. One that takes something of the function around it stays.
 * @param {string} text
 * @param {unknown} tree
 * @param {ReadonlySet<number>} called where the functions begin that are called
 * @returns {Edit[]}
 */
export function functionsOfArrows(text, tree, called) {
  /** @type {Edit[]} */
  const edits = [];
  const look = (/** @type {Node} */ node) => {
    if (node.type === 'ArrowFunctionExpression' && called.has(node.start) && !takesFromAround(node)) {
      edits.push(...functionOf(text, node));
    }
    for (const each of childrenOf(node)) look(each);
  };
  for (const each of childrenOf(tree)) look(each);
  return edits;
}

/**
 * @param {string} text
 * @param {Node} arrow
 * @returns {Edit[]}
 */
function functionOf(text, arrow) {
  const body = /** @type {Node} */ (arrow['body']);
  const at = text.lastIndexOf('=>', body.start - 1);
  const [word = ''] = arrow['async'] === true ? (/^async\s*/.exec(text.slice(arrow.start, at)) ?? []) : [];
  const first = arrow.start + word.length;
  const [open, close] = text[first] === '(' ? ['', ''] : ['(', ')'];
  const isBlock = body.type === 'BlockStatement';
  return [
    { start: arrow.start, end: first, text: `(${word === '' ? '' : 'async '}function${open}` },
    { start: at, end: at + 2, text: `${close}${isBlock ? '' : '{ return ('}` },
    { start: arrow.end, end: arrow.end, text: isBlock ? ')' : '); })' },
  ];
}

const OF_A_FUNCTION = new Set(['ThisExpression', 'Super', 'MetaProperty']);
const OWN = new Set(['FunctionExpression', 'FunctionDeclaration', 'ClassExpression', 'ClassDeclaration']);

/**
 * Whether it uses what an arrow has of the function around it.
 * @param {Node} node
 * @returns {boolean}
 */
function takesFromAround(node) {
  if (OF_A_FUNCTION.has(node.type) || (node.type === 'Identifier' && node['name'] === 'arguments')) return true;
  return childrenOf(node).some((each) => !OWN.has(each.type) && takesFromAround(each));
}

/**
 * @param {unknown} node
 * @returns {Node[]}
 */
function childrenOf(node) {
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node)
    .flat()
    .filter((each) => typeof each === 'object' && each !== null && typeof each.type === 'string');
}
