// SPDX-License-Identifier: Apache-2.0
// A page's pixels as gray. The kinds that scanners write (1 to 16 bits of gray, palettes, RGB,
// CMYK, JPEG of any colour) are turned row by row, so that only a row or a tile is held; what is
// left (planes apart, old JPEG, CIE colours) goes through libtiff's own RGBA reader.
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint32_t width, height;
  uint16_t bits, samples, photometric, compression, planar, format;
  /// Which sample is alpha, 0 where none is, and whether colours were multiplied by it.
  int alpha, multiplied;
  /// Level of each value, for up to 8 bits of gray or palette.
  uint8_t levels[256];
  /// The eight levels of each byte of a 1-bit page: most of what scanners write.
  uint8_t octets[256][8];
} kind;

static uint8_t luma(uint32_t r, uint32_t g, uint32_t b) {
  return (uint8_t)((19595u * r + 38470u * g + 7471u * b + 32768u) >> 16);
}

/// 16 bits to 8, rounded.
static uint32_t eight(uint32_t v) { return (v * 255u + 32767u) / 65535u; }

static uint8_t over_white(uint32_t level, uint32_t alpha, int multiplied) {
  uint32_t v = multiplied ? level + 255 - alpha : (level * alpha + 255 * (255 - alpha) + 127) / 255;
  return v > 255 ? 255 : (uint8_t)v;
}

static int fill_levels(TIFF *file, kind *k) {
  uint32_t count = 1u << k->bits;
  if (k->photometric != PHOTOMETRIC_PALETTE) {
    for (uint32_t v = 0; v < count; v++) {
      uint32_t level = v * 255 / (count - 1);
      k->levels[v] = (uint8_t)(k->photometric == PHOTOMETRIC_MINISWHITE ? 255 - level : level);
    }
    return 1;
  }
  uint16_t *r = NULL, *g = NULL, *b = NULL;
  if (!TIFFGetField(file, TIFFTAG_COLORMAP, &r, &g, &b)) return 0;
  // Some writers give 8-bit colours where 16 are asked for.
  int wide = 0;
  for (uint32_t v = 0; v < count; v++) wide |= r[v] > 255 || g[v] > 255 || b[v] > 255;
  for (uint32_t v = 0; v < count; v++)
    k->levels[v] = wide ? luma(eight(r[v]), eight(g[v]), eight(b[v])) : luma(r[v], g[v], b[v]);
  return 1;
}

static void fill_octets(kind *k) {
  for (int byte = 0; byte < 256; byte++)
    for (int i = 0; i < 8; i++) k->octets[byte][i] = k->levels[byte >> (7 - i) & 1];
}

