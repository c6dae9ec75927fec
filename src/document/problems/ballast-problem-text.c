/*
 * The words for problems: one table, one row a kind.
 */
#define G_LOG_DOMAIN "ballast-document"

#include "config.h"

#include "ballast-problem-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ballast-path.h"
#include "ballast-stored-text.h"

/* Marks the two forms of a sentence for translators; g_dngettext() looks them up. */
#define NP_(singular, plural) singular, plural

typedef struct
{
  const char   *name;  /* of one, beside an image */
  const char   *singular;
  const char   *plural;
  const char   *advice;
  BallastRemedy remedy;
} Words;

static const Words words[BALLAST_PROBLEM_KIND_LAST + 1] = {
  [BALLAST_PROBLEM_EMPTY_FILE] = {
    N_("empty"),
    NP_ ("%s file is empty", "%s files are empty"),
    N_("They were left out of the counts. Fetch them again, then import again."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_DAMAGED] = {
    N_("damaged"),
    NP_ ("%s picture is damaged", "%s pictures are damaged"),
    N_("They were left out of the counts. Fetch them again, then import again."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_NOT_AN_IMAGE] = {
    N_("no picture"),
    NP_ ("%s file is no picture", "%s files are no pictures"),
    N_("Whatever their names say, no reader knows them. They were left out of the counts."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_TOO_LARGE] = {
    N_("too large"),
    NP_ ("%s picture is too large", "%s pictures are too large"),
    N_("They claim more pixels than a picture here may have and are never opened."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_UNREADABLE] = {
    N_("cannot be opened"),
    NP_ ("%s file or folder cannot be opened",
         "%s files or folders cannot be opened"),
    N_("The system refuses. Check their permissions, then import again."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_SPECIAL_FILE] = {
    N_("passed over"),
    NP_ ("%s link or special file was passed over",
         "%s links or special files were passed over"),
    N_("Only regular files inside the folder are read, unless links are followed: a choice of the import."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_WRONG_ENDING] = {
    N_("wrong ending"),
    NP_ ("%s picture has another format’s ending",
         "%s pictures have another format’s ending"),
    N_("They are read all the same; other programs may refuse them."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_EMPTY_CLASS] = {
    N_("no picture in the class"),
    NP_ ("%s class has no picture", "%s classes have no picture"),
    N_("Nothing can be learnt of a class without a picture: add some, or drop it."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_CASE_CLASH] = {
    N_("differs only in case"),
    NP_ ("%s class name differs from another only in case",
         "%s class names differ from others only in case"),
    N_("They are most likely one class. Merge them."),
    BALLAST_REMEDY_MERGE
  },
  [BALLAST_PROBLEM_DUPLICATE] = {
    N_("stored twice"),
    NP_ ("%s picture is there twice", "%s pictures are there twice"),
    N_("A picture that is there twice counts twice. Exclude the second copies."),
    BALLAST_REMEDY_EXCLUDE
  },
  [BALLAST_PROBLEM_CLASS_CONFLICT] = {
    N_("in two classes"),
    NP_ ("%s picture stands in two classes",
         "%s pictures stand in two classes"),
    N_("One of the two labels is wrong. Look at each pair and exclude the wrong one."),
    BALLAST_REMEDY_REVIEW
  },
  [BALLAST_PROBLEM_SPLIT_LEAK] = {
    N_("in two splits"),
    NP_ ("%s picture stands in two splits",
         "%s pictures stand in two splits"),
    N_("A model is tested on what it was trained on. Exclude one copy of each."),
    BALLAST_REMEDY_LEAK
  },
  [BALLAST_PROBLEM_MISSING_FILE] = {
    N_("not there"),
    NP_ ("%s listed file is not there", "%s listed files are not there"),
    N_("The list names them, but they are not in the folder."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_BAD_LINE] = {
    N_("not understood"),
    NP_ ("%s line cannot be understood", "%s lines cannot be understood"),
    N_("They were passed over. Put them right in the list, then import again."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_UNSAFE_PATH] = {
    N_("outside the folder"),
    NP_ ("%s path leads out of the folder",
         "%s paths lead out of the folder"),
    N_("Only files inside the chosen folder are read."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_ODD_NAME] = {
    N_("unusual name"),
    NP_ ("%s file has an unusual name", "%s files have unusual names"),
    N_("Control characters or bytes that are no text; an export gives them safe names."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_GONE] = {
    N_("gone"),
    NP_ ("%s picture is gone", "%s pictures are gone"),
    N_("They were there at an earlier import. What was edited of them is kept."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_CHANGED] = {
    N_("changed"),
    NP_ ("%s picture has changed", "%s pictures have changed"),
    N_("Their bytes are others than at an earlier import. Labels were kept."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_UNLABELLED] = {
    N_("no class"),
    NP_ ("%s picture has no class", "%s pictures have no class"),
    N_("They belong to no class and take no part in balancing. Label them, or exclude them."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_ANIMATION] = {
    N_("several frames"),
    NP_ ("%s picture has several frames", "%s pictures have several frames"),
    N_("The first frame is used."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_EMPTY_BOX] = {
    N_("box without area"),
    NP_ ("%s box has no area", "%s boxes have no area"),
    N_("They are kept as they are; trainers refuse or skip them. Put them right in the file, or drop them."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_BOX_OUTSIDE] = {
    N_("box leaves the picture"),
    NP_ ("%s box leaves its picture", "%s boxes leave their pictures"),
    N_("They are kept as they are; an export to shares of the picture cuts them at its edge."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_REPEATED_ID] = {
    N_("id comes twice"),
    NP_ ("%s id comes twice", "%s ids come twice"),
    N_("Programs that look records up by id see one of them only."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_UNKNOWN_CLASS] = {
    N_("unknown class"),
    NP_ ("%s annotation has a class that is not declared", "%s annotations have classes that are not declared"),
    N_("Declare the classes in the file, then import again."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_SIZE_MISMATCH] = {
    N_("other size"),
    NP_ ("%s picture has another size than its file of annotations says", "%s pictures have other sizes than their files of annotations say"),
    N_("Their boxes may lie elsewhere: look at them."),
    BALLAST_REMEDY_SHOW
  },
  [BALLAST_PROBLEM_UNLISTED_IMAGE] = {
    N_("not listed"),
    NP_ ("%s picture beside is not listed", "%s pictures beside are not listed"),
    N_("No annotation tells of them, so they were not imported."),
    BALLAST_REMEDY_NONE
  },
  [BALLAST_PROBLEM_NEAR_DUPLICATE] = {
    N_("looks like another"),
    NP_ ("%s pair of pictures looks alike", "%s pairs of pictures look alike"),
    N_("They count almost twice. Keep them in one split: group by near duplicates when you split."),
    BALLAST_REMEDY_REVIEW
  },
  [BALLAST_PROBLEM_NEAR_LEAK] = {
    N_("looks like one in another split"),
    NP_ ("%s pair of pictures that look alike is in two splits",
         "%s pairs of pictures that look alike are in two splits"),
    N_("A model is tested on what it was trained on. Keep them in one split, or exclude one of each."),
    BALLAST_REMEDY_LEAK
  },
  [BALLAST_PROBLEM_GROUP_LEAK] = {
    N_("its group is in two splits"),
    NP_ ("%s group is in two splits", "%s groups are in two splits"),
    N_("A model is tested on what it was trained on. Keep each group in one split."),
    BALLAST_REMEDY_LEAK
  },
};

static gboolean
is_known (BallastProblemKind kind)
{
  return kind >= 1 && kind <= BALLAST_PROBLEM_KIND_LAST && words[kind].singular != NULL;
}

char *
ballast_problem_text_title (BallastProblemKind kind,
                            guint64            count)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  g_autofree char *title = NULL;
  char **parts;

  g_return_val_if_fail (is_known (kind), NULL);

  parts = g_strsplit (g_dngettext (GETTEXT_PACKAGE, words[kind].singular, words[kind].plural,
                                   MIN (count, G_MAXULONG)), "%s", 2);
  title = g_strjoinv (number, parts);
  g_strfreev (parts);
  return g_steal_pointer (&title);
}

const char *
ballast_problem_text_get_advice (BallastProblemKind kind)
{
  g_return_val_if_fail (is_known (kind), NULL);
  return _(words[kind].advice);
}

char *
ballast_problem_text_of_image (const BallastProblem *problem)
{
  g_autofree char *other = problem->other_path == NULL ? NULL
                                                       : ballast_path_display (problem->other_path);
  g_autofree char *detail = ballast_stored_text_translate (problem->detail);

  g_return_val_if_fail (is_known (problem->kind), NULL);

  if (other == NULL && detail == NULL)
    return g_strdup (_(words[problem->kind].name));
  /* Translators: what is wrong with an image, and more about it: "damaged: cut short in its header" */
  return g_strdup_printf (_("%s: %s"), _(words[problem->kind].name), other != NULL ? other : detail);
}

BallastRemedy
ballast_problem_text_get_remedy (BallastProblemKind kind)
{
  g_return_val_if_fail (is_known (kind), BALLAST_REMEDY_NONE);
  return words[kind].remedy;
}

static const char *
base_of (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

char *
ballast_problem_text_example (const BallastProblem *problem)
{
  g_autofree char *name = NULL;
  g_autofree char *other = NULL;

  if (problem->path == NULL)
    return problem->detail != NULL ? ballast_stored_text_translate (problem->detail) : g_strdup ("");

  name = ballast_path_display (base_of (problem->path));
  if (problem->other_path == NULL)
    return g_steal_pointer (&name);
  other = ballast_path_display (base_of (problem->other_path));
  return g_strdup_printf ("%s = %s", name, other);
}

char *
ballast_problem_text_line (const BallastProblem *problem)
{
  g_autofree char *path = problem->path == NULL ? NULL : ballast_path_display (problem->path);
  g_autofree char *other = problem->other_path == NULL ? NULL
                                                       : ballast_path_display (problem->other_path);
  GString *line = g_string_new (ballast_problem_kind_get_name (problem->kind));

  if (path != NULL)
    g_string_append_printf (line, ": %s", path);
  if (other != NULL)
    g_string_append_printf (line, " = %s", other);
  if (problem->detail != NULL)
    g_string_append_printf (line, ": %s", problem->detail);
  return g_string_free (line, FALSE);
}
