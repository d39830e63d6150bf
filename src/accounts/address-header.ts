/** The only header from which the auth library reads addresses. The server overwrites a caller's value. */
export const ADDRESS_HEADER = 'x-client-address';
