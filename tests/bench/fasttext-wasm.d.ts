/** As much of fastText's core as is measured here: the types it ships with do not resolve. */
declare module 'fasttext.wasm.js' {
  interface Machine {
    /** fastText's own loop; it calls back to say how far it is, and fails without a function. */
    train(settings: object, onProgress: () => void): void
    predict(text: string, count: number, threshold: number): Found
  }
  /** A C++ vector of probability and label, to be let go by hand. */
  interface Found {
    size(): number
    get(at: number): [number, string]
    delete(): void
  }
  interface Core {
    readonly Args: new () => object
    readonly FastText: new () => Machine
    readonly FS: { writeFile(path: string, content: string): void }
    readonly LossName: { readonly softmax: unknown }
    readonly ModelName: { readonly supervised: unknown }
  }
  export function getFastTextModule(options: {
    readonly print: () => void
    readonly printErr: () => void
  }): Promise<Core>
}
