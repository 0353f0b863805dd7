import { type WeierstrassPointCons, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { createGost3410Field } from './gost-3410-field.ts'

/** Of the base point's table: half the points of the library's six bits, made in half the time at the first signature of each thread. */
const BASE_WINDOW_BITS = 5

/** A curve of ГОСТ 34.10 with its base point: y² = x³ + ax + b over the field of p elements. */
export interface Gost3410Parameters {
  readonly name: string
  /** Length of a coordinate, of a scalar, and of the digest that is signed: 32 or 64 bytes. */
  readonly size: number
  /** Order of the subgroup that the base point generates. */
  readonly q: bigint
  readonly Point: WeierstrassPointCons<bigint>
}

export interface Gost3410CurveOptions {
  readonly name: string
  readonly p: bigint
  readonly a: bigint
  readonly b: bigint
  readonly q: bigint
  /** Number of points divided by q: 1, or 4 for the sets that have a twisted Edwards form. */
  readonly cofactor: bigint
  readonly x: bigint
  readonly y: bigint
}

/** Builds a parameter set. Only for constants: a curve that comes from outside would have to be validated first. */
export function createGost3410Parameters({
  name,
  p,
  a,
  b,
  q,
  cofactor,
  x,
  y,
}: Gost3410CurveOptions): Gost3410Parameters {
  const size = p >> 256n === 0n ? 32 : 64
  const Fp = createGost3410Field({ p, bits: 8 * size })
  const Point = weierstrass({ p, a, b, n: q, h: cofactor, Gx: x, Gy: y }, { Fp })
  Point.BASE.precompute(BASE_WINDOW_BITS)
  return { name, size, q, Point }
}
