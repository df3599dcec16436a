// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CTIFF_FILE_H
#define PHIEU_CTIFF_FILE_H

#include "CTIFF.h"

#include <tiffio.h>

struct phieu_tiff {
  TIFF *file;
  const uint8_t *bytes;
  uint64_t count, at;
  /// Where the last directory that could not be read lies.
  uint64_t lost;
  /// Set by an error or by a warning that tells of lost pixels.
  int failed;
  char why[256];
};

#endif
