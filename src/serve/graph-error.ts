/** A refusal in Graph's own form. Thrown by whatever answers a request, and turned into the response in one place. */
export class GraphError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: readonly GraphErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { readonly details?: readonly GraphErrorDetail[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'GraphError';
    this.status = status;
    this.code = code;
    this.details = more.details ?? [];
    this.headers = more.headers ?? {};
  }
}

/** The error of a request whose sender has no role that may do it. */
export class DeniedError extends GraphError {
  readonly by: string;
  readonly why: string;

  constructor(by: string, why: string) {
    super(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
      details: [{ code: 'gsa.leastPrivilegedRole', message: why }],
    });
    this.by = by;
    this.why = why;
  }
}

export interface GraphErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

export function badRequest(message: string, details: readonly GraphErrorDetail[] = []): GraphError {
  return new GraphError(400, 'BadRequest', message, { details });
}

export function notFound(id: string): GraphError {
  return new GraphError(
    404,
    'ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

/** What Graph says of a path that it does not have. */
export function noSegment(segment: string): GraphError {
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

/** The body of an error response, as Graph writes it. */
export function errorBody(
  { code, message, details }: Pick<GraphError, 'code' | 'message' | 'details'>,
  about: { readonly dateTime: string; readonly requestId: string; readonly clientRequestId: string },
): object {
  return {
    error: {
      code,
      message,
      ...(details.length === 0 ? {} : { details }),
      innerError: {
        date: about.dateTime.replace(/(\.\d+)?Z$/, ''),
        'request-id': about.requestId,
        'client-request-id': about.clientRequestId,
      },
    },
  };
}
