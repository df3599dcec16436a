/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CZXING_H
#define PHIEU_CZXING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads the QR codes in a gray picture whose rows stand `stride` bytes apart.
///
/// The texts go to `texts` as UTF-8, each ended by a 0, as far as `room` bytes hold them whole.
/// Returns how many there are, or -1 where the library failed. No exception leaves it.
int phieu_qr_read(const uint8_t *gray, int width, int height, int stride, char *texts,
                  size_t room);

#ifdef __cplusplus
}
#endif

#endif
