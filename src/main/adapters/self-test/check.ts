/** A check of the self-test: anything but true, an exception too, has failed. */
export type Check = readonly [name: string, run: () => boolean | Promise<boolean>]
