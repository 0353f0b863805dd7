import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { productVersion } from '../../../../src/shared/domain/product-version.ts'

test('the version that the program names is the one of its package', () => {
  const root = path.resolve(import.meta.dirname, '..', '..', '..', '..')
  expect(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version).toBe(productVersion)
})
