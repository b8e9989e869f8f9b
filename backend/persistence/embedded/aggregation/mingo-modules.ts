import type * as aggregator from 'mingo/aggregator'
import type * as core from 'mingo/core'
import type * as accumulators from 'mingo/operators/accumulator'
import type * as expressions from 'mingo/operators/expression'
import type * as stages from 'mingo/operators/pipeline'
import type * as windows from 'mingo/operators/window'
import type { Options } from 'mingo/types'
import { createRequire } from 'node:module'

/** The parts of mingo that are used, and the options to call them with. */
export interface Mingo {
  readonly accumulators: typeof accumulators
  readonly expressions: typeof expressions
  readonly Aggregator: typeof aggregator.Aggregator
  readonly evalExpr: typeof core.evalExpr
  readonly options: Partial<Options>
}

let loaded: Mingo | null = null

/**
 * mingo, loaded when it is first needed: its 300 files were half of the server's start,
 * and many a run never asks for what it does.
 */
export function mingo(): Mingo {
  loaded ??= load()
  return loaded
}

function load(): Mingo {
  const require = createRequire(import.meta.url)
  const { Aggregator } = require('mingo/aggregator') as typeof aggregator
  const { Context, evalExpr } = require('mingo/core') as typeof core
  const accumulator = require('mingo/operators/accumulator') as typeof accumulators
  const expression = require('mingo/operators/expression') as typeof expressions
  const pipeline = require('mingo/operators/pipeline') as typeof stages
  const window = require('mingo/operators/window') as typeof windows
  const context = Context.init({ accumulator, expression, pipeline, window })
  const options = { context, scriptEnabled: false, useStrictMode: true }
  return { accumulators: accumulator, expressions: expression, Aggregator, evalExpr, options }
}
