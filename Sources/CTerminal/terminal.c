/* SPDX-License-Identifier: Apache-2.0 */
#include "CTerminal.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* What a signal's handler needs stands here: it may touch nothing that Swift owns. */
static struct termios before;
static volatile sig_atomic_t entered = 0;
static int terminal = -1;

static const int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGABRT, SIGSEGV, SIGBUS,
                             SIGILL, SIGFPE, SIGTRAP};
enum { ENDINGS = sizeof ending / sizeof ending[0] };
static struct sigaction old_actions[ENDINGS];

static const char enter_text[] = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J";
static const char leave_text[] = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

static void say(const char *text, size_t count) {
  while (count > 0) {
    ssize_t done = write(terminal, text, count);
    if (done <= 0) return;
    text += done;
    count -= (size_t)done;
  }
}

/* Only calls that signal-safety(7) allows. */
static void restore(void) {
  if (!entered) return;
  entered = 0;
  say(leave_text, sizeof leave_text - 1);
  tcsetattr(terminal, TCSANOW, &before);
}

static void end(int signal_number) {
  restore();
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

int phieu_terminal_enter(int descriptor) {
  if (tcgetattr(descriptor, &before) != 0) return -1;
  struct termios raw = before;
  cfmakeraw(&raw);
  raw.c_cc[VMIN] = 0;
  raw.c_cc[VTIME] = 0;
  terminal = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = end;
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < ENDINGS; i++) sigaction(ending[i], &action, &old_actions[i]);
  entered = 1;
  if (tcsetattr(descriptor, TCSAFLUSH, &raw) != 0) {
    entered = 0;
    return -1;
  }
  say(enter_text, sizeof enter_text - 1);
  return 0;
}

void phieu_terminal_leave(void) {
  if (!entered) return;
  restore();
  for (int i = 0; i < ENDINGS; i++) sigaction(ending[i], &old_actions[i], NULL);
}

int phieu_terminal_size(int descriptor, int *columns, int *rows, int *cell_width,
                        int *cell_height) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  *cell_width = size.ws_col > 0 ? size.ws_xpixel / size.ws_col : 0;
  *cell_height = size.ws_row > 0 ? size.ws_ypixel / size.ws_row : 0;
  return 0;
}
