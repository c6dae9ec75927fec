/*
 * Lists of pictures that lend parts to copies of others.
 *
 * One list where labels can be mixed, else one a class.  Some 150 bytes an image, and none where no
 * pipeline takes parts of other pictures: then nobody makes this.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-partners.h"

#include <string.h>

#include "ballast-export-labels.h"
#include "ballast-export-outline.h"
#include "ballast-path.h"
#include "ballast-program-box.h"

/* For copies of one class, or of all. */
typedef struct
{
  GArray     *pictures; /* of BallastPartner: what the draws see; paths are those of inputs */
  GArray     *inputs;   /* of BallastExportPartner, of the same indices */
  GHashTable *indices;  /* "source/path" → index + 1 */
} List;

struct _BallastExportPartners
{
  BallastExporterFlags flags;
  GHashTable          *lists; /* class index → List; soft labels: under 0 */
};

static void
input_clear (gpointer data)
{
  BallastExportPartner *input = data;

  g_free (input->path);
  g_free (input->classes);
  g_free (input->boxes);
  for (guint i = 0; input->extras != NULL && i < input->n_boxes; i++)
    g_clear_pointer (&input->extras[i], g_bytes_unref);
  g_free (input->extras);
  g_free (input->box_classes);
}

static void
list_free (gpointer data)
{
  List *list = data;

  g_array_unref (list->pictures);
  g_array_unref (list->inputs);
  g_hash_table_unref (list->indices);
  g_free (list);
}

static List *
list_new (void)
{
  List *list = g_new (List, 1);

  list->pictures = g_array_new (FALSE, FALSE, sizeof (BallastPartner));
  list->inputs = g_array_new (FALSE, FALSE, sizeof (BallastExportPartner));
  g_array_set_clear_func (list->inputs, input_clear);
  list->indices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return list;
}

BallastExportPartners *
ballast_export_partners_new (BallastExporterFlags flags)
{
  BallastExportPartners *self = g_new (BallastExportPartners, 1);

  self->flags = flags;
  self->lists = g_hash_table_new_full (NULL, NULL, NULL, list_free);
  return self;
}

void
ballast_export_partners_free (BallastExportPartners *self)
{
  g_hash_table_unref (self->lists);
  g_free (self);
}

static gboolean
mixes_classes (const BallastExportPartners *self)
{
  return (self->flags & (BALLAST_EXPORTER_SOFT_LABELS | BALLAST_EXPORTER_BOXES)) != 0;
}

/* FALSE where the image can neither lend nor take. */
static gboolean
find_key (const BallastExportPartners *self,
          const BallastExportSource   *source,
          gpointer                    *key)
{
  gboolean multi = (self->flags & BALLAST_EXPORTER_MULTI_LABEL) != 0;

  *key = GUINT_TO_POINTER (mixes_classes (self) || source->n_classes == 0 ? 0
                                                                            : source->classes[0]);
  return source->n_classes == 1 || (multi && source->n_classes > 1);
}

static char *
make_name (guint       source,
           const char *path)
{
  return g_strdup_printf ("%u/%s", source, path);
}

static void
take_boxes (BallastExportPartner      *input,
            const BallastExportSource *source,
            gboolean                   has_extras)
{
  input->boxes = g_new (BallastBox, source->n_labels + 1);
  input->box_classes = g_new (guint, source->n_labels + 1);
  if (has_extras)
    input->extras = g_new0 (GBytes *, source->n_labels + 1);
  for (guint i = 0; i < source->n_labels; i++)
    if (source->labels[i].has_box)
      {
        if (has_extras && source->labels[i].n_extra > 0)
          input->extras[input->n_boxes] = g_bytes_new (source->labels[i].extra,
                                                       source->labels[i].n_extra);
        input->boxes[input->n_boxes] = source->labels[i].box;
        input->box_classes[input->n_boxes++] = source->labels[i].class_index;
      }
}

