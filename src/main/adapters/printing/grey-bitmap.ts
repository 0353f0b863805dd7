/** One page of grey dots, row by row from the top left. */
export interface GreyBitmap {
  readonly width: number
  readonly height: number
  /** 0 is black. */
  readonly pixels: Uint8Array
}
