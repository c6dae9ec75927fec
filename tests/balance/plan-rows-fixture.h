#pragma once

#include <string.h>

#include "ballast-plan-rows.h"

/*
 * Rows from "aab ab - c": an image a word, a letter an instance, '-' an image without any.  Classes
 * are "a", "b" …; image i has the id i + 1 and the path "i.jpg".
 */
static inline BallastPlanRows *
fixture_rows (const char *text,
              guint       n_classes)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  g_auto(GStrv) words = g_strsplit (text, " ", -1);
  BallastPlanRows *rows = ballast_plan_rows_new (names, n_classes);

  for (guint i = 0; words[i] != NULL; i++)
    {
      BallastPlanCell cells[64];
      guint n = words[i][0] == '-' ? 0 : strlen (words[i]);
      g_autofree char *path = g_strdup_printf ("%u.jpg", i);

      for (guint j = 0; j < n; j++)
        cells[j] = (BallastPlanCell){ (guint32) (words[i][j] - 'a'), 1 };
      ballast_plan_rows_add (rows, i + 1, path, cells, n);
    }
  ballast_plan_rows_finish (rows);
  return rows;
}

/* The tiny set of the methods: images × classes [[2,0,0],[3,0,0],[1,1,0],[0,2,0],[1,0,1],[0,1,1]]. */
#define FIXTURE_D6 "aa aaa ab bb ac bc"
