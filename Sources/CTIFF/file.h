// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CTIFF_FILE_H
#define PHIEU_CTIFF_FILE_H

#include "CTIFF.h"

#include <tiffio.h>

struct phieu_tiff {
  TIFF *file;
  const uint8_t *bytes;
  uint64_t count, at;
  /// Where the last directory lies that could be read, and the last one that could not.
  uint64_t found, lost;
  /// Set by an error or by a warning that tells of lost pixels.
  int failed;
  char why[256];
};

#endif
