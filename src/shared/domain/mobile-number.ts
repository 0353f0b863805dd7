/** A mobile number of Kazakhstan as it travels: E.164. */
export const mobileNumberForm = /^\+77[0-9]{9}$/

/** A code from an SMS as the operator types it. */
export const smsCodeForm = /^[0-9]{6}$/

/**
 * A number as people say it, «8 701 123 45 67», «+7 (701) …» or «701…», in E.164; undefined where it is none of
 * Kazakhstan's, whose numbers begin with 7 after the country's own 7. Which ranges are mobile no document of the service
 * says: to a number of another kind the code just does not come.
 */
export function readMobileNumber(text: string): string | undefined {
  const digits = text.replace(/[\s()+-]/g, '')
  if (!/^[0-9]+$/.test(digits)) return undefined
  const national = digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
  const number = `+7${national}`
  return mobileNumberForm.test(number) ? number : undefined
}

/** Everything but the last two digits hidden: enough to tell a number that one knows. */
export function maskMobileNumber(number: string): string {
  return `+7 *** *** ** ${number.slice(-2)}`
}
