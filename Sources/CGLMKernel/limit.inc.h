// The most that the processor can multiply and add: what the other kernels are measured against.
// As many sums at a time as hide the latency and fit the registers: 12 of 16 lanes in registers that
// hold 16, else 4.

static void multiply_add32(long times, float *sixteen) {
  cgk_f16_loose *io = (cgk_f16_loose *)sixteen;
  const cgk_f16 factor = (cgk_f16){0} + 0.999999f, term = *io;
  cgk_f16 a = term, b = term + 1, c = term + 2, d = term + 3;
#if CGK_LIMIT_SUMS == 12
  cgk_f16 e = term + 4, f = term + 5, g = term + 6, h = term + 7;
  cgk_f16 i = term + 8, j = term + 9, k = term + 10, l = term + 11;
#endif
  for (long n = 0; n < times; n += CGK_LIMIT_SUMS) {
    a = a * factor + term, b = b * factor + term, c = c * factor + term, d = d * factor + term;
#if CGK_LIMIT_SUMS == 12
    e = e * factor + term, f = f * factor + term, g = g * factor + term, h = h * factor + term;
    i = i * factor + term, j = j * factor + term, k = k * factor + term, l = l * factor + term;
#endif
  }
#if CGK_LIMIT_SUMS == 12
  a += e + i, b += f + j, c += g + k, d += h + l;
#endif
  *io = a + b + c + d;
}
