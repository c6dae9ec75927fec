#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Called with the file that the user chose; not called when they changed their mind. */
typedef void (*BallastFileChosenFunc) (GFile   *file,
                                       gpointer owner);

typedef struct
{
  const char *title;
  const char *accept;    /* with an access key: "_Save" */
  const char *name;      /* proposed, or NULL */
  const char *extension; /* shown and added, without its dot, or NULL */
} BallastSaveChoice;

/* The system's own choosers (the portal's in a sandbox).  @owner is a GObject, kept until the user
 * has answered, and handed to @func. */
void ballast_choose_folder       (GtkWindow               *parent,
                                  const char              *title,
                                  BallastFileChosenFunc    func,
                                  gpointer                 owner);
void ballast_choose_dataset_file (GtkWindow               *parent,
                                  BallastFileChosenFunc    func,
                                  gpointer                 owner);
void ballast_choose_save_file    (GtkWindow               *parent,
                                  const BallastSaveChoice *choice,
                                  BallastFileChosenFunc    func,
                                  gpointer                 owner);

/* A name for a report, as PDF or as a web page; @name is proposed. */
void ballast_choose_report_file  (GtkWindow               *parent,
                                  const char              *name,
                                  BallastFileChosenFunc    func,
                                  gpointer                 owner);

G_END_DECLS
