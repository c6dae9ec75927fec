/*
 * Small pictures for a grid: newest requests first, nothing for a cell that scrolled away.
 *
 * A grid of 40 visible cells binds hundreds in one jump, from the top.  So the queue is a stack of
 * batches: what was asked for together is made in the order of asking, before all that was asked
 * for earlier.  Requests can be cancelled, and those for the same picture share one piece of work.  Requests, callbacks and
 * the memory cache belong to the main thread; the stack of waiting work is shared with the workers
 * under a lock; a worker owns the work it took.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-thumbnailer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ballast-decode.h"
#include "ballast-deliver.h"
#include "ballast-display-raster.h"
#include "ballast-path.h"
#include "ballast-scale.h"
#include "ballast-thumbnail-cache.h"

#define DEFAULT_MAX_BYTES (64 * 1024 * 1024)
/* Decoding is what takes time; more threads than cores would only delay the newest. */
#define MAX_THREADS 4
/* Requests that follow one another within this time are one batch: a frame or two. */
#define BATCH_US (30 * 1000)

/* What the workers and the object share. */
typedef struct
{
  gatomicrefcount ref_count;
  GMainContext   *context;
  GWeakRef        owner;
  GMutex          lock;
  GQueue          waiting; /* of Work, newest batch at the head */
} Shared;

typedef struct
{
  guint64              id;
  BallastThumbnailFunc func;
  gpointer             user_data;
} Waiter;

/* One picture to make. */
typedef struct
{
  Shared        *shared;
  char          *key;
  char          *path;
  guint          size_px;
  guint64        batch;
  GArray        *waiters; /* of Waiter; main thread */
  GList         *link;    /* in waiting, under the lock; NULL: a worker has it */
  BallastRaster *raster;
  GError        *error;
} Work;

/* A picture in memory. */
typedef struct
{
  char          *key;
  BallastRaster *raster;
  GList         *link;  /* in recent */
} Entry;

struct _BallastThumbnailer
{
  GObject parent_instance;

  Shared      *shared;
  GThreadPool *pool;
  GHashTable  *works;    /* key → Work */
  GHashTable  *requests; /* id → Work */
  GHashTable  *entries;  /* key → Entry */
  GQueue       recent;   /* of Entry, latest at the head */
  gsize        bytes;
  gsize        max_bytes;
  guint64      next_id;
  guint64      batch;
  gint64       last_request_us;
};

G_DEFINE_FINAL_TYPE (BallastThumbnailer, ballast_thumbnailer, G_TYPE_OBJECT)

static void
shared_unref (Shared *shared)
{
  if (!g_atomic_ref_count_dec (&shared->ref_count))
    return;

  g_main_context_unref (shared->context);
  g_weak_ref_clear (&shared->owner);
  g_mutex_clear (&shared->lock);
  g_queue_clear (&shared->waiting);
  g_free (shared);
}

static void
work_free (Work *work)
{
  g_clear_pointer (&work->raster, ballast_raster_free);
  g_clear_error (&work->error);
  g_array_unref (work->waiters);
  g_free (work->key);
  g_free (work->path);
  shared_unref (work->shared);
  g_free (work);
}

static void
entry_free (Entry *entry)
{
  ballast_raster_free (entry->raster);
  g_free (entry->key);
  g_free (entry);
}

static char *
make_key (const char *path,
          guint       size_px)
{
  return g_strdup_printf ("%u:%s", size_px, path);
}

/* The rest is read by the thread that decodes. */
static BallastRaster *
decode_to_fit (int         fd,
               const char *path,
               guint       size_px,
               GError    **error)
{
  g_autofree char *display = ballast_path_display (path);
  BallastDecodeOptions options = BALLAST_DECODE_OPTIONS_INIT;
  g_autoptr(BallastRaster) raster = NULL;

  options.display_name = display;
  options.wanted_width = options.wanted_height = size_px;
  options.only_8_bits = TRUE;
  raster = ballast_decode_fd (fd, &options, NULL, NULL, error);
  if (raster == NULL)
    return NULL;
  return ballast_display_raster_take (ballast_scale_to_fit (raster, size_px, size_px));
}

/* Decodes, and leaves what it made in the cache on the disk. */
static BallastRaster *
draw_and_store (Work    *work,
                int      fd,
                gint64   mtime_s,
                guint    cache_size,
                GError **error)
{
  g_autoptr(BallastRaster) raster = NULL;

  raster = decode_to_fit (fd, work->path, cache_size > 0 ? cache_size : work->size_px, error);
  if (raster == NULL)
    {
      if (cache_size > 0)
        ballast_thumbnail_cache_save_failed (work->path, mtime_s);
      return NULL;
    }

  /* A picture that is as small as its thumbnail is faster read than looked up. */
  if (cache_size > 0 && MAX (raster->width, raster->height) == cache_size)
    ballast_thumbnail_cache_save (work->path, mtime_s, cache_size, raster);
  return g_steal_pointer (&raster);
}

