import path from 'node:path'
import { ensureNodeModules, projectNode } from '../setup/node-modules.mjs'
import { runChild } from './run-child.mjs'

/** Types, lint with the import directions, format. */
export async function check(root) {
  ensureNodeModules(root)
  const bin = (name, file) => path.join(root, 'node_modules', name, 'bin', file)
  const steps = [
    [bin('typescript', 'tsc'), '-p', 'tsconfig.json'],
    [bin('typescript', 'tsc'), '-p', 'src/renderer/tsconfig.json'],
    [bin('typescript', 'tsc'), '-p', 'tests/e2e/tsconfig.json'],
    [bin('@biomejs/biome', 'biome'), 'ci', '--log-level=warn', '--colors=off', '.'],
  ]
  for (const step of steps) {
    const status = await runChild(projectNode(root), step, { cwd: root })
    if (status !== 0) return status
  }
  return 0
}
