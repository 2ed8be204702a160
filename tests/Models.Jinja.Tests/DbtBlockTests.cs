using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>What dbt adds to Jinja: its blocks, <c>do</c> and <c>return</c>.</summary>
public sealed class DbtBlockTests
{
    [Fact]
    public void A_file_lists_its_macros_tests_and_materializations()
    {
        var file = Parse("""
            {% macro cents(column, scale=2) %}{{ column }}{% endmacro %}
            {% test not_negative(model, column_name) %}select 1{% endtest %}
            {% data_test old(model) %}select 2{% enddata_test %}
            {%- materialization swap, adapter='postgres', supported_languages=['sql', 'python'] -%}{% endmaterialization %}
            {% materialization copy, default %}{% endmaterialization %}
            """);
        file.Macros.Select(m => (m.Kind, m.Name, m.MacroName, m.Adapter)).ShouldBe(
        [
            (MacroBlockKind.Macro, "cents", "cents", null),
            (MacroBlockKind.Test, "not_negative", "test_not_negative", null),
            (MacroBlockKind.Test, "old", "test_old", null),
            (MacroBlockKind.Materialization, "swap", "materialization_swap_postgres", "postgres"),
            (MacroBlockKind.Materialization, "copy", "materialization_copy_default", "default"),
        ]);
        file.Macros[0].Parameters.ShouldBe(["column", "scale"]);
        file.Macros[0].Text.ShouldBe("{% macro cents(column, scale=2) %}{{ column }}{% endmacro %}");
        file.Macros[0].NameSpan.ShouldBe(new SourceSpan("f", 1, 10, 1, 15));
        file.Macros[1].Span.StartLine.ShouldBe(2);
    }

    [Fact]
    public void Parameters_may_carry_types()
    {
        Call("{% macro m(a: string, b: Dict[str, list[int]] = 2) %}{{ a }}{{ b }}{% endmacro %}", "m", 1L).ShouldBe("12");
    }

    [Theory]
    [InlineData("{{ return(5) }}", "5")]
    [InlineData("text {{ return([1, 2]) }} more", "[1, 2]")]
    [InlineData("{% do return({'a': 1}) %}", "{'a': 1}")]
    [InlineData("{% for x in [1, 2, 3] %}{% if x == 2 %}{{ return(x) }}{% endif %}{% endfor %}", "2")]
    [InlineData("{% if true %}{% set y %}a{{ return(1) }}{% endset %}{% endif %}", "1")]
    [InlineData("{% filter upper %}{{ return('a') }}{% endfilter %}", "a")]
    [InlineData("{{ return('no') if false }}{{ return('yes') if true }}", "yes")]
    [InlineData("{% set x = return(3) %}", "3")]
    [InlineData("{% with z = 1 %}{{ return(z) }}{% endwith %}", "1")]
    [InlineData("{% do return(none) %}", "None")]
    [InlineData("{{ return(return(4)) }}", "4")]
    [InlineData("plain", "plain")]
    public void A_macro_returns_the_value_it_says(string body, string expected)
    {
        PythonText.Str(Call("{% macro m() %}" + body + "{% endmacro %}", "m")).ShouldBe(expected);
    }

    [Fact]
    public void A_returned_value_can_be_worked_with()
    {
        const string macros =
            "{% macro columns() %}{% do return(['a', 'b']) %}{% endmacro %}{% macro m() %}{{ columns() | join('-') }}{{ columns()[0] }}{% endmacro %}";
        Call(macros, "m").ShouldBe("a-ba");
    }

    [Fact]
    public void Return_outside_of_a_macro_is_a_mistake()
    {
        Jinja.Mistake("{{ return(1) }}", syntax: TemplateSyntax.Dbt).Id.ShouldBe("MDL2108");
        Jinja.Mistake("{{ return(1) if true }}", syntax: TemplateSyntax.Dbt).Id.ShouldBe("MDL2108");
    }

    [Fact]
    public void Macros_of_a_file_find_each_other_through_the_names_outside()
    {
        var file = Parse("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}own{% endmacro %}{% set b = 1 %}");
        var scope = new DictionaryScope(new Dictionary<string, object?> { ["b"] = new Overriding() });
        var context = CallContext.Create(new RenderOptions(), SourceSpan.WholeFile("caller"));
        file.Macros[0].Macro(scope).Call(context, CallArguments.None).ShouldBe("overridden");
    }

