namespace Benchmarks;

/// <summary>Prints figures as they are taken, each beside its goal where it has one.</summary>
internal sealed class Report
{
    private int _missed;

    /// <summary>0 when every goal was met.</summary>
    public int ExitCode => _missed == 0 ? 0 : 1;

    public void Heading(string text)
    {
        Console.WriteLine();
        Console.WriteLine(text);
    }

    /// <param name="what">What was measured.</param>
    /// <param name="value">The figure.</param>
    /// <param name="unit">Its unit: s, MB, x.</param>
    /// <param name="goal">The most it may be; null where there is none.</param>
    public void Figure(string what, double value, string unit, double? goal = null)
    {
        Print(what, value, unit, goal, value <= goal);
    }

    /// <param name="goal">The least that it may be.</param>
    public void Least(string what, double value, string unit, double goal) => Print(what, value, unit, goal, value >= goal);

    private void Print(string what, double value, string unit, double? goal, bool isMet)
    {
        var verdict = goal is null ? "" : $"   goal {goal} {unit}: {(isMet ? "met" : "MISSED")}";
        if (goal is not null && !isMet)
            _missed++;

        Console.WriteLine($"  {what,-62} {value,9:0.00} {unit}{verdict}");
    }
}
