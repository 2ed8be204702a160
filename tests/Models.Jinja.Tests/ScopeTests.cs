namespace Models.Jinja.Tests;

/// <summary>Where an assignment holds.</summary>
public sealed class ScopeTests
{
    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% set x = 1 %}{% for i in [1,2] %}{% set x = x + i %}{{ x }}{% endfor %}{{ x }}", "{}", "231" },
        { "{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "{}", "2" },
        { "{% set x = 1 %}{% if false %}{% set x = 2 %}{% endif %}{{ x }}", "{}", "1" },
        { "{% if false %}{% set x = 2 %}{% endif %}{{ x }}", "{\"x\": 5}", "5" },
        { "{{ x }}{% set x = 1 %}{{ x }}", "{\"x\": 5}", "51" },
        { "{% for i in [1,2] %}{{ x }}{% set x = i %}{{ x }}{% endfor %}", "{\"x\": 5}", "5152" },
        { "{% for i in [1,2,3] %}{% if i == 2 %}{% set x = i %}{% endif %}{{ x }}{% endfor %}", "{\"x\": 0}", "020" },
        { "{% for i in [1,2] %}{{ y }}{% set y = i %}{% endfor %}{{ y }}", "{}", "" },
        { "{% set ns = namespace(n=0) %}{% for i in [1,2,3] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "{}", "6" },
        { "{% set ns = namespace() %}{% set ns.a = 1 %}{% set ns.b = ns.a + 1 %}{{ ns.a }}{{ ns.b }}", "{}", "12" },
        { "{% set ns = namespace({'a': 1}, b=2) %}{{ ns.a }}{{ ns.b }}{{ ns.c }}", "{}", "12" },
        { "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{}", "12" },
        { "{% set a, (b, c) = 1, (2, 3) %}{{ a }}{{ b }}{{ c }}", "{}", "123" },
        { "{% set a = 1, 2 %}{{ a }}", "{}", "(1, 2)" },
        { "{% set x %}a{{ 1 + 1 }}b{% endset %}[{{ x }}]", "{}", "[a2b]" },
        { "{% set x | upper %}abc{% endset %}{{ x }}", "{}", "ABC" },
        { "{% set x | replace('a','b') | upper %}aa{% endset %}{{ x }}", "{}", "BB" },
        { "{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y }}", "{}", "1" },
        { "{% with %}{% set a = 1 %}{{ a }}{% endwith %}{{ a }}", "{}", "1" },
        { "{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}", "{}", "12" },
        { "{% with a = 1, b = a %}{{ b }}{% endwith %}", "{\"a\": 9}", "9" },
        { "{% set a = 1 %}{% with %}{% set a = 2 %}{{ a }}{% endwith %}{{ a }}", "{}", "21" },
        { "{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}", "{}", "1" },
        { "{% set x = 1 %}{% macro m() %}{{ x }}{% set x = 2 %}{{ x }}{% endmacro %}{{ m() }}{{ x }}", "{}", "121" },
        { "{% macro m() %}{{ x }}{% endmacro %}{{ m() }}{% set x = 1 %}", "{\"x\": 5}", "" },
        { "{% for i in [1] %}{{ x }}{% endfor %}{% set x = 1 %}", "{\"x\": 5}", "" },
        { "{% macro m(x) %}{{ x }}{% endmacro %}{% set x = 3 %}{{ m(1) }}{{ x }}", "{}", "13" },
        { "{% for i in [1,2] %}{% macro m() %}{{ i }}{% endmacro %}{{ m() }}{% endfor %}", "{}", "12" },
        { "{% for i in [1,2] %}{% set z = i %}{% endfor %}{{ z is defined }}", "{}", "False" },
        { "{% if a %}{% set b = 1 %}{% elif c %}{% set b = 2 %}{% else %}{% set b = 3 %}{% endif %}{{ b }}", "{\"c\": 1}", "2" },
        { "{% set x = 1 %}{% set x = x + 1 %}{{ x }}", "{}", "2" },
        { "{% set d = {} %}{% for i in [1,2] %}{% do d.update({i: i * i}) %}{% endfor %}{{ d }}", "{}", "{1: 1, 2: 4}" },
        { "{% set l = [] %}{% for i in [1,2] %}{% do l.append(i) %}{% endfor %}{{ l }}", "{}", "[1, 2]" },
        { "{% set l = [1] %}{% set m = l %}{% do m.append(2) %}{{ l }}", "{}", "[1, 2]" },
        { "{% filter upper %}{% set q = 1 %}{{ q }}a{% endfilter %}{{ q }}", "{}", "1A" },
        { "{% macro m() %}{{ caller(2) }}{% endmacro %}{% set x = 1 %}{% call(y) m() %}{{ x }}{{ y }}{% endcall %}", "{}", "12" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_variable_holds_where_Jinja_says(string template, string variables, string expected) =>
        Jinja.Text(template, variables).ShouldBe(expected);
}
