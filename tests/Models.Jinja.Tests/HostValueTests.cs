using Models.Jinja.Lexing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>Values that only a host can bring into a template: sets, exact numbers, objects of its own.</summary>
public sealed class HostValueTests
{
    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "s", "{1, 2}" },
        { "s | length", "2" },
        { "1 in s", "True" },
        { "s.add(3)", "None" },
        { "s.discard(9)", "None" },
        { "s.union([2, 3])", "{1, 2, 3}" },
        { "s.intersection([2, 3])", "{2}" },
        { "s.difference([2, 3])", "{1}" },
        { "s.symmetric_difference([2, 3])", "{1, 3}" },
        { "s - t", "{1}" },
        { "s.issubset([1, 2, 3])", "True" },
        { "s.issuperset([1])", "True" },
        { "s.isdisjoint([3])", "True" },
        { "s == t", "False" },
        { "s | sort(reverse=true) | join", "21" },
        { "price", "12.50" },
        { "[price]", "[Decimal('12.50')]" },
        { "price * 2", "25.00" },
        { "price + 0.5", "13.0" },
        { "price > 12", "True" },
        { "price == 12.5", "True" },
        { "price | round(1)", "12.5" },
        { "price | int", "12" },
        { "'%.1f' | format(price)", "12.5" },
        { "thing", "a thing" },
        { "thing.name", "attribute" },
        { "thing['key']", "item" },
        { "thing.key", "item" },
        { "thing['name']", "attribute" },
        { "thing.other is defined", "False" },
        { "'key' in thing", "True" },
        { "{'a': thing}", "{'a': a thing}" },
        { "thing is mapping", "False" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hosts_value_works_like_a_built_in_one(string expression, string expected)
    {
        var scope = new DictionaryScope(new Dictionary<string, object?>
        {
            ["s"] = new JinjaSet([1L, 2L]),
            ["t"] = new JinjaSet([2L, 3L]),
            ["price"] = 12.50m,
            ["thing"] = new Thing(),
        });
        Jinja.Parse("{{ " + expression + " }}", TemplateSyntax.Jinja).Render(new RenderOptions { Globals = scope }).Text.ShouldBe(expected);
    }

    [Fact]
    public void A_hosts_filter_wins_over_the_built_in_one()
    {
        var options = new RenderOptions { Filters = new Dictionary<string, TemplateFilter> { ["upper"] = (_, value, _) => $"<{value}>" } };
        Jinja.Parse("{{ 'a' | upper }}{{ ['b'] | map('upper') | join }}", TemplateSyntax.Jinja).Render(options).Text.ShouldBe("<a><b>");
    }

    [Fact]
    public void A_host_function_can_render_and_call_back()
    {
        var scope = new DictionaryScope(new Dictionary<string, object?> { ["run"] = new Runner() });
        Jinja.Text("{% macro m(x) %}[{{ x }}]{% endmacro %}").ShouldBeEmpty();
        Jinja.Parse("{% macro m(x) %}[{{ x }}]{% endmacro %}{{ run(m) }}", TemplateSyntax.Jinja)
            .Render(new RenderOptions { Globals = scope, State = "state" }).Text.ShouldBe("[1]state");
    }

    private sealed class Thing : IJinjaObject, IJinjaIndexable
    {
        public bool TryGetAttribute(string name, out object? value)
        {
            value = "attribute";
            return name == "name";
        }

        public bool TryGetItem(object? key, out object? value)
        {
            value = "item";
            return key is "key";
        }

        public override string ToString() => "a thing";
    }

    private sealed class Runner : IJinjaCallable
    {
        public object? Call(CallContext context, CallArguments arguments) =>
            context.Print(context.Call(arguments.Positional[0], new CallArguments(1L))) + context.State;
    }
}
