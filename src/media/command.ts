import { programCommand } from '../program'

/** The program, started as the worker by a hidden command. */
export const mediaWorkerCommand = (): string[] => programCommand('media-worker')
