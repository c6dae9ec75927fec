"""What ./dev bench engine compares: every op and chain, by four hands on the same pixels.

A new op joins by one line of OPS: its name, the arguments of Albumentations (which Ballast reads too,
fixed where they are drawn), the same by hand in OpenCV, and in torchvision where that has it.  `h` and
`w` are the picture's.  A peer gets RGB bytes; torchvision gets what it is faster with: (PIL image,
tensor).
"""
try:
    import cv2
    import numpy as np
except ImportError:  # the peers say so
    pass
try:
    import torch
    import torchvision.transforms.functional as F
    BILINEAR = F.InterpolationMode.BILINEAR
except ImportError:
    pass


class Case:
    def __init__(self, name, arguments, opencv, torchvision=None, recipe=None):
        self.name, self.arguments, self.recipe = name, arguments, recipe
        self.opencv, self.torchvision = opencv, torchvision
        self.op = name.split()[0]

    def transforms(self, w, h):
        """Albumentations' steps: (op, arguments)."""
        arguments = self.arguments(w, h) if callable(self.arguments) else self.arguments
        return [(self.op, arguments)] if isinstance(arguments, dict) else arguments

    def steps(self, w, h):
        """The recipe, where drawing it would not give the numbers that the peers have."""
        return self.recipe(w, h) if callable(self.recipe) else self.recipe


