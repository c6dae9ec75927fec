/*
 * Street scenes with boxes, as COCO.
 *
 * Counts are planned before anything is drawn, so that there are exactly 20 cars to a bus in each
 * split.  In a scene every vehicle tries a number of places and takes the one that hides the
 * least, of itself and of the others; nearer lanes are drawn later.
 */
#define G_LOG_DOMAIN "ballast-sample"

#include "config.h"

#include <ballast-permutation.h>
#include <math.h>

#include "ballast-sample-coco.h"
#include "ballast-sample-kinds.h"
#include "ballast-sample-vehicles.h"

#define CARS_MOST 5
#define BICYCLE_SHARE 0.16 /* for each car */
#define PLACES_TRIED 60
#define VEHICLES_MOST 16
#define TEST_LEAST 4       /* scenes: as many as can hold the 20 cars that go with one bus */

typedef struct
{
  guint counts[BALLAST_N_VEHICLES];
} ScenePlan;

/* Where vehicles drive; @ground and @scale are shares of the picture's height and width. */
typedef struct
{
  double   ground;
  double   metres; /* across the picture */
  gboolean leftwards;
} Lane;

static const Lane lanes[] = {
  { 0.605, 23.0, TRUE },  /* parked along the far kerb */
  { 0.715, 18.0, TRUE },
  { 0.900, 12.5, FALSE },
  { 0.975, 11.0, FALSE }, /* the near edge, for bicycles */
};

#define LANE_EDGE 3

typedef struct
{
  BallastVehiclePlace place;
  guint               lane;
} Standing;

typedef struct
{
  Standing standing[VEHICLES_MOST];
  guint    n;
  double   width;
  double   height;
} Scene;

static double
get_overlap (const BallastVehiclePlace *a,
             const BallastVehiclePlace *b)
{
  double width = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x);
  double height = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);

  return width > 0 && height > 0 ? width * height : 0;
}

/* How much a place hides, in shares of what is hidden; driving into each other is the worst. */
static double
get_cost (const Scene    *scene,
          const Standing *candidate)
{
  double cost = 0;

  for (guint i = 0; i < scene->n; i++)
    {
      const Standing *other = &scene->standing[i];
      const BallastVehiclePlace *behind = candidate->lane < other->lane ? &candidate->place : &other->place;
      double overlap = get_overlap (&candidate->place, &other->place);

      cost += overlap / (behind->width * behind->height) * (candidate->lane == other->lane ? 10 : 1);
    }

  return cost;
}

static Standing
try_place (const Scene   *scene,
           BallastVehicle vehicle,
           BallastDice   *dice)
{
  guint first = vehicle == BALLAST_VEHICLE_CAR ? 0 : 1;
  Standing standing = { { .vehicle = vehicle }, first + ballast_dice_below (dice, LANE_EDGE - first) };
  const Lane *lane;
  double length, height, scale;

  if (vehicle == BALLAST_VEHICLE_BICYCLE)
    standing.lane = ballast_dice_chance (dice, 0.6) ? LANE_EDGE : 1;
  lane = &lanes[standing.lane];
  scale = scene->width / lane->metres;
  ballast_vehicle_get_size (vehicle, dice, &length, &height);
  standing.place.leftwards = lane->leftwards;
  standing.place.width = length * scale;
  standing.place.height = height * scale;
  standing.place.x = ballast_dice_range (dice, -0.35 * standing.place.width, scene->width - 0.65 * standing.place.width);
  standing.place.y = scene->height * (lane->ground + ballast_dice_range (dice, -0.008, 0.008)) - standing.place.height;
  return standing;
}

static void
add_vehicle (Scene         *scene,
             BallastVehicle vehicle,
             BallastDice   *dice)
{
  Standing best = { 0 };
  double least = G_MAXDOUBLE;

  if (scene->n == VEHICLES_MOST)
    return;

  for (int i = 0; i < PLACES_TRIED && least > 0; i++)
    {
      Standing standing = try_place (scene, vehicle, dice);
      double cost = get_cost (scene, &standing);

      if (cost < least)
        {
          least = cost;
          best = standing;
        }
    }
  scene->standing[scene->n++] = best;
}

static void
draw_band (const BallastScenery *scenery,
           double                top,
           double                bottom,
           double                grey)
{
  cairo_pattern_t *fade = cairo_pattern_create_linear (0, top, 0, bottom);

  cairo_pattern_add_color_stop_rgb (fade, 0, grey * 1.08, grey * 1.08, grey * 1.10);
  cairo_pattern_add_color_stop_rgb (fade, 1, grey * 0.86, grey * 0.86, grey * 0.88);
  cairo_set_source (scenery->cr, fade);
  cairo_rectangle (scenery->cr, 0, top, scenery->width, bottom - top);
  cairo_fill (scenery->cr);
  cairo_pattern_destroy (fade);
}

