import { expect, test } from 'vitest'
import { html } from '../../../../src/stand/portal-web/html.ts'

test('text is escaped, markup is not escaped twice, absent parts leave nothing', () => {
  const item = html`<b title="${'"\'<>&'}">${'<i>'}</b>`
  expect(html`<p>${item}${[item, item]}${undefined}</p>`.markup).toBe(`<p>${item.markup.repeat(3)}</p>`)
  expect(item.markup).toBe('<b title="&quot;&#39;&lt;&gt;&amp;">&lt;i&gt;</b>')
})
