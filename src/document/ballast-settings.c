/*
 * What was set in a project, parsed once after each change.
 *
 * The project file holds each setting as a JSON text.  Classes are named in pipelines and targets,
 * so each text also has the ids of the names in it ("classes"): when it is read, the names become
 * those that the classes have now.  Immutable once read; any thread.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-settings-private.h"

#include <string.h>

#include "ballast-hierarchy-edit.h"
#include "ballast-json.h"
#include "ballast-pipeline-presets.h"
#include "ballast-store-edit.h"

struct _BallastSettings
{
  gatomicrefcount        ref_count;
  BallastBalanceSettings balance;
  BallastWeightOptions   weights;
  BallastExportSettings  export;
  BallastPipeline       *pipeline;
  GHashTable            *class_pipelines;  /* gint64 id → BallastPipeline */
  GArray                *pairs;
  BallastRedraws        *redraws;
  BallastHierarchy      *hierarchy;
};

G_DEFINE_BOXED_TYPE (BallastSettings, ballast_settings, ballast_settings_ref,
                     ballast_settings_unref)

/* The node of a setting, or NULL where it was never set or is no JSON. */
static JsonNode *
read_node (BallastStore *store,
           const char   *key)
{
  g_autofree char *text = ballast_store_dup_setting (store, key);

  return text == NULL ? NULL : ballast_json_parse (text, -1, NULL);
}

static JsonObject *
object_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonNode *
member_of (JsonObject *object,
           const char *name)
{
  return object == NULL ? NULL : json_object_get_member (object, name);
}

static const char *
string_of (JsonObject *object,
           const char *name,
           const char *otherwise)
{
  JsonNode *member = member_of (object, name);

  return member != NULL && json_node_get_value_type (member) == G_TYPE_STRING
           ? json_node_get_string (member) : otherwise;
}

static gint64
int_of (JsonObject *object,
        const char *name,
        gint64      otherwise)
{
  JsonNode *member = member_of (object, name);

  return member != NULL && json_node_get_value_type (member) == G_TYPE_INT64
           ? json_node_get_int (member) : otherwise;
}

/* Calls @rename for every class of "classes" whose name is another now.  Two rounds, through names
 * that no class has: two classes may have swapped theirs. */
static void
follow_renames (JsonObject *wrapper,
                const BallastTally *tally,
                void (*rename)(gpointer target, const char *from, const char *to),
                gpointer target)
{
  JsonNode *node = member_of (wrapper, "classes");
  JsonObject *classes = object_of (node);
  g_autoptr(GList) names = classes == NULL ? NULL : json_object_get_members (classes);

  for (guint round = 0; round < 2; round++)
    for (GList *l = names; l != NULL; l = l->next)
      {
        gint64 id = int_of (classes, l->data, 0);
        const BallastClassTally *class = ballast_tally_find_class_by_id (tally, id);
        g_autofree char *between = g_strdup_printf ("\001%" G_GINT64_FORMAT, id);

        if (class == NULL || strcmp (class->name, l->data) == 0)
          continue;
        if (round == 0)
          rename (target, l->data, between);
        else
          rename (target, between, class->name);
      }
}

static void
rename_override (gpointer    target,
                 const char *from,
                 const char *to)
{
  guint64 count;

  if (!ballast_balance_settings_get_override (target, from, &count))
    return;
  ballast_balance_settings_unset_override (target, from);
  ballast_balance_settings_set_override (target, to, count);
}

static void
rename_in_pipeline (gpointer    target,
                    const char *from,
                    const char *to)
{
  ballast_pipeline_rename_class (target, from, to);
}

static void
read_balance (BallastSettings    *self,
              BallastStore       *store,
              const BallastTally *tally)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_BALANCE);
  JsonNode *inner = member_of (object_of (node), "balance");

  if (inner == NULL)
    {
      ballast_balance_settings_init (&self->balance);
      return;
    }
  if (ballast_balance_settings_from_json (inner, &self->balance, NULL))
    follow_renames (object_of (node), tally, rename_override, &self->balance);
}

