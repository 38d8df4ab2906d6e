/** The version of this package, as the `User-Agent` of every POST tells it. */
export const VERSION = '0.1.0';
