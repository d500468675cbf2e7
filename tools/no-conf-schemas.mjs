// Stands for ajv, its formats and semver in dist (tools/build.mjs): conf loads them for its options `schema` and `migrations`,
// and gsa gives it neither.
export class Ajv2020 {
  constructor() {
    throw new Error('conf is bundled without its schema compiler: tools/build.mjs leaves it out');
  }
}
export default {};
