/* web_server.c: a small HTTP server on 127.0.0.1 that fails as it is told to, for the tests of what speaks with the web.
 *
 *     web_server PORT-FILE LOG-FILE STEP...
 *
 * Takes a free port, writes its number into PORT-FILE, and meets one connection after another by the steps, the last one again and again:
 *
 *     CODE           answers with this status and an empty body: 200, 404, 500
 *     file:PATH      200 with the file's bytes; file:TYPE:PATH with this content type
 *     to:URL         302 to this address
 *     close          closes without an answer
 *     hang           answers never
 *     cut            promises 1,000 bytes, sends ten, and closes
 *     endless        sends without end
 *     drip           sends a byte now and then
 *     deaf:MS        no step: the port takes no connections until so many milliseconds have gone by
 *
 * Each request goes to LOG-FILE: its first line and headers as they came, a line "body: ..." and an empty line.  Ends by itself after a minute. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_MOST = 1 << 20 };

static void rest(long ms)
{
  const struct timespec t = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&t, NULL);
}

static void put(int fd, const char *bytes, size_t n)
{
  while (n > 0) {
    const ssize_t sent = write(fd, bytes, n);
    if (sent <= 0) return;
    bytes += sent;
    n -= (size_t)sent;
  }
}

/* The whole request into `to`; how many bytes. */
static size_t receive(int fd, char *to)
{
  size_t n = 0, body = 0;
  char *end = NULL;
  while (n < REQUEST_MOST) {
    const ssize_t got = read(fd, to + n, REQUEST_MOST - n);
    if (got <= 0) break;
    n += (size_t)got;
    to[n] = '\0';
    if (!end && (end = strstr(to, "\r\n\r\n"))) {
      const char *length = strcasestr(to, "\r\nContent-Length:");
      body = length && length < end ? strtoul(length + 17, NULL, 10) : 0;
    }
    if (end && n >= (size_t)(end + 4 - to) + body) break;
  }
  return n;
}

static void keep(const char *path, const char *request, size_t n)
{
  const char *end = strstr(request, "\r\n\r\n");
  FILE *log = fopen(path, "a");
  if (!log) return;
  for (const char *at = request; at < request + n && at != end + 2 && end; at++)
    if (*at != '\r') fputc(*at, log);
  fputs("body: ", log);
  if (end) fwrite(end + 4, 1, n - (size_t)(end + 4 - request), log);
  fputs("\n\n", log);
  fclose(log);
}

static void answer(int fd, int code, const char *more, const char *body, size_t n)
{
  char head[2048];
  const int h = snprintf(head, sizeof head, "HTTP/1.1 %d Said\r\n%sContent-Length: %zu\r\nConnection: close\r\n\r\n", code, more, n);
  put(fd, head, (size_t)h);
  put(fd, body, n);
}

static void answer_file(int fd, const char *path)
{
  char type[256] = "";
  const char *colon = strchr(path, ':');
  if (colon && snprintf(type, sizeof type, "Content-Type: %.*s\r\n", (int)(colon - path), path) > 0) path = colon + 1;
  FILE *file = fopen(path, "rb");
  char *bytes = malloc(64 << 20);
  const size_t n = file && bytes ? fread(bytes, 1, 64 << 20, file) : 0;
  answer(fd, file ? 200 : 404, type, bytes, n);
  if (file) fclose(file);
  free(bytes);
}

/* True: the connection is left open. */
static int meet(int fd, const char *step)
{
  static const char part[1 << 16];
  char more[1024];
  if (strcmp(step, "hang") == 0) return 1;
  if (strcmp(step, "close") == 0) return 0;
  if (strcmp(step, "cut") == 0) put(fd, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789", 51);
  else if (strcmp(step, "endless") == 0 || strcmp(step, "drip") == 0) {
    put(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 38);
    for (int i = 0; i < 1 << 14; i++) {
      struct pollfd one = {.fd = fd, .events = POLLIN};
      if (poll(&one, 1, 0) > 0) break; /* the other side went */
      if (*step == 'd') rest(50);
      put(fd, part, *step == 'd' ? 1 : sizeof part);
    }
  } else if (strncmp(step, "file:", 5) == 0) answer_file(fd, step + 5);
  else if (strncmp(step, "to:", 3) == 0) {
    snprintf(more, sizeof more, "Location: %s\r\n", step + 3);
    answer(fd, 302, more, "", 0);
  } else answer(fd, (int)strtol(step, NULL, 10), "", "", 0);
  return 0;
}

int main(int argc, char **argv)
{
  static char request[REQUEST_MOST + 1];
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof at;
  if (argc < 4) return 2;
  signal(SIGPIPE, SIG_IGN);
  alarm(60);
  const int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (door < 0 || bind(door, (struct sockaddr *)&at, size) != 0 || getsockname(door, (struct sockaddr *)&at, &size) != 0) return 1;
  int step = 3;
  const int deaf = strncmp(argv[step], "deaf:", 5) == 0 ? (int)strtol(argv[step] + 5, NULL, 10) : 0;
  if (deaf) step++;
  else if (listen(door, 16) != 0) return 1;
  FILE *file = fopen(argv[1], "w");
  if (!file) return 1;
  fprintf(file, "%d\n", ntohs(at.sin_port));
  fclose(file);
  if (deaf) rest(deaf);
  if (deaf && listen(door, 16) != 0) return 1;
  while (step < argc) {
    const int fd = accept(door, NULL, NULL);
    if (fd < 0) continue;
    const size_t n = receive(fd, request);
    keep(argv[2], request, n);
    if (!meet(fd, argv[step])) close(fd);
    if (step + 1 < argc) step++;
  }
  return 0;
}
