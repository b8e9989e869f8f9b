// `node .ci/count.mjs REPORT STATUS`: prints "N passed, N failed, N skipped" from vitest's JSON report.
// A run that failed without a failed test (a file that does not load, no report at all) counts as one failed.
import { readFileSync } from 'node:fs'

const [reportFile, status] = process.argv.slice(2)
const files = readReport()
const tests = files.flatMap((file) => file.assertionResults)

const passed = tests.filter((test) => test.status === 'passed').length
const failedTests = tests.filter((test) => test.status === 'failed').length
const brokenFiles = files.filter(
  (file) =>
    file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
).length
const failed = failedTests + brokenFiles || (status === '0' ? 0 : 1)
const skipped = tests.length - passed - failedTests

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')).testResults
  } catch {
    return []
  }
}
