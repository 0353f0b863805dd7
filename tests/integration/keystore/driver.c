/*
 * A PKCS#11 driver for tests: SoftHSM behind it, and on top what real drivers do at times. The environment says what:
 * ARM_TEST_DRIVER = count-pins | crash-on-load | hang-on-load | crash-on-sign | hang-on-sign | removed-on-sign
 * ARM_TEST_DRIVER_TRIES = file with the number of wrong PINs so far
 */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long ulong_t;
typedef struct { unsigned char version[2]; void *f[68]; } list_t;
typedef ulong_t (*get_list_t)(list_t **);
typedef ulong_t (*login_t)(ulong_t, ulong_t, unsigned char *, ulong_t);
typedef ulong_t (*token_info_t)(ulong_t, unsigned char *);
typedef ulong_t (*sign_t)(ulong_t, unsigned char *, ulong_t, unsigned char *, ulong_t *);

enum { TOKEN_INFO = 6, LOGIN = 18, SIGN = 43 };
enum { DEVICE_REMOVED = 0x32, PIN_INCORRECT = 0xa0, PIN_LOCKED = 0xa4 };
enum { MAX_TRIES = 3, FINAL_TRY = 0x20000, LOCKED = 0x40000, FLAGS_AT = 96 };

static list_t *real;
static list_t ours;
static int signatures;

static int is(const char *mode) {
  const char *set = getenv("ARM_TEST_DRIVER");
  return set != NULL && strcmp(set, mode) == 0;
}

static int tries(int write, int value) {
  const char *name = getenv("ARM_TEST_DRIVER_TRIES");
  if (name == NULL) return 0;
  FILE *file = fopen(name, write ? "w" : "r");
  if (file == NULL) return 0;
  if (write) fprintf(file, "%d", value);
  else if (fscanf(file, "%d", &value) != 1) value = 0;
  fclose(file);
  return value;
}

static ulong_t login(ulong_t session, ulong_t user, unsigned char *pin, ulong_t length) {
  int wrong = tries(0, 0);
  if (is("count-pins") && wrong >= MAX_TRIES) return PIN_LOCKED;
  ulong_t value = ((login_t)real->f[LOGIN])(session, user, pin, length);
  if (value == 0) tries(1, 0);
  if (value == PIN_INCORRECT) tries(1, wrong + 1);
  return value;
}

static ulong_t token_info(ulong_t slot, unsigned char *info) {
  ulong_t value = ((token_info_t)real->f[TOKEN_INFO])(slot, info);
  if (is("count-pins")) {
    ulong_t flags;
    memcpy(&flags, info + FLAGS_AT, sizeof flags);
    int wrong = tries(0, 0);
    if (wrong >= MAX_TRIES) flags |= LOCKED;
    else if (wrong == MAX_TRIES - 1) flags |= FINAL_TRY;
    memcpy(info + FLAGS_AT, &flags, sizeof flags);
  }
  return value;
}

/* The first signature is the proof that the key fits its certificate; trouble comes with the second. */
static ulong_t sign(ulong_t session, unsigned char *data, ulong_t length, unsigned char *out, ulong_t *outLength) {
  if (signatures++ > 0) {
    if (is("crash-on-sign")) raise(SIGSEGV);
    if (is("hang-on-sign")) for (;;) pause();
    if (is("removed-on-sign")) return DEVICE_REMOVED;
  }
  return ((sign_t)real->f[SIGN])(session, data, length, out, outLength);
}

ulong_t C_GetFunctionList(list_t **list) {
  if (is("crash-on-load")) raise(SIGSEGV);
  if (is("hang-on-load")) for (;;) pause();
  void *library = dlopen(getenv("ARM_TEST_SOFTHSM"), RTLD_NOW);
  if (library == NULL) return 0x05;
  ulong_t value = ((get_list_t)dlsym(library, "C_GetFunctionList"))(&real);
  if (value != 0) return value;
  ours = *real;
  ours.f[LOGIN] = (void *)login;
  ours.f[TOKEN_INFO] = (void *)token_info;
  ours.f[SIGN] = (void *)sign;
  *list = &ours;
  return 0;
}
