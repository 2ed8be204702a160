using Serving.Console.Charts;

namespace Serving.Console.Tests;

public sealed class AxisStepsTests
{
    [Theory]
    [InlineData(0, 646.57, "0 200 400 600 800")]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3, 8, "-5 -2.5 0 2.5 5 7.5 10")]
    [InlineData(0, 0, "0 1E-09")]
    public void The_marks_are_round_and_hold_all_values(double least, double most, string marks) =>
        string.Join(' ', AxisSteps.Of(least, most).Select(mark => Math.Round(mark, 12))).ShouldBe(marks);
}
