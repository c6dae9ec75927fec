"""Loads class_weights.* of the folder argv[1] as training code would, with what is installed.

The weights are "balanced" on [800, 100, 60, 40].
"""
import csv
import importlib.util
import json
import os
import sys

folder = sys.argv[1]
expected = [0.3125, 2.5, 25 / 6, 6.25]
names = ["stop", "yield", 'sp"eed', "no,entry"]
loaded = []


def path(ending):
    return os.path.join(folder, "class_weights." + ending)


def check(what, values, tolerance=1e-7):
    values = [float(value) for value in values]
    assert len(values) == 4, what
    for value, right in zip(values, expected):
        assert abs(value - right) <= tolerance * right, (what, values)
    loaded.append(what)


def check_plain():
    with open(path("json"), encoding="utf-8") as file:
        data = json.load(file)
    check("json", [entry["weight"] for entry in data["classes"]])
    assert [entry["name"] for entry in data["classes"]] == names
    check("json by name", [data["by_name"][name] for name in names])
    with open(path("keras.json"), encoding="utf-8") as file:
        keras = {int(k): v for k, v in json.load(file).items()}
    check("Keras dictionary", [keras[i] for i in range(4)])
    order = data["imagefolder_order"]
    assert [names[i] for i in order] == sorted(names)

    with open(path("csv"), newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == names
    check("csv", [row["weight"] for row in rows])

    spec = importlib.util.spec_from_file_location("class_weights", path("py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.NAMES == names
    check("py", module.WEIGHTS)
    check("py by index", [module.BY_INDEX[i] for i in range(4)])
    assert module.weights_for(sorted(names)) == [module.BY_NAME[name] for name in sorted(names)]
    return module


def check_settings():
    """The snippets are Python, with what a configuration file has around them."""
    class Node:
        def __getattr__(self, name):
            self.__dict__[name] = Node()
            return self.__dict__[name]

    scope = {"cfg": Node()}
    with open(path("detectron2.py"), encoding="utf-8") as file:
        exec(file.read(), scope)
    assert scope["THING_CLASSES"] == names
    assert scope["cfg"].DATALOADER.REPEAT_THRESHOLD == 0.08
    check("Detectron2", scope["CLASS_WEIGHTS"])
    scope = {}
    with open(path("mmdetection.py"), encoding="utf-8") as file:
        exec(file.read(), scope)
    assert list(scope["metainfo"]["classes"]) == names
    assert scope["loss_cls"]["class_weight"][4] == 1
    check("MMDetection", scope["loss_cls"]["class_weight"][:4])


def check_yaml():
    import yaml

    with open(path("ultralytics.yaml"), encoding="utf-8") as file:
        assert yaml.safe_load(file) == {"cls_pw": 1}
    loaded.append("Ultralytics settings")


def check_safetensors():
    from safetensors.numpy import load_file

    check("safetensors", load_file(path("safetensors"))["class_weights"])


def check_numpy():
    import numpy

    array = numpy.load(path("npy"), allow_pickle=False)
    assert array.dtype == numpy.dtype("<f4") and array.shape == (4,)
    check("npy", array)
    assert array[2] == numpy.float32(25 / 6)
    check("txt by numpy", numpy.loadtxt(path("txt")))


def check_torch(module):
    import torch

    weight = torch.tensor(module.WEIGHTS, dtype=torch.float32)
    loss = torch.nn.CrossEntropyLoss(weight=weight)
    logits = torch.tensor([[2.0, 1, 0, -1], [0, 2, 1, 0], [1, 0, 0, 3]])
    value = loss(logits, torch.tensor([0, 1, 3])).item()
    assert abs(value - 0.2969185) < 1e-6, value
    loss = torch.nn.CrossEntropyLoss(weight=weight, reduction="none")
    value = loss(logits, torch.tensor([0, 1, 3])).mean().item()
    assert abs(value - 0.8969414) < 1e-6, value
    loaded.append("torch")


def check_sklearn(module):
    import numpy
    from sklearn.linear_model import LogisticRegression
    from sklearn.utils.class_weight import compute_class_weight

    labels = numpy.repeat(numpy.arange(4), [800, 100, 60, 40])
    check("sklearn's balanced",
          compute_class_weight("balanced", classes=numpy.arange(4), y=labels))
    points = numpy.stack([labels + numpy.linspace(0, 1, 1000), labels * 0.5], axis=1)
    ours = LogisticRegression(class_weight=module.BY_INDEX, max_iter=500).fit(points, labels)
    theirs = LogisticRegression(class_weight="balanced", max_iter=500).fit(points, labels)
    assert numpy.allclose(ours.coef_, theirs.coef_, atol=1e-3)
    loaded.append("sklearn")


def main():
    module = check_plain()
    check_settings()
    for name, run in (("numpy", check_numpy), ("yaml", check_yaml),
                      ("safetensors", check_safetensors), ("torch", lambda: check_torch(module)),
                      ("sklearn", lambda: check_sklearn(module))):
        if importlib.util.find_spec(name) is None:
            print(name + " is not installed")
        else:
            run()
    print("loaded: " + ", ".join(loaded))


main()
