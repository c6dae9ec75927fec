/*
 * make-files FOLDER FILES: FILES small JPEG files in 100 folders, all of them different.
 *
 * A few dozen pictures are encoded once; what tells two files apart is a comment in the header that
 * holds their number, which costs nothing to write.  A folder that holds FILES already is left as it
 * is: the file "complete" beside it says so.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <turbojpeg.h>
#include <unistd.h>

#define N_FOLDERS 100
#define N_PICTURES 48
#define COMMENT_BYTES 16

typedef struct
{
  guchar *bytes;
  gulong  length;
} Picture;

static void
check (gboolean    succeeded,
       const char *what)
{
  if (succeeded)
    return;
  fprintf (stderr, "make-files: %s: %s\n", what, g_strerror (errno));
  exit (1);
}

/* Blobs of colour, of a size of their own. */
static void
draw (Picture *picture,
      guint    number)
{
  int width = 24 + number % 7 * 4;
  int height = 24 + number % 5 * 4;
  g_autofree guchar *pixels = g_malloc (width * height * 3);
  tjhandle encoder = tjInitCompress ();

  for (int i = 0; i < width * height * 3; i++)
    pixels[i] = (i / 3 % width * (number % 5 + 3) + i / 3 / width * (number % 3 + 4)
                 + i % 3 * number * 11 + (i * 2654435761u >> 28)) & 255;
  check (tjCompress2 (encoder, pixels, width, 0, height, TJPF_RGB, &picture->bytes, &picture->length,
                      TJSAMP_420, 70 + number % 20, 0) == 0, "encode");
  tjDestroy (encoder);
}

static void
write_file (int            folder_fd,
            const Picture *picture,
            guint          number)
{
  char name[32];
  guchar comment[COMMENT_BYTES + 1];
  struct iovec parts[3];
  int fd;

  g_snprintf (name, sizeof name, "image_%07u.jpg", number);
  g_snprintf ((char *) comment, sizeof comment, "\xff\xfe%c%c%012u", 0, COMMENT_BYTES - 2, number);
  parts[0] = (struct iovec) { picture->bytes, 2 };
  parts[1] = (struct iovec) { comment, COMMENT_BYTES };
  parts[2] = (struct iovec) { picture->bytes + 2, picture->length - 2 };

  fd = openat (folder_fd, name, O_CREAT | O_WRONLY | O_EXCL | O_CLOEXEC, 0644);
  check (fd >= 0 && writev (fd, parts, 3) > 0, name);
  close (fd);
}

static void
fill_folder (const char    *root,
             const Picture *pictures,
             guint          folder,
             guint          n_files)
{
  g_autofree char *path = g_strdup_printf ("%s/class_%02u", root, folder);
  int fd;

  check (g_mkdir_with_parents (path, 0755) == 0, path);
  fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  check (fd >= 0, path);
  for (guint number = folder; number < n_files; number += N_FOLDERS)
    write_file (fd, &pictures[number / N_FOLDERS % N_PICTURES], number);
  close (fd);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *complete = NULL;
  Picture pictures[N_PICTURES] = { 0 };
  guint n_files;

  if (argc != 3)
    {
      fprintf (stderr, "usage: make-files FOLDER FILES\n");
      return 2;
    }
  n_files = strtoul (argv[2], NULL, 10);
  complete = g_strconcat (argv[1], ".complete", NULL);
  if (g_file_test (complete, G_FILE_TEST_EXISTS))
    return 0;

  for (guint i = 0; i < N_PICTURES; i++)
    draw (&pictures[i], i);
  for (guint i = 0; i < N_FOLDERS; i++)
    fill_folder (argv[1], pictures, i, n_files);
  for (guint i = 0; i < N_PICTURES; i++)
    tjFree (pictures[i].bytes);
  check (g_file_set_contents (complete, "", 0, NULL), complete);

  return 0;
}
