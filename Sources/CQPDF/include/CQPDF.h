// SPDX-License-Identifier: Apache-2.0
#ifndef PHIEU_CQPDF_H
#define PHIEU_CQPDF_H

#include <qpdf/qpdf-c.h>

#endif
