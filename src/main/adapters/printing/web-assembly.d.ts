/** The part of the WebAssembly JavaScript Interface (W3C) that is used here: Node has it, its types do not. */
declare namespace WebAssembly {
  class Module {
    private readonly module: unique symbol
  }
  class Instance {
    readonly exports: Record<string, unknown>
  }
  class Memory {
    readonly buffer: ArrayBuffer
  }
  type Imports = Record<string, unknown>
  type Exports = Record<string, unknown>
  function compile(bytes: Uint8Array): Promise<Module>
  function instantiate(module: Module, imports: Imports): Promise<Instance>
}
