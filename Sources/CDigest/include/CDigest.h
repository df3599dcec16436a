// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CDIGEST_H
#define PHIEU_CDIGEST_H

#include <stddef.h>
#include <stdint.h>

/// SHA-256 of `count` bytes into `digest`. Returns 0, or -1 where libcrypto refuses.
int phieu_sha256(const uint8_t *bytes, size_t count, uint8_t digest[32]);

#endif