static BallastRaster *
make_thumbnail (Work    *work,
                GError **error)
{
  guint cache_size = ballast_thumbnail_cache_get_size (work->size_px);
  int fd = open (work->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *display = NULL;
  BallastRaster *raster = NULL;
  gboolean failed = FALSE;
  struct stat facts;

  if (fd < 0 || fstat (fd, &facts) != 0 || !S_ISREG (facts.st_mode))
    {
      int saved = fd < 0 ? errno : EINVAL;

      if (fd >= 0)
        close (fd);
      display = ballast_path_display (work->path);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), _("Cannot open “%s”: %s"),
                   display, g_strerror (saved));
      return NULL;
    }

  if (cache_size > 0)
    raster = ballast_thumbnail_cache_load (work->path, facts.st_mtim.tv_sec, cache_size, &failed);
  if (failed)
    {
      display = ballast_path_display (work->path);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” cannot be drawn"), display);
    }
  else if (raster == NULL)
    raster = draw_and_store (work, fd, facts.st_mtim.tv_sec, cache_size, error);
  close (fd);

  if (raster != NULL && MAX (raster->width, raster->height) > work->size_px)
    {
      BallastRaster *large = raster;

      raster = ballast_scale_to_fit (large, work->size_px, work->size_px);
      ballast_raster_free (large);
    }
  return raster;
}

/* Keeps @work's raster; what was not looked at for longest goes. */
static const BallastRaster *
remember (BallastThumbnailer *self,
          Work               *work)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->key = g_strdup (work->key);
  entry->raster = g_steal_pointer (&work->raster);
  g_queue_push_head (&self->recent, entry);
  entry->link = self->recent.head;
  self->bytes += entry->raster->stride * entry->raster->height;
  g_hash_table_replace (self->entries, entry->key, entry);

  while (self->bytes > self->max_bytes && self->recent.length > 1)
    {
      Entry *oldest = g_queue_pop_tail (&self->recent);

      self->bytes -= oldest->raster->stride * oldest->raster->height;
      g_hash_table_remove (self->entries, oldest->key);
    }
  return entry->raster;
}

static gboolean
on_work_done (gpointer user_data)
{
  Work *work = user_data;
  g_autoptr(BallastThumbnailer) self = g_weak_ref_get (&work->shared->owner);
  const BallastRaster *raster = NULL;

  if (self == NULL)
    {
      work_free (work);
      return G_SOURCE_REMOVE;
    }

  g_hash_table_remove (self->works, work->key);
  if (work->raster != NULL)
    raster = remember (self, work);

  /* A callback may cancel the others. */
  while (work->waiters->len > 0)
    {
      Waiter waiter = g_array_index (work->waiters, Waiter, 0);

      g_array_remove_index (work->waiters, 0);
      g_hash_table_remove (self->requests, &waiter.id);
      waiter.func (raster, work->error, waiter.user_data);
    }
  work_free (work);
  return G_SOURCE_REMOVE;
}

static void
work_in_thread (gpointer data,
                gpointer user_data)
{
  Shared *shared = user_data;
  Work *work;

  g_mutex_lock (&shared->lock);
  work = g_queue_pop_head (&shared->waiting);
  if (work != NULL)
    work->link = NULL;
  g_mutex_unlock (&shared->lock);
  if (work == NULL)
    return;

  work->raster = make_thumbnail (work, &work->error);
  ballast_deliver (work->shared->context, G_PRIORITY_DEFAULT_IDLE, on_work_done, work, NULL);
}

static void
ballast_thumbnailer_dispose (GObject *object)
{
  BallastThumbnailer *self = BALLAST_THUMBNAILER (object);
  Work *work;

  if (self->pool != NULL)
    {
      g_mutex_lock (&self->shared->lock);
      while ((work = g_queue_pop_head (&self->shared->waiting)) != NULL)
        work_free (work);
      g_mutex_unlock (&self->shared->lock);
      g_thread_pool_free (g_steal_pointer (&self->pool), FALSE, TRUE);
    }
  G_OBJECT_CLASS (ballast_thumbnailer_parent_class)->dispose (object);
}

static void
ballast_thumbnailer_finalize (GObject *object)
{
  BallastThumbnailer *self = BALLAST_THUMBNAILER (object);

  g_queue_clear (&self->recent);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->requests);
  g_hash_table_unref (self->works);
  shared_unref (self->shared);
  G_OBJECT_CLASS (ballast_thumbnailer_parent_class)->finalize (object);
}

static void
ballast_thumbnailer_class_init (BallastThumbnailerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ballast_thumbnailer_dispose;
  G_OBJECT_CLASS (klass)->finalize = ballast_thumbnailer_finalize;
}

