/*
 * The words that a project file keeps, in the language of whoever reads them.
 *
 * The file holds English, whatever language its writer spoke: a project goes from hand to hand, and
 * scripts read it.  So its sentences are listed here; a text is held against each, what stands in
 * the places of %s and %u is taken out, and put into the translation.  %u takes digits alone.  More
 * special sentences come first.  Any thread; some hundred short comparisons a text.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-stored-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* No sentence has more places. */
#define MAX_PLACES 4

static const char *const sentences[] = {
  /* Edits. */
  N_("Add “%s”"),
  N_("Rename “%s” to “%s”"),
  N_("Drop “%s”"),
  N_("Merge %s into “%s”"),
  N_("Reorder classes"),
  N_("Exclude %u image"),
  N_("Exclude %u images"),
  N_("Include %u image"),
  N_("Include %u images"),
  N_("Relabel %u image as “%s”"),
  N_("Relabel %u images as “%s”"),
  N_("Relabel %u box as “%s”"),
  N_("Relabel %u boxes as “%s”"),
  N_("Delete %u box"),
  N_("Delete %u boxes"),
  N_("Exclude %u box"),
  N_("Exclude %u boxes"),
  N_("Include %u box"),
  N_("Include %u boxes"),
  N_("Remove the labels of %u image"),
  N_("Remove the labels of %u images"),
  N_("Move %u image into “%s”"),
  N_("Move %u images into “%s”"),
  N_("Take %u image out of their split"),
  N_("Take %u images out of their split"),
  N_("Split %u image"),
  N_("Split %u images"),
  N_("Group %u image"),
  N_("Group %u images"),
  N_("Take all images out of their groups"),
  N_("Change how classes are balanced"),
  N_("Change the augmentation"),
  N_("Change the augmentation of “%s”"),
  N_("Change the class weights"),
  N_("Change the export"),
  N_("Change which classes a mirror swaps"),
  N_("Group as “%s”"),
  N_("Ungroup “%s”"),
  N_("Ungroup all"),
  N_("Move “%s”"),
  N_("Move %u nodes of the hierarchy"),
  N_("Put “%s” into the hierarchy"),
  N_("Put %u classes into the hierarchy"),
  N_("Take “%s” out of the hierarchy"),
  N_("Take %u nodes out of the hierarchy"),
  N_("Clear the hierarchy"),
  N_("Suggest a hierarchy"),
  N_("Load the hierarchy “%s”"),
  N_("Change accuracies"),
  N_("Change how “%s” is decided"),
  N_("Change the hierarchy"),

  /* What is wrong with a picture. */
  N_("cut short in its header"),
  N_("cut short: its pixels are missing in part"),
  N_("cut short: its trailer is missing"),
  N_("cut short: its last box is not whole"),
  N_("cut short: its last chunk is missing"),
  N_("cut short: one of its pictures is missing"),
  N_("cut short: the end marker is missing"),
  N_("cut short: %u bytes are missing"),
  N_("it has no palette"),
  N_("it has no picture"),
  N_("it has no pixels"),
  N_("it has no frame header"),
  N_("its header is broken"),
  N_("its header says what no PNG may"),
  N_("its frame header is broken"),
  N_("its first chunk is broken"),
  N_("its first directory lies outside the file"),
  N_("its size is not said"),
  N_("its size is %u × %u"),
  N_("its content is %s"),
  N_("one of its pictures is broken"),
  N_("a block of an unknown kind"),
  N_("a lossless or hierarchical JPEG, which no reader here knows"),
  N_("a JPEG of %u components of %u bits, which no reader here knows"),
  N_("a BMP compressed in a way that no reader here knows"),
  N_("%u bits a pixel, which no BMP has"),
  N_("%u bytes after the end of the picture"),
  N_("%u × %u pixels"),
  N_("%u frames or pages"),
  N_("%u bytes"),
  N_("several frames or pages"),
  N_("no reader knows its content"),
  N_("no reader for %s is installed"),
  N_("not a regular file"),

  /* What is wrong with a folder or a list. */
  N_("the classes “%s” and “%s” differ only in case"),
  N_("the class “%s” has no image"),
  N_("the label “%s” is no plain text in UTF-8"),
  N_("named in %s and in %s; taken as %s"),
  N_("several files have this name"),
  N_("no regular file"),
  N_("no regular file, or a link that leads out of the folder"),
  N_("leads to no regular file"),
  N_("leads out of the folder"),
  N_("in a folder behind a link"),
  N_("in no class folder"),
  N_("its folder cannot be read"),
  N_("the folder cannot be read: %s"),
  N_("the name of a folder"),
  N_("an address, no file"),
  N_("and %u more"),
  N_("no label"),
  N_("distance %u"),
  N_("no image, but %u other file: not taken as a class"),
  N_("no image, but %u other files: not taken as a class"),
  N_("a folder that leads back to one that was read already"),
  N_("folders nested more than %u deep"),
  N_("a link to a folder of the same dataset"),
  N_("a link that leads out of the folder; --follow-links reads it"),
  N_("a link that leads out of the folder"),
  N_("a link that leads nowhere"),

  /* What is wrong with a line. */
  N_("it names no file"),
  N_("it holds a NUL byte"),
  N_("it is longer than a megabyte"),
  N_("a quote is never closed"),
  N_("%u field where %u were expected"),
  N_("%u fields where %u were expected"),
  N_("the keypoints of %u annotations are not kept"),
  N_("its box is not four numbers"),
  N_("a box has no class"),
  N_("%u boxes and %u classes"),
  N_("it is no JSON object"),
  N_("it is nested too deeply"),
  N_("a \\u escape is broken"),
  N_("a text is not closed"),
  N_("a list is not closed"),
  N_("a bracket is not closed"),
  N_("an escape is unknown"),
  N_("a value is missing or unknown"),
  N_("the object is not closed"),
  N_("something stands behind the object"),
  N_("image %u of the file has no %s"),
  N_("annotation %u of the file has no %s"),
  N_("category %u of the file has no id"),
  N_("annotation %u of the file is of image %u, which is not there"),
  N_("category id %u comes again as “%s”"),
  N_("image id %u comes again as “%s”"),
  N_("annotation id %u comes again"),
  N_("annotation %u: category %u is not declared"),
  N_("annotation %u: %s"),
  N_("annotation %u"),
  N_("image %u"),
  N_("a coordinate is no number"),
  N_("its bbox is no list of four numbers"),
  N_("an outline has an odd number of coordinates"),
  N_("its segmentation cannot be understood"),
  N_("its run lengths cannot be understood"),
  N_("its run lengths are longer than the picture"),
  N_("the file was changed while it was read"),
  N_("it cannot be understood"),
  N_("it cannot be read"),
  N_("it is no annotation of Pascal VOC"),
  N_("elements are nested too deep"),
  N_("an object without a name"),
  N_("an object without a box"),
  N_("an annotation without coordinates"),
  N_("an annotation without a label"),
  N_("image %u of the file: %s"),
  N_("it has no coordinates"),
  N_("it has no label"),
  N_("it is no object"),
  N_("it names no picture"),
  N_("category %u is not declared: its class is named so"),
  N_("image %u: the picture is listed more than once"),
  N_("class %u has no name"),
  N_("no XML file"),
  N_("line %u of %s: %s"),
  N_("line %u: %s"),
  N_("line %u of %s"),
  N_("line %u"),
};

