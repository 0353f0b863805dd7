import type { SubIndication } from '../../../src/main/ports/signature-verifier.ts'

/** Something that must not pass, and the reason that it must be refused for. Inputs are made with keys of its own. */
export interface HostileCase {
  readonly group: string
  readonly name: string
  readonly expected: SubIndication
  readonly judge: () => Promise<JudgedCase> | JudgedCase
}

export interface JudgedCase {
  readonly indication: 'TOTAL-PASSED' | 'INDETERMINATE' | 'TOTAL-FAILED'
  readonly subIndication?: SubIndication
}

/** Cases as a table writes them. */
export type CaseRow = readonly [name: string, expected: SubIndication, judge: HostileCase['judge']]

export function casesOf(group: string, rows: readonly CaseRow[]): readonly HostileCase[] {
  return rows.map(([name, expected, judge]) => ({ group, name, expected, judge }))
}
