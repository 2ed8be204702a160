using Models.Diagnostics;

namespace Models.Compiler.Tests.Graph;

public sealed class NearNameTests
{
    [Theory]
    [InlineData("orders", "ordres", "orders", "orders_2")]
    [InlineData("b", "a", "x", "b")]
    [InlineData("b", "a", "b", "x")]
    [InlineData(null, "orders", "customers", "a")]
    public void The_nearest_name_is_found_whatever_the_order(string? expected, string name, params string[] candidates) =>
        NearName.Find(name, candidates).ShouldBe(expected);
}
