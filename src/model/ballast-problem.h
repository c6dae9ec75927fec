#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stored in projects: never renumber. */
typedef enum
{
  BALLAST_PROBLEM_EMPTY_FILE = 1,        /* zero bytes */
  BALLAST_PROBLEM_DAMAGED = 2,           /* cut short, or broken in its structure */
  BALLAST_PROBLEM_NOT_AN_IMAGE = 3,      /* no reader knows it, whatever its ending says */
  BALLAST_PROBLEM_TOO_LARGE = 4,         /* over the limits: never decoded */
  BALLAST_PROBLEM_UNREADABLE = 5,        /* the system refuses to open it */
  BALLAST_PROBLEM_SPECIAL_FILE = 6,      /* FIFO, socket, device, link loop or a link that leads out */
  BALLAST_PROBLEM_WRONG_ENDING = 7,      /* a good image with another format's ending */
  BALLAST_PROBLEM_EMPTY_CLASS = 8,       /* a class without an image */
  BALLAST_PROBLEM_CASE_CLASH = 9,        /* class names that differ only in case */
  BALLAST_PROBLEM_DUPLICATE = 10,        /* the same bytes twice in one class */
  BALLAST_PROBLEM_CLASS_CONFLICT = 11,   /* the same bytes in two classes */
  BALLAST_PROBLEM_SPLIT_LEAK = 12,       /* the same bytes in two splits */
  BALLAST_PROBLEM_MISSING_FILE = 13,     /* a manifest names it, and it is not there */
  BALLAST_PROBLEM_BAD_LINE = 14,         /* a line of a manifest that cannot be understood */
  BALLAST_PROBLEM_UNSAFE_PATH = 15,      /* a path that leads out of the source */
  BALLAST_PROBLEM_ODD_NAME = 16,         /* no UTF-8, or control characters in it */
  BALLAST_PROBLEM_GONE = 17,             /* was there at an earlier import */
  BALLAST_PROBLEM_CHANGED = 18,          /* the file's bytes are others than at an earlier import */
  BALLAST_PROBLEM_UNLABELLED = 19,       /* no class can be read off */
  BALLAST_PROBLEM_ANIMATION = 20,        /* several frames or pages: the first is used */
  BALLAST_PROBLEM_EMPTY_BOX = 21,        /* a box without area */
  BALLAST_PROBLEM_BOX_OUTSIDE = 22,      /* a box that leaves the picture */
  BALLAST_PROBLEM_REPEATED_ID = 23,      /* two records of a file have the same id */
  BALLAST_PROBLEM_UNKNOWN_CLASS = 24,    /* a class id that the file does not declare */
  BALLAST_PROBLEM_SIZE_MISMATCH = 25,    /* the file tells of another size than the picture has */
  BALLAST_PROBLEM_UNLISTED_IMAGE = 26,   /* a picture beside, of which no annotation tells */
  BALLAST_PROBLEM_NEAR_DUPLICATE = 27,   /* two pictures that look alike */
  BALLAST_PROBLEM_NEAR_LEAK = 28,        /* two pictures that look alike, in two splits */
  BALLAST_PROBLEM_GROUP_LEAK = 29,       /* a group of images, in two splits */
} BallastProblemKind;

typedef enum
{
  BALLAST_SEVERITY_NOTE = 0,    /* worth knowing */
  BALLAST_SEVERITY_WARNING = 1, /* the result may be worse for it */
  BALLAST_SEVERITY_ERROR = 2,   /* something was left out */
} BallastSeverity;

/*
 * Something wrong with the data, as a line for the user.  @path is relative to the source, bytes;
 * @other_path is the other side of a pair.  @detail is a short English fact ("line 12",
 * "65536 × 65536 pixels"), or NULL.
 */
typedef struct
{
  gint64             id;
  BallastProblemKind kind;
  gint64             source_id;
  gint64             image_id;       /* 0: of no image */
  gint64             other_image_id; /* 0: no pair */
  char              *path;
  char              *other_path;
  char              *detail;
  guint64            n_more;         /* stands for so many others of its source and kind that are not
                                      * listed; only when it is told, not when it is read */
} BallastProblem;

void            ballast_problem_clear         (BallastProblem     *problem);

/* (transfer none): "damaged", "class-conflict" …: the name in JSON; NULL for an unknown kind. */
const char     *ballast_problem_kind_get_name (BallastProblemKind  kind);
BallastSeverity ballast_problem_kind_get_severity (BallastProblemKind kind);

/* The kinds from first to last, for loops: 1 … this. */
#define BALLAST_PROBLEM_KIND_LAST BALLAST_PROBLEM_GROUP_LEAK

G_END_DECLS
