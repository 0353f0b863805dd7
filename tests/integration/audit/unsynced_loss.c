/*
 * A disk that forgets what was not synced, for one test: loaded with LD_PRELOAD before libc. Before each write to a
 * file below LOSS_FOLDER it keeps the old bytes in LOSS_UNDO, and forgets them when the file is synced. What is kept
 * when the process dies is what a power cut would have taken away.
 *
 * A record: offset, length of the old bytes, size of the file before, each 8 bytes little-endian; then the old bytes.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off64_t);

__attribute__((constructor)) static void find_real(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
}

/* The undo file of a descriptor of the log; 0 for every other. The index in shared memory is made anew after a crash. */
static int undo_path(int fd, char *path) {
  const char *folder = getenv("LOSS_FOLDER"), *undo = getenv("LOSS_UNDO");
  char link[64], name[PATH_MAX];
  if (folder == NULL || undo == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length <= 0) return 0;
  name[length] = 0;
  if (strncmp(name, folder, strlen(folder)) != 0) return 0;
  if (length > 4 && strcmp(name + length - 4, "-shm") == 0) return 0;
  snprintf(path, PATH_MAX, "%s/%s", undo, strrchr(name, '/') + 1);
  return 1;
}

static void remember(int fd, off64_t offset, size_t length) {
  char path[PATH_MAX];
  struct stat64 status;
  if (!undo_path(fd, path) || fstat64(fd, &status) != 0) return;
  uint64_t header[3] = {(uint64_t)offset, 0, (uint64_t)status.st_size};
  char *record = malloc(sizeof header + length);
  int reader = open64((snprintf(record, 64, "/proc/self/fd/%d", fd), record), O_RDONLY);
  ssize_t old = reader < 0 ? 0 : pread64(reader, record + sizeof header, length, offset);
  if (reader >= 0) close(reader);
  header[1] = old > 0 ? (uint64_t)old : 0;
  memcpy(record, header, sizeof header);
  int log = open64(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (log >= 0) {
    ssize_t written = real_write(log, record, sizeof header + header[1]);
    (void)written;
    close(log);
  }
  free(record);
}

static void forget(int fd) {
  char path[PATH_MAX];
  if (undo_path(fd, path)) unlink(path);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  off64_t offset = lseek64(fd, 0, SEEK_CUR);
  if (offset >= 0) remember(fd, offset, length);
  return real_write(fd, bytes, length);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  remember(fd, offset, length);
  return real_pwrite(fd, bytes, length, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

int fsync(int fd) {
  int result = real_fsync(fd);
  if (result == 0) forget(fd);
  return result;
}

int fdatasync(int fd) {
  int result = real_fdatasync(fd);
  if (result == 0) forget(fd);
  return result;
}

int ftruncate64(int fd, off64_t size) {
  struct stat64 status;
  if (fstat64(fd, &status) == 0 && status.st_size > size) remember(fd, size, (size_t)(status.st_size - size));
  return real_ftruncate(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }
