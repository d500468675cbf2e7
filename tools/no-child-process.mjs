// Stands for node:child_process in dist (tools/build.mjs): nothing that is bundled starts a process.
export default {};
