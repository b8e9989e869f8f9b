/** What is used of ONNX Runtime. `onnxruntime-node` has it, and so has its twin in WebAssembly. */
export type OnnxRuntime = {
  readonly InferenceSession: {
    create(path: string, options: SessionOptions): Promise<OnnxSession>
  }
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => OnnxTensor
}

export type OnnxSession = {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>
}

export type OnnxTensor = {
  readonly type: string
  readonly dims: readonly number[]
  readonly data: unknown
}

type SessionOptions = {
  /** Threads that work on one text. */
  readonly intraOpNumThreads: number
}

/** Optional: it is large, and most installations do without. */
const PACKAGE = 'onnxruntime-node'

/** Loads ONNX Runtime. Throws where it was not installed, or does not run on this machine. */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  // By a name in a variable, so that nobody who builds or checks this product needs the package.
  const loaded = (await import(PACKAGE)) as OnnxRuntime | { default: OnnxRuntime }
  return 'default' in loaded ? loaded.default : loaded
}