static void
draw_road (const BallastScenery *scenery)
{
  double height = scenery->height;
  double grey = ballast_dice_range (scenery->dice, 0.30, 0.42);

  draw_band (scenery, scenery->horizon, 0.575 * height, 0.66);
  draw_band (scenery, 0.575 * height, 0.59 * height, 0.52);
  draw_band (scenery, 0.59 * height, height, grey);

  /* Patches and cracks, then the line between the lanes. */
  for (int i = 0; i < 26; i++)
    {
      double y = ballast_dice_range (scenery->dice, 0.6, 1.0) * height;

      cairo_set_source_rgba (scenery->cr, 0, 0, 0, ballast_dice_range (scenery->dice, 0.02, 0.09));
      cairo_rectangle (scenery->cr, ballast_dice_range (scenery->dice, -0.1, 1) * scenery->width, y,
                       ballast_dice_range (scenery->dice, 0.05, 0.4) * scenery->width,
                       ballast_dice_range (scenery->dice, 0.002, 0.02) * height);
      cairo_fill (scenery->cr);
    }
  cairo_set_source_rgb (scenery->cr, 0.86, 0.86, 0.82);
  for (double x = -ballast_dice_range (scenery->dice, 0, 0.16); x < 1; x += 0.16)
    {
      cairo_rectangle (scenery->cr, x * scenery->width, 0.758 * height, 0.09 * scenery->width, 0.011 * height);
      cairo_fill (scenery->cr);
    }
}

static void
draw_lamp_posts (const BallastScenery *scenery)
{
  double foot = 0.578 * scenery->height;
  double top = scenery->height * ballast_dice_range (scenery->dice, 0.12, 0.22);

  for (double x = ballast_dice_range (scenery->dice, 0, 0.4); x < 1; x += 0.45)
    {
      cairo_t *cr = scenery->cr;

      cairo_set_source_rgb (cr, 0.22, 0.24, 0.26);
      cairo_set_line_width (cr, 0.006 * scenery->width);
      cairo_move_to (cr, x * scenery->width, foot);
      cairo_line_to (cr, x * scenery->width, top);
      cairo_line_to (cr, (x + 0.05) * scenery->width, top - 0.012 * scenery->height);
      cairo_stroke (cr);
      if (scenery->light == BALLAST_LIGHT_DUSK)
        cairo_set_source_rgb (cr, 1.0, 0.90, 0.62);
      cairo_rectangle (cr, (x + 0.035) * scenery->width, top - 0.012 * scenery->height, 0.035 * scenery->width,
                       0.014 * scenery->height);
      cairo_fill (cr);
    }
}

static void
draw_surroundings (const BallastScenery *scenery)
{
  guint n_trees = 1 + ballast_dice_below (scenery->dice, 5);

  ballast_scenery_draw_sky (scenery);
  ballast_scenery_draw_hills (scenery);
  ballast_scenery_draw_houses (scenery, ballast_dice_range (scenery->dice, 0.24, 0.44));
  draw_road (scenery);
  for (guint i = 0; i < n_trees; i++)
    ballast_scenery_draw_tree (scenery, ballast_dice_range (scenery->dice, 0, 1) * scenery->width,
                               scenery->height * ballast_dice_range (scenery->dice, 0.55, 0.575),
                               scenery->height * ballast_dice_range (scenery->dice, 0.26, 0.46));
  draw_lamp_posts (scenery);
}

static void
arrange (Scene           *scene,
         const ScenePlan *plan,
         BallastDice     *dice)
{
  static const BallastVehicle order[] = { BALLAST_VEHICLE_BUS, BALLAST_VEHICLE_CAR, BALLAST_VEHICLE_BICYCLE };

  scene->n = 0;
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    for (guint j = 0; j < plan->counts[order[i]]; j++)
      add_vehicle (scene, order[i], dice);
}

static BallastRaster *
draw_scene (const Scene *scene,
            BallastDice *dice)
{
  BallastLight light = ballast_scenery_choose_light (dice);
  BallastDarkroom darkroom = ballast_scenery_get_darkroom (light, dice);
  cairo_surface_t *canvas = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) scene->width, (int) scene->height);
  BallastScenery scenery = { cairo_create (canvas), scene->width, scene->height, 0.53 * scene->height, light, dice };
  BallastRaster *raster;

  draw_surroundings (&scenery);
  cairo_destroy (scenery.cr);
  ballast_canvas_blur (canvas, ballast_dice_range (dice, 0.7, 1.3));

  scenery.cr = cairo_create (canvas);
  for (guint lane = 0; lane < G_N_ELEMENTS (lanes); lane++)
    for (guint i = 0; i < scene->n; i++)
      if (scene->standing[i].lane == lane)
        ballast_vehicle_draw (&scene->standing[i].place, &scenery);
  cairo_destroy (scenery.cr);

  raster = ballast_canvas_develop (canvas, &darkroom, dice);
  cairo_surface_destroy (canvas);
  return raster;
}

