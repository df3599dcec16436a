// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CPango.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <cairo-pdf.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const double POINTS_PER_MM = 72.0 / 25.4;

extern const uint8_t phieu_font_regular[], phieu_font_regular_end[];
extern const uint8_t phieu_font_bold[], phieu_font_bold_end[];

struct phieu_fonts {
  FcConfig *config;
  PangoFontMap *map;
  PangoContext *context;
  PangoLayout *layout;  // one for all texts
};

struct phieu_paper {
  phieu_fonts *fonts;
  cairo_surface_t *surface;
  cairo_t *cairo;
  FILE *file;
  int failed;
};

// A file of memory: fontconfig and FreeType take fonts by path only.
static int memory_file(const char *name, const uint8_t *bytes, size_t count) {
  int file = memfd_create(name, MFD_CLOEXEC);
  if (file < 0) return -1;
  while (count > 0) {
    ssize_t done = write(file, bytes, count);
    if (done <= 0) {
      close(file);
      return -1;
    }
    bytes += done;
    count -= (size_t)done;
  }
  return file;
}

// Cairo keeps faces by path long after their fonts are closed, and a path here is a number that
// the next open file may get: bold words came out regular. So both files stay open as long as the
// process lives, and a path always means the same font.
static int font_files[2] = {-1, -1};
static pthread_once_t font_files_once = PTHREAD_ONCE_INIT;

static void open_font_files(void) {
  font_files[0] = memory_file(
    "phieu-regular", phieu_font_regular, (size_t)(phieu_font_regular_end - phieu_font_regular));
  font_files[1] =
    memory_file("phieu-bold", phieu_font_bold, (size_t)(phieu_font_bold_end - phieu_font_bold));
}

static int add_font(phieu_fonts *fonts, int file) {
  char path[40];
  if (file < 0) return 0;
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  return FcConfigAppFontAddFile(fonts->config, (const FcChar8 *)path);
}

phieu_fonts *phieu_fonts_open(void) {
  phieu_fonts *fonts = calloc(1, sizeof *fonts);
  if (!fonts) return NULL;
  pthread_once(&font_files_once, open_font_files);
  fonts->config = FcConfigCreate();
  if (!fonts->config || !add_font(fonts, font_files[0]) || !add_font(fonts, font_files[1])) {
    phieu_fonts_close(fonts);
    return NULL;
  }
  fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
  // A point is a unit: nothing depends on a screen.
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72);
  fonts->context = pango_font_map_create_context(fonts->map);
  // Lines break at the same places on paper and in pictures.
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(fonts->context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(fonts->context, FALSE);
  pango_context_set_language(fonts->context, pango_language_from_string("vi"));
  fonts->layout = pango_layout_new(fonts->context);
  return fonts;
}

void phieu_fonts_close(phieu_fonts *fonts) {
  if (!fonts) return;
  if (fonts->layout) g_object_unref(fonts->layout);
  if (fonts->context) g_object_unref(fonts->context);
  if (fonts->map) g_object_unref(fonts->map);
  if (fonts->config) FcConfigDestroy(fonts->config);
  free(fonts);
}

static int to_pango(double mm) { return (int)lround(mm * POINTS_PER_MM * PANGO_SCALE); }
static double to_mm(int units) { return (double)units / PANGO_SCALE / POINTS_PER_MM; }

