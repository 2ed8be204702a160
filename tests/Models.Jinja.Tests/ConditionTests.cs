namespace Models.Jinja.Tests;

/// <summary>If, elif, else.</summary>
public sealed class ConditionTests
{
    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% if true %}a{% endif %}", "{}", "a" },
        { "{% if false %}a{% else %}b{% endif %}", "{}", "b" },
        { "{% if false %}a{% elif true %}b{% else %}c{% endif %}", "{}", "b" },
        { "{% if false %}a{% elif false %}b{% elif 1 %}c{% else %}d{% endif %}", "{}", "c" },
        { "{% if missing %}a{% else %}b{% endif %}", "{}", "b" },
        { "{% if [] %}a{% elif {} %}b{% elif '' %}c{% elif 0 %}d{% elif 0.0 %}e{% elif none %}f{% else %}g{% endif %}", "{}", "g" },
        { "{% if 'x' and [0] and 1.5 %}yes{% endif %}", "{}", "yes" },
        { "{% if not x %}n{% endif %}", "{}", "n" },
        { "{% if x is not none and x is defined %}n{% endif %}", "{\"x\": 1}", "n" },
        { "{% if 1, 2 %}t{% endif %}", "{}", "t" },
        { "{% if true %}{% else %}b{% endif %}|", "{}", "|" },
        { "{% if a == 1 %}one{% elif a == 2 %}two{% endif %}", "{\"a\": 2}", "two" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_condition_chooses_its_branch(string template, string variables, string expected) =>
        Jinja.Text(template, variables).ShouldBe(expected);
}
