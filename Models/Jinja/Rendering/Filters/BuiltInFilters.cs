using System.Collections.Frozen;
using Models.Diagnostics;
using Models.Jinja.Lexing;

namespace Models.Jinja.Rendering.Filters;

/// <summary>Jinja's filters, and dbt's <c>as_*</c>. Source: Jinja's documentation, "List of Builtin Filters".</summary>
internal static class BuiltInFilters
{
    public static FrozenDictionary<string, TemplateFilter> Table { get; } = new Dictionary<string, TemplateFilter>(StringComparer.Ordinal)
    {
        ["abs"] = NumberFilters.Abs,
        ["attr"] = SequenceFilters.Attribute,
        ["batch"] = SequenceFilters.Batch,
        ["capitalize"] = (context, value, _) => StringMethods.Capitalize(context.Print(value)),
        ["center"] = (context, value, arguments) => StringMethods.Center(context, context.Print(value), Methods.Integer(context, arguments, 0, "width", 80)),
        ["count"] = (context, value, _) => PythonNumber.Box((long)Operators.Length(context, value)),
        ["d"] = Default,
        ["default"] = Default,
        ["dictsort"] = OrderFilters.DictSort,
        ["e"] = HtmlFilters.Escape,
        ["escape"] = HtmlFilters.Escape,
        ["filesizeformat"] = NumberFilters.FileSize,
        ["first"] = SequenceFilters.First,
        ["float"] = NumberFilters.Float,
        ["forceescape"] = HtmlFilters.ForceEscape,
        ["format"] = TextFilters.Format,
        ["groupby"] = OrderFilters.GroupBy,
        ["indent"] = TextFilters.Indent,
        ["int"] = NumberFilters.Int,
        ["items"] = SequenceFilters.Items,
        ["join"] = SequenceFilters.Join,
        ["last"] = SequenceFilters.Last,
        ["length"] = (context, value, _) => PythonNumber.Box((long)Operators.Length(context, value)),
        ["list"] = (context, value, _) => new JinjaList(context.Iterate(value)),
        ["lower"] = (context, value, _) => context.Print(value).ToLowerInvariant(),
        ["map"] = SelectionFilters.Map,
        ["max"] = (context, value, arguments) => OrderFilters.Extreme(context, value, arguments, sign: 1),
        ["min"] = (context, value, arguments) => OrderFilters.Extreme(context, value, arguments, sign: -1),
        ["pprint"] = (_, value, _) => PrettyText.Of(value),
        ["random"] = SequenceFilters.Random,
        ["reject"] = (context, value, arguments) => SelectionFilters.Select(context, value, arguments, wanted: false, byAttribute: false),
        ["rejectattr"] = (context, value, arguments) => SelectionFilters.Select(context, value, arguments, wanted: false, byAttribute: true),
        ["replace"] = TextFilters.Replace,
        ["reverse"] = SequenceFilters.Reverse,
        ["round"] = NumberFilters.Round,
        ["safe"] = HtmlFilters.Safe,
        ["select"] = (context, value, arguments) => SelectionFilters.Select(context, value, arguments, wanted: true, byAttribute: false),
        ["selectattr"] = (context, value, arguments) => SelectionFilters.Select(context, value, arguments, wanted: true, byAttribute: true),
        ["slice"] = SequenceFilters.Slice,
        ["sort"] = OrderFilters.Sort,
        ["string"] = (context, value, _) => context.Print(value),
        ["striptags"] = HtmlFilters.StripTags,
        ["sum"] = NumberFilters.Sum,
        ["title"] = TextFilters.Title,
        ["tojson"] = JsonText.Filter,
        ["trim"] = (context, value, arguments) => StringMethods.Strip(context, context.Print(value), arguments, atStart: true, atEnd: true),
        ["truncate"] = TextFilters.Truncate,
        ["unique"] = OrderFilters.Unique,
        ["upper"] = (context, value, _) => context.Print(value).ToUpperInvariant(),
        ["urlencode"] = HtmlFilters.UrlEncode,
        ["urlize"] = HtmlFilters.Urlize,
        ["wordcount"] = TextFilters.WordCount,
        ["wordwrap"] = TextFilters.WordWrap,
        ["xmlattr"] = HtmlFilters.XmlAttributes,
        ["as_text"] = (_, value, _) => value,
        ["as_native"] = (_, value, _) => value,
        ["as_bool"] = (_, value, _) => value,
        ["as_number"] = (_, value, _) => value,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TemplateFilter Find(CallContext context, string name, SourceSpan span)
    {
        if (TryFind(context, name, out var filter))
            return filter;

        throw Renderer.Fail(Unknown(name, span, context.Options.Filters.Keys, context.Trail));
    }

    public static bool IsKnown(string name, TemplateSyntax syntax) => Table.ContainsKey(name) || syntax.FurtherFilters.Contains(name);

    public static Diagnostic Unknown(string name, SourceSpan span, IEnumerable<string> further, string trail = "") =>
        TemplateDiagnostics.UnknownFilter(span, trail, name, NearName.Hint(name, Table.Keys.Concat(further)));

    public static bool TryFind(CallContext context, string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TemplateFilter? filter) =>
        context.Options.Filters.TryGetValue(name, out filter) || Table.TryGetValue(name, out filter);

    private static object? Default(CallContext context, object? value, CallArguments arguments)
    {
        var alsoFalse = context.IsTrue(arguments.Get(1, "boolean", otherwise: false));
        return value is Undefined || (alsoFalse && !context.IsTrue(value)) ? arguments.Get(0, "default_value", "") : value;
    }
}
