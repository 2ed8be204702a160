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
        var verdict = goal is null ? "" : value <= goal ? $"   goal {goal} {unit}: met" : $"   goal {goal} {unit}: MISSED";
        if (value > goal)
            _missed++;

        Console.WriteLine($"  {what,-62} {value,9:0.00} {unit}{verdict}");
    }
}
