namespace Models.Jinja.Tests;

/// <summary>Macros, their arguments, and call blocks.</summary>
public sealed class MacroTests
{
    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% macro m() %}hi{% endmacro %}{{ m() }}", "{}", "hi" },
        { "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(b=4, a=5) }}", "{}", "121354" },
        { "{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(1) }}", "{}", "11" },
        { "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m() }}", "{}", "[]" },
        { "{% macro m(a) %}{{ a is defined }}{% endmacro %}{{ m() }}{{ m(none) }}", "{}", "FalseTrue" },
        { "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}", "{}", "(1, 2){'x': 3}" },
        { "{% macro m(a) %}{{ a }}{{ varargs|join('-') }}{% endmacro %}{{ m(1, 2, 3) }}", "{}", "12-3" },
        { "{% macro m() %}{{ kwargs.x }}{% endmacro %}{{ m(x=1) }}", "{}", "1" },
        { "{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}body{% endcall %}", "{}", "<body>" },
        { "{% macro m(x) %}{{ caller(x, 2) }}{% endmacro %}{% call(a, b) m(1) %}{{ a }}{{ b }}{% endcall %}", "{}", "12" },
        { "{% macro m() %}{% if caller %}{{ caller() }}{% else %}no{% endif %}{% endmacro %}{{ m() }}{% call m() %}yes{% endcall %}", "{}", "noyes" },
        { "{% macro m(caller='d') %}{{ caller }}{% endmacro %}{{ m() }}", "{}", "d" },
        { "{% macro f(n) %}{% if n > 1 %}{{ n * f(n - 1)|int }}{% else %}1{% endif %}{% endmacro %}{{ f(5) }}", "{}", "120" },
        { "{% macro m(a) %}{% endmacro %}{{ m.name }}{{ m.arguments }}{{ m.catch_kwargs }}{{ m.catch_varargs }}{{ m.caller }}", "{}",
            "m('a',)FalseFalseFalse" },
        { "{% macro m(a) %}{{ kwargs }}{{ varargs }}{{ caller }}{% endmacro %}{{ m.catch_kwargs }}{{ m.catch_varargs }}{{ m.caller }}", "{}", "TrueTrueTrue" },
        { "{% macro m() %}a{% endmacro %}{{ m() ~ m() }}{{ m()|upper }}{{ [m()] }}", "{}", "aaA['a']" },
        { "{% macro outer() %}{% macro inner() %}i{% endmacro %}{{ inner() }}{% endmacro %}{{ outer() }}", "{}", "i" },
        { "{% macro m(a, b, c) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(*[1, 2], **{'c': 3}) }}", "{}", "123" },
        { "{% macro m(l=[]) %}{% do l.append(1) %}{{ l }}{% endmacro %}{{ m() }}{{ m() }}", "{}", "[1][1]" },
        { "{% macro m(x) %}{% filter upper %}{{ x }}{% endfilter %}{% endmacro %}{{ m('a') }}", "{}", "A" },
        { "{% macro m() -%}  a  {%- endmacro %}[{{ m() }}]", "{}", "[a]" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_macro_is_called_as_in_Jinja(string template, string variables, string expected) =>
        Jinja.Text(template, variables).ShouldBe(expected);
}
