/*
 * Boxes, outlines and masks of a source on their way into the files that are made of it.
 *
 * A label of the whole image stays what it is.  Pure; any thread.  Cost: some microseconds a box, for
 * outlines and masks also the compiling of the recipe.
 */
#define G_LOG_DOMAIN "ballast-exporters"

#include "config.h"

#include "ballast-export-labels.h"

#include <math.h>
#include <string.h>

#include "ballast-export-outline.h"
#include "ballast-shape.h"

static void
clear_label (gpointer data)
{
  g_free ((guint8 *) ((BallastExportLabel *) data)->extra);
}

static GArray *
labels_new (void)
{
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (BallastExportLabel));

  g_array_set_clear_func (labels, clear_label);
  return labels;
}

GArray *
ballast_export_labels_copy (const BallastExportLabel *labels,
                            guint                     n_labels)
{
  GArray *copy = labels_new ();

  for (guint i = 0; i < n_labels; i++)
    {
      BallastExportLabel label = labels[i];

      label.extra = label.n_extra > 0 ? g_memdup2 (label.extra, label.n_extra) : NULL;
      g_array_append_val (copy, label);
    }
  return copy;
}

BallastBox
ballast_export_label_get_box (const BallastExportLabel *label,
                              guint                     width,
                              guint                     height)
{
  return label->has_box ? label->box : (BallastBox){ 0, 0, width, height };
}

static guint
map_class (const BallastLabelMapping *mapping,
           guint                      class_index)
{
  gint64 mirrored;

  if (mapping->recipe == NULL || !ballast_recipe_mirrors (mapping->recipe))
    return class_index;
  mirrored = ballast_class_pair_mirror (mapping->pairs, mapping->n_pairs, class_index);
  return mirrored >= 0 && mirrored < mapping->n_classes ? (guint) mirrored : class_index;
}

static void
map_part (BallastShapeWay *self,
          const double    *points,
          guint            n_points,
          GArray          *sizes,
          GArray          *numbers)
{
  g_autofree BallastPoint *outline = g_new (BallastPoint, n_points);
  g_autoptr(GPtrArray) mapped = NULL;

  for (guint i = 0; i < n_points; i++)
    outline[i] = (BallastPoint){ points[2 * i], points[2 * i + 1] };
  mapped = ballast_shape_way_map_outline (self, outline, n_points);
  for (guint i = 0; i < mapped->len; i++)
    {
      GArray *piece = mapped->pdata[i];

      if (piece->len < 3)
        continue;
      g_array_append_val (sizes, piece->len);
      for (guint k = 0; k < piece->len; k++)
        g_array_append_vals (numbers, &g_array_index (piece, BallastPoint, k), 2);
    }
}

static void
map_polygons (BallastShapeWay *self,
              BallastShape    *shape)
{
  GArray *sizes = g_array_new (FALSE, FALSE, sizeof (guint));
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (double));
  const double *points = shape->points;

  for (guint part = 0; part < shape->n_parts; part++)
    {
      if (shape->sizes[part] >= 3)
        map_part (self, points, shape->sizes[part], sizes, numbers);
      points += 2 * shape->sizes[part];
    }
  /* Hundredths of a pixel are what annotation tools write. */
  for (guint i = 0; i < numbers->len; i++)
    g_array_index (numbers, double, i) = round (g_array_index (numbers, double, i) * 100) / 100;
  g_free (shape->sizes);
  g_free (shape->points);
  shape->n_parts = sizes->len;
  shape->sizes = (gpointer) g_array_free (sizes, FALSE);
  shape->points = (gpointer) g_array_free (numbers, FALSE);
  if (shape->n_parts == 0)
    shape->kind = BALLAST_SHAPE_NONE;
}

static void
map_runs (BallastShapeWay *self,
          BallastShape    *shape)
{
  BallastMask mask = { shape->width, shape->height, NULL };
  g_autoptr(BallastMask) mapped = NULL;
  gboolean fits;

  mask.counts = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_vals (mask.counts, shape->runs, shape->n_runs);
  fits = mask.width == self->width && mask.height == self->height && ballast_mask_is_valid (&mask);
  if (fits)
    mapped = ballast_shape_way_map_mask (self, &mask);
  g_array_unref (mask.counts);
  if (!fits)
    {
      shape->kind = BALLAST_SHAPE_NONE;
      return;
    }
  shape->width = mapped->width;
  shape->height = mapped->height;
  shape->n_runs = mapped->counts->len;
  g_free (shape->runs);
  shape->runs = g_memdup2 (mapped->counts->data, mapped->counts->len * sizeof (guint32));
}