/// Fills `k` and says whether the rows can be turned here.
static int is_plain(TIFF *file, kind *k) {
  uint16_t extras = 0, *extra = NULL;
  TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &k->width);
  TIFFGetField(file, TIFFTAG_IMAGELENGTH, &k->height);
  TIFFGetFieldDefaulted(file, TIFFTAG_BITSPERSAMPLE, &k->bits);
  TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLESPERPIXEL, &k->samples);
  TIFFGetFieldDefaulted(file, TIFFTAG_COMPRESSION, &k->compression);
  TIFFGetFieldDefaulted(file, TIFFTAG_PLANARCONFIG, &k->planar);
  TIFFGetFieldDefaulted(file, TIFFTAG_SAMPLEFORMAT, &k->format);
  TIFFGetFieldDefaulted(file, TIFFTAG_EXTRASAMPLES, &extras, &extra);
  if (!TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &k->photometric))
    k->photometric = k->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISWHITE;
  if (k->planar == PLANARCONFIG_SEPARATE && k->samples > 1) return 0;
  if (k->format != SAMPLEFORMAT_UINT && k->format != SAMPLEFORMAT_VOID) return 0;
  if (k->samples < 1 || k->samples > 8 || extras >= k->samples) return 0;
  int colours = k->samples - extras;
  if (extras > 0 && (extra[0] == EXTRASAMPLE_ASSOCALPHA || extra[0] == EXTRASAMPLE_UNASSALPHA)) {
    k->alpha = colours;
    k->multiplied = extra[0] == EXTRASAMPLE_ASSOCALPHA;
  }
  if (k->compression == COMPRESSION_OJPEG) return 0;
  int bytes = k->bits == 8 || k->bits == 16;
  switch (k->photometric) {
  case PHOTOMETRIC_MINISWHITE:
  case PHOTOMETRIC_MINISBLACK:
    if (bytes) return k->bits == 16 || fill_levels(file, k);
    return (k->bits == 1 || k->bits == 2 || k->bits == 4) && k->samples == 1 &&
           fill_levels(file, k);
  case PHOTOMETRIC_PALETTE:
    return (k->bits == 1 || k->bits == 2 || k->bits == 4 || k->bits == 8) && k->samples == 1 &&
           fill_levels(file, k);
  case PHOTOMETRIC_RGB: return bytes && colours >= 3;
  case PHOTOMETRIC_SEPARATED: return bytes && colours >= 4;
  case PHOTOMETRIC_YCBCR:
    if (k->compression != COMPRESSION_JPEG || k->bits != 8 || k->samples != 3) return 0;
    k->photometric = PHOTOMETRIC_RGB;
    return TIFFSetField(file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  default: return 0;
  }
}

static void turn_packed(const kind *k, const uint8_t *row, uint32_t width, uint8_t *gray) {
  uint32_t each = 8u / k->bits, mask = (1u << k->bits) - 1, x = 0;
  if (k->bits == 1)
    for (; x + 8 <= width; x += 8) memcpy(gray + x, k->octets[*row++], 8);
  while (x < width) {
    for (uint32_t i = 1; i <= each && x < width; i++, x++)
      gray[x] = k->levels[*row >> (8 - i * k->bits) & mask];
    row++;
  }
}

/// A sample of a pixel as 8 bits.
static uint32_t sample(const kind *k, const uint8_t *pixel, int which) {
  if (k->bits == 8) return pixel[which];
  uint16_t v;
  memcpy(&v, pixel + 2 * which, 2);
  return eight(v);
}

static void turn_row(const kind *k, const uint8_t *row, uint32_t width, uint8_t *gray) {
  if (k->bits < 8) {
    turn_packed(k, row, width, gray);
    return;
  }
  if (k->bits == 8 && k->samples == 1) {
    for (uint32_t x = 0; x < width; x++) gray[x] = k->levels[row[x]];
    return;
  }
  size_t step = (size_t)k->samples * (k->bits / 8u);
  for (uint32_t x = 0; x < width; x++, row += step) {
    uint32_t level;
    switch (k->photometric) {
    case PHOTOMETRIC_RGB:
      level = luma(sample(k, row, 0), sample(k, row, 1), sample(k, row, 2));
      break;
    case PHOTOMETRIC_SEPARATED:
      level = luma(255 - sample(k, row, 0), 255 - sample(k, row, 1), 255 - sample(k, row, 2));
      level = (level * (255 - sample(k, row, 3)) + 127) / 255;
      break;
    case PHOTOMETRIC_MINISWHITE: level = 255 - sample(k, row, 0); break;
    default: level = sample(k, row, 0);
    }
    gray[x] = k->alpha ? over_white(level, sample(k, row, k->alpha), k->multiplied)
                       : (uint8_t)level;
  }
}

static int rows(phieu_tiff *t, const kind *k, uint8_t *gray) {
  tmsize_t stride = TIFFScanlineSize(t->file);
  if (stride < (tmsize_t)(((uint64_t)k->width * k->samples * k->bits + 7) / 8)) return 0;
  uint8_t *row = malloc((size_t)stride);
  int fine = row != NULL;
  for (uint32_t y = 0; fine && y < k->height; y++) {
    fine = TIFFReadScanline(t->file, row, y, 0) == 1 && !t->failed;
    if (fine) turn_row(k, row, k->width, gray + (size_t)y * k->width);
  }
  free(row);
  return fine;
}

