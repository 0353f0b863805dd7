import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeVectors, vectorsText } from './make-vectors.ts'

/** Writes the published vectors anew: `node tests/vectors/generate.ts`. */
export const vectorsFile = path.resolve(import.meta.dirname, '..', '..', 'resources', 'vectors', 'kz-gost-vectors.json')

if (import.meta.main) writeFileSync(vectorsFile, vectorsText(await makeVectors()))