static void set_text(phieu_fonts *fonts, const phieu_text *text) {
  PangoFontDescription *font = pango_font_description_new();
  pango_font_description_set_family_static(font, "Noto Sans");
  pango_font_description_set_weight(font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_size(font, (int)lround(text->points * PANGO_SCALE));
  PangoLayout *layout = fonts->layout;
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout, text->width < 0 ? -1 : to_pango(text->width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout, text->align == PHIEU_CENTRE  ? PANGO_ALIGN_CENTER
                                     : text->align == PHIEU_RIGHT ? PANGO_ALIGN_RIGHT
                                                                  : PANGO_ALIGN_LEFT);
  // Noto's own lines stand far apart; Vietnamese needs room for two marks, not for three.
  pango_layout_set_line_spacing(layout, 0.92f);
  pango_layout_set_text(layout, text->text, -1);
}

void phieu_text_measure(phieu_fonts *fonts, const phieu_text *text, phieu_extent *extent) {
  set_text(fonts, text);
  PangoRectangle logical, line;
  pango_layout_get_extents(fonts->layout, NULL, &logical);
  PangoLayoutIter *iter = pango_layout_get_iter(fonts->layout);
  pango_layout_iter_get_line_extents(iter, NULL, &line);
  pango_layout_iter_free(iter);
  extent->width = to_mm(logical.width);
  extent->height = to_mm(logical.height);
  extent->line = to_mm(line.height);
  extent->lines = pango_layout_get_line_count(fonts->layout);
  extent->unknown = pango_layout_get_unknown_glyphs_count(fonts->layout);
}

static cairo_status_t put(void *paper, const unsigned char *bytes, unsigned count) {
  phieu_paper *to = paper;
  if (fwrite(bytes, 1, count, to->file) == count) return CAIRO_STATUS_SUCCESS;
  to->failed = 1;
  return CAIRO_STATUS_WRITE_ERROR;
}

static phieu_paper *opened(phieu_paper *paper, double scale) {
  paper->cairo = cairo_create(paper->surface);
  cairo_scale(paper->cairo, scale, scale);
  return paper;
}

phieu_paper *phieu_paper_pdf(phieu_fonts *fonts, const char *path, double width, double height,
                             const char *title) {
  phieu_paper *paper = calloc(1, sizeof *paper);
  if (!paper) return NULL;
  paper->fonts = fonts;
  paper->file = fopen(path, "wb");
  if (!paper->file) {
    free(paper);
    return NULL;
  }
  paper->surface = cairo_pdf_surface_create_for_stream(put, paper, width * POINTS_PER_MM,
                                                       height * POINTS_PER_MM);
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_TITLE, title);
  // Cairo writes the clock's time otherwise.
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                 "2000-01-01T00:00:00Z");
  cairo_pdf_surface_set_metadata(paper->surface, CAIRO_PDF_METADATA_MOD_DATE,
                                 "2000-01-01T00:00:00Z");
  return opened(paper, POINTS_PER_MM);
}

phieu_paper *phieu_paper_picture(phieu_fonts *fonts, int width, int height, double per_mm) {
  phieu_paper *paper = calloc(1, sizeof *paper);
  if (!paper) return NULL;
  paper->fonts = fonts;
  paper->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
  return opened(paper, per_mm);
}

void phieu_paper_end_page(phieu_paper *paper) { cairo_show_page(paper->cairo); }

int phieu_paper_status(phieu_paper *paper) {
  if (paper->failed) return PHIEU_PRINT_CANNOT_WRITE;
  if (cairo_status(paper->cairo) || cairo_surface_status(paper->surface))
    return PHIEU_PRINT_NO_MEMORY;
  return PHIEU_PRINT_OK;
}

int phieu_paper_finish(phieu_paper *paper) {
  cairo_surface_finish(paper->surface);
  int status = phieu_paper_status(paper);
  if (!paper->file) return status;
  if (fflush(paper->file) || fsync(fileno(paper->file)) || fclose(paper->file))
    status = PHIEU_PRINT_CANNOT_WRITE;
  paper->file = NULL;
  return status;
}

void phieu_paper_levels(phieu_paper *paper, uint8_t *levels) {
  cairo_surface_flush(paper->surface);
  int width = cairo_image_surface_get_width(paper->surface);
  int height = cairo_image_surface_get_height(paper->surface);
  int stride = cairo_image_surface_get_stride(paper->surface);
  const unsigned char *ink = cairo_image_surface_get_data(paper->surface);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      levels[(size_t)y * width + x] = (uint8_t)(255 - ink[(size_t)y * stride + x]);
}