void
ballast_export_partners_add (BallastExportPartners     *self,
                             const BallastExportSource *source)
{
  BallastExportPartner input = { .root_fd = source->root_fd, .follows_links = source->follows_links,
                                 .facts = source->facts, .n_classes = source->n_classes };
  BallastPartner picture = { .source = source->source_ordinal,
                             .width = ballast_image_facts_get_view_width (&source->facts),
                             .height = ballast_image_facts_get_view_height (&source->facts) };
  gpointer key;
  List *list;

  if (!find_key (self, source, &key) || picture.width == 0 || picture.height == 0)
    return;
  list = g_hash_table_lookup (self->lists, key);
  if (list == NULL)
    g_hash_table_insert (self->lists, key, list = list_new ());

  picture.path = input.path = ballast_path_join (source->folder, source->name);
  input.classes = g_memdup2 (source->classes, source->n_classes * sizeof (guint));
  take_boxes (&input, source,
              (self->flags & (BALLAST_EXPORTER_OUTLINES | BALLAST_EXPORTER_MASKS)) != 0);
  picture.boxes = input.boxes;
  picture.n_boxes = input.n_boxes;
  g_array_append_val (list->inputs, input);
  g_array_append_val (list->pictures, picture);
  g_hash_table_insert (list->indices, make_name (picture.source, picture.path),
                       GUINT_TO_POINTER (list->inputs->len));
}

static const List *
find_list (const BallastExportPartners *self,
           const BallastExportSource   *source)
{
  gpointer key;

  return find_key (self, source, &key) ? g_hash_table_lookup (self->lists, key) : NULL;
}

gboolean
ballast_export_partners_find (const BallastExportPartners *self,
                              const BallastExportSource   *source,
                              const char                  *path,
                              BallastPartnerList          *partners)
{
  const List *list = find_list (self, source);
  g_autofree char *name = make_name (source->source_ordinal, path);
  guint place;

  if (list == NULL)
    return FALSE;
  place = GPOINTER_TO_UINT (g_hash_table_lookup (list->indices, name));
  *partners = (BallastPartnerList) { (const BallastPartner *) (gpointer) list->pictures->data,
                                     list->pictures->len,
                                     place > 0 ? place - 1 : list->pictures->len };
  return TRUE;
}

const BallastExportPartner *
ballast_export_partners_get (const BallastExportPartners *self,
                             const BallastExportSource   *source,
                             guint                        index)
{
  const List *list = find_list (self, source);

  g_return_val_if_fail (list != NULL && index < list->inputs->len, NULL);
  return &g_array_index (list->inputs, BallastExportPartner, index);
}

static void
append_label (GString    *text,
              const char *name,
              double      share)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (text->len > 0)
    g_string_append_c (text, ';');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (strchr (":;\\", *at) != NULL)
        g_string_append_c (text, '\\');
      g_string_append_c (text, *at);
    }
  g_string_append_printf (text, ":%s", g_ascii_formatd (number, sizeof number, "%.6g", share));
}

/* A picture of several classes lends its share to each of them. */
static void
add_shares (double          *weights,
            const guint     *classes,
            guint            n_classes,
            double           share,
            BallastClassFunc mirrored,
            gpointer         user_data)
{
  for (guint i = 0; i < n_classes; i++)
    weights[mirrored != NULL ? mirrored (classes[i], user_data) : classes[i]] += share;
}

char *
ballast_export_partners_dup_soft_labels (const BallastExportPartners *self,
                                         const BallastExportSource   *source,
                                         const BallastRecipe         *recipe,
                                         const char *const           *class_names,
                                         BallastClassFunc             mirrored,
                                         gpointer                     user_data)
{
  guint n = ballast_recipe_get_n_partners (recipe), n_classes = g_strv_length ((char **) class_names);
  g_autofree double *shares = g_new (double, n + 1), *weights = g_new0 (double, n_classes + 1);
  GString *text = g_string_new (NULL);

  ballast_recipe_get_shares (recipe, shares);
  add_shares (weights, source->classes, source->n_classes, shares[0],
              ballast_recipe_mirrors (recipe) ? mirrored : NULL, user_data);
  for (guint i = 0; i < n; i++)
    {
      const BallastExportPartner *input
        = ballast_export_partners_get (self, source, ballast_recipe_get_partner (recipe, i)->index);

      add_shares (weights, input->classes, input->n_classes, shares[i + 1],
                  ballast_recipe_mirrors_partner (recipe, i) ? mirrored : NULL, user_data);
    }
  for (guint i = 0; i < n_classes; i++)
    if (weights[i] > 0)
      append_label (text, class_names[i], weights[i]);
  return g_string_free (text, FALSE);
}

