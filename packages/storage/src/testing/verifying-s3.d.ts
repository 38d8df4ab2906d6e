/** Goes on from s3rver and verifies signatures of version 4, which s3rver does not; it ships no types. */
declare module '@20minutes/s3rver' {
  export { default } from 's3rver';
}
