import type { Head, Model, WeightTable } from './model.ts'
import type { SvmWeights } from './svm.ts'
import { slotCountFor, type Vocabulary, type VocabularyLimit } from './vocabulary.ts'

/** A head and what was learnt for it: weights row by row, the last row is the bias. */
export type LearntHead = {
  readonly head: Omit<Head, 'firstColumn'>
  readonly weights: SvmWeights
}

/** How many columns look at all rows, and how many at words and pairs of words alone. */
export type ColumnCounts = { readonly all: number; readonly words: number }

type Size = Pick<Vocabulary, 'rowCount' | 'wordRowCount'>

const LARGEST_MODEL_BYTES = 28_000_000
const BYTES_PER_SLOT = 8
const BYTES_PER_FREQUENCY = 4
const BYTES_PER_WEIGHT = 2
const LARGEST_WEIGHT = 32_767

/** Whether a model of these columns over a vocabulary of some size is as small as it has to be. */
export function fitsModel({ all, words }: ColumnCounts): VocabularyLimit {
  return ({ rowCount, wordRowCount }) => {
    const weights = rowCount * all + wordRowCount * words
    const bytes =
      slotCountFor(rowCount) * BYTES_PER_SLOT +
      rowCount * BYTES_PER_FREQUENCY +
      weights * BYTES_PER_WEIGHT
    return bytes <= LARGEST_MODEL_BYTES
  }
}

/**
 * Gives each head its columns, those of heads that look at words alone after the others, and packs
 * the weights into a table for either kind.
 */
export function packHeads(
  learnt: readonly LearntHead[],
  { rowCount, wordRowCount }: Size,
): Pick<Model, 'heads' | 'columnCount' | 'tables' | 'scales' | 'biases'> {
  const groups = [
    { rowCount, learnt: learnt.filter(({ head }) => head.reads !== 'words') },
    { rowCount: wordRowCount, learnt: learnt.filter(({ head }) => head.reads === 'words') },
  ].filter((group) => group.learnt.length > 0)
  const columnCount = learnt.reduce((sum, { head }) => sum + head.labels.length, 0)
  const packed = { scales: new Float32Array(columnCount), biases: new Float32Array(columnCount) }
  const heads: Head[] = []
  const tables: WeightTable[] = []
  let nextColumn = 0
  for (const group of groups) {
    const placed = group.learnt.map(({ head, weights }) => {
      const firstColumn = nextColumn
      nextColumn += head.labels.length
      return { head: { ...head, firstColumn }, weights }
    })
    heads.push(...placed.map(({ head }) => head))
    tables.push(packTable(placed, group.rowCount, packed))
  }
  return { heads, columnCount, tables, ...packed }
}

function packTable(
  placed: readonly { readonly head: Head; readonly weights: SvmWeights }[],
  rowCount: number,
  packed: Pick<Model, 'scales' | 'biases'>,
): WeightTable {
  const firstColumn = placed[0]?.head.firstColumn ?? 0
  const width = placed.reduce((sum, { head }) => sum + head.labels.length, 0)
  const table = { firstColumn, width, rowCount, weights: new Int16Array(rowCount * width) }
  for (const { head, weights } of placed) packHead(head, weights, table, packed)
  return table
}

/** 16 bits a weight, with one scale a column: the loss is far below what decides. */
function packHead(
  { firstColumn, labels }: Head,
  learnt: SvmWeights,
  { firstColumn: firstOfTable, width, rowCount, weights }: WeightTable,
  { scales, biases }: Pick<Model, 'scales' | 'biases'>,
): void {
  const labelCount = labels.length
  const end = rowCount * labelCount
  for (let label = 0; label < labelCount; label++) {
    const column = firstColumn + label
    biases[column] = learnt[end + label] ?? 0
    let largest = 0
    for (let at = label; at < end; at += labelCount) {
      largest = Math.max(largest, Math.abs(learnt[at] ?? 0))
    }
    if (largest === 0) continue
    const scale = largest / LARGEST_WEIGHT
    scales[column] = scale
    for (let row = 0; row < rowCount; row++) {
      const weight = (learnt[row * labelCount + label] ?? 0) / scale
      weights[row * width + column - firstOfTable] = Math.round(weight)
    }
  }
}
