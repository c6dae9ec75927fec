/*
 * Writes COCO's annotation file: one line an object, in COCO's own order of members.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include "ballast-sample-coco.h"

struct _BallastCocoText
{
  char    *description;
  GString *images;
  GString *annotations;
  GString *categories;
  guint    n_images;
  guint    n_annotations;
  guint    n_categories;
};

BallastCocoText *
ballast_coco_text_new (const char *description)
{
  BallastCocoText *coco = g_new0 (BallastCocoText, 1);

  coco->description = g_strdup (description);
  coco->images = g_string_new (NULL);
  coco->annotations = g_string_new (NULL);
  coco->categories = g_string_new (NULL);
  return coco;
}

static guint
begin_object (GString *list,
              guint   *n)
{
  g_string_append (list, *n > 0 ? ",\n" : "\n");
  return ++*n;
}

guint
ballast_coco_text_add_category (BallastCocoText *coco,
                                const char      *name)
{
  guint id = begin_object (coco->categories, &coco->n_categories);

  g_string_append_printf (coco->categories, "  {\"id\": %u, \"name\": \"%s\", \"supercategory\": \"vehicle\"}", id, name);
  return id;
}

guint
ballast_coco_text_add_image (BallastCocoText *coco,
                             const char      *file_name,
                             guint            width,
                             guint            height)
{
  guint id = begin_object (coco->images, &coco->n_images);

  g_string_append_printf (coco->images, "  {\"id\": %u, \"file_name\": \"%s\", \"width\": %u, \"height\": %u}", id,
                          file_name, width, height);
  return id;
}

void
ballast_coco_text_add_annotation (BallastCocoText  *coco,
                                  guint             image,
                                  guint             category,
                                  const BallastBox *box)
{
  guint id = begin_object (coco->annotations, &coco->n_annotations);
  const double numbers[5] = { box->x, box->y, box->width, box->height, box->width * box->height };
  char text[5][G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_ascii_formatd (text[i], sizeof text[i], "%.1f", numbers[i]);
  g_string_append_printf (coco->annotations,
                          "  {\"id\": %u, \"image_id\": %u, \"category_id\": %u, \"bbox\": [%s, %s, %s, %s], "
                          "\"area\": %s, \"iscrowd\": 0, \"segmentation\": []}",
                          id, image, category, text[0], text[1], text[2], text[3], text[4]);
}

char *
ballast_coco_text_finish (BallastCocoText *coco)
{
  char *text = g_strdup_printf ("{\"info\": {\"description\": \"%s\", \"version\": \"1.0\"},\n\"licenses\": [],\n"
                                "\"categories\": [%s\n],\n\"images\": [%s\n],\n\"annotations\": [%s\n]}\n",
                                coco->description, coco->categories->str, coco->images->str, coco->annotations->str);

  g_string_free (coco->images, TRUE);
  g_string_free (coco->annotations, TRUE);
  g_string_free (coco->categories, TRUE);
  g_free (coco->description);
  g_free (coco);
  return text;
}