static void
read_weights (BallastSettings *self,
              BallastStore    *store)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_WEIGHTS);

  if (node == NULL)
    ballast_weight_options_init (&self->weights);
  else
    ballast_weight_options_from_json (node, &self->weights, NULL);
}

static void
set_string (char      **field,
            const char *value)
{
  char *copy = g_strdup (value);

  g_free (*field);
  *field = copy;
}

/* What an export is written as before anybody chose: what the boxes came in, or what holds all labels.
 * (transfer full) */
static char *
dup_usual_layout (BallastStore       *store,
                  const BallastTally *tally)
{
  static const char *const of_boxes[] = { "coco", "yolo", "voc", "createml" };
  g_autoptr(GPtrArray) sources = ballast_store_get_sources (store, NULL);

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (of_boxes); j++)
      if (g_strcmp0 (((BallastSource *) g_ptr_array_index (sources, i))->layout, of_boxes[j]) == 0)
        return g_strdup (of_boxes[j]);
  if (tally->boxes > 0)
    return g_strdup (of_boxes[0]);

  return g_strdup (tally->multi_label > 0 ? "manifest" : "folders");
}

static void
read_export (BallastSettings    *self,
             BallastStore       *store,
             const BallastTally *tally)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_EXPORT);
  JsonObject *object = object_of (node);
  BallastExportSettings *export = &self->export;

  ballast_export_settings_init (export);
  g_free (export->layout);
  export->layout = dup_usual_layout (store, tally);
  if (object == NULL)
    return;

  set_string (&export->layout, string_of (object, "layout", export->layout));
  set_string (&export->originals, string_of (object, "originals", export->originals));
  set_string (&export->weights, string_of (object, "weights", export->weights));
  ballast_format_choice_parse (string_of (object, "format", "keep"), &export->format);
  export->quality = CLAMP (int_of (object, "quality", export->quality), 1, 100);
  export->seed = g_ascii_strtoull (string_of (object, "seed", "0"), NULL, 10);
}

/* A wrapped pipeline: {"pipeline": …, "classes": …}. */
static BallastPipeline *
parse_pipeline (JsonObject         *wrapper,
                const BallastTally *tally)
{
  JsonNode *inner = member_of (wrapper, "pipeline");
  g_autofree char *text = inner == NULL ? NULL : ballast_json_to_string (inner, FALSE);
  BallastPipeline *pipeline;

  pipeline = text == NULL ? NULL : ballast_pipeline_from_json (text, -1, NULL, NULL);
  if (pipeline != NULL)
    follow_renames (wrapper, tally, rename_in_pipeline, pipeline);
  return pipeline;
}

static void
read_pipelines (BallastSettings    *self,
                BallastStore       *store,
                const BallastTally *tally)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_PIPELINE);
  g_autoptr(JsonNode) of_classes = read_node (store, BALLAST_KEY_CLASS_PIPELINES);
  JsonObject *object = object_of (of_classes);
  g_autoptr(GList) members = object == NULL ? NULL : json_object_get_members (object);

  self->pipeline = parse_pipeline (object_of (node), tally);
  if (self->pipeline == NULL)
    self->pipeline = ballast_pipeline_new_default ();

  for (GList *l = members; l != NULL; l = l->next)
    {
      gint64 id = g_ascii_strtoll (l->data, NULL, 10);
      BallastPipeline *pipeline = parse_pipeline (object_of (member_of (object, l->data)), tally);

      if (pipeline != NULL)
        g_hash_table_insert (self->class_pipelines, g_memdup2 (&id, sizeof id), pipeline);
    }
}

static void
read_pairs (BallastSettings *self,
            BallastStore    *store)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_PAIRS);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      JsonArray *ids = JSON_NODE_HOLDS_ARRAY (element) ? json_node_get_array (element) : NULL;

      if (ids != NULL && json_array_get_length (ids) == 2)
        {
          BallastClassPair pair = { json_array_get_int_element (ids, 0),
                                    json_array_get_int_element (ids, 1) };

          g_array_append_val (self->pairs, pair);
        }
    }
}

