/** Thrown where work was cancelled by the user, which needs no message. */
export class JobCancelled extends Error {
  constructor() {
    super('The work was cancelled. Nothing was changed.');
    this.name = 'JobCancelled';
  }
}
