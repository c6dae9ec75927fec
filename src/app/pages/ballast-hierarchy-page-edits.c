/*
 * The edits of the Hierarchy page: the same by menu, by keys, by dragging.
 *
 * Each takes a copy of what is shown, changes it, shows it at once and sends it to the store as one
 * step of undo.
 */
#define G_LOG_DOMAIN "ballast-app"

#include "config.h"

#include "ballast-hierarchy-page-private.h"

#include <glib/gi18n.h>

#include "ballast-document-edits.h"
#include "ballast-document-hierarchy.h"
#include "ballast-hierarchy-edit.h"

void
_ballast_hierarchy_page_fail (BallastHierarchyPage *self,
                              const GError         *error)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
}

/* What a stored edit says. */
typedef struct
{
  BallastHierarchyPage *page;
  char                 *message; /* NULL: nothing */
} Said;

static void
on_stored (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Said *said = user_data;
  g_autoptr(BallastHierarchyPage) self = said->page;
  g_autofree char *message = said->message;
  g_autoptr(GError) error = NULL;
  gboolean stored = ballast_document_edit_finish (BALLAST_DOCUMENT (object), result, &error);

  if (BALLAST_DOCUMENT (object) != self->document)
    return;
  if (self->n_pending > 0)
    self->n_pending--;
  if (!stored)
    _ballast_hierarchy_page_fail (self, error);
  else if (message != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast-undo", "s", message);
  if (self->n_pending == 0)
    _ballast_hierarchy_page_reload (self);
}

void
_ballast_hierarchy_page_store (BallastHierarchyPage *self,
                               BallastHierarchy     *hierarchy,
                               const char           *label,
                               const char           *message)
{
  Said *said;

  if (ballast_hierarchy_equal (self->draft, hierarchy))
    {
      ballast_hierarchy_free (hierarchy);
      return;
    }

  said = g_new0 (Said, 1);
  said->page = g_object_ref (self);
  said->message = g_strdup (message);
  ballast_hierarchy_free (self->draft);
  self->draft = hierarchy;
  self->n_pending++;
  ballast_document_set_hierarchy_async (self->document, hierarchy, label, on_stored, said);
  _ballast_hierarchy_page_show_draft (self);
}

/* Puts the classes that are selected outside into the tree at its end, and tells the ids of all that
 * is selected.  NULL after a toast. */
static GArray *
take_selected (BallastHierarchyPage *self,
               BallastHierarchy     *hierarchy)
{
  g_autoptr(GArray) ids = ballast_hierarchy_outline_dup_selected (self->outline);
  g_auto(GStrv) out = ballast_hierarchy_outline_dup_selected_out (self->outline);
  g_autoptr(GError) error = NULL;

  if (out[0] != NULL &&
      !ballast_hierarchy_insert_classes (hierarchy, (const char *const *) out, hierarchy->root->id, -1,
                                         &error))
    {
      _ballast_hierarchy_page_fail (self, error);
      return NULL;
    }
  for (char **name = out; *name != NULL; name++)
    g_array_append_val (ids, ballast_hierarchy_find_name (hierarchy, *name)->id);
  return g_steal_pointer (&ids);
}

/* Stores @hierarchy where @done, else says why not.  Takes @hierarchy and @error. */
static void
finish (BallastHierarchyPage *self,
        BallastHierarchy     *hierarchy,
        gboolean              done,
        GError               *error,
        const char           *label)
{
  g_autoptr(GError) failed = error;

  if (done)
    {
      _ballast_hierarchy_page_store (self, hierarchy, label, NULL);
      return;
    }
  _ballast_hierarchy_page_fail (self, failed);
  ballast_hierarchy_free (hierarchy);
}

/* Groups what is selected, and asks for the group's name. */
static void
group (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  g_autoptr(GArray) ids = take_selected (self, next);
  g_autofree char *label = NULL;
  GError *error = NULL;
  gboolean done;
  guint id = 0;

  done = ids != NULL && ballast_hierarchy_group (next, (guint *) (gpointer) ids->data, ids->len, NULL,
                                                 &id, &error);
  if (ids == NULL)
    {
      ballast_hierarchy_free (next);
      return;
    }
  if (done)
    label = g_strdup_printf ("Group as “%s”", ballast_hierarchy_find (next, id)->name);
  finish (self, next, done, error, label);
  if (!done)
    return;
  ballast_hierarchy_outline_select (self->outline, id, FALSE);
  _ballast_hierarchy_page_ask_name (self, id);
}

/* The one node that is selected; NULL otherwise. */
static const BallastHierarchyNode *
get_selected (BallastHierarchyPage *self)
{
  g_autoptr(GArray) ids = ballast_hierarchy_outline_dup_selected (self->outline);

  return ids->len == 1 ? ballast_hierarchy_find (self->draft, g_array_index (ids, guint, 0)) : NULL;
}

static void
ungroup (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const BallastHierarchyNode *node = get_selected (self);
  g_autofree char *label = NULL;
  BallastHierarchy *next;
  GError *error = NULL;
  gboolean done;

  if (node == NULL)
    return;
  next = ballast_hierarchy_copy (self->draft);
  label = node->parent == NULL ? g_strdup ("Ungroup all")
                               : g_strdup_printf ("Ungroup “%s”", node->name);
  done = ballast_hierarchy_ungroup (next, node->id, &error);
  finish (self, next, done, error, label);
}

static void
rename_selected (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const BallastHierarchyNode *node = get_selected (self);

  if (node != NULL && !node->is_class)
    _ballast_hierarchy_page_ask_name (self, node->id);
}

static void
remove_selected (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  g_autoptr(GArray) ids = ballast_hierarchy_outline_dup_selected (self->outline);
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  const BallastHierarchyNode *node = get_selected (self);
  g_autofree char *label = NULL, *message = NULL;
  g_autoptr(GError) error = NULL;

  if (node != NULL)
    {
      label = g_strdup_printf ("Take “%s” out of the hierarchy", node->name);
      message = g_strdup_printf (_("“%s” is out of the hierarchy"), node->name);
    }
  else
    {
      label = g_strdup_printf ("Take %u nodes out of the hierarchy", ids->len);
      message = g_strdup_printf (g_dngettext (NULL, "%u node is out of the hierarchy",
                                              "%u nodes are out of the hierarchy", ids->len), ids->len);
    }
  if (ballast_hierarchy_remove (next, (guint *) (gpointer) ids->data, ids->len, &error))
    {
      _ballast_hierarchy_page_store (self, next, label, message);
      return;
    }
  _ballast_hierarchy_page_fail (self, error);
  ballast_hierarchy_free (next);
}

static char *
describe_move (BallastHierarchyPage *self,
               const GArray         *ids)
{
  const BallastHierarchyNode *node =
    ids->len == 1 ? ballast_hierarchy_find (self->draft, g_array_index (ids, guint, 0)) : NULL;

  return node != NULL ? g_strdup_printf ("Move “%s”", node->name)
                      : g_strdup_printf ("Move %u nodes of the hierarchy", ids->len);
}

/* Moves what is selected before the child of @parent at @position. */
static void
move_selected (BallastHierarchyPage *self,
               guint                 parent,
               int                   position)
{
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  g_autoptr(GArray) ids = take_selected (self, next);
  g_autofree char *label = NULL;
  GError *error = NULL;
  gboolean done;

  if (ids == NULL)
    {
      ballast_hierarchy_free (next);
      return;
    }
  label = describe_move (self, ids);
  done = ballast_hierarchy_move (next, (guint *) (gpointer) ids->data, ids->len, parent, position,
                                 &error);
  finish (self, next, done, error, label);
}

static void
move_into (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  move_selected (BALLAST_HIERARCHY_PAGE (widget), g_variant_get_uint32 (parameter), -1);
}

/* Puts what is selected outside at the end of the tree. */
static void
insert (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  g_auto(GStrv) out = ballast_hierarchy_outline_dup_selected_out (self->outline);
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  g_autofree char *label = NULL;
  GError *error = NULL;
  gboolean done;

  label = g_strv_length (out) == 1
            ? g_strdup_printf ("Put “%s” into the hierarchy", out[0])
            : g_strdup_printf ("Put %u classes into the hierarchy", g_strv_length (out));
  done = ballast_hierarchy_insert_classes (next, (const char *const *) out, next->root->id, -1, &error);
  finish (self, next, done, error, label);
}

/* By the keyboard: -1 up and 1 down among its siblings, -2 out of its group, 2 into the one above. */
static void
shift (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const BallastHierarchyNode *node = get_selected (self), *parent;
  int by = g_variant_get_int32 (parameter);
  guint position;

  if (node == NULL || node->parent == NULL)
    return;
  parent = node->parent;
  g_ptr_array_find (parent->children, node, &position);
  if (by == -1 && position > 0)
    move_selected (self, parent->id, (int) position - 1);
  else if (by == 1 && position + 1 < parent->children->len)
    move_selected (self, parent->id, (int) position + 2);
  else if (by == -2 && parent->parent != NULL)
    {
      guint place;

      g_ptr_array_find (parent->parent->children, parent, &place);
      move_selected (self, parent->parent->id, (int) place + 1);
    }
  else if (by == 2 && position > 0)
    {
      const BallastHierarchyNode *above = g_ptr_array_index (parent->children, position - 1);

      if (!above->is_class)
        move_selected (self, above->id, -1);
    }
}

/* Makes a group of a class and what was dropped on it. */
static void
group_with (BallastHierarchyPage *self,
            guint                 id)
{
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  g_autoptr(GArray) ids = take_selected (self, next);
  const BallastHierarchyNode *node = ballast_hierarchy_find (next, id);
  g_autofree char *label = NULL;
  GError *error = NULL;
  gboolean done;
  guint made = 0, position = 0;

  if (ids == NULL)
    {
      ballast_hierarchy_free (next);
      return;
    }
  /* What is dropped comes to the class before it is grouped with it: the group is where that is. */
  g_ptr_array_find (node->parent->children, node, &position);
  done = ballast_hierarchy_move (next, (guint *) (gpointer) ids->data, ids->len, node->parent->id,
                                 (int) position + 1, &error);
  g_array_append_val (ids, id);
  done = done && ballast_hierarchy_group (next, (guint *) (gpointer) ids->data, ids->len, NULL, &made,
                                          &error);
  if (done)
    label = g_strdup_printf ("Group as “%s”", ballast_hierarchy_find (next, made)->name);
  finish (self, next, done, error, label);
  if (done)
    {
      ballast_hierarchy_outline_select (self->outline, made, FALSE);
      _ballast_hierarchy_page_ask_name (self, made);
    }
}

void
_ballast_hierarchy_page_drop (BallastHierarchyPage *self,
                              guint                 id,
                              int                   where)
{
  const BallastHierarchyNode *node = id == 0 ? NULL : ballast_hierarchy_find (self->draft, id);
  guint position = 0;

  if (id == 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "hierarchy.remove", NULL);
      return;
    }
  if (node == NULL)
    return;
  if (where == 0 && node->is_class)
    {
      group_with (self, id);
      return;
    }
  if (where == 0)
    {
      move_selected (self, id, -1);
      return;
    }
  g_ptr_array_find (node->parent->children, node, &position);
  move_selected (self, node->parent->id, (int) position + (where > 0));
}