typedef struct
{
  const char *start[MAX_PLACES];
  gsize       length[MAX_PLACES];
  guint       n;
} Places;

/* The first place of @sentence, or NULL. */
static const char *
find_place (const char *sentence)
{
  const char *place = strchr (sentence, '%');

  while (place != NULL && place[1] != 's' && place[1] != 'u')
    place = strchr (place + 1, '%');
  return place;
}

/* Where @text goes on with what follows @place, or NULL. */
static const char *
find_end (const char *text,
          const char *place)
{
  const char *next = find_place (place + 2);
  gsize length = next != NULL ? (gsize) (next - place) - 2 : strlen (place + 2);
  gsize left = strlen (text);
  g_autofree char *between = g_strndup (place + 2, length);

  if (place[1] == 'u')
    return text + strspn (text, "0123456789");
  if (next != NULL && length > 0)
    return strstr (text, between);
  return left >= length ? text + left - length : NULL;
}

static gboolean
matches (const char *sentence,
         const char *text,
         Places     *places)
{
  const char *place = find_place (sentence);

  places->n = 0;
  while (place != NULL)
    {
      const char *end;

      if (places->n == MAX_PLACES || strncmp (sentence, text, (gsize) (place - sentence)) != 0)
        return FALSE;
      text += place - sentence;
      end = find_end (text, place);
      if (end == NULL || end == text)
        return FALSE;
      places->start[places->n] = text;
      places->length[places->n++] = (gsize) (end - text);
      text = end;
      sentence = place + 2;
      place = find_place (sentence);
    }
  return strcmp (sentence, text) == 0;
}

static const char *
find_sentence (const char *text,
               Places     *places)
{
  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (matches (sentences[i], text, places))
      return sentences[i];
  return NULL;
}

/* A reason, the last part after a colon, is a sentence of its own. */
static char *
dup_place (const Places *places,
           guint         i,
           gboolean      is_reason)
{
  g_autofree char *part = g_strndup (places->start[i], places->length[i]);

  return is_reason ? ballast_stored_text_translate (part) : g_steal_pointer (&part);
}

char *
ballast_stored_text_translate (const char *text)
{
  Places places;
  const char *sentence = text != NULL ? find_sentence (text, &places) : NULL;
  const char *rest = sentence != NULL ? _(sentence) : NULL;
  const char *place;
  gboolean has_reason;
  GString *result;

  if (sentence == NULL)
    return g_strdup (text);

  has_reason = g_str_has_suffix (sentence, ": %s");
  result = g_string_new (NULL);
  place = find_place (rest);
  for (guint i = 0; place != NULL && i < places.n; i++)
    {
      g_autofree char *part = dup_place (&places, i, has_reason && i + 1 == places.n);

      g_string_append_len (result, rest, place - rest);
      g_string_append (result, part);
      rest = place + 2;
      place = find_place (rest);
    }
  g_string_append (result, rest);
  return g_string_free (result, FALSE);
}

const char *
ballast_stored_text_find_sentence (const char *text)
{
  Places places;

  g_return_val_if_fail (text != NULL, NULL);
  return find_sentence (text, &places);
}
