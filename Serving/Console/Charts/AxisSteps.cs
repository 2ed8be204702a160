namespace Serving.Console.Charts;

/// <summary>The marks of an axis: round numbers that hold all values.</summary>
internal static class AxisSteps
{
    private const int MostSteps = 5;
    private static readonly double[] s_round = [1, 2, 2.5, 5, 10];

    /// <returns>From at most the least value to at least the largest, two or more.</returns>
    public static IReadOnlyList<double> Of(double least, double most)
    {
        var wanted = Math.Max((most - least) / MostSteps, 1e-9);
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        var step = s_round.First(round => round * power >= wanted * (1 - 1e-9)) * power;
        var first = Math.Floor(least / step);
        var last = Math.Max(Math.Ceiling(most / step), first + 1);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }
}