static int tiles(phieu_tiff *t, const kind *k, uint32_t across, uint32_t down, uint8_t *gray) {
  tmsize_t size = TIFFTileSize(t->file), stride = TIFFTileRowSize(t->file);
  if (stride < (tmsize_t)(((uint64_t)across * k->samples * k->bits + 7) / 8)) return 0;
  uint8_t *tile = size > 0 && size / stride >= down ? malloc((size_t)size) : NULL;
  int fine = tile != NULL;
  for (uint32_t y = 0; fine && y < k->height; y += down) {
    for (uint32_t x = 0; fine && x < k->width; x += across) {
      uint32_t which = TIFFComputeTile(t->file, x, y, 0, 0);
      fine = TIFFReadEncodedTile(t->file, which, tile, size) == size && !t->failed;
      uint32_t wide = k->width - x < across ? k->width - x : across;
      uint32_t high = k->height - y < down ? k->height - y : down;
      for (uint32_t i = 0; fine && i < high; i++)
        turn_row(k, tile + (size_t)stride * i, wide, gray + (size_t)(y + i) * k->width + x);
    }
  }
  free(tile);
  return fine;
}

/// The kinds that are rare: four bytes a pixel for the whole page.
static int by_rgba(phieu_tiff *t, const kind *k, uint8_t *gray) {
  TIFFRGBAImage image;
  char why[1024] = "";
  if (!TIFFRGBAImageOK(t->file, why) || !TIFFRGBAImageBegin(&image, t->file, 1, why)) {
    snprintf(t->why, sizeof t->why, "%.255s", why);
    return PHIEU_TIFF_UNSUPPORTED;
  }
  image.req_orientation = image.orientation;
  size_t pixels = (size_t)k->width * k->height;
  uint32_t *raster = malloc(4 * pixels);
  int fine = raster && TIFFRGBAImageGet(&image, raster, k->width, k->height) && !t->failed;
  TIFFRGBAImageEnd(&image);
  for (size_t i = 0; fine && i < pixels; i++) {
    uint32_t v = raster[i];
    gray[i] = over_white(luma(TIFFGetR(v), TIFFGetG(v), TIFFGetB(v)), TIFFGetA(v), 1);
  }
  free(raster);
  return fine ? PHIEU_TIFF_OK : PHIEU_TIFF_DAMAGED;
}

int phieu_tiff_decode(phieu_tiff *t, uint64_t pixels, uint8_t *gray) {
  t->failed = 0;
  t->why[0] = 0;
  uint32_t across = 0, down = 0;
  int tiled = TIFFIsTiled(t->file);
  if (tiled) {
    TIFFGetField(t->file, TIFFTAG_TILEWIDTH, &across);
    TIFFGetField(t->file, TIFFTAG_TILELENGTH, &down);
    if (!across || !down) return PHIEU_TIFF_DAMAGED;
    if ((uint64_t)across * down > pixels) return PHIEU_TIFF_TOO_LARGE;
  }
  kind k;
  memset(&k, 0, sizeof k);
  int status, plain = is_plain(t->file, &k);
  if (plain && k.bits == 1) fill_octets(&k);
  if (!plain)
    status = by_rgba(t, &k, gray);
  else
    status = (tiled ? tiles(t, &k, across, down, gray) : rows(t, &k, gray)) ? PHIEU_TIFF_OK
                                                                            : PHIEU_TIFF_DAMAGED;
  int short_of = strstr(t->why, "bytes, expected") || strstr(t->why, "Premature") ||
                 strstr(t->why, "Not enough data") || strstr(t->why, "Read error");
  return status == PHIEU_TIFF_DAMAGED && short_of ? PHIEU_TIFF_TRUNCATED : status;
}
