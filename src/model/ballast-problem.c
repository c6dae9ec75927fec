#define G_LOG_DOMAIN "ballast-model"

#include "config.h"

#include "ballast-problem.h"

static const struct
{
  const char     *name;
  BallastSeverity severity;
} kinds[] = {
  [BALLAST_PROBLEM_EMPTY_FILE] = { "empty-file", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_DAMAGED] = { "damaged", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_NOT_AN_IMAGE] = { "not-an-image", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_TOO_LARGE] = { "too-large", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_UNREADABLE] = { "unreadable", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_SPECIAL_FILE] = { "special-file", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_WRONG_ENDING] = { "wrong-ending", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_EMPTY_CLASS] = { "empty-class", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_CASE_CLASH] = { "case-clash", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_DUPLICATE] = { "duplicate", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_CLASS_CONFLICT] = { "class-conflict", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_SPLIT_LEAK] = { "split-leak", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_MISSING_FILE] = { "missing-file", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_BAD_LINE] = { "bad-line", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_UNSAFE_PATH] = { "unsafe-path", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_ODD_NAME] = { "odd-name", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_GONE] = { "gone", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_CHANGED] = { "changed", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_UNLABELLED] = { "unlabelled", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_ANIMATION] = { "animation", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_EMPTY_BOX] = { "empty-box", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_BOX_OUTSIDE] = { "box-outside", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_REPEATED_ID] = { "repeated-id", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_UNKNOWN_CLASS] = { "unknown-class", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_SIZE_MISMATCH] = { "size-mismatch", BALLAST_SEVERITY_WARNING },
  [BALLAST_PROBLEM_UNLISTED_IMAGE] = { "unlisted-image", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_NEAR_DUPLICATE] = { "near-duplicate", BALLAST_SEVERITY_NOTE },
  [BALLAST_PROBLEM_NEAR_LEAK] = { "near-leak", BALLAST_SEVERITY_ERROR },
  [BALLAST_PROBLEM_GROUP_LEAK] = { "group-leak", BALLAST_SEVERITY_ERROR },
};

void
ballast_problem_clear (BallastProblem *problem)
{
  g_clear_pointer (&problem->path, g_free);
  g_clear_pointer (&problem->other_path, g_free);
  g_clear_pointer (&problem->detail, g_free);
}

const char *
ballast_problem_kind_get_name (BallastProblemKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kinds) ? kinds[kind].name : NULL;
}

BallastSeverity
ballast_problem_kind_get_severity (BallastProblemKind kind)
{
  return (guint) kind < G_N_ELEMENTS (kinds) ? kinds[kind].severity : BALLAST_SEVERITY_NOTE;
}
