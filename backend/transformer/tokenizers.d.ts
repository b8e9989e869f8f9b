// What is used of the library: its own types name their files in a way that Node's resolution does not follow.
declare module '@huggingface/tokenizers' {
  export class Tokenizer {
    constructor(tokenizer: object, config: object)
    encode(text: string): { readonly ids: number[] }
  }
}
