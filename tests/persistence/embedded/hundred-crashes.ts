import { expect, test } from 'vitest'
import { crashUnderLoad } from './crash-load.ts'

test('a hundred kills under mixed load lose nothing, repeat nothing and leave indexes equal to data', async () => {
  const { acknowledged, problems } = await crashUnderLoad({ kills: 100, loadMs: 500 })
  expect(problems).toEqual([])
  expect(acknowledged).toBeGreaterThan(100)
})
