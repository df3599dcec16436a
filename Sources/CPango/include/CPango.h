/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHIEU_CPANGO_H
#define PHIEU_CPANGO_H

#include <stddef.h>
#include <stdint.h>

/// What became of a call.
enum {
  PHIEU_PRINT_OK = 0,
  PHIEU_PRINT_NO_FONTS = 1,  // the program's own fonts cannot be loaded
  PHIEU_PRINT_CANNOT_WRITE = 2,
  PHIEU_PRINT_NO_MEMORY = 3
};

/// The program's own fonts, and nothing that the machine has beside them.
typedef struct phieu_fonts phieu_fonts;

/// Opens the fonts; NULL where that fails. One thread uses them.
phieu_fonts *phieu_fonts_open(void);
void phieu_fonts_close(phieu_fonts *fonts);

enum { PHIEU_LEFT = 0, PHIEU_CENTRE = 1, PHIEU_RIGHT = 2 };

/// A paragraph: its size in points, its width in millimetres (negative: as long as it is).
typedef struct {
  const char *text;  // UTF-8, ends with 0
  double points;
  int bold;
  int align;
  double width;
} phieu_text;

/// What a paragraph takes, in millimetres.
typedef struct {
  double width;
  double height;
  double line;  // the height of its first line
  int lines;
  int unknown;  // signs that the fonts do not have
} phieu_extent;

void phieu_text_measure(phieu_fonts *fonts, const phieu_text *text, phieu_extent *extent);

/// What is drawn on: a PDF of many pages, or the picture of one page.
typedef struct phieu_paper phieu_paper;

/// A PDF file at a path that is written page by page. `title` stands in its properties; dates
/// are fixed, so that equal pages make equal bytes. NULL where the file cannot be made.
phieu_paper *phieu_paper_pdf(phieu_fonts *fonts, const char *path, double width, double height,
                             const char *title);
/// A picture of so many pixels. NULL where there is no memory.
phieu_paper *phieu_paper_picture(phieu_fonts *fonts, int width, int height, double per_mm);

/// Ends a PDF's page.
void phieu_paper_end_page(phieu_paper *paper);
/// What went wrong so far.
int phieu_paper_status(phieu_paper *paper);
/// Ends the file; the answer is PHIEU_PRINT_OK where all of it is on the disk.
int phieu_paper_finish(phieu_paper *paper);
/// Copies a picture's `width * height` levels, 0 black to 255 white.
void phieu_paper_levels(phieu_paper *paper, uint8_t *levels);
void phieu_paper_free(phieu_paper *paper);

// Drawing, in millimetres from the upper left corner; `ink` from 0 (paper) to 1 (black).
void phieu_draw_text(phieu_paper *paper, const phieu_text *text, double x, double y, double ink);
void phieu_draw_frame(phieu_paper *paper, double x, double y, double width, double height,
                      double line, double ink);
void phieu_draw_fill(phieu_paper *paper, double x, double y, double width, double height,
                     double ink);
/// A line through `count` points (x and y in turn), with round ends; dots that stand
/// `dash` apart, or unbroken where that is 0.
void phieu_draw_path(phieu_paper *paper, const double *points, size_t count, double line,
                     double dash, double ink);
void phieu_draw_ellipse(phieu_paper *paper, double x, double y, double width, double height,
                        double line, double ink);
/// The dark squares of `side * side` modules (lowest bit of each byte), as one shape.
void phieu_draw_modules(phieu_paper *paper, double x, double y, double module,
                        const uint8_t *modules, int side);

#endif
