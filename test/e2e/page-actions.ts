import type { Locator, Page } from 'playwright-core'

/** A file to drop or paste. */
export type FileToGive = { name: string; mimeType: string; buffer: Buffer }

const carried = (page: Page, files: FileToGive[]) =>
  page.evaluateHandle(
    (sent) => {
      const transfer = new DataTransfer()
      for (const { name, type, bytes } of sent)
        transfer.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], name, { type }))
      return transfer
    },
    files.map(({ name, mimeType: type, buffer }) => ({ name, type, bytes: buffer.toString('base64') })),
  )

export async function drop(page: Page, files: FileToGive[]) {
  const dataTransfer = await carried(page, files)
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('main', type, { dataTransfer })
}

export async function paste(page: Page, files: FileToGive[]) {
  const transfer = await carried(page, files)
  await page.evaluate(
    (clipboardData) => document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true })),
    transfer,
  )
}

/** Limits uploads to `rate` kB per second. Returns what removes the limit. */
export async function slowUploads(page: Page, rate: number): Promise<() => Promise<void>> {
  const devtools = await page.context().newCDPSession(page)
  const limit = async (uploadThroughput: number) => {
    const rest = { offline: false, latency: 0, downloadThroughput: -1 }
    await devtools.send('Network.emulateNetworkConditions', { ...rest, uploadThroughput })
  }
  await limit(rate * 1000)
  return () => limit(-1)
}

/** Swipes horizontally by `by` pixels. Negative values swipe to the left. */
export async function swipe(page: Page, over: Locator, by: number) {
  const box = (await over.boundingBox())!
  const devtools = await page.context().newCDPSession(page)
  const [start, y] = [box.x + box.width / 2 - by / 2, box.y + box.height / 2]
  const touch = (type: 'touchStart' | 'touchMove', part: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x: start + by * part, y }] })
  await touch('touchStart', 0)
  for (let step = 1; step <= 12; step++) await touch('touchMove', step / 12)
  await devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

/** The colour of a displayed picture, at a fraction of its width and height. */
export const colourAt = (picture: Locator, across: number, down: number) =>
  picture.evaluate(
    (image: HTMLImageElement, [x, y]) => {
      const canvas = document.createElement('canvas')
      canvas.width = canvas.height = 1
      const brush = canvas.getContext('2d')!
      brush.drawImage(image, image.naturalWidth * x!, image.naturalHeight * y!, 1, 1, 0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data
      return { red, green, blue }
    },
    [across, down],
  )

export const loaded = (picture: Locator) => picture.evaluate((image: HTMLImageElement) => image.decode())
