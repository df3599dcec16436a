// SPDX-License-Identifier: Apache-2.0
#include "CScanSamples.h"

#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

struct sample_tiff {
  TIFF *file;
  uint8_t *bytes;
  size_t count, room, at;
};

static tmsize_t take(thandle_t handle, void *into, tmsize_t count) {
  sample_tiff *t = handle;
  size_t left = t->at < t->count ? t->count - t->at : 0;
  size_t part = (size_t)count < left ? (size_t)count : left;
  memcpy(into, t->bytes + t->at, part);
  t->at += part;
  return (tmsize_t)part;
}

static tmsize_t put(thandle_t handle, void *from, tmsize_t count) {
  sample_tiff *t = handle;
  size_t end = t->at + (size_t)count;
  if (end > t->room) {
    t->bytes = realloc(t->bytes, 2 * end);
    memset(t->bytes + t->room, 0, 2 * end - t->room);
    t->room = 2 * end;
  }
  memcpy(t->bytes + t->at, from, (size_t)count);
  t->at = end;
  if (end > t->count) t->count = end;
  return count;
}

static toff_t seek(thandle_t handle, toff_t offset, int whence) {
  sample_tiff *t = handle;
  t->at = whence == SEEK_CUR ? t->at + offset : whence == SEEK_END ? t->count + offset : offset;
  return t->at;
}

static int leave(thandle_t handle) {
  (void)handle;
  return 0;
}

static toff_t size(thandle_t handle) { return ((sample_tiff *)handle)->count; }

sample_tiff *sample_tiff_new(const char *mode) {
  sample_tiff *t = calloc(1, sizeof *t);
  t->file = TIFFClientOpen("sample", mode, t, take, put, seek, leave, size, NULL, NULL);
  return t;
}

int sample_tiff_add(sample_tiff *t, const sample_tiff_page *p, const uint8_t *rows,
                    const uint16_t *palette) {
  TIFF *f = t->file;
  TIFFSetField(f, TIFFTAG_IMAGEWIDTH, p->width);
  TIFFSetField(f, TIFFTAG_IMAGELENGTH, p->height);
  TIFFSetField(f, TIFFTAG_BITSPERSAMPLE, p->bits);
  TIFFSetField(f, TIFFTAG_SAMPLESPERPIXEL, p->samples);
  TIFFSetField(f, TIFFTAG_PHOTOMETRIC, p->photometric);
  TIFFSetField(f, TIFFTAG_COMPRESSION, p->compression);
  TIFFSetField(f, TIFFTAG_PLANARCONFIG, p->planar ? p->planar : PLANARCONFIG_CONTIG);
  if (p->orientation) TIFFSetField(f, TIFFTAG_ORIENTATION, p->orientation);
  if (p->predictor) TIFFSetField(f, TIFFTAG_PREDICTOR, p->predictor);
  if (p->fillOrder) TIFFSetField(f, TIFFTAG_FILLORDER, p->fillOrder);
  if (p->group3) TIFFSetField(f, TIFFTAG_GROUP3OPTIONS, p->group3);
  if (p->reduced) TIFFSetField(f, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
  if (p->photometric == PHOTOMETRIC_YCBCR) {
    TIFFSetField(f, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    TIFFSetField(f, TIFFTAG_YCBCRSUBSAMPLING, 1, 1);
  }
  if (p->compression == COMPRESSION_JPEG) TIFFSetField(f, TIFFTAG_JPEGQUALITY, 95);
  if (p->extra) {
    uint16_t extra = (uint16_t)p->extra;
    TIFFSetField(f, TIFFTAG_EXTRASAMPLES, 1, &extra);
  }
  if (p->dpi > 0) {
    TIFFSetField(f, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(f, TIFFTAG_XRESOLUTION, p->dpi);
    TIFFSetField(f, TIFFTAG_YRESOLUTION, p->dpi);
  }
  if (palette) {
    int n = 1 << p->bits;
    TIFFSetField(f, TIFFTAG_COLORMAP, palette, palette + n, palette + 2 * n);
  }
  int planes = p->planar == PLANARCONFIG_SEPARATE ? p->samples : 1, each = p->samples / planes;
  size_t stride = ((size_t)p->width * (size_t)(each * p->bits) + 7) / 8;
  uint8_t *copy = malloc(stride);
  int fine = 1;
  if (p->tile) {
    TIFFSetField(f, TIFFTAG_TILEWIDTH, p->tile);
    TIFFSetField(f, TIFFTAG_TILELENGTH, p->tile);
    size_t wide = (size_t)p->tile * (size_t)(each * p->bits) / 8;
    uint8_t *tile = calloc(wide, (size_t)p->tile);
    for (uint32_t y = 0; y < p->height; y += (uint32_t)p->tile) {
      for (uint32_t x = 0; x < p->width; x += (uint32_t)p->tile) {
        size_t from = (size_t)x * (size_t)(each * p->bits) / 8;
        size_t part = stride - from < wide ? stride - from : wide;
        memset(tile, 0, wide * (size_t)p->tile);
        for (uint32_t i = 0; i < (uint32_t)p->tile && y + i < p->height; i++)
          memcpy(tile + i * wide, rows + (y + i) * stride + from, part);
        fine = fine && TIFFWriteTile(f, tile, x, y, 0, 0) >= 0;
      }
    }
    free(tile);
  } else {
    TIFFSetField(f, TIFFTAG_ROWSPERSTRIP, p->rowsPerStrip ? p->rowsPerStrip : (int)p->height);
    for (int plane = 0; plane < planes; plane++) {
      for (uint32_t y = 0; y < p->height; y++) {
        // Writing with a predictor changes the row that it is given.
        memcpy(copy, rows + ((size_t)plane * p->height + y) * stride, stride);
        fine = fine && TIFFWriteScanline(f, copy, y, (uint16_t)plane) == 1;
      }
    }
  }
  free(copy);
  return fine && TIFFWriteDirectory(f) ? 0 : -1;
}

uint8_t *sample_tiff_finish(sample_tiff *t, size_t *count) {
  TIFFClose(t->file);
  uint8_t *bytes = t->bytes;
  *count = t->count;
  free(t);
  return bytes;
}