/* The part of the vehicle that is in the picture, on whole pixels. */
static BallastBox
get_box (const Scene               *scene,
         const BallastVehiclePlace *place)
{
  double left = MAX (floor (place->x), 0), top = MAX (floor (place->y), 0);
  double right = MIN (ceil (place->x + place->width), scene->width);
  double bottom = MIN (ceil (place->y + place->height), scene->height);
  BallastBox box = { left, top, right - left, bottom - top };

  return box;
}

static gboolean
write_scene (const BallastSampleWriter *writer,
             const char                *name,
             const ScenePlan           *plan,
             BallastCocoText           *coco,
             GError                   **error)
{
  g_autofree char *path = g_strconcat ("images/", name, NULL);
  BallastDice dice = ballast_dice_init (writer->seed, path);
  Scene scene = { .width = 416 + 16 * ballast_dice_below (&dice, 7), .height = 288 + 16 * ballast_dice_below (&dice, 4) };
  g_autoptr(BallastRaster) raster = NULL;
  guint image = ballast_coco_text_add_image (coco, name, (guint) scene.width, (guint) scene.height);

  arrange (&scene, plan, &dice);
  for (guint i = 0; i < scene.n; i++)
    {
      BallastBox box = get_box (&scene, &scene.standing[i].place);

      ballast_coco_text_add_annotation (coco, image, scene.standing[i].place.vehicle + 1, &box);
    }

  raster = draw_scene (&scene, &dice);
  return ballast_sample_write_jpeg (writer, path, raster, 82 + ballast_dice_below (&dice, 12), error);
}

/* (transfer full): @n scenes with 20 cars to each bus, whoever is in which drawn by the seed. */
static ScenePlan *
plan_scenes (guint64     seed,
             const char *split,
             guint       n)
{
  ScenePlan *plans = g_new0 (ScenePlan, n);
  BallastDice dice = ballast_dice_init (seed, split);
  guint cars = 0, bicycles;

  for (guint i = 0; i < n; i++)
    {
      plans[i].counts[BALLAST_VEHICLE_CAR] = 1 + ballast_dice_below (&dice, CARS_MOST - 1);
      cars += plans[i].counts[BALLAST_VEHICLE_CAR];
    }
  for (guint i = 0; cars % BALLAST_SAMPLE_RATIO != 0; i = (i + 1) % n)
    if (plans[i].counts[BALLAST_VEHICLE_CAR] < CARS_MOST)
      {
        plans[i].counts[BALLAST_VEHICLE_CAR]++;
        cars++;
      }

  for (guint i = 0; i < cars / BALLAST_SAMPLE_RATIO; i++)
    plans[ballast_permutation_place (&dice.key, BALLAST_VEHICLE_BUS, n, i % n)].counts[BALLAST_VEHICLE_BUS]++;
  bicycles = MAX ((guint) (cars * BICYCLE_SHARE), 1);
  for (guint i = 0; i < bicycles; i++)
    plans[ballast_permutation_place (&dice.key, BALLAST_VEHICLE_BICYCLE, n, i % n)].counts[BALLAST_VEHICLE_BICYCLE]++;

  return plans;
}

static gboolean
write_split (const BallastSampleWriter *writer,
             const char                *split,
             guint                      n,
             GError                   **error)
{
  g_autofree ScenePlan *plans = plan_scenes (writer->seed, split, n);
  g_autofree char *path = g_strdup_printf ("annotations/instances_%s.json", split);
  BallastCocoText *coco = ballast_coco_text_new ("Street scenes drawn by Ballast");
  g_autofree char *text = NULL;
  gboolean done = TRUE;

  for (guint i = 0; i < BALLAST_N_VEHICLES; i++)
    ballast_coco_text_add_category (coco, ballast_vehicle_get_name ((BallastVehicle) i));
  for (guint i = 0; i < n && done; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%05u.jpg", split, i + 1);

      done = write_scene (writer, name, &plans[i], coco, error);
    }

  text = ballast_coco_text_finish (coco);
  return done && ballast_sample_write_text (writer, path, text, error);
}

gboolean
ballast_sample_write_street (const BallastSampleWriter *writer,
                             GError                   **error)
{
  guint test = MAX (writer->images / 5, TEST_LEAST);

  return write_split (writer, "train", writer->images - test, error) && write_split (writer, "test", test, error);
}
