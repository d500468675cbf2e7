// Stands for what conf writes, watches, encrypts and splits keys with in dist (tools/build.mjs): gsa has it read one file by path.
const leftOut = () => {
  throw new Error('conf is bundled to read alone: tools/build.mjs leaves the rest out');
};
export default leftOut;
export { leftOut as concatUint8Arrays, leftOut as parsePath, leftOut as uint8ArrayToString, leftOut as writeFileSync };
