namespace Models.Jinja.Tests;

/// <summary>Filter blocks, print, do and inheritance blocks.</summary>
public sealed class BlockTests
{
    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% filter upper %}abc{{ 'd' }}{% endfilter %}", "{}", "ABCD" },
        { "{% filter upper|replace('A','x') %}abc{% endfilter %}", "{}", "xBC" },
        { "{% filter indent(2) %}a\nb{% endfilter %}", "{}", "a\n  b" },
        { "{% filter trim %}  a  {% endfilter %}", "{}", "a" },
        { "{% print 1, 2 %}", "{}", "12" },
        { "{% print 'a' %}b", "{}", "ab" },
        { "{% do [].append(1) %}x", "{}", "x" },
        { "{% do 1 %}", "{}", "" },
        { "{% autoescape false %}<{% endautoescape %}", "{}", "<" },
        { "{% block a %}x{% endblock %}", "{}", "x" },
        { "{% block a %}x{% endblock a %}{{ self.a() }}", "{}", "xx" },
        { "{% set x = 1 %}{% block a %}{{ x }}{% endblock %}", "{}", "1" },
        { "{% for i in [1,2] %}{% block a scoped %}{{ i }}{% endblock %}{% endfor %}", "{}", "12" },
        { "{% for i in [1,2] %}{% block a %}{{ i }}{% endblock %}{% endfor %}", "{}", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_block_renders_as_in_Jinja(string template, string variables, string expected) =>
        Jinja.Text(template, variables).ShouldBe(expected);
}
