import type { ProblemDetails } from './types';

/** A request that the service refused or never answered; `message` is fit to be shown. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string | undefined;
  readonly details: ProblemDetails;

  constructor(status: number, details: ProblemDetails) {
    super(details.detail ?? details.title ?? `The service answered with status ${status}.`);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = details.code;
    this.details = details;
  }

  static unreachable(): ApiProblem {
    return new ApiProblem(0, {
      title: 'The service does not answer.',
      detail: 'The service does not answer. Start it again with skm serve; this page goes on by itself.',
    });
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }

  get isUnauthorized(): boolean {
    return this.status === 401;
  }
}
