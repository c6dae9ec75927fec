#pragma once

#include <gio/gio.h>

#include "ballast-store.h"

G_BEGIN_DECLS

/*
 * The one thread that has the project file open.  Work is done in the order in which it came.
 */
typedef struct _BallastStoreThread BallastStoreThread;

/* Runs on the store thread; must return the task.  @store is NULL until one was adopted. */
typedef void     (*BallastStoreTaskFunc) (GTask               *task,
                                          BallastStore        *store,
                                          gpointer             task_data,
                                          GCancellable        *cancellable);

/* Runs on the store thread while the caller waits. */
typedef gboolean (*BallastStoreCallFunc) (BallastStore        *store,
                                          gpointer             user_data,
                                          GError             **error);

BallastStoreThread *ballast_store_thread_new   (void);
BallastStoreThread *ballast_store_thread_ref   (BallastStoreThread   *self);
void                ballast_store_thread_unref (BallastStoreThread   *self);

/* On the store thread: what later work is given.  Takes @store. */
void                ballast_store_thread_adopt (BallastStoreThread   *self,
                                                BallastStore         *store);

/* Any thread.  Takes @task.  After a stop the task fails with G_IO_ERROR_CLOSED. */
void                ballast_store_thread_run   (BallastStoreThread   *self,
                                                GTask                *task,
                                                BallastStoreTaskFunc  func);

/* Any thread but the store's own; blocks until @func has run. */
gboolean            ballast_store_thread_call  (BallastStoreThread   *self,
                                                BallastStoreCallFunc  func,
                                                gpointer              user_data,
                                                GError              **error);

/* The same in two steps: what is begun goes on while the caller does something else, until it is ended
 * (takes @call; blocks).  @func is not called where the thread was stopped. */
typedef struct _BallastStoreCall BallastStoreCall;

BallastStoreCall   *ballast_store_thread_begin_call (BallastStoreThread   *self,
                                                     BallastStoreCallFunc  func,
                                                     gpointer              user_data);
gboolean            ballast_store_thread_has_ended  (BallastStoreThread   *self,
                                                     BallastStoreCall     *call);
gboolean            ballast_store_thread_end_call   (BallastStoreThread   *self,
                                                     BallastStoreCall     *call,
                                                     GError              **error);

/* Finishes what waits, closes the file and ends the thread. */
void                ballast_store_thread_stop  (BallastStoreThread   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BallastStoreThread, ballast_store_thread_unref)

G_END_DECLS
