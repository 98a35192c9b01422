import { expect, test } from 'bun:test'
import { testApp } from '../../test/harness'

test('a field may be named like a property that every object has', async () => {
  using t = await testApp()
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    const answer = await t.request('/sessions', {
      method: 'POST',
      form: [
        [name, ''],
        ['handle', 'nobody'],
        ['password', 'a long password'],
      ],
    })
    expect([name, answer.status]).toEqual([name, 401])
  }
})
