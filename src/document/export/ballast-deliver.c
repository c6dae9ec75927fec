/*
 * Results on their way from a worker to the main thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-deliver.h"

void
ballast_deliver (GMainContext  *context,
                 int            priority,
                 GSourceFunc    func,
                 gpointer       data,
                 GDestroyNotify destroy)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_source_set_priority (source, priority);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, context);
}