static void
rename_in_hierarchy (gpointer    target,
                     const char *from,
                     const char *to)
{
  ballast_hierarchy_rename_class (target, from, to);
}

/* A class that was merged or dropped leaves the tree here alone: the text in the file keeps it, and
 * undo brings it back to its place. */
static void
read_hierarchy (BallastSettings    *self,
                BallastStore       *store,
                const BallastTally *tally)
{
  g_autoptr(JsonNode) node = read_node (store, BALLAST_KEY_HIERARCHY);
  JsonNode *inner = member_of (object_of (node), "hierarchy");
  g_autofree const char **names = g_new0 (const char *, tally->n_classes + 1);

  self->hierarchy = inner == NULL ? NULL : ballast_hierarchy_from_json (inner, NULL);
  if (self->hierarchy == NULL)
    {
      self->hierarchy = ballast_hierarchy_new (NULL);
      return;
    }

  follow_renames (object_of (node), tally, rename_in_hierarchy, self->hierarchy);
  for (guint i = 0; i < tally->n_classes; i++)
    names[i] = tally->classes[i].name;
  ballast_hierarchy_keep_classes (self->hierarchy, names, tally->n_classes);
}

BallastSettings *
ballast_settings_read (BallastStore       *store,
                       const BallastTally *tally)
{
  BallastSettings *self = g_new0 (BallastSettings, 1);
  g_autofree char *redraws = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->class_pipelines = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                                 (GDestroyNotify) ballast_pipeline_free);
  self->pairs = g_array_new (FALSE, FALSE, sizeof (BallastClassPair));
  read_balance (self, store, tally);
  read_weights (self, store);
  read_export (self, store, tally);
  read_pipelines (self, store, tally);
  read_pairs (self, store);
  redraws = ballast_store_dup_setting (store, BALLAST_KEY_REDRAWS);
  self->redraws = ballast_redraws_from_json (redraws);
  read_hierarchy (self, store, tally);
  return self;
}

BallastSettings *
ballast_settings_ref (BallastSettings *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
ballast_settings_unref (BallastSettings *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  ballast_balance_settings_clear (&self->balance);
  ballast_export_settings_clear (&self->export);
  ballast_pipeline_free (self->pipeline);
  g_hash_table_unref (self->class_pipelines);
  g_array_unref (self->pairs);
  ballast_redraws_unref (self->redraws);
  ballast_hierarchy_free (self->hierarchy);
  g_free (self);
}

const BallastBalanceSettings *
ballast_settings_get_balance (const BallastSettings *self)
{
  return &self->balance;
}

const BallastWeightOptions *
ballast_settings_get_weights (const BallastSettings *self)
{
  return &self->weights;
}

const BallastExportSettings *
ballast_settings_get_export (const BallastSettings *self)
{
  return &self->export;
}

const BallastPipeline *
ballast_settings_get_pipeline (const BallastSettings *self,
                               gint64                 class_id)
{
  const BallastPipeline *own = g_hash_table_lookup (self->class_pipelines, &class_id);

  return own != NULL ? own : self->pipeline;
}

gboolean
ballast_settings_has_own_pipeline (const BallastSettings *self,
                                   gint64                 class_id)
{
  return g_hash_table_contains (self->class_pipelines, &class_id);
}

const BallastClassPair *
ballast_settings_get_pairs (const BallastSettings *self,
                            gsize                 *n_pairs)
{
  *n_pairs = self->pairs->len;
  return (const BallastClassPair *) (gpointer) self->pairs->data;
}

const BallastHierarchy *
ballast_settings_get_hierarchy (const BallastSettings *self)
{
  return self->hierarchy;
}

const BallastRedraws *
ballast_settings_get_redraws (const BallastSettings *self)
{
  return self->redraws;
}
