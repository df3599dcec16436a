// SPDX-License-Identifier: Apache-2.0
#include "CLeptonica.h"

#include <leptonica/allheaders.h>
#include <pthread.h>

static void be_quiet(void) { setMsgSeverity(L_SEVERITY_NONE); }

void *phieu_pix_read(const uint8_t *bytes, size_t count) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, be_quiet);
  PIX *pix = pixReadMem(bytes, count);
  if (!pix || !pixGetColormap(pix)) return pix;
  PIX *plain = pixRemoveColormap(pix, REMOVE_CMAP_WITH_ALPHA);
  pixDestroy(&pix);
  return plain;
}

void phieu_pix_facts(void *pix, int *width, int *height, int *dpiX, int *dpiY) {
  pixGetDimensions(pix, width, height, NULL);
  pixGetResolution(pix, dpiX, dpiY);
}

static uint8_t luma(uint32_t word) {
  uint32_t r = word >> L_RED_SHIFT & 255, g = word >> L_GREEN_SHIFT & 255;
  uint32_t b = word >> L_BLUE_SHIFT & 255;
  return (uint8_t)((19595u * r + 38470u * g + 7471u * b + 32768u) >> 16);
}

int phieu_pix_gray(void *pix, uint8_t *gray) {
  int width = 0, height = 0, depth = 0;
  pixGetDimensions(pix, &width, &height, &depth);
  int alpha = depth == 32 && pixGetSpp(pix) == 4;
  const l_uint32 *data = pixGetData(pix);
  size_t stride = (size_t)pixGetWpl(pix);
  for (int y = 0; y < height; y++) {
    const l_uint32 *line = data + stride * (size_t)y;
    uint8_t *to = gray + (size_t)y * (size_t)width;
    for (int x = 0; x < width; x++) {
      switch (depth) {
      case 1: to[x] = GET_DATA_BIT(line, x) ? 0 : 255; break;
      case 2: to[x] = (uint8_t)(85 * GET_DATA_DIBIT(line, x)); break;
      case 4: to[x] = (uint8_t)(17 * GET_DATA_QBIT(line, x)); break;
      case 8: to[x] = (uint8_t)GET_DATA_BYTE(line, x); break;
      case 16: to[x] = (uint8_t)((GET_DATA_TWO_BYTES(line, x) * 255u + 32767u) / 65535u); break;
      case 32: {
        uint32_t level = luma(line[x]), a = alpha ? line[x] & 255 : 255;
        to[x] = (uint8_t)((level * a + 255 * (255 - a) + 127) / 255);
        break;
      }
      default: return -1;
      }
    }
  }
  return 0;
}

void phieu_pix_free(void *pix) {
  PIX *p = pix;
  pixDestroy(&p);
}
