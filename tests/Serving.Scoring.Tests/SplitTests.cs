using Serving.Scoring.Learning;

namespace Serving.Scoring.Tests;

public sealed class SplitTests
{
    [Fact]
    public void A_key_keeps_its_part()
    {
        // fixed for ever: a champion is judged on keys that it never trained on
        int[] parts = [.. Enumerable.Range(448214219, 10).Select(key => Split.PartOf(key, 5, seed: 1))];

        parts.ShouldBe([4, 2, 2, 2, 1, 1, 2, 0, 4, 1]);
    }

    [Fact]
    public void Parts_are_of_about_equal_size()
    {
        var sizes = Enumerable.Range(0, 50_000).CountBy(key => Split.PartOf(key, 5, seed: 1)).ToDictionary();

        sizes.Count.ShouldBe(5);
        sizes.Values.ShouldAllBe(size => size > 9_600 && size < 10_400);
    }

    [Fact]
    public void Another_seed_draws_other_parts() =>
        Enumerable.Range(0, 1000).Count(key => Split.PartOf(key, 5, seed: 1) == Split.PartOf(key, 5, seed: 2)).ShouldBeInRange(130, 270);
}