void
_ballast_hierarchy_page_set_accuracy (BallastHierarchyPage *self,
                                      guint                 id,
                                      double                accuracy)
{
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  GError *error = NULL;
  gboolean done = ballast_hierarchy_set_accuracy (next, id, accuracy, &error);

  finish (self, next, done, error, "Change accuracies");
}

void
_ballast_hierarchy_page_set_one_vs_rest (BallastHierarchyPage *self,
                                         guint                 id,
                                         gboolean              one_vs_rest)
{
  BallastHierarchy *next = ballast_hierarchy_copy (self->draft);
  const BallastHierarchyNode *node = ballast_hierarchy_find (next, id);
  g_autofree char *label =
    g_strdup_printf ("Change how “%s” is decided", node != NULL ? node->name : "");
  GError *error = NULL;
  gboolean done = ballast_hierarchy_set_one_vs_rest (next, id, one_vs_rest, &error);

  finish (self, next, done, error, label);
}

static void
toggle_one_vs_rest (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const BallastHierarchyNode *node = get_selected (self);

  if (node != NULL && !node->is_class)
    _ballast_hierarchy_page_set_one_vs_rest (self, node->id, !node->one_vs_rest);
}

static void
suggest (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  const BallastHierarchySuggestion *suggestion =
    ballast_hierarchy_suggestion_find (g_variant_get_string (parameter, NULL));
  g_autoptr(GError) error = NULL;
  BallastHierarchy *next = NULL;

  if (suggestion != NULL)
    next = ballast_document_suggest_hierarchy (self->document, suggestion, &error);
  if (next != NULL)
    _ballast_hierarchy_page_store (self, next, "Suggest a hierarchy", _(suggestion->summary));
  else if (error != NULL)
    _ballast_hierarchy_page_fail (self, error);
}

