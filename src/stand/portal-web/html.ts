/** Markup that is safe to send: only `html` makes it. */
export interface Html {
  readonly markup: string
}

type Inserted = string | Html | readonly Html[] | undefined

/** Template tag: strings are escaped, markup made by `html` is inserted as it is. */
export function html(parts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  const markup = parts.reduce((text, part, position) => text + part + render(values[position]), '')
  return { markup }
}

function render(value: Inserted): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escapeHtml(value)
  return 'markup' in value ? value.markup : value.map((item) => item.markup).join('')
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
