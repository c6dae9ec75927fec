/*
 * bare-codec FOLDER OUT QUALITY THREADS: reads, decodes, encodes and writes every JPEG in FOLDER,
 * with nothing but libjpeg-turbo, and prints the seconds that took.  With OUT as “-” and one thread, the
 * seconds of processor time of encoding alone, of each picture the best of three turns.
 *
 * The limit of an export that has to encode again.  Handles and buffers are used again, and a file
 * is written to OUT under its own name, without fsync.  Encoding alone is as exact as the programs that
 * are compared (JDCT_ISLOW).
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <turbojpeg.h>
#include <unistd.h>

#define MAX_BYTES (48 * 1024 * 1024) /* touched only as far as a picture goes */

typedef struct
{
  const char *folder;
  const char *out;
  int         quality;
  GPtrArray  *names;
  int         next;
  gint64      encoding; /* ns, where that alone is asked for */
} Work;

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000000 + time.tv_nsec;
}

/* A picture's best of three turns. */
static void
time_encoding (Work     *work,
               tjhandle  handle,
               guchar  **buffers,
               const int size[2],
               int       subsampling)
{
  gint64 best = G_MAXINT64;

  for (guint turn = 0; turn < 3; turn++)
    {
      gulong length = MAX_BYTES;
      gint64 start = now ();

      tjCompress2 (handle, buffers[1], size[0], 0, size[1], TJPF_RGB, &buffers[2], &length, subsampling,
                   work->quality, TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT);
      best = MIN (best, now () - start);
    }
  work->encoding += best;
}

static void
convert (Work       *work,
         const char *name,
         tjhandle   *handles,
         guchar    **buffers)
{
  g_autofree char *path = g_build_filename (work->folder, name, NULL);
  g_autofree char *target = g_build_filename (work->out, name, NULL);
  gboolean encodes_alone = g_str_equal (work->out, "-");
  gulong length = MAX_BYTES;
  int width, height, subsampling, colour;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gssize n = read (fd, buffers[0], MAX_BYTES);

  close (fd);
  if (n <= 0
      || tjDecompressHeader3 (handles[0], buffers[0], n, &width, &height, &subsampling, &colour) != 0
      || tjDecompress2 (handles[0], buffers[0], n, buffers[1], width, 0, height, TJPF_RGB, 0) != 0
      || tjCompress2 (handles[1], buffers[1], width, 0, height, TJPF_RGB, &buffers[2], &length,
                      subsampling, work->quality, TJFLAG_NOREALLOC) != 0)
    {
      fprintf (stderr, "bare-codec: “%s” cannot be converted\n", path);
      exit (1);
    }
  if (encodes_alone)
    {
      time_encoding (work, handles[1], buffers, (const int[2]) { width, height }, subsampling);
      return;
    }
  fd = open (target, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
  n = write (fd, buffers[2], length);
  close (fd);
}

static gpointer
run (gpointer data)
{
  Work *work = data;
  tjhandle handles[2] = { tjInitDecompress (), tjInitCompress () };
  guchar *buffers[3] = { g_malloc (MAX_BYTES), g_malloc (MAX_BYTES), tjAlloc (MAX_BYTES) };
  guint index;

  while ((index = (guint) g_atomic_int_add (&work->next, 1)) < work->names->len)
    convert (work, work->names->pdata[index], handles, buffers);
  tjDestroy (handles[0]);
  tjDestroy (handles[1]);
  g_free (buffers[0]);
  g_free (buffers[1]);
  tjFree (buffers[2]);

  return NULL;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) folder = argc == 5 ? g_dir_open (argv[1], 0, NULL) : NULL;
  guint n_threads = argc == 5 ? strtoul (argv[4], NULL, 10) : 0;
  g_autofree GThread **threads = g_new0 (GThread *, n_threads + 1);
  Work work = { 0 };
  const char *name;
  gint64 start;

  if (folder == NULL || n_threads == 0)
    {
      fprintf (stderr, "usage: bare-codec FOLDER OUT QUALITY THREADS\n");
      return 2;
    }
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  if (!g_str_equal (argv[2], "-"))
    g_mkdir_with_parents (argv[2], 0755);
  work = (Work) { argv[1], argv[2], (int) strtol (argv[3], NULL, 10), names, 0, 0 };

  start = g_get_monotonic_time ();
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("codec", run, &work);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
  printf ("%.6f\n",
          work.encoding > 0 ? work.encoding / 1e9 : (g_get_monotonic_time () - start) / 1e6);

  return 0;
}
