/*
 * Pictures decoded for the preview, at about the size in which they are shown.
 *
 * One lock; it is not held while a picture is decoded, but whoever wants the same one meanwhile
 * waits.  A few dozen pictures of at most a screen's size are kept.  Any thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-preview-source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-decode.h"
#include "ballast-path.h"

#define MAX_KEPT 32 /* nine variants of four pictures each, nearly */

typedef struct
{
  char                 *path;
  guint                 size_px;
  gint64                mtime_ns;
  BallastPreviewSource *source;   /* NULL while it is being decoded */
} Entry;

struct _BallastPreviewSources
{
  GMutex lock;
  GCond  decoded;
  GQueue entries; /* of Entry, latest at the head */
};

static void
source_clear (BallastPreviewSource *source)
{
  ballast_raster_free (source->raster);
}

void
ballast_preview_source_unref (BallastPreviewSource *source)
{
  g_atomic_rc_box_release_full (source, (GDestroyNotify) source_clear);
}

static void
entry_free (Entry *entry)
{
  g_clear_pointer (&entry->source, ballast_preview_source_unref);
  g_free (entry->path);
  g_free (entry);
}

BallastPreviewSources *
ballast_preview_sources_new (void)
{
  BallastPreviewSources *self = g_new0 (BallastPreviewSources, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->decoded);
  g_queue_init (&self->entries);
  return self;
}

void
ballast_preview_sources_free (BallastPreviewSources *self)
{
  g_queue_clear_full (&self->entries, (GDestroyNotify) entry_free);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->decoded);
  g_free (self);
}

static BallastPreviewSource *
decode (int           fd,
        const char   *path,
        guint         size_px,
        GCancellable *cancellable,
        GError      **error)
{
  g_autofree char *display = ballast_path_display (path);
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  g_auto(BallastDecodeInfo) info = BALLAST_DECODE_INFO_INIT;
  BallastPreviewSource *source;
  BallastRaster *raster;

  options.display_name = display;
  options.wanted_width = options.wanted_height = size_px;
  raster = ballast_decode_fd (fd, &options, &info, cancellable, error);
  if (raster == NULL)
    return NULL;

  source = g_atomic_rc_box_new0 (BallastPreviewSource);
  source->raster = raster;
  source->width = ballast_image_facts_get_view_width (&info.facts);
  source->height = ballast_image_facts_get_view_height (&info.facts);
  return source;
}

static Entry *
find_entry (BallastPreviewSources *self,
            const char            *path,
            guint                  size_px,
            gint64                 mtime_ns)
{
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      Entry *entry = l->data;

      if (entry->size_px == size_px && entry->mtime_ns == mtime_ns &&
          strcmp (entry->path, path) == 0)
        return entry;
    }
  return NULL;
}

/* With the lock held: what is decoded and was not asked for lately goes. */
static void
drop_oldest (BallastPreviewSources *self)
{
  GList *l = self->entries.tail;

  while (l != NULL && self->entries.length > MAX_KEPT)
    {
      GList *previous = l->prev;
      Entry *entry = l->data;

      if (entry->source != NULL)
        {
          g_queue_delete_link (&self->entries, l);
          entry_free (entry);
        }
      l = previous;
    }
}

/* Decodes as the first who asks. */
static BallastPreviewSource *
decode_entry (BallastPreviewSources *self,
              Entry                 *entry,
              int                    fd,
              GCancellable          *cancellable,
              GError               **error)
{
  BallastPreviewSource *source;

  source = decode (fd, entry->path, entry->size_px, cancellable, error);

  g_mutex_lock (&self->lock);
  if (source == NULL)
    {
      g_queue_remove (&self->entries, entry);
      entry_free (entry);
    }
  else
    {
      entry->source = g_atomic_rc_box_acquire (source);
      drop_oldest (self);
    }
  g_cond_broadcast (&self->decoded);
  g_mutex_unlock (&self->lock);
  return source;
}

static BallastPreviewSource *
get_open (BallastPreviewSources *self,
          int                    fd,
          Entry                 *wanted,
          GCancellable          *cancellable,
          GError               **error)
{
  BallastPreviewSource *source = NULL;
  Entry *entry;

  g_mutex_lock (&self->lock);
  while ((entry = find_entry (self, wanted->path, wanted->size_px, wanted->mtime_ns)) != NULL &&
         entry->source == NULL)
    g_cond_wait (&self->decoded, &self->lock);
  if (entry != NULL)
    {
      source = g_atomic_rc_box_acquire (entry->source);
      g_queue_remove (&self->entries, entry);
      g_queue_push_head (&self->entries, entry);
    }
  else
    {
      entry = g_new0 (Entry, 1);
      entry->path = g_strdup (wanted->path);
      entry->size_px = wanted->size_px;
      entry->mtime_ns = wanted->mtime_ns;
      g_queue_push_head (&self->entries, entry);
    }
  g_mutex_unlock (&self->lock);

  return source != NULL ? source : decode_entry (self, entry, fd, cancellable, error);
}

BallastPreviewSource *
ballast_preview_sources_get (BallastPreviewSources *self,
                             const char            *path,
                             guint                  size_px,
                             GCancellable          *cancellable,
                             GError               **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  Entry wanted = { .path = (char *) path, .size_px = size_px };
  BallastPreviewSource *source;
  struct stat facts;

  if (fd < 0 || fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode))
    {
      int saved = fd < 0 ? errno : EINVAL;
      g_autofree char *display = ballast_path_display (path);

      if (fd >= 0)
        close (fd);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _("Cannot open “%s”: %s"),
                   display, g_strerror (saved));
      return NULL;
    }

  wanted.mtime_ns = facts.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + facts.st_mtim.tv_nsec;
  source = get_open (self, fd, &wanted, cancellable, error);
  close (fd);
  return source;
}