/* All classes side by side, to be grouped by hand. */
static void
start (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  BallastHierarchyPage *self = BALLAST_HIERARCHY_PAGE (widget);
  BallastHierarchy *next = ballast_hierarchy_new (ballast_document_get_title (self->document));
  g_auto(GStrv) names = ballast_document_list_classes_out (self->document, next);
  GError *error = NULL;
  gboolean done = ballast_hierarchy_insert_classes (next, (const char *const *) names, next->root->id,
                                                    -1, &error);

  finish (self, next, done, error, "Change the hierarchy");
}

static void
clear (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  _ballast_hierarchy_page_store (BALLAST_HIERARCHY_PAGE (widget), ballast_hierarchy_new (NULL),
                                 "Clear the hierarchy", _("The hierarchy is gone"));
}

static void
bind_keys (GtkWidgetClass *widget_class)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  static const struct
  {
    guint key;
    int   by;
  } shifts[] = { { GDK_KEY_Up, -1 }, { GDK_KEY_Down, 1 }, { GDK_KEY_Left, -2 }, { GDK_KEY_Right, 2 } };

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "hierarchy.group",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, both, "hierarchy.ungroup", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "hierarchy.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "hierarchy.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, 0, "hierarchy.insert", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    gtk_widget_class_add_binding_action (widget_class, shifts[i].key, both, "hierarchy.shift", "i",
                                         shifts[i].by);
}

void
_ballast_hierarchy_page_install_edits (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    const char                 *parameter;
    GtkWidgetActionActivateFunc func;
  } actions[] = {
    { "hierarchy.group", NULL, group },
    { "hierarchy.ungroup", NULL, ungroup },
    { "hierarchy.rename", NULL, rename_selected },
    { "hierarchy.remove", NULL, remove_selected },
    { "hierarchy.move-into", "u", move_into },
    { "hierarchy.insert", NULL, insert },
    { "hierarchy.shift", "i", shift },
    { "hierarchy.toggle-one-vs-rest", NULL, toggle_one_vs_rest },
    { "hierarchy.suggest", "s", suggest },
    { "hierarchy.start", NULL, start },
    { "hierarchy.clear", NULL, clear },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].func);
  bind_keys (widget_class);
}
