// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CLEPTONICA_H
#define PHIEU_CLEPTONICA_H

#include <stddef.h>
#include <stdint.h>

/// Decodes a picture of any format that Leptonica knows. The caller has bounded its size from
/// the header. Returns NULL where it cannot; free with `phieu_pix_free`.
void *phieu_pix_read(const uint8_t *bytes, size_t count);

/// Size in pixels and pixels an inch (0 where the file says nothing).
void phieu_pix_facts(void *pix, int *width, int *height, int *dpiX, int *dpiY);

/// `width * height` bytes of luma, alpha laid over white. Returns 0, or -1 where the depth is
/// of no known kind.
int phieu_pix_gray(void *pix, uint8_t *gray);

void phieu_pix_free(void *pix);

#endif
