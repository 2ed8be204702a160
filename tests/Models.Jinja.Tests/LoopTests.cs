namespace Models.Jinja.Tests;

/// <summary>For loops and the loop variable.</summary>
public sealed class LoopTests
{
    /// <summary>Template, variables as JSON, expected text.</summary>
    public static TheoryData<string, string, string> Cases { get; } = new()
    {
        { "{% for x in [1,2,3] %}{{ x }},{% endfor %}", "{}", "1,2,3," },
        { "{% for x in [] %}{{ x }}{% else %}empty{% endfor %}", "{}", "empty" },
        { "{% for x in [1] %}{{ x }}{% else %}empty{% endfor %}", "{}", "1" },
        { "{% for k, v in {'a':1,'b':2}.items() %}{{ k }}={{ v }};{% endfor %}", "{}", "a=1;b=2;" },
        { "{% for k in {'a':1,'b':2} %}{{ k }}{% endfor %}", "{}", "ab" },
        { "{% for (a, (b, c)) in [(1,(2,3))] %}{{ a }}{{ b }}{{ c }}{% endfor %}", "{}", "123" },
        { "{% for x in 'abc' %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% " +
            "endfor %}", "{}", "1032TrueFalse3 2121FalseFalse3 3210FalseTrue3 " },
        { "{% for x in [1,2,3,4] if x is even %}{{ loop.index }}:{{ x }}/{{ loop.length }} {% endfor %}", "{}", "1:2/2 2:4/2 " },
        { "{% for x in [1,3] if x is even %}{{ x }}{% else %}none{% endfor %}", "{}", "none" },
        { "{% for x in [1,2,3] %}{{ loop.previtem|default('-') }}{{ x }}{{ loop.nextitem|default('-') }} {% endfor %}", "{}", "-12 123 23- " },
        { "{% for x in [1,1,2,2,3] %}{% if loop.changed(x) %}{{ x }}{% endif %}{% endfor %}", "{}", "123" },
        { "{% for x in range(5) %}{{ loop.cycle('a','b') }}{% endfor %}", "{}", "ababa" },
        { "{% for x in [1,2] %}{% for y in [1,2] %}{{ loop.index }}{{ loop.length }}{% endfor %}{{ loop.index }};{% endfor %}", "{}", "12221;12222;" },
        { "{% for x in [1,2] %}{% set outer = loop %}{% for y in 'ab' %}{{ outer.index }}{{ y }} {% endfor %}{% endfor %}", "{}", "1a 1b 2a 2b " },
        { "{% for n in tree recursive %}{{ n.v }}{% if n.c %}({{ loop(n.c) }}){% endif %}{% endfor %}",
            "{\"tree\": [{\"v\": 1, \"c\": [{\"v\": 2, \"c\": [{\"v\": 3}]}, {\"v\": 4}]}, {\"v\": 5}]}", "1(2(3)4)5" },
        { "{% for n in tree recursive %}{{ loop.depth }}{{ loop.depth0 }}{{ n.v }}{% if n.c %}{{ loop(n.c) }}{% endif %} {% endfor %}",
            "{\"tree\": [{\"v\": \"a\", \"c\": [{\"v\": \"b\"}]}]}", "10a21b  " },
        { "{% for n in tree recursive %}{{ n.v }}{{ loop(n.c) }}{% else %}.{% endfor %}", "{\"tree\": [{\"v\": 1, \"c\": [{\"v\": 2, \"c\": []}]}]}", "12." },
        { "{% for x in missing %}x{% else %}none{% endfor %}", "{}", "none" },
        { "{% for x in [3,1,2]|sort %}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}", "{}", "1, 2, 3" },
        { "{% for x in [1,2,3] %}{{ x }}{% endfor %}{{ x }}", "{}", "123" },
        { "{% for x in range(3) if x if x > 1 else true %}{{ x }}{% endfor %}", "{}", "012" },
        { "{% for x in (1 if true else []) and [1] %}{{ x }}{% endfor %}", "{}", "1" },
        { "{% for a, b in [(1,2),(3,4)] %}{{ a+b }} {% endfor %}", "{}", "3 7 " },
        { "{% for x in [1,2,3] %}{% if loop.index == 2 %}{{ loop.previtem }}{{ loop.nextitem }}{% endif %}{% endfor %}", "{}", "13" },
        { "{% for item in loop_items %}{{ loop }}{% endfor %}", "{}", "" },
        { "{{ loop }}{% for x in [1] %}{{ loop.nope }}{% endfor %}", "{}", "" },
        { "{% for x in range(9) %}{% if x == 2 %}{% continue %}{% elif x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}|", "{}", "0134|" },
        { "{% for x in [1,2] %}{% for y in [1,2,3] %}{% if y == 2 %}{% break %}{% endif %}{{ x }}{{ y }} {% endfor %}{% else %}none{% endfor %}", "{}",
            "11 21 " },
        { "{% for x in [1,2] %}{% if true %}{% break %}{% endif %}{% else %}none{% endfor %}|", "{}", "none|" },
        { "{% for x in 'abc' %}{% continue %}{{ x }}{% endfor %}{{ x }}", "{}", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loop_runs_as_in_Jinja(string template, string variables, string expected) =>
        Jinja.Text(template, variables).ShouldBe(expected);
}
