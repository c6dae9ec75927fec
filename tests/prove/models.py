"""The classifiers of the proof: small, seeded, and the same for every remedy.

A model is fit(pictures, labels, weights, seed) → predict(pictures) → probabilities, where weights is
a list by class or None.  Pictures are floats in 0 … 1, of any number.
"""
import numpy
import torch
from sklearn.linear_model import LogisticRegression

STEPS = 400  # of gradient descent, for every remedy alike, however large its dataset
BATCH = 64


def fit_logistic(pictures, labels, weights, seed):
    """Logistic regression on the pixels."""
    by_class = dict(enumerate(weights)) if weights is not None else None
    model = LogisticRegression(max_iter=3000, class_weight=by_class)
    model.fit(pictures.reshape(len(pictures), -1), labels)
    return lambda more: model.predict_proba(more.reshape(len(more), -1))


def _network(channels, side, classes):
    def block(inputs, outputs):
        return [torch.nn.Conv2d(inputs, outputs, 3, padding=1), torch.nn.BatchNorm2d(outputs),
                torch.nn.ReLU(), torch.nn.MaxPool2d(2)]
    return torch.nn.Sequential(*block(channels, 16), *block(16, 32), *block(32, 64),
                               torch.nn.Flatten(), torch.nn.Linear(64 * (side // 8) ** 2, classes))


def _tensor(pictures):
    if pictures.ndim == 3:
        pictures = pictures[..., None]
    return torch.from_numpy(pictures.transpose(0, 3, 1, 2).copy()) - 0.5


def fit_network(pictures, labels, weights, seed):
    """Three convolutions and a linear layer, 400 steps of SGD with a cosine schedule."""
    torch.manual_seed(seed)
    inputs, targets = _tensor(pictures), torch.from_numpy(labels)
    network = _network(inputs.shape[1], inputs.shape[2], int(labels.max()) + 1)
    weight = torch.tensor(weights, dtype=torch.float32) if weights is not None else None
    loss = torch.nn.CrossEntropyLoss(weight=weight)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    random = numpy.random.default_rng(seed)
    order = numpy.empty(0, int)
    for _ in range(STEPS):
        if len(order) < BATCH:
            order = numpy.concatenate([order, random.permutation(len(inputs))])
        batch, order = order[:BATCH], order[BATCH:]
        optimiser.zero_grad()
        loss(network(inputs[batch]), targets[batch]).backward()
        optimiser.step()
        schedule.step()
    network.eval()

    def predict(more):
        with torch.no_grad():
            return torch.softmax(network(_tensor(more)), 1).numpy()
    return predict
