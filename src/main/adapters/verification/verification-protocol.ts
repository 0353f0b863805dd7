import type { VerificationEngine } from './create-verification-engine.ts'

/** What the two threads say to each other: a method of the engine, its question, its answer. */
export type VerificationMethod = keyof VerificationEngine
export type QuestionOf<M extends VerificationMethod> = Parameters<VerificationEngine[M]>[0]
export type AnswerOf<M extends VerificationMethod> = Awaited<ReturnType<VerificationEngine[M]>>

export type VerificationCall = {
  readonly [M in VerificationMethod]: { readonly id: number; readonly method: M; readonly question: QuestionOf<M> }
}[VerificationMethod]

export interface VerificationReply {
  readonly id: number
  /** Absent where the engine threw, which is a bug: the asker refuses. */
  readonly answer?: AnswerOf<VerificationMethod> | undefined
}
