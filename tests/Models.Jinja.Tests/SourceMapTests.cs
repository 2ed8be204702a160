using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>Rendered text leads back to where it was written.</summary>
public sealed class SourceMapTests
{
    [Fact]
    public void Literal_text_leads_to_its_own_word()
    {
        var rendered = Render("select\n  {{ 'x' }} as colum_a, b\nfrom t");
        var position = Locate(rendered, "colum_a");
        position.Span.ShouldBe(new SourceSpan("m", 2, 16, 2, 23));
        position.IsLiteral.ShouldBeTrue();
        position.Macros.ShouldBeEmpty();
    }

    [Fact]
    public void A_value_leads_to_its_expression()
    {
        var position = Locate(Render("select {{ 'a' ~ 'bc' }}"), "bc");
        position.Span.ShouldBe(new SourceSpan("m", 1, 11, 1, 21));
        position.IsLiteral.ShouldBeFalse();
    }

    [Fact]
    public void Text_of_a_macro_leads_into_the_macro_and_names_its_call()
    {
        var rendered = Render("select {{ cents('amount') }}", "{% macro cents(c) %}\n({{ c }} / wrong_column){% endmacro %}");
        var position = Locate(rendered, "wrong_column");
        position.Span.ShouldBe(new SourceSpan("macros", 2, 12, 2, 24));
        position.Macros.ShouldBe([new MacroCall("cents", new SourceSpan("m", 1, 11, 1, 26))]);
    }

    [Theory]
    [InlineData("{{ outer() }}")]
    [InlineData("{{ outer() | trim }}")]
    [InlineData("{{ '-- ' ~ outer() }}")]
    [InlineData("{{ 'x' + outer() }}")]
    [InlineData("{% set text = outer() %}{{ text }}")]
    [InlineData("{% set text %}{{ outer() }}{% endset %}{{ text }}")]
    [InlineData("{{ outer()[2:] }}")]
    [InlineData("{% filter indent(4) %}{{ outer() }}{% endfilter %}")]
    [InlineData("{{ outer().strip() }}")]
    [InlineData("{% call wrapper() %}{{ outer() }}{% endcall %}")]
    public void The_way_back_survives_what_is_done_with_the_text(string template)
    {
        const string macros = """
            {% macro inner() %}  wrong_column  {% endmacro %}
            {% macro outer() %}  {{ return(inner()) }}{% endmacro %}
            {% macro wrapper() %}({{ caller() }}){% endmacro %}
            """;
        var position = Locate(Render(template, macros), "wrong_column");
        position.Span.ShouldBe(new SourceSpan("macros", 1, 22, 1, 34));
        position.Macros.Select(m => m.Macro).Take(2).ShouldBe(["inner", "outer"]);
    }

    [Fact]
    public void Lines_that_end_in_CRLF_keep_their_numbers()
    {
        var rendered = Render("select a,\r\n  b\r\nfrom wrong_table");
        rendered.Text.ShouldBe("select a,\n  b\nfrom wrong_table");
        Locate(rendered, "wrong_table").Span.ShouldBe(new SourceSpan("m", 3, 6, 3, 17));
    }

    [Fact]
    public void A_quoted_name_is_one_word()
    {
        Locate(Render("select \"Odd name\" from t"), "\"Odd").Span.ShouldBe(new SourceSpan("m", 1, 8, 1, 18));
    }

    [Fact]
    public void The_end_of_the_text_leads_to_the_end_of_the_template()
    {
        var rendered = Render("select 1 from");
        rendered.Map.Locate(rendered.Text.Length).Span.StartColumn.ShouldBe(13);
    }

    [Fact]
    public void Parts_put_together_keep_their_maps()
    {
        var first = Render("with a as (select x from t)\n");
        var second = Render("select wrong_column from a");
        var whole = RenderedTemplate.Concat(RenderedTemplate.Unmapped("-- begin\n"), first, second.Slice(0, 6), second.Slice(6, second.Text.Length - 6));
        Locate(whole, "wrong_column").Span.ShouldBe(new SourceSpan("m", 1, 8, 1, 20));
        Locate(whole, "x from").Span.StartColumn.ShouldBe(19);
    }

    [Fact]
    public void A_mistake_within_a_macro_names_the_macro_and_its_call()
    {
        var mistake = Should.Throw<DiagnosticException>(
            () => Render("\n{{ outer() }}", "{% macro inner() %}{{ 1 / 0 }}{% endmacro %}{% macro outer() %}{{ inner() }}{% endmacro %}")).Diagnostic;
        mistake.ToString().ShouldBe(
            "macros(1,23): error MDL2106: division by zero (in macro 'inner' called from macros(1,67), begun by macro 'outer' called from m(2,4))");
    }

    private static MappedPosition Locate(RenderedTemplate rendered, string text) =>
        rendered.Map.Locate(rendered.Text.IndexOf(text, StringComparison.Ordinal));

    private static RenderedTemplate Render(string template, string macros = "")
    {
        var diagnostics = new DiagnosticBag();
        var scope = new MacroScope(TemplateReader.Read(new SourceText("macros", macros), diagnostics));
        var parsed = TemplateReader.Read(new SourceText("m", template), diagnostics);
        diagnostics.ToSortedList().ShouldBeEmpty();
        return parsed.Render(new RenderOptions { Globals = scope });
    }

    private sealed class MacroScope(Template file) : IJinjaScope
    {
        public bool TryGet(string name, out object? value)
        {
            value = file.Macros.FirstOrDefault(m => m.MacroName == name)?.Macro(this);
            return value is not null;
        }
    }
}
