#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Has @func run once in @context, by whoever iterates it.  Any thread.
 *
 * Not g_main_context_invoke(): that runs the function in the calling thread while nobody happens
 * to iterate, and what is delivered here must reach the main thread.
 */
void ballast_deliver (GMainContext   *context,
                      int             priority,
                      GSourceFunc     func,
                      gpointer        data,
                      GDestroyNotify  destroy);

G_END_DECLS