void phieu_paper_free(phieu_paper *paper) {
  if (!paper) return;
  cairo_destroy(paper->cairo);
  cairo_surface_destroy(paper->surface);
  if (paper->file) fclose(paper->file);
  free(paper);
}

static void set_ink(phieu_paper *paper, double ink) {
  // A picture keeps ink alone; on paper, gray is a colour, which printers screen by themselves.
  if (cairo_surface_get_type(paper->surface) == CAIRO_SURFACE_TYPE_PDF)
    cairo_set_source_rgb(paper->cairo, 1 - ink, 1 - ink, 1 - ink);
  else
    cairo_set_source_rgba(paper->cairo, 0, 0, 0, ink);
}

void phieu_draw_text(phieu_paper *paper, const phieu_text *text, double x, double y, double ink) {
  set_ink(paper, ink);
  set_text(paper->fonts, text);
  cairo_save(paper->cairo);
  cairo_translate(paper->cairo, x, y);
  // The layout thinks in points.
  cairo_scale(paper->cairo, 1 / POINTS_PER_MM, 1 / POINTS_PER_MM);
  cairo_move_to(paper->cairo, 0, 0);
  pango_cairo_show_layout(paper->cairo, paper->fonts->layout);
  cairo_restore(paper->cairo);
}

void phieu_draw_frame(phieu_paper *paper, double x, double y, double width, double height,
                      double line, double ink) {
  set_ink(paper, ink);
  cairo_set_line_width(paper->cairo, line);
  cairo_set_line_join(paper->cairo, CAIRO_LINE_JOIN_MITER);
  cairo_set_dash(paper->cairo, NULL, 0, 0);
  cairo_rectangle(paper->cairo, x + line / 2, y + line / 2, width - line, height - line);
  cairo_stroke(paper->cairo);
}

void phieu_draw_fill(phieu_paper *paper, double x, double y, double width, double height,
                     double ink) {
  set_ink(paper, ink);
  cairo_rectangle(paper->cairo, x, y, width, height);
  cairo_fill(paper->cairo);
}

static void stroke(phieu_paper *paper, double line, double dash) {
  cairo_set_line_width(paper->cairo, line);
  cairo_set_line_cap(paper->cairo, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(paper->cairo, CAIRO_LINE_JOIN_ROUND);
  const double dashes[] = {0, dash};  // dots: the round ends of lines of no length
  cairo_set_dash(paper->cairo, dashes, dash > 0 ? 2 : 0, 0);
  cairo_stroke(paper->cairo);
}

void phieu_draw_path(phieu_paper *paper, const double *points, size_t count, double line,
                     double dash, double ink) {
  set_ink(paper, ink);
  cairo_new_path(paper->cairo);
  for (size_t i = 0; i < count; i++) cairo_line_to(paper->cairo, points[2 * i], points[2 * i + 1]);
  stroke(paper, line, dash);
}

void phieu_draw_ellipse(phieu_paper *paper, double x, double y, double width, double height,
                        double line, double ink) {
  set_ink(paper, ink);
  cairo_save(paper->cairo);
  cairo_new_path(paper->cairo);
  cairo_translate(paper->cairo, x + width / 2, y + height / 2);
  cairo_scale(paper->cairo, width / 2, height / 2);
  cairo_arc(paper->cairo, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore(paper->cairo);
  stroke(paper, line, 0);
}

void phieu_draw_modules(phieu_paper *paper, double x, double y, double module,
                        const uint8_t *modules, int side) {
  set_ink(paper, 1);
  cairo_new_path(paper->cairo);
  for (int row = 0; row < side; row++) {
    for (int column = 0; column < side; column++) {
      if (!(modules[row * side + column] & 1)) continue;
      int first = column;
      while (column + 1 < side && (modules[row * side + column + 1] & 1)) column++;
      cairo_rectangle(paper->cairo, x + first * module, y + row * module,
                      (column - first + 1) * module, module);
    }
  }
  cairo_fill(paper->cairo);
}
