namespace Serving.Scoring.Learning;

/// <param name="Seed">Everything random in a learner is drawn from it.</param>
public sealed record LearningOptions(int Seed = 1);
