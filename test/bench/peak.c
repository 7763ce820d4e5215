/* peak.c: how many 8-bit multiply-adds a second one core of this machine can do at most: the yardstick for the language engine.
 *
 * Unsigned times signed bytes summed into 32 bits, all in registers, with the widest dot product that the machine has.  Prints one line:
 *     219.4 billion 8-bit multiply-adds a second on one core (avx512vnni) */
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define ROUNDS 100000
#define CHAINS 10 /* independent sums, to hide the latency of one */
#define EACH_CHAIN _Pragma("GCC unroll 10") for (int k = 0; k < CHAINS; k++) /* unrolled, so that the sums stay in registers */

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static volatile int32_t sink;

/* Each does ROUNDS * CHAINS dot products and gives the multiply-adds of one. */
__attribute__((target("avx512f,avx512bw,avx512vnni"))) static int run_512(void)
{
  __m512i sum[CHAINS], a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(-2);
  EACH_CHAIN sum[k] = _mm512_setzero_si512();
  for (int i = 0; i < ROUNDS; i++) {
    EACH_CHAIN {
      sum[k] = _mm512_dpbusd_epi32(sum[k], a, b);
      __asm__ volatile("" : "+v"(sum[k])); /* else all chains are one to the compiler */
    }
  }
  EACH_CHAIN sink += _mm512_reduce_add_epi32(sum[k]);
  return 64;
}

__attribute__((target("avx2"))) static int run_256(void)
{
  __m256i sum[CHAINS], a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(-2), ones = _mm256_set1_epi16(1);
  for (int k = 0; k < CHAINS; k++) sum[k] = _mm256_setzero_si256();
  for (int i = 0; i < ROUNDS; i++)
    EACH_CHAIN {
      __asm__ volatile("" : "+x"(a));
      sum[k] = _mm256_add_epi32(sum[k], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), ones));
      __asm__ volatile("" : "+x"(sum[k]));
    }
  for (int k = 0; k < CHAINS; k++) sink += _mm256_extract_epi32(sum[k], 0);
  return 32;
}

static int run_plain(void)
{
  int32_t sum[CHAINS] = {0};
  volatile int8_t a = 3, b = -2;
  for (int i = 0; i < ROUNDS; i++)
    for (int k = 0; k < CHAINS; k++) sum[k] += (int32_t)a * b;
  for (int k = 0; k < CHAINS; k++) sink += sum[k];
  return 1;
}

int main(void)
{
  const char *name = "plain C";
  int (*run)(void) = run_plain;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512vnni")) {
    run = run_512;
    name = "avx512vnni";
  } else if (__builtin_cpu_supports("avx2")) {
    run = run_256;
    name = "avx2";
  }
  double best = 0;
  for (int i = 0; i < 300; i++) {
    double begin = now();
    int wide = run();
    double rate = (double)wide * ROUNDS * CHAINS / (now() - begin);
    if (rate > best) best = rate;
  }
  printf("%.1f billion 8-bit multiply-adds a second on one core (%s)\n", best / 1e9, name);
  return 0;
}
