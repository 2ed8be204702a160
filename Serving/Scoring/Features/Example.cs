namespace Serving.Scoring.Features;

/// <param name="Key">The entity the example is about; splits are drawn from it, so that an entity never changes sides.</param>
/// <param name="Label">True where the outcome came within the label's window.</param>
public sealed record Example(long Key, FeatureVector Features, bool Label);
