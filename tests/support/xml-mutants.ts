/**
 * Systematic mutants of a document: each element dropped, doubled, renamed, emptied, swapped with the next, given an
 * attribute, another namespace or other content; each stretch of text changed; bytes put in and taken out.
 */
export function mutantsOf(document: string): readonly Uint8Array[] {
  const elements = [...document.matchAll(/<([a-zA-Z]+)>([^<]*)<\/\1>/g)]
  const texts = elements.flatMap(({ 0: whole, 1: name = '', 2: text = '' }) =>
    [
      '',
      `<${name}/>`,
      whole + whole,
      `<!-- -->${whole}`,
      `x${whole}`,
      ` ${whole}`,
      `<${name}X>${text}</${name}X>`,
      `<${name.toUpperCase()}>${text}</${name.toUpperCase()}>`,
      `<${name} a="1">${text}</${name}>`,
      `<${name} xmlns="">${text}</${name}>`,
      `<${name} xmlns="urn:other">${text}</${name}>`,
      ...variantsOf(text).map((variant) => `<${name}>${variant}</${name}>`),
    ].map((mutant) => document.replace(whole, () => mutant)),
  )
  const neighbours = [...document.matchAll(/<([a-zA-Z]+)>[^<]*<\/\1>(?=<([a-zA-Z]+)>[^<]*<\/\2>)/g)].map(
    ({ 0: first, index }) => {
      const rest = document.slice(index + first.length)
      const second = /^<([a-zA-Z]+)>[^<]*<\/\1>/.exec(rest)?.[0] ?? ''
      return document.slice(0, index) + second + first + rest.slice(second.length)
    },
  )
  const bytes = Buffer.from(document)
  const step = Math.ceil(bytes.length / 25)
  const byteMutants = Array.from({ length: 25 }, (_, index) => index * step)
    .filter((at) => at < bytes.length)
    .flatMap((at) => [
      Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
      Buffer.concat([bytes.subarray(0, at), Buffer.from('<'), bytes.subarray(at)]),
      Buffer.concat([bytes.subarray(0, at), Buffer.from([at % 256]), bytes.subarray(at + 1)]),
    ])
  return [...[...texts, ...neighbours].map((mutant) => Buffer.from(mutant)), ...byteMutants]
}

function variantsOf(text: string): readonly string[] {
  return [
    ` ${text}`,
    `${text}\n`,
    text.slice(1),
    text.slice(0, -1),
    `${text}0`,
    `${text}<!-- -->`,
    `<![CDATA[${text.replaceAll('&lt;', '<').replaceAll('&amp;', '&')}]]>`,
    `<b/>${text}`,
    text.toUpperCase(),
    text.toLowerCase(),
    text.replace('=', ''),
    text.replace(/[0-9]/, '٠'),
    text.replace('T', ' '),
    text.replace('-02-28', '-02-30'),
    'true',
    '0',
    '9',
    '10',
    'x'.repeat(1001),
  ].filter((variant) => variant !== text)
}
