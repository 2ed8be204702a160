using System.Text;
using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>Templates that are endless, enormous or broken end in a diagnostic.</summary>
public sealed class LimitTests
{
    public static TheoryData<string, string> DeepTemplates { get; } = new()
    {
        { "if", Repeat("{% if true %}", 10_000) },
        { "for", Repeat("{% for x in [1] %}", 10_000) },
        { "for, ended", Repeat("{% for x in [1] %}", 10_000) + Repeat("{% endfor %}", 10_000) },
        { "macro", Repeat("{% macro m() %}", 10_000) },
        { "parentheses", "{{ " + Repeat("(", 10_000) + "1" + Repeat(")", 10_000) + " }}" },
        { "brackets", "{{ " + Repeat("[", 10_000) + " }}" },
        { "braces", "{{ " + Repeat("{1:", 10_000) + " }}" },
        { "not", "{{ " + Repeat("not ", 10_000) + "1 }}" },
        { "minus", "{{ " + Repeat("-", 10_000) + "1 }}" },
        { "plus", "{{ 1" + Repeat("+1", 10_000) + " }}" },
        { "power", "{{ 1" + Repeat("**1", 10_000) + " }}" },
        { "and", "{{ 1" + Repeat(" and 1", 10_000) + " }}" },
        { "attributes", "{{ a" + Repeat(".a", 10_000) + " }}" },
        { "calls", "{{ a" + Repeat("()", 10_000) + " }}" },
        { "filters", "{{ 1" + Repeat("|abs", 10_000) + " }}" },
        { "inline if", "{{ " + Repeat("1 if 1 else ", 10_000) + "1 }}" },
        { "targets", "{% set " + Repeat("(", 10_000) + "a" },
    };

    [Theory]
    [MemberData(nameof(DeepTemplates))]
    public void What_is_nested_too_deeply_is_reported(string what, string template)
    {
        what.ShouldNotBeEmpty();
        var diagnostics = new DiagnosticBag();
        TemplateReader.Read(new SourceText("deep", template), diagnostics).HasErrors.ShouldBeTrue();
        diagnostics.ToSortedList().ShouldContain(d => d.Id == "MDL2009");
    }

    /// <summary>Rows of operators within brackets: neither is deep, together they are.</summary>
    [Theory]
    [InlineData("+1")]
    [InlineData(".a")]
    [InlineData("|abs")]
    [InlineData(" and 1")]
    [InlineData(" if 1")]
    [InlineData("[0]")]
    public void A_deep_tree_of_long_rows_ends_in_text_or_a_diagnostic(string link)
    {
        var template = "{{ " + Repeat("(", 200) + "1" + Repeat(Repeat(link, 900) + ")", 200) + " }}";
        var diagnostics = new DiagnosticBag();
        var thread = new Thread(() =>
        {
            var parsed = TemplateReader.Read(new SourceText("deep", template), diagnostics);
            try
            {
                parsed.Render(new RenderOptions { Undefined = UndefinedBehaviour.Chainable }).Text.Length.ShouldBeLessThan(100);
            }
            catch (DiagnosticException e)
            {
                diagnostics.Add(e.Diagnostic);
            }
        });
        thread.Start();
        thread.Join();
        diagnostics.ToSortedList().ShouldAllBe(d => d.Id == "MDL2009" || d.Id == "MDL2105");
    }

    [Fact]
    public void Many_docs_blocks_without_an_end_are_read_in_time()
    {
        var diagnostics = new DiagnosticBag();
        TemplateReader.Read(new SourceText("f", Repeat("{% docs a %}", 200)), diagnostics);
        diagnostics.ToSortedList().ShouldContain(d => d.Id == "MDL2005");
    }

