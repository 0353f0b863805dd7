import { expect, test } from 'vitest'
import { foreignArguments } from '../../../../src/main/desktop/foreign-arguments.ts'

test('a packaged application knows its own two words', () => {
  expect(foreignArguments(['/opt/arm-tson/arm-tson'])).toEqual([])
  expect(foreignArguments(['arm-tson.exe', '--training', '--self-test'])).toEqual([])
})

test.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--inspect',
  '--inspect-brk=0.0.0.0:9229',
  '--js-flags=--allow-natives-syntax',
  '--load-extension=/tmp/x',
  '--disable-web-security',
  '--proxy-server=evil.invalid:3128',
  '--user-data-dir=/tmp/x',
  '--settings',
  '--data',
  '/tmp/evil.js',
  'https://example.invalid/',
  '-r',
  '--TRAINING',
  '--training=1',
])('and no other: %s', (word) => {
  expect(foreignArguments(['arm-tson', '--training', word])).toEqual([word])
})
