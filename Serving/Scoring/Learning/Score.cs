namespace Serving.Scoring.Learning;

/// <param name="Probability">Calibrated probability of the label, between 0 and 1.</param>
/// <param name="Reasons">The largest contributions first; empty where none were asked for or the learner has none.</param>
public sealed record Score(double Probability, IReadOnlyList<Reason> Reasons);

/// <param name="Feature">A feature's name, or two joined by ' x ' where the model looks at a pair.</param>
/// <param name="Value">The value as the model sees it: a number, a level, or 'missing'.</param>
/// <param name="Contribution">What the value adds to the log-odds, compared with the average example of the training data.</param>
public sealed record Reason(string Feature, string Value, double Contribution);
