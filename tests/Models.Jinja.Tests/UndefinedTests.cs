namespace Models.Jinja.Tests;

/// <summary>What may be done with a name that does not exist.</summary>
public sealed class UndefinedTests
{
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "x", "" },
        { "x is defined", "False" },
        { "x is not defined", "True" },
        { "x|default('d')", "d" },
        { "x is undefined", "True" },
        { "missing|default('x')", "x" },
        { "missing|d", "" },
        { "namespace(x=1).x", "1" },
        { "missing ~ 'x'", "x" },
        { "'x' ~ missing", "x" },
        { "missing|length", "0" },
        { "missing|list", "[]" },
        { "missing|upper", "" },
        { "missing == missing", "True" },
        { "missing == none", "False" },
        { "missing|sum", "0" },
        { "missing in [1]", "False" },
        { "1 in missing", "False" },
        { "[missing]", "[Undefined]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_name_that_does_not_exist_can_be_used_carefully(string expression, string expected) =>
        Jinja.Text("{{ " + expression + " }}").ShouldBe(expected);
}