/* Of what stands beside a pasted object in its own picture, slivers are no objects. */
#define NEIGHBOUR_VISIBILITY 0.5

static gboolean
is_seen (const BallastMappedBox *box,
         double                  share)
{
  return share > 0 || box->visibility >= NEIGHBOUR_VISIBILITY;
}

/* FALSE where nothing of the object is left. */
static gboolean
tighten (const BallastExportPartner *input,
         const BallastRecipe        *recipe,
         guint                       partner,
         BallastMappedBox           *box)
{
  const BallastRecipePartner *lender = ballast_recipe_get_partner (recipe, partner);
  BallastShapeWay way = { .recipe = recipe, .partner = (int) partner, .width = lender->width,
                          .height = lender->height };
  gsize size;
  const guint8 *extra;

  if (input->extras == NULL || input->extras[box->source] == NULL)
    return TRUE;
  extra = g_bytes_get_data (input->extras[box->source], &size);

  return ballast_shape_way_tighten (&way, extra, size, &input->boxes[box->source], &box->box);
}

static void
take_extra (const BallastExportPartner *input,
            const BallastRecipe        *recipe,
            guint                       partner,
            guint                       box,
            BallastExportLabel         *label)
{
  gsize size;
  const guint8 *extra;

  if (input->extras == NULL || input->extras[box] == NULL)
    return;
  extra = g_bytes_get_data (input->extras[box], &size);
  label->extra = ballast_export_labels_map_lent (recipe, partner, extra, size, &label->n_extra);
}

void
ballast_export_partners_add_labels (const BallastExportPartners *self,
                                    const BallastExportSource   *source,
                                    const BallastRecipe         *recipe,
                                    const BallastBoxPolicy      *policy,
                                    BallastClassFunc             mirrored,
                                    gpointer                     user_data,
                                    GArray                      *labels)
{
  guint n = ballast_recipe_get_n_partners (recipe);
  g_autofree double *shares = g_new (double, n + 1);

  ballast_recipe_get_shares (recipe, shares);
  for (guint i = 0; i < n; i++)
    {
      const BallastExportPartner *input
        = ballast_export_partners_get (self, source, ballast_recipe_get_partner (recipe, i)->index);
      g_autoptr(GArray) mapped = ballast_recipe_map_partner_boxes (recipe, i, input->boxes,
                                                                    input->n_boxes, policy);
      gboolean mirrors = ballast_recipe_mirrors_partner (recipe, i);

      for (guint j = 0; j < mapped->len; j++)
        {
          BallastMappedBox *box = &g_array_index (mapped, BallastMappedBox, j);
          gboolean is_left = tighten (input, recipe, i, box);
          guint class_index = input->box_classes[box->source];
          BallastExportLabel label = {
            .class_index = mirrors ? mirrored (class_index, user_data) : class_index,
            .has_box = TRUE, .box = box->box,
          };

          if (!is_left || !is_seen (box, shares[i + 1]))
            continue;
          take_extra (input, recipe, i, box->source, &label);
          g_array_append_val (labels, label);
        }
    }
}

void
ballast_export_partners_add_boxes (const BallastExportPartners *self,
                                   const BallastExportSource   *source,
                                   const BallastRecipe         *recipe,
                                   const BallastBoxPolicy      *policy,
                                   GArray                      *boxes)
{
  guint n = ballast_recipe_get_n_partners (recipe);
  g_autofree double *shares = g_new (double, n + 1);

  ballast_recipe_get_shares (recipe, shares);
  for (guint i = 0; i < n; i++)
    {
      const BallastExportPartner *input
        = ballast_export_partners_get (self, source, ballast_recipe_get_partner (recipe, i)->index);
      g_autoptr(GArray) mapped = ballast_recipe_map_partner_boxes (recipe, i, input->boxes,
                                                                    input->n_boxes, policy);

      for (guint j = 0; j < mapped->len; j++)
        if (is_seen (&g_array_index (mapped, BallastMappedBox, j), shares[i + 1])
            && tighten (input, recipe, i, &g_array_index (mapped, BallastMappedBox, j)))
          g_array_append_val (boxes, g_array_index (mapped, BallastMappedBox, j));
    }
}
