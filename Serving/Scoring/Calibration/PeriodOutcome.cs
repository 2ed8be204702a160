namespace Serving.Scoring.Calibration;

/// <summary>What is known so far of the label of an entity.</summary>
/// <param name="Decided">When the prediction would have been made.</param>
/// <param name="LogOdds">What the model says of it.</param>
/// <param name="HasCome">Whether the outcome has come already.</param>
/// <param name="Share">The share of the outcomes that can have come by now, from 0 to 1; 1 once the label is ripe.</param>
public readonly record struct PeriodOutcome(DateTime Decided, double LogOdds, bool HasCome, double Share);
