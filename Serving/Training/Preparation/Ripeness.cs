using Serving.Scoring.Calibration;
using Serving.Scoring.Features;
using Serving.Training.Extraction;

namespace Serving.Training.Preparation;

/// <summary>
/// Which labels can be trusted. A label is ripe when its whole window lies within what the data has seen: an entity that is younger than the window
/// may still get its outcome, and one that is older than the first outcome in the data may have had it unseen. Where the prediction declares no
/// window or no decision time, every label is ripe.
/// </summary>
public sealed class Ripeness
{
    private readonly PredictionDeclaration _declaration;
    private readonly DateTime _end;

    /// <param name="observations">All of the data: its newest time is where it ends.</param>
    public Ripeness(PredictionDeclaration declaration, IReadOnlyList<Observation> observations)
    {
        _declaration = declaration;
        HasTime = declaration.DecisionTime is not null;
        if (HasTime)
            _end = observations.SelectMany(one => new[] { one.Features.Decided, one.Outcome }).OfType<DateTime>().DefaultIfEmpty().Max();
    }

    /// <summary>Whether the prediction declares when it is made.</summary>
    public bool HasTime { get; }

    private int? Window => HasTime ? _declaration.LabelWindowDays : null;

    /// <summary>Whether what is known of the label is all that will ever be known.</summary>
    public bool IsRipe(Observation one) =>
        Window is not { } days
        || (one.Features.Decided is { } decided && decided >= (_declaration.ObservedFrom ?? DateTime.MinValue) && decided.AddDays(days) <= _end);

    /// <summary>Whether the outcome has come, and within the window.</summary>
    public bool Label(Observation one) =>
        one.Label && (Window is not { } days || one.Outcome is not { } outcome || one.Features.Decided is not { } decided || outcome <= decided.AddDays(days));

    public Example Example(Observation one) => new(one.Key, one.Features, Label(one));

    /// <summary>How the outcomes come with time; null where the prediction declares no window or no time of the outcome.</summary>
    public LagCurve? Lags(IEnumerable<Observation> observations) => Window is not { } days || _declaration.OutcomeTime is null
        ? null
        : LagCurve.Fit(
            [.. from one in observations
                where Label(one) && one.Outcome is not null && one.Features.Decided is not null
                    && one.Outcome >= (_declaration.ObservedFrom ?? DateTime.MinValue)
                let seen = Watched(one.Features.Decided!.Value)
                select new SeenLag((int)Math.Floor((one.Outcome!.Value - one.Features.Decided!.Value).TotalDays), seen.From, seen.To)],
            days);

    /// <summary>What is known so far of the entities' labels, for the levels of the weeks; those of whom too little is known are left out.</summary>
    public IEnumerable<PeriodOutcome> Outcomes(IReadOnlyList<Observation> observations, double[] probabilities)
    {
        var lags = Lags(observations);
        for (var i = 0; i < observations.Count; i++)
        {
            var one = observations[i];
            if (one.Features.Decided is not { } decided)
                continue;
            var (from, to) = Watched(decided);
            var share = IsRipe(one) ? 1 : lags?.Share(from, to) ?? 0;
            if (share > 0)
                yield return new PeriodOutcome(decided, LevelledScorer.LogOdds(probabilities[i]), Label(one), share);
        }
    }

    /// <summary>The days after the decision of which the data knows whether the outcome came.</summary>
    private (int From, int To) Watched(DateTime decided) => (
        _declaration.ObservedFrom is { } from ? Math.Max(0, (int)Math.Ceiling((from - decided).TotalDays)) : 0,
        (int)Math.Floor((_end - decided).TotalDays));
}
