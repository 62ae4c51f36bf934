import { GraphQLError } from 'graphql';

/** The answer to what the real service does and the sandbox does not: loud, never an empty value. */
export function notDone(what: string): GraphQLError {
  return new GraphQLError(`The sandbox does not do ${what} yet`, { extensions: { code: 'NOT_IMPLEMENTED' } });
}