# By hand in OpenCV.
def turn(im, angle, scale=1, dx=0, dy=0):
    h, w = im.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2 - 0.5, h / 2 - 0.5), angle, scale)
    m[:, 2] += (dx * w, dy * h)
    return cv2.warpAffine(im, m, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def corners(w, h, s=0.07):
    return [[w * s, h * s], [w * (1 - s / 2), h * s / 3], [w * (1 - s), h * (1 - s)], [w * s / 4, h * (1 - s / 2)]]


def tilt(im):
    h, w = im.shape[:2]
    m = cv2.getPerspectiveTransform(np.float32(corners(w, h)),
                                    np.float32([[0, 0], [w, 0], [w, h], [0, h]]))
    return cv2.warpPerspective(im, m, (w, h), flags=cv2.INTER_LINEAR)


def table(im, values):
    return cv2.LUT(im, np.clip(values, 0, 255).astype(np.uint8))


def light(im, b, c):
    return table(im, np.arange(256, dtype=np.float32) * np.float32(1 + c) + np.float32(b * 255))


def hsv(im, dh, ds, dv):
    x = np.arange(256)
    lut = np.stack([(x + dh) % 180, np.clip(x + ds, 0, 255), np.clip(x + dv, 0, 255)],
                   -1).astype(np.uint8).reshape(1, 256, 3)
    return cv2.cvtColor(cv2.LUT(cv2.cvtColor(im, cv2.COLOR_RGB2HSV), lut), cv2.COLOR_HSV2RGB)


def grey(im):
    return cv2.cvtColor(cv2.cvtColor(im, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)


def jitter(im):
    im = table(im, np.arange(256) * 1.1)
    mean = cv2.mean(cv2.cvtColor(im, cv2.COLOR_RGB2GRAY))[0]
    im = table(im, (np.arange(256) - mean) * 1.1 + mean)
    im = cv2.addWeighted(im, 1.1, grey(im), -0.1, 0)
    return hsv(im, 9, 0, 0)


def clahe(im):
    lab = cv2.cvtColor(im, cv2.COLOR_RGB2LAB)
    lab[:, :, 0] = cv2.createCLAHE(4, (8, 8)).apply(lab[:, :, 0])
    return cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)


def equalize(im):
    return cv2.merge([cv2.equalizeHist(part) for part in cv2.split(im)])


def noise(im, sigma):
    field = np.empty(im.shape, np.int16)
    cv2.randn(field, (0, 0, 0), (sigma * 255,) * 3)
    return cv2.add(im, field, dtype=cv2.CV_8U)


def salt(im, amount):
    h, w = im.shape[:2]
    out = im.copy()
    draw = np.random.default_rng(1).random((h, w), np.float32)
    out[draw < amount / 2] = 0
    out[draw > 1 - amount / 2] = 255
    return out


def motion(im):
    kernel = np.eye(7, dtype=np.float32) / 7
    return cv2.filter2D(im, -1, kernel)


def sharpen(im):
    kernel = np.float32([[-1, -1, -1], [-1, 8.75, -1], [-1, -1, -1]]) * 0.35
    kernel[1, 1] += 0.65
    return cv2.filter2D(im, -1, kernel)


def compress(im):
    data = cv2.imencode(".jpg", im, [cv2.IMWRITE_JPEG_QUALITY, 60])[1]
    return cv2.imdecode(data, cv2.IMREAD_COLOR)


def fill(im, share):
    h, w = im.shape[:2]
    out = im.copy()
    a, b = int(h * share), int(w * share)
    out[h // 4:h // 4 + a, w // 4:w // 4 + b] = 0
    out[h // 2:h // 2 + a, w // 2:w // 2 + b] = 0
    return out


def cut(im):
    h, w = im.shape[:2]
    part = im[h // 10:h // 10 + h * 8 // 10, w // 10:w // 10 + w * 8 // 10]
    return cv2.resize(part, (w, h), interpolation=cv2.INTER_LINEAR)


def fit(im, side, how):
    h, w = im.shape[:2]
    k = side / max(w, h)
    return cv2.resize(im, (round(w * k), round(h * k)), interpolation=how)


def pad(im):
    h, w = im.shape[:2]
    side = max(w, h) + 64
    top, left = (side - h) // 2, (side - w) // 2
    return cv2.copyMakeBorder(im, top, side - h - top, left, side - w - left, cv2.BORDER_CONSTANT,
                              value=(114, 114, 114))


def chain_all_five(im):
    return noise(hsv(light(turn(cv2.flip(im, 1), 15), 0.12, 0.1), 8, 0, 0), 0.04)


def chain_tilted(im):
    im = cv2.GaussianBlur(hsv(tilt(turn(im, 7, 1.05, 0.03, -0.02)), 8, 12, 0), (5, 5), 0.8)
    return fill(im, 0.15)


# In torchvision.
def tv_noise(t, sigma):
    return (t.float() + torch.randn(t.shape) * (sigma * 255)).clamp(0, 255).to(torch.uint8)


def tv_fill(t, share):
    h, w = t.shape[-2:]
    for y, x in ((h // 4, w // 4), (h // 2, w // 2)):
        t = F.erase(t, y, x, int(h * share), int(w * share), 0)
    return t


def tv_light(t):
    return F.adjust_contrast(F.adjust_brightness(t, 1.12), 1.1)


def tv_jitter(t):
    return F.adjust_hue(F.adjust_saturation(tv_light(t), 1.1), 0.05)


def tv_all_five(p, t):
    p = F.adjust_hue(F.adjust_brightness(F.rotate(F.hflip(p), 15, BILINEAR), 1.12), 0.044)
    return tv_noise(F.pil_to_tensor(p), 0.04)


def tv_tilted(p, t):
    w, h = p.size
    p = F.affine(p, 7, [0.03 * w, -0.02 * h], 1.05, [0, 0], BILINEAR)
    p = F.perspective(p, corners(w, h), [[0, 0], [w, 0], [w, h], [0, h]], BILINEAR)
    return tv_fill(F.gaussian_blur(F.pil_to_tensor(F.adjust_hue(p, 0.044)), 5, 0.8), 0.15)


# Arguments that several lines share.
FLIP = ("HorizontalFlip", {})
TURN = ("Rotate", {"limit": [15, 15], "border_mode": 4})
LIGHT = ("RandomBrightnessContrast", {"brightness_limit": [0.12, 0.12], "contrast_limit": [0.1, 0.1]})
COLOUR = ("HueSaturationValue", {"hue_shift_limit": [8, 8], "sat_shift_limit": [0, 0],
                                 "val_shift_limit": [0, 0]})
STRONGER = ("HueSaturationValue", {"hue_shift_limit": [8, 8], "sat_shift_limit": [12, 12],
                                   "val_shift_limit": [0, 0]})
GRAIN = ("GaussNoise", {"std_range": [0.04, 0.04]})
AFFINE = ("Affine", {"scale": [1.05, 1.05], "translate_percent": [0.03, 0.03], "rotate": [7, 7],
                     "shear": [0, 0], "border_mode": 4})
TILT = ("Perspective", {"scale": [0.07, 0.07]})
HOLES = ("CoarseDropout", {"num_holes_range": [2, 2], "hole_height_range": [0.15, 0.15],
                           "hole_width_range": [0.15, 0.15]})


def blur(sigma):
    size = int(3.5 * sigma) * 2 + 1
    return Case(f"GaussianBlur {sigma}", {"sigma_limit": [sigma, sigma], "blur_limit": 0},
                lambda im: cv2.GaussianBlur(im, (size, size), sigma),
                lambda p, t: F.gaussian_blur(t, size, sigma))


OPS = [
    Case("HorizontalFlip", {}, lambda im: cv2.flip(im, 1), lambda p, t: F.hflip(p)),
    Case("VerticalFlip", {}, lambda im: cv2.flip(im, 0), lambda p, t: F.vflip(t)),
    Case("RandomRotate90", {}, lambda im: cv2.rotate(im, cv2.ROTATE_90_COUNTERCLOCKWISE),
         lambda p, t: torch.rot90(t, 1, (1, 2)).contiguous(), [["RandomRotate90", 1, 1]]),
    Case("Transpose", {}, cv2.transpose, lambda p, t: t.transpose(1, 2).contiguous()),
    Case("Rotate", TURN[1], lambda im: turn(im, 15), lambda p, t: F.rotate(p, 15, BILINEAR)),
    Case("Affine", AFFINE[1], lambda im: turn(im, 7, 1.05, 0.03, 0.03),
         lambda p, t: F.affine(p, 7, [0.03 * p.width, 0.03 * p.height], 1.05, [0, 0], BILINEAR)),
    Case("Perspective", TILT[1], tilt,
         lambda p, t: F.perspective(p, corners(*p.size), corners(*p.size, 0), BILINEAR)),
    Case("Resize ×½ (area)", lambda w, h: {"width": w // 2, "height": h // 2, "interpolation": 3},
         lambda im: cv2.resize(im, (im.shape[1] // 2, im.shape[0] // 2), interpolation=cv2.INTER_AREA),
         lambda p, t: F.resize(t, [p.height // 2, p.width // 2], antialias=True)),
    Case("Resize to 224 (area)", {"width": 224, "height": 224, "interpolation": 3},
         lambda im: cv2.resize(im, (224, 224), interpolation=cv2.INTER_AREA),
         lambda p, t: F.resize(t, [224, 224], antialias=True)),
    Case("Resize ×1.5", lambda w, h: {"width": w * 3 // 2, "height": h * 3 // 2},
         lambda im: cv2.resize(im, (im.shape[1] * 3 // 2, im.shape[0] * 3 // 2)),
         lambda p, t: F.resize(t, [p.height * 3 // 2, p.width * 3 // 2])),
    Case("LongestMaxSize", {"max_size": 320, "interpolation": 3}, lambda im: fit(im, 320, cv2.INTER_AREA)),
    Case("RandomCrop", lambda w, h: {"width": w * 3 // 4, "height": h * 3 // 4},
         lambda im: im[20:20 + im.shape[0] * 3 // 4, 30:30 + im.shape[1] * 3 // 4].copy(),
         lambda p, t: F.crop(t, 20, 30, p.height * 3 // 4, p.width * 3 // 4).contiguous()),
    Case("RandomResizedCrop",
         lambda w, h: {"size": [h, w], "scale": [0.64, 0.64], "ratio": [w / h, w / h]}, cut,
         lambda p, t: F.resized_crop(t, p.height // 10, p.width // 10, p.height * 8 // 10,
                                     p.width * 8 // 10, [p.height, p.width])),
    Case("PadIfNeeded", lambda w, h: {"min_width": max(w, h) + 64, "min_height": max(w, h) + 64,
                                      "border_mode": 0, "fill": 114}, pad,
         lambda p, t: F.pad(t, [32, 32], 114)),
    Case("RandomBrightnessContrast", LIGHT[1], lambda im: light(im, 0.12, 0.1),
         lambda p, t: tv_light(t)),
    Case("HueSaturationValue", COLOUR[1], lambda im: hsv(im, 8, 0, 0),
         lambda p, t: F.adjust_hue(p, 0.044)),
    Case("RandomGamma", {"gamma_limit": [80, 80]},
         lambda im: table(im, (np.arange(256) / 255.0) ** 0.8 * 255),
         lambda p, t: F.adjust_gamma(p, 0.8)),
    Case("ColorJitter", {"brightness": [1.1, 1.1], "contrast": [1.1, 1.1], "saturation": [1.1, 1.1],
                         "hue": [0.05, 0.05]}, jitter, lambda p, t: tv_jitter(p)),
    Case("ToGray", {}, grey, lambda p, t: F.rgb_to_grayscale(t, 3)),
    Case("CLAHE", {"clip_limit": [4, 4], "tile_grid_size": [8, 8]}, clahe),
    Case("Equalize", {}, equalize, lambda p, t: F.equalize(p)),
    Case("GaussNoise", GRAIN[1], lambda im: noise(im, 0.04), lambda p, t: tv_noise(t, 0.04)),
    Case("SaltAndPepper", {"amount": [0.03, 0.03], "salt_vs_pepper": [0.5, 0.5]},
         lambda im: salt(im, 0.03)),
    blur(0.7), blur(1.5), blur(3),
    Case("MedianBlur 5", {"blur_limit": [5, 5]}, lambda im: cv2.medianBlur(im, 5)),
    Case("MotionBlur 7", {"blur_limit": [7, 7], "angle_range": [45, 45], "allow_shifted": False},
         motion),
    Case("Sharpen", {"alpha": [0.35, 0.35], "lightness": [0.75, 0.75]}, sharpen,
         lambda p, t: F.adjust_sharpness(t, 1.7)),
    Case("ImageCompression 60", {"compression_type": "jpeg", "quality_range": [60, 60]}, compress),
    Case("CoarseDropout", HOLES[1], lambda im: fill(im, 0.15), lambda p, t: tv_fill(t, 0.15)),
    Case("Erasing", {"scale": [0.04, 0.04], "ratio": [1, 1]}, lambda im: fill(im, 0.14),
         lambda p, t: tv_fill(t, 0.14)),
]

CHAINS = [
    Case("(a) flip", [FLIP], lambda im: cv2.flip(im, 1), lambda p, t: F.hflip(p)),
    Case("(b) flip, turn, light", [FLIP, TURN, LIGHT],
         lambda im: light(turn(cv2.flip(im, 1), 15), 0.12, 0.1),
         lambda p, t: F.adjust_brightness(F.rotate(F.hflip(p), 15, BILINEAR), 1.12)),
    Case("(c) flip, turn, light, hue, noise", [FLIP, TURN, LIGHT, COLOUR, GRAIN], chain_all_five,
         tv_all_five),
    Case("(d) affine, tilt, colour, blur, holes",
         [AFFINE, TILT, STRONGER, ("GaussianBlur", {"sigma_limit": [0.8, 0.8], "blur_limit": 0}),
          HOLES], chain_tilted, tv_tilted),
]

# What an op that changes little of a picture has to do at least, and those ops.
COPY = Case("(a copy of the pixels)", None, None, None, lambda w, h: [])
COPIERS = {"VerticalFlip", "PadIfNeeded", "CoarseDropout", "Erasing"}

# Those that the catalogue marks as the core; at least as fast as OpenCV, each.
CORE = {"HorizontalFlip", "VerticalFlip", "RandomRotate90", "Rotate", "Affine", "Perspective", "Resize",
        "LongestMaxSize", "RandomCrop", "RandomResizedCrop", "PadIfNeeded", "RandomBrightnessContrast",
        "HueSaturationValue", "RandomGamma", "ColorJitter", "ToGray", "CLAHE", "Equalize", "GaussNoise",
        "SaltAndPepper", "GaussianBlur", "MedianBlur", "MotionBlur", "Sharpen", "ImageCompression",
        "CoarseDropout", "Erasing"}
