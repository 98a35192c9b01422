// The page of the app Frame (see `frame-app.ts`): it uploads chosen photos with Uppy, and posts them.
import Uppy from '@uppy/core'
import Tus from '@uppy/tus'

const options = new URLSearchParams(location.search)
const said = document.querySelector('output')
const ids = {}

const uppy = new Uppy({ restrictions: { allowedFileTypes: ['image/*'] } }).use(Tus, {
  endpoint: '/api/uploads',
  chunkSize: 40_000,
  retryDelays: [0, 10, 50],
  parallelUploads: Number(options.get('parallel') ?? 1),
  overridePatchMethod: options.has('override'),
  onAfterResponse(_request, response) {
    const file = response.getHeader('content-location')
    if (file) ids[file] = Number(file.split('/').at(-1))
  },
})

async function publish() {
  const answer = await fetch('/api/posts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ caption: 'From Frame', fileIds: Object.values(ids) }),
  })
  return answer.status === 201 ? `Posted ${(await answer.json()).id}` : `Refused with ${answer.status}`
}

document.querySelector('input').addEventListener('change', async ({ target }) => {
  for (const file of target.files ?? []) uppy.addFile({ name: file.name, type: file.type, data: file })
  const { successful = [], failed = [] } = (await uppy.upload()) ?? {}
  said.textContent = `Uploaded ${successful.length}, failed ${failed.length}. ${successful.length ? await publish() : ''}`
})