static void
ballast_thumbnailer_init (BallastThumbnailer *self)
{
  self->shared = g_new0 (Shared, 1);
  g_atomic_ref_count_init (&self->shared->ref_count);
  self->shared->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->shared->owner, self);
  g_mutex_init (&self->shared->lock);
  g_queue_init (&self->shared->waiting);

  self->pool = g_thread_pool_new (work_in_thread, self->shared,
                                  CLAMP (g_get_num_processors (), 1, MAX_THREADS), FALSE, NULL);
  self->works = g_hash_table_new (g_str_hash, g_str_equal);
  self->requests = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                         (GDestroyNotify) entry_free);
  g_queue_init (&self->recent);
  self->max_bytes = DEFAULT_MAX_BYTES;
}

BallastThumbnailer *
ballast_thumbnailer_new (void)
{
  return g_object_new (BALLAST_TYPE_THUMBNAILER, NULL);
}

static const BallastRaster *
peek_key (BallastThumbnailer *self,
          const char         *key)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  g_queue_unlink (&self->recent, entry->link);
  g_queue_push_head_link (&self->recent, entry->link);
  return entry->raster;
}

const BallastRaster *
ballast_thumbnailer_peek (BallastThumbnailer *self,
                          const char         *path,
                          guint               size_px)
{
  g_autofree char *key = make_key (path, size_px);

  g_return_val_if_fail (BALLAST_IS_THUMBNAILER (self), NULL);

  return peek_key (self, key);
}

/* The batch of a request that is made now. */
static guint64
get_batch (BallastThumbnailer *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->last_request_us > BATCH_US)
    self->batch++;
  self->last_request_us = now;

  return self->batch;
}

/* Puts @work behind the others of its batch, before all older ones.  Under the lock. */
static void
insert (GQueue *waiting,
        Work   *work)
{
  GList *link = waiting->head;

  while (link != NULL && ((Work *) link->data)->batch == work->batch)
    link = link->next;

  g_queue_insert_before (waiting, link, work);
  work->link = link != NULL ? link->prev : waiting->tail;
}

/* What is asked for now is what is looked at now. */
static void
push_newest (BallastThumbnailer *self,
             Work               *work,
             gboolean            is_new)
{
  GQueue *waiting = &self->shared->waiting;
  guint64 batch = get_batch (self);

  g_mutex_lock (&self->shared->lock);
  if (is_new || (work->link != NULL && work->batch != batch))
    {
      if (work->link != NULL)
        g_queue_delete_link (waiting, work->link);
      work->batch = batch;
      insert (waiting, work);
    }
  g_mutex_unlock (&self->shared->lock);

  if (is_new)
    g_thread_pool_push (self->pool, GUINT_TO_POINTER (1), NULL);
}

static Work *
work_new (BallastThumbnailer *self,
          char               *key,
          const char         *path,
          guint               size_px)
{
  Work *work = g_new0 (Work, 1);

  work->shared = self->shared;
  g_atomic_ref_count_inc (&self->shared->ref_count);
  work->key = key;
  work->path = g_strdup (path);
  work->size_px = size_px;
  work->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  g_hash_table_insert (self->works, work->key, work);
  return work;
}

guint64
ballast_thumbnailer_request (BallastThumbnailer  *self,
                             const char          *path,
                             guint                size_px,
                             BallastThumbnailFunc func,
                             gpointer             user_data)
{
  char *key = make_key (path, size_px);
  Waiter waiter = { 0, func, user_data };
  gboolean is_new;
  Work *work;

  g_return_val_if_fail (BALLAST_IS_THUMBNAILER (self), 0);

  waiter.id = ++self->next_id;
  work = g_hash_table_lookup (self->works, key);
  is_new = work == NULL;
  if (is_new)
    work = work_new (self, key, path, size_px);
  else
    g_free (key);

  g_array_append_val (work->waiters, waiter);
  g_hash_table_insert (self->requests, g_memdup2 (&waiter.id, sizeof waiter.id), work);
  push_newest (self, work, is_new);
  return waiter.id;
}

void
ballast_thumbnailer_cancel (BallastThumbnailer *self,
                            guint64             request)
{
  Work *work;
  gboolean unwanted = FALSE;

  g_return_if_fail (BALLAST_IS_THUMBNAILER (self));

  work = g_hash_table_lookup (self->requests, &request);
  if (work == NULL)
    return;

  g_hash_table_remove (self->requests, &request);
  for (guint i = 0; i < work->waiters->len; i++)
    if (g_array_index (work->waiters, Waiter, i).id == request)
      {
        g_array_remove_index (work->waiters, i);
        break;
      }
  if (work->waiters->len > 0)
    return;

  g_mutex_lock (&self->shared->lock);
  if (work->link != NULL)
    {
      g_queue_delete_link (&self->shared->waiting, g_steal_pointer (&work->link));
      unwanted = TRUE;
    }
  g_mutex_unlock (&self->shared->lock);

  if (unwanted)
    {
      g_hash_table_remove (self->works, work->key);
      work_free (work);
    }
}

void
ballast_thumbnailer_set_max_bytes (BallastThumbnailer *self,
                                   gsize               max_bytes)
{
  g_return_if_fail (BALLAST_IS_THUMBNAILER (self));
  self->max_bytes = max_bytes;
}
