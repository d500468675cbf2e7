// What the build takes for `node:process` (tools/build.mjs): the object itself.
export default globalThis.process;
