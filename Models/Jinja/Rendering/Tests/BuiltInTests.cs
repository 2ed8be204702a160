using System.Collections.Frozen;
using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Rendering.Filters;
using Models.Jinja.Rendering.Nodes;

namespace Models.Jinja.Rendering.Tests;

/// <summary>A test: <c>{{ value is name(arguments) }}</c>.</summary>
internal delegate bool TemplateTest(CallContext context, object? value, CallArguments arguments);

/// <summary>Jinja's tests. Source: Jinja's documentation, "List of Builtin Tests".</summary>
internal static class BuiltInTests
{
    private static readonly FrozenDictionary<string, TemplateTest> Table = new Dictionary<string, TemplateTest>(StringComparer.Ordinal)
    {
        ["defined"] = (_, value, _) => value is not Undefined,
        ["undefined"] = (_, value, _) => value is Undefined,
        ["none"] = (_, value, _) => value is null,
        ["boolean"] = (_, value, _) => value is bool,
        ["true"] = (_, value, _) => value is true,
        ["false"] = (_, value, _) => value is false,
        ["integer"] = (_, value, _) => PythonNumber.IsInteger(value) && value is not bool,
        ["float"] = (_, value, _) => value is double,
        ["number"] = (_, value, _) => PythonNumber.IsNumber(value),
        ["string"] = (_, value, _) => value is string,
        ["mapping"] = (_, value, _) => value is JinjaDict or IJinjaMapping,
        ["iterable"] = (context, value, _) => IsIterable(context, value),
        ["sequence"] = (_, value, _) => value is string or JinjaDict or IReadOnlyList<object?> or Undefined,
        ["callable"] = (_, value, _) => value is IJinjaCallable or Undefined,
        ["lower"] = (context, value, _) => context.Print(value) is var text && text.Any(char.IsLower) && !text.Any(char.IsUpper),
        ["upper"] = (context, value, _) => context.Print(value) is var text && text.Any(char.IsUpper) && !text.Any(char.IsLower),
        ["odd"] = (context, value, _) => Remainder(context, value, 2) == 1,
        ["even"] = (context, value, _) => Remainder(context, value, 2) == 0,
        ["divisibleby"] = (context, value, arguments) => IsZero(Modulo(context, value, Methods.Required(context, arguments, 0, "num", "divisibleby"))),
        ["sameas"] = (context, value, arguments) => IsSame(value, Methods.Required(context, arguments, 0, "other", "sameas")),
        ["escaped"] = (context, value, _) => value is string text && context.Renderer.IsMarkup(text),
        ["in"] = (context, value, arguments) => Comparison.Contains(context.Renderer, context, Methods.Required(context, arguments, 0, "seq", "in"), value),
        ["filter"] = (context, value, _) => value is string name && BuiltInFilters.TryFind(context, name, out var _),
        ["test"] = (_, value, _) => value is string name && IsKnown(name),
        ["eq"] = Compare(ComparisonOperator.Equal),
        ["equalto"] = Compare(ComparisonOperator.Equal),
        ["=="] = Compare(ComparisonOperator.Equal),
        ["ne"] = Compare(ComparisonOperator.NotEqual),
        ["!="] = Compare(ComparisonOperator.NotEqual),
        ["lt"] = Compare(ComparisonOperator.Less),
        ["lessthan"] = Compare(ComparisonOperator.Less),
        ["<"] = Compare(ComparisonOperator.Less),
        ["le"] = Compare(ComparisonOperator.LessOrEqual),
        ["<="] = Compare(ComparisonOperator.LessOrEqual),
        ["gt"] = Compare(ComparisonOperator.Greater),
        ["greaterthan"] = Compare(ComparisonOperator.Greater),
        [">"] = Compare(ComparisonOperator.Greater),
        ["ge"] = Compare(ComparisonOperator.GreaterOrEqual),
        [">="] = Compare(ComparisonOperator.GreaterOrEqual),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TemplateTest Find(CallContext context, string name, SourceSpan span) => Table.TryGetValue(name, out var test)
        ? test
        : throw Renderer.Fail(Unknown(name, span, context.Trail));

    public static bool IsKnown(string name) => Table.ContainsKey(name);

    public static Diagnostic Unknown(string name, SourceSpan span, string trail = "") =>
        TemplateDiagnostics.UnknownTest(span, trail, name, NearName.Hint(name, Table.Keys));

    private static TemplateTest Compare(ComparisonOperator operation) => (context, value, arguments) =>
        Comparison.Holds(context.Renderer, context, operation, value, Methods.Required(context, arguments, 0, "other", "this test"));

    private static bool IsIterable(CallContext context, object? value) =>
        value is string or JinjaDict or IEnumerable<object?> || (value is Undefined && context.Options.Undefined != UndefinedBehaviour.Strict);

    private static object? Modulo(CallContext context, object? value, object? divisor) =>
        Arithmetic.Compute(context.Renderer, context, ArithmeticOperator.Modulo, value, divisor);

    private static double Remainder(CallContext context, object? value, long divisor) =>
        Modulo(context, value, divisor) is var rest && PythonNumber.IsNumber(rest)
        ? PythonNumber.ToDouble(rest!)
        : throw context.TypeError($"{Operators.Describe(value)} is not a number");

    private static bool IsZero(object? value) => PythonNumber.IsNumber(value) && PythonNumber.Compare(value!, 0L) == 0;

    private static bool IsSame(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => a == b,
        (long or bool or double, _) => left.GetType() == right?.GetType() && left.Equals(right),
        _ => ReferenceEquals(left, right),
    };
}
