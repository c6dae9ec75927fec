/*
 * How many images of which splits are, or look like, or belong to images of another one.
 */
#define G_LOG_DOMAIN "ballast-cli"

#include "config.h"

#include "ballast-cli-leaks.h"

#include "ballast-json-members.h"

GPtrArray *
ballast_cli_count_leaks (BallastDocument *document)
{
  g_auto(BallastCliWait) wait = { NULL };
  g_autoptr(GError) error = NULL;
  GPtrArray *leaks;

  ballast_document_count_leaks_async (document, NULL, ballast_cli_on_done, &wait);
  leaks = ballast_document_count_leaks_finish (ballast_cli_wait (&wait), &error);
  if (leaks == NULL)
    ballast_cli_fail (error);

  return leaks;
}

static void
add_leak (JsonBuilder       *builder,
          const BallastLeak *leak)
{
  const struct
  {
    const char *member;
    guint64     value;
  } numbers[] = {
    { "images", leak->images }, { "same_bytes", leak->same }, { "alike", leak->alike },
    { "grouped", leak->grouped },
  };

  json_builder_begin_object (builder);
  ballast_json_add_string (builder, "split", leak->split);
  ballast_json_add_string (builder, "also_in", leak->other);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      ballast_json_add_int (builder, numbers[i].member, numbers[i].value);
    }
  json_builder_end_object (builder);
}

void
ballast_cli_add_leaks (JsonBuilder     *builder,
                       const GPtrArray *leaks)
{
  json_builder_set_member_name (builder, "leaks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < leaks->len; i++)
    add_leak (builder, g_ptr_array_index (leaks, i));
  json_builder_end_array (builder);
}
