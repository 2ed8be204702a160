namespace Serving.Scoring.Calibration;

/// <summary>
/// How much more, or less, often than the model alone expects the label came in each week, in log-odds. The share of leads that convert moves
/// from week to week; a lead gets the level of its week, and a lead of a week that came after training gets the newest level.
/// </summary>
/// <param name="Start">Where the first week begins.</param>
/// <param name="Offsets">One for each week, added to the log-odds.</param>
public sealed record PeriodLevels(DateTime Start, IReadOnlyList<double> Offsets)
{
    /// <summary>Length of a period, in days.</summary>
    public const int Days = 7;

    // the inverse variance of a step from one week to the next
    private const double Smoothness = 25;

    // the inverse variance of the whole level, so that a first week without leads has one
    private const double Ridge = 0.01;

    // an entity so young that fewer of its outcomes can have come is left out: what is seen of it says too little
    private const double SmallestShare = 0.5;

    private const int MaximumIterations = 50;
    private const double Tolerance = 1e-9;

    /// <summary>The level that holds for a decision at this time; the newest where the time is not known.</summary>
    public double At(DateTime? decided) => Offsets.Count == 0 ? 0 : Offsets[PeriodOf(decided)];

    /// <summary>The first day of the week whose level holds for a decision at this time.</summary>
    public DateTime WeekOf(DateTime? decided) => Start.AddDays((double)Days * PeriodOf(decided));

    /// <summary>
    /// Fits the levels to what is known so far. Of a young lead, of whom only a share of the outcomes can have come, the probability of
    /// having converted already is that share of its probability (O. Chapelle, Modeling delayed feedback in display advertising, 2014).
    /// Neighbouring weeks are held together, so that a week of few ripe leads follows the one before it. Newton's method; the
    /// objective's curvature is replaced by its expectation, which is positive.
    /// </summary>
    public static PeriodLevels Fit(IReadOnlyList<PeriodOutcome> outcomes)
    {
        if (outcomes.Count == 0)
            return new PeriodLevels(default, []);

        // the last week is whole, so that the newest level does not rest on a day or two
        var end = outcomes.Max(outcome => outcome.Decided);
        var weeks = (int)((end - outcomes.Min(outcome => outcome.Decided)).TotalDays / Days) + 1;
        var levels = new PeriodLevels(end.AddDays(-Days * weeks), new double[weeks]);
        var periods = outcomes.Select(outcome => levels.PeriodOf(outcome.Decided)).ToArray();
        var offsets = new double[weeks];
        for (var iteration = 0; iteration < MaximumIterations; iteration++)
        {
            var step = Step(outcomes, periods, offsets);
            for (var week = 0; week < weeks; week++)
                offsets[week] += step[week];
            if (step.Max(Math.Abs) < Tolerance)
                break;
        }

        return levels with { Offsets = offsets };
    }

    private static double[] Step(IReadOnlyList<PeriodOutcome> outcomes, int[] periods, double[] offsets)
    {
        var gradient = new double[offsets.Length];
        var diagonal = new double[offsets.Length];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var (_, logOdds, hasCome, share) = outcomes[i];
            if (share < SmallestShare)
                continue;

            var week = periods[i];
            var probability = 1 / (1 + Math.Exp(-logOdds - offsets[week]));
            var seen = Math.Min(share * probability, 1 - 1e-12);
            var slope = share * probability * (1 - probability);
            gradient[week] += slope * ((hasCome ? 1 : 0) - seen) / (seen * (1 - seen));
            diagonal[week] += slope * slope / (seen * (1 - seen));
        }

        for (var week = 0; week < offsets.Length; week++)
        {
            gradient[week] -= Ridge * offsets[week];
            diagonal[week] += Ridge;
            if (week == 0)
                continue;
            var difference = offsets[week] - offsets[week - 1];
            gradient[week] -= Smoothness * difference;
            gradient[week - 1] += Smoothness * difference;
            diagonal[week] += Smoothness;
            diagonal[week - 1] += Smoothness;
        }

        return Solve(diagonal, gradient);
    }

    /// <summary>Solves the system with this diagonal and -<see cref="Smoothness"/> beside it (Thomas' algorithm).</summary>
    private static double[] Solve(double[] diagonal, double[] right)
    {
        var above = new double[diagonal.Length];
        var solution = new double[diagonal.Length];
        for (var i = 0; i < diagonal.Length; i++)
        {
            var below = i == 0 ? 0 : -Smoothness;
            var pivot = diagonal[i] - (i == 0 ? 0 : below * above[i - 1]);
            above[i] = -Smoothness / pivot;
            solution[i] = (right[i] - (i == 0 ? 0 : below * solution[i - 1])) / pivot;
        }

        for (var i = diagonal.Length - 2; i >= 0; i--)
            solution[i] -= above[i] * solution[i + 1];
        return solution;
    }

    private int PeriodOf(DateTime? decided) =>
        decided is { } time ? Math.Clamp((int)Math.Ceiling((time - Start).TotalDays / Days) - 1, 0, Offsets.Count - 1) : Offsets.Count - 1;
}