    [Fact]
    public void A_macro_in_a_model_can_be_called_in_it()
    {
        Jinja.Text("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m(1) }}", syntax: TemplateSyntax.Dbt).ShouldBe("<1>");
    }

    [Fact]
    public void A_snapshot_is_a_template_of_its_own()
    {
        var file = Parse("-- before\n{% snapshot orders_history %}\n{{ config(x=1) }}\nselect {{ 1 + 1 }}\n{% endsnapshot %}");
        var snapshot = file.Snapshots.ShouldHaveSingleItem();
        snapshot.Name.ShouldBe("orders_history");
        var seen = new List<string>();
        var config = new Recorder(seen);
        var rendered = snapshot.Body.Render(new RenderOptions { Globals = new DictionaryScope(new Dictionary<string, object?> { ["config"] = config }) });
        rendered.Text.Trim().ShouldBe("select 2");
        seen.ShouldBe(["f(3,4)"]);
    }

    [Fact]
    public void Docs_are_text_whatever_stands_in_them()
    {
        var file = Parse("{% docs orders %}\n# Orders {{ not a template }} {% nor a tag %} {'\n{% enddocs %}{% macro m() %}{% endmacro %}");
        file.Docs.ShouldHaveSingleItem().Text.ShouldBe("# Orders {{ not a template }} {% nor a tag %} {'");
        file.Macros.ShouldHaveSingleItem();
    }

    [Fact]
    public void Docs_of_Markdown_are_found_between_anything()
    {
        var diagnostics = new DiagnosticBag();
        var docs = DocsBlock.ParseAll(
            new SourceText(
                "docs.md", "{{ {% if %}\n{# {% docs no %}{% enddocs %} #}\n{%- docs one -%} a {%- enddocs -%}\n{% docs two %}\nb\n{% enddocs %}"), diagnostics);
        docs.Select(d => (d.Name, d.Text, d.Span.StartLine)).ShouldBe([("one", "a", 3), ("two", "b", 4)]);
        diagnostics.ToSortedList().ShouldBeEmpty();

        DocsBlock.ParseAll(new SourceText("docs.md", "\n{% docs open %}"), diagnostics).ShouldBeEmpty();
        diagnostics.ToSortedList().ShouldHaveSingleItem().ToString().ShouldStartWith("docs.md(2,1): error MDL2005");
    }

    [Fact]
    public void A_host_function_sees_its_call()
    {
        var seen = new List<string>();
        var scope = new DictionaryScope(new Dictionary<string, object?> { ["ref"] = new Recorder(seen) });
        Parse("select * from\n  {{ ref('a', version=2) }} {{ ref(*['b']) }}").Render(new RenderOptions { Globals = scope, State = "state" });
        seen.ShouldBe(["f(2,6)", "f(2,32)"]);
    }

    [Fact]
    public void A_template_of_one_expression_has_its_value()
    {
        Parse("{{ [1, 2] }}").Evaluate(new RenderOptions()).ShouldBeOfType<JinjaList>();
        Parse("{{ 1 }}{{ 2 }}").Evaluate(new RenderOptions()).ShouldBe("12");
        Parse("text").Evaluate(new RenderOptions()).ShouldBe("text");
    }

    private static Template Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        var template = TemplateReader.Read(new SourceText("f", text), diagnostics);
        diagnostics.ToSortedList().ShouldBeEmpty();
        return template;
    }

    private static object? Call(string macros, string name, params object?[] arguments)
    {
        var scope = new FileScope(Parse(macros));
        scope.TryGet(name, out var macro).ShouldBeTrue();
        var context = CallContext.Create(new RenderOptions(), SourceSpan.WholeFile("caller"));
        return context.Call(macro, new CallArguments(arguments));
    }

    private sealed class FileScope(Template file) : IJinjaScope
    {
        public bool TryGet(string name, out object? value)
        {
            value = file.Macros.FirstOrDefault(m => m.MacroName == name)?.Macro(this);
            return value is not null;
        }
    }

    private sealed class Overriding : IJinjaCallable
    {
        public object? Call(CallContext context, CallArguments arguments) => "overridden";
    }

    private sealed class Recorder(List<string> seen) : IJinjaCallable
    {
        public object? Call(CallContext context, CallArguments arguments)
        {
            seen.Add(context.Span.ToString());
            return "";
        }
    }
}
