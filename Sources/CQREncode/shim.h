/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CQRENCODE_SHIM_H
#define PHIEU_CQRENCODE_SHIM_H

#include <qrencode.h>
#include <stdlib.h>

#endif
