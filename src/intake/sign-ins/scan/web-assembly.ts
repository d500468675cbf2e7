/** A part of WebAssembly: the types of Node have it by name only, those of browsers are not asked for here. */
export interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly CompileError: new () => Error;
}

export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

/** A number that compiled code exports. */
export interface ExportedNumber {
  readonly value: number;
}

/** `undefined` where Node was started without it. */
export const webAssembly = (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;
