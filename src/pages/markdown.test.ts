import { expect, test } from 'bun:test'
import { remembering, toHtml } from './markdown'

test('a text is made into HTML once while it is asked for', async () => {
  const made: string[] = []
  const html = remembering((text) => {
    made.push(text)
    return text.toUpperCase()
  }, 2)
  expect(['a', 'b', 'a', 'c', 'a', 'b', 'b'].map(html)).toEqual(['A', 'B', 'A', 'C', 'A', 'B', 'B'])
  expect(made).toEqual(['a', 'b', 'c', 'b'])
  expect([await toHtml('# *Hi*'), await toHtml('# *Hi*')]).toEqual(['<h2><em>Hi</em></h2>', '<h2><em>Hi</em></h2>'])
})
