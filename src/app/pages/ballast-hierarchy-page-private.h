#pragma once

#include "ballast-hierarchy-figures.h"
#include "ballast-hierarchy-node-pane.h"
#include "ballast-hierarchy-outline.h"
#include "ballast-hierarchy-page.h"
#include "ballast-tree-view.h"

G_BEGIN_DECLS

struct _BallastHierarchyPage
{
  AdwBin parent_instance;

  BallastDocument          *document;
  BallastSelection         *selection;
  GSignalGroup             *document_signals;
  BallastHierarchy         *draft;      /* what is shown: the project's, or on its way there */
  BallastHierarchyFigures  *figures;    /* of the draft */
  guint                     n_pending;  /* edits on their way to the store */
  char                     *style;      /* "tree" or "icicle" */
  guint                     filling : 1;
  guint                     style_chosen : 1;
  guint                     placed : 1; /* was shown in a window once */

  GtkStack                 *stack;
  GtkMenuButton            *suggest_first; /* where there is no tree yet */
  GtkMenuButton            *suggest;
  GtkWidget                *side;
  BallastTreeView          *view;
  BallastHierarchyOutline  *outline;
  BallastHierarchyNodePane *pane;
  GtkLabel                 *worst_title;
  GtkLabel                 *worst_caption;
  GtkLabel                 *depth_title;
  GtkLabel                 *depth_caption;
  GtkLabel                 *deepest_title;
  GtkLabel                 *deepest_caption;
};

/* ballast-hierarchy-page.c: takes what the project has, unless edits are under way; shows the draft
 * anew. */
void _ballast_hierarchy_page_reload         (BallastHierarchyPage   *self);
void _ballast_hierarchy_page_show_draft     (BallastHierarchyPage   *self);
void _ballast_hierarchy_page_update_actions (BallastHierarchyPage   *self);

/*
 * ballast-hierarchy-page-edits.c.  Stores @hierarchy, which is taken, as one step of undo with the
 * English @label; @message (nullable): said beside an Undo button.
 */
void _ballast_hierarchy_page_store          (BallastHierarchyPage   *self,
                                             BallastHierarchy       *hierarchy,
                                             const char             *label,
                                             const char             *message);
void _ballast_hierarchy_page_fail           (BallastHierarchyPage   *self,
                                             const GError           *error);
void _ballast_hierarchy_page_install_edits  (GtkWidgetClass         *widget_class);
void _ballast_hierarchy_page_drop           (BallastHierarchyPage   *self,
                                             guint                   id,
                                             int                     where);
void _ballast_hierarchy_page_set_accuracy   (BallastHierarchyPage   *self,
                                             guint                   id,
                                             double                  accuracy);
void _ballast_hierarchy_page_set_one_vs_rest (BallastHierarchyPage  *self,
                                             guint                   id,
                                             gboolean                one_vs_rest);

/* ballast-hierarchy-page-menu.c: what there is to do with the selection, and a name to be typed. */
void _ballast_hierarchy_page_pop_up         (BallastHierarchyPage   *self,
                                             GtkWidget              *parent,
                                             const GdkRectangle     *area);
void _ballast_hierarchy_page_ask_name       (BallastHierarchyPage   *self,
                                             guint                   id);

/* ballast-hierarchy-page-files.c */
void _ballast_hierarchy_page_install_files  (GtkWidgetClass         *widget_class);

G_END_DECLS
