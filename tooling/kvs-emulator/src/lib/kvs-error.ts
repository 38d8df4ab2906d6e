/** A refused request, told the way Kinesis Video Streams tells it: status, error type header, `{"Message"}`. */
export class KvsError extends Error {
  override readonly name = 'KvsError';
  readonly status: number;
  /** Exception name, the value of `x-amzn-ErrorType`. */
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export function invalidArgument(message: string): KvsError {
  return new KvsError(400, 'InvalidArgumentException', message);
}

export function streamNotFound(stream: string): KvsError {
  return new KvsError(404, 'ResourceNotFoundException', `The requested stream is not found: ${stream}`);
}