/* (transfer full) (nullable) */
static guint8 *
map_extra (BallastShapeWay *self,
           const guint8    *extra,
           gsize            n_extra,
           gsize           *size)
{
  g_auto(BallastShape) shape = BALLAST_SHAPE_INIT;
  GByteArray *bytes;

  *size = 0;
  if (n_extra == 0 || !ballast_shape_unpack (&shape, extra, n_extra))
    return NULL;
  shape.has_number = FALSE;
  shape.area = NAN;
  if (shape.kind == BALLAST_SHAPE_POLYGONS)
    map_polygons (self, &shape);
  else if (shape.kind != BALLAST_SHAPE_NONE)
    map_runs (self, &shape);
  if (ballast_shape_is_plain (&shape))
    return NULL;
  bytes = g_byte_array_new ();
  ballast_shape_pack (&shape, bytes);
  *size = bytes->len;
  return g_byte_array_free (bytes, FALSE);
}

guint8 *
ballast_export_labels_map_lent (const BallastRecipe *recipe,
                                guint                partner,
                                const guint8        *extra,
                                gsize                n_extra,
                                gsize               *size)
{
  const BallastRecipePartner *lender = ballast_recipe_get_partner (recipe, partner);
  BallastShapeWay way = { .recipe = recipe, .partner = (int) partner, .width = lender->width,
                          .height = lender->height };

  return map_extra (&way, extra, n_extra, size);
}

static void
add_whole (const BallastLabelMapping *mapping,
           guint                      class_index,
           GArray                    *labels)
{
  BallastExportLabel label = { .class_index = map_class (mapping, class_index) };

  g_array_append_val (labels, label);
}

static void
add_mapped (const BallastLabelMapping *mapping,
            BallastShapeWay           *way,
            GArray                    *labels)
{
  const BallastExportSource *source = mapping->source;
  g_autofree BallastBox *boxes = g_new (BallastBox, source->n_labels + 1);
  g_autofree guint *indices = g_new (guint, source->n_labels + 1);
  g_autoptr(GArray) mapped = NULL;
  guint n = 0;

  for (guint i = 0; i < source->n_labels; i++)
    {
      if (!source->labels[i].has_box)
        add_whole (mapping, source->labels[i].class_index, labels);
      else
        {
          boxes[n] = source->labels[i].box;
          indices[n++] = i;
        }
    }
  mapped = ballast_recipe_map_boxes (mapping->recipe, boxes, n, mapping->policy, NULL);
  for (guint i = 0; i < mapped->len; i++)
    {
      const BallastMappedBox *box = &g_array_index (mapped, BallastMappedBox, i);
      const BallastExportLabel *told = &source->labels[indices[box->source]];
      BallastExportLabel label = { map_class (mapping, told->class_index), TRUE, box->box };

      if (!ballast_shape_way_tighten (way, told->extra, told->n_extra, &told->box, &label.box))
        continue;
      label.extra = map_extra (way, told->extra, told->n_extra, &label.n_extra);
      g_array_append_val (labels, label);
    }
}

GArray *
ballast_export_labels_map (const BallastLabelMapping *mapping,
                           guint                     *width,
                           guint                     *height)
{
  const BallastExportSource *source = mapping->source;
  BallastShapeWay way = { .recipe = mapping->recipe, .partner = BALLAST_SHAPE_WAY_OWN };
  GArray *labels;

  *width = ballast_image_facts_get_view_width (&source->facts);
  *height = ballast_image_facts_get_view_height (&source->facts);
  if (mapping->recipe != NULL)
    {
      way.width = mapping->recipe->width;
      way.height = mapping->recipe->height;
      ballast_recipe_get_output_size (mapping->recipe, width, height);
    }

  if (mapping->recipe == NULL && source->n_labels > 0)
    return ballast_export_labels_copy (source->labels, source->n_labels);
  labels = labels_new ();
  /* In the words of another dataset, an image has classes alone. */
  for (guint i = 0; source->n_labels == 0 && i < source->n_classes; i++)
    add_whole (mapping, source->classes[i], labels);
  if (source->n_labels > 0)
    add_mapped (mapping, &way, labels);
  ballast_shape_way_clear (&way);
  return labels;
}
