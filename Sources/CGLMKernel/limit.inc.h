// The most that the processor can multiply and add: what the other kernels are measured against.

static void multiply_add32(long times, float *sixteen) {
  cgk_f16_loose *io = (cgk_f16_loose *)sixteen;
  const cgk_f16 factor = (cgk_f16){0} + 0.999999f, term = *io;
  cgk_f16 a = term, b = term + 1, c = term + 2, d = term + 3, e = term + 4, f = term + 5;
  cgk_f16 g = term + 6, h = term + 7, i = term + 8, j = term + 9, k = term + 10, l = term + 11;
  for (long n = 0; n < times; n += 12) {
    a = a * factor + term, b = b * factor + term, c = c * factor + term, d = d * factor + term;
    e = e * factor + term, f = f * factor + term, g = g * factor + term, h = h * factor + term;
    i = i * factor + term, j = j * factor + term, k = k * factor + term, l = l * factor + term;
  }
  *io = a + b + c + d + e + f + g + h + i + j + k + l;
}
