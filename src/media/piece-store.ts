import type { Readable } from 'node:stream'
import { DataStore, ERRORS, Upload } from '@tus/server'
import type { Resuming, UploadRecord } from './arrivals'

/**
 * Lets the tus library keep uploads in a bucket. It knows nothing between two requests, so each may reach another node.
 * Its own store for S3 needs a second S3 client, and deletes bytes that it acknowledged while it appends to them.
 */
export class PieceStore extends DataStore {
  readonly #uploads: Resuming
  readonly #expiresAfterMs: number

  constructor(uploads: Resuming, expiresAfterMs: number) {
    super()
    this.#uploads = uploads
    this.#expiresAfterMs = expiresAfterMs
    this.extensions = ['creation', 'creation-with-upload', 'creation-defer-length', 'termination', 'expiration']
  }

  override async create(upload: Upload): Promise<Upload> {
    upload.creation_date = new Date().toISOString()
    await this.#write(upload.id, {
      ...(upload.size !== undefined && { size: upload.size }),
      ...(upload.metadata && { metadata: upload.metadata }),
      createdAt: upload.creation_date,
    })
    return upload
  }

  override write(stream: Readable, id: string, offset: number): Promise<number> {
    return this.#uploads.putPieces(id, stream, offset)
  }

  override async getUpload(id: string): Promise<Upload> {
    const { size, metadata, createdAt } = await this.#read(id)
    return new Upload({
      id,
      offset: await this.#uploads.offsetOf(id),
      ...(size !== undefined && { size }),
      ...(metadata && { metadata }),
      creation_date: createdAt,
    })
  }

  override async declareUploadLength(id: string, size: number): Promise<void> {
    await this.#write(id, { ...(await this.#read(id)), size })
  }

  override async remove(id: string): Promise<void> {
    await this.#read(id)
    await this.#uploads.drop(id)
  }

  override getExpiration(): number {
    return this.#expiresAfterMs
  }

  readonly #write = (id: string, record: UploadRecord) => this.#uploads.writeRecord(id, record)

  async #read(id: string): Promise<UploadRecord> {
    const record = await this.#uploads.readRecord(id)
    if (!record) throw ERRORS.FILE_NOT_FOUND
    return record
  }
}
