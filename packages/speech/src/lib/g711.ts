/** G.711 companding (ITU-T Recommendation G.711): 8 bits a sample. */
export type G711Law = 'a-law' | 'mu-law';

const A_LAW_EVEN_BITS = 0x55;
const MU_LAW_BIAS = 0x84;

function aLawSample(code: number): number {
  const bits = code ^ A_LAW_EVEN_BITS;
  const exponent = (bits >> 4) & 0x07;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function muLawSample(code: number): number {
  const bits = ~code & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + MU_LAW_BIAS) << ((bits >> 4) & 0x07)) - MU_LAW_BIAS;
  return bits & 0x80 ? -magnitude : magnitude;
}

const samples: Readonly<Record<G711Law, Int16Array>> = {
  'a-law': Int16Array.from({ length: 256 }, (_, code) => aLawSample(code)),
  'mu-law': Int16Array.from({ length: 256 }, (_, code) => muLawSample(code)),
};

/** The 16-bit sample of each code, by code. Read only. */
export function g711Samples(law: G711Law): Int16Array {
  return samples[law];
}