    [Theory]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}{{ f() }}{% endmacro %}{{ f() }}")]
    [InlineData("{% macro f() %}{% call f() %}{{ caller() }}{% endcall %}{{ caller }}{% endmacro %}{{ f() }}")]
    [InlineData("{% set l = [] %}{% set x = l.append(l) %}{% for i in l recursive %}{{ loop(i) }}{% endfor %}")]
    [InlineData("{{ range(10 ** 12) }}")]
    [InlineData("{{ 'a' * 10 ** 12 }}")]
    [InlineData("{{ [1] * 10 ** 12 }}")]
    [InlineData("{{ 10 ** (10 ** 10) }}")]
    [InlineData("{{ 'a'.center(10 ** 12) }}")]
    [InlineData("{{ 'a'.ljust(10 ** 12) }}")]
    [InlineData("{{ 'a' | indent(10 ** 12) }}")]
    [InlineData("{% set x = namespace(t='aaaaaaaaaaaaaaaa') %}{% for i in range(1000) %}{% set x.t = x.t ~ x.t %}{% endfor %}")]
    public void What_has_no_end_is_reported(string template)
    {
        Jinja.Mistake(template).Id.ShouldBe("MDL2105");
    }

    [Fact]
    public void A_loop_that_runs_too_long_is_stopped()
    {
        var template = Jinja.Parse("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", TemplateSyntax.Jinja);
        Should.Throw<DiagnosticException>(() => template.Render(new RenderOptions { MaxIterations = 500_000 })).Diagnostic.Id.ShouldBe("MDL2105");
    }

    [Fact]
    public void A_rendering_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        var template = Jinja.Parse("{% for a in range(100000) %}{% endfor %}", TemplateSyntax.Jinja);
        Should.Throw<OperationCanceledException>(() => template.Render(new RenderOptions { CancellationToken = cancellation.Token }));
    }

    [Theory]
    [InlineData("{% set ns = namespace() %}{% set ns.n = ns %}{{ ns }}")]
    [InlineData("{% set d = {} %}{% set x = d.update({'v': d.values()}) %}{{ d }}{{ d.values() }}")]
    [InlineData("{% set g = ([{'a': 1}] | groupby('a'))[0] %}{% set x = g.list.append(g) %}{{ g }}")]
    [InlineData("{% set ns = namespace(l=[1]) %}{% for i in range(80) %}{% set ns.l = [ns.l, ns.l] %}{% endfor %}{{ (ns.l | string)[:3] }}")]
    [InlineData(
        "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(80) %}{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b " +
        "}}")]
    [InlineData("{% set ns = namespace(t=(1,)) %}{% for i in range(80) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}{{ {ns.t: 1} | length }}")]
    public void A_value_that_repeats_itself_within_itself_can_be_worked_with(string template)
    {
        Jinja.Text(template).ShouldNotBeEmpty();
    }

    [Fact]
    public void Values_nested_beyond_the_stack_have_no_order()
    {
        const string template =
            "{% set ns = namespace(a=[1], b=[2]) %}{% for i in range(90000) %}{% set ns.a = [ns.a] %}{% set ns.b = [ns.b] %}{% endfor %}{{ ns.a < ns.b }}";
        Jinja.Mistake(template).Id.ShouldBe("MDL2105");
    }

    [Fact]
    public void A_list_that_holds_itself_prints()
    {
        Jinja.Text("{% set l = [] %}{% set x = l.append(l) %}{{ l }}").ShouldContain("[...]");
    }

    [Fact]
    public void Ten_megabytes_are_read_and_rendered()
    {
        var builder = new StringBuilder();
        while (builder.Length < 10_000_000)
            builder.Append("select {{ column }} as c, 'some longer text' from t where {% if flag %}a{% else %}b{% endif %} union all\n");
        var rendered = Jinja.Text(builder.ToString(), """{"column": "x", "flag": true}""");
        rendered.ShouldStartWith("select x as c, 'some longer text' from t where a union all");
        rendered.ShouldNotContain("{");
    }

    [Fact]
    public void All_mistakes_of_a_file_are_reported()
    {
        var diagnostics = new DiagnosticBag();
        TemplateReader.Read(new SourceText(
            "f", "{{ a b }}\n{% if %}\n{{ 'x }}\n{% endif %}\n{% wrong %}\n{{ 1 + }}\n{% for x of y %}{{ ] }}{% endfor %}\n{% endfor %}"), diagnostics);
        diagnostics.ToSortedList().Select(d => (d.Id, d.Span.StartLine)).ShouldBe(
        [
            ("MDL2001", 1),
            ("MDL2001", 2),
            ("MDL2003", 3),
            ("MDL2006", 5),
            ("MDL2001", 6),
            ("MDL2001", 7),
            ("MDL2002", 7),
            ("MDL2007", 8),
        ]);
    }

    [Theory]
    [InlineData("{{ a 'one\ntwo' }}")]
    [InlineData("{{ [1] | map('one\ntwo') | list }}")]
    [InlineData("{{ '{one\ntwo}'.format() }}")]
    public void A_message_is_one_line(string template)
    {
        Jinja.Mistake(template).Message.ShouldNotContain("\n");
    }

    [Fact]
    public void A_thousand_mistakes_are_reported_at_once()
    {
        var diagnostics = new DiagnosticBag();
        TemplateReader.Read(new SourceText("f", Repeat("{{ 1 + }}\n", 1000)), diagnostics);
        diagnostics.ToSortedList().Count.ShouldBe(1000);
    }

    [Fact]
    public void One_template_renders_on_many_threads_at_once()
    {
        var template = Jinja.Parse("{% macro m(x) %}[{{ x }}]{% endmacro %}{% for i in range(50) %}{{ m(i ~ name) }}{% endfor %}", TemplateSyntax.Jinja);
        Parallel.For(0, 200, i =>
        {
            var scope = new DictionaryScope(new Dictionary<string, object?> { ["name"] = $"n{i}" });
            template.Render(new RenderOptions { Globals = scope }).Text.ShouldBe(string.Concat(Enumerable.Range(0, 50).Select(n => $"[{n}n{i}]")));
        });
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
