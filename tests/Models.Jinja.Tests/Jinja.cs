using System.Text.Json;
using Models.Diagnostics;
using Models.Jinja.Lexing;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;

namespace Models.Jinja.Tests;

/// <summary>Parses and renders in one step.</summary>
internal static class Jinja
{
    public static string Text(
        string template,
        string variables = "{}",
        TemplateSyntax? syntax = null,
        IReadOnlyDictionary<string, string>? files = null) =>
        Render(template, variables, syntax, files).Text;

    public static RenderedTemplate Render(
        string template,
        string variables = "{}",
        TemplateSyntax? syntax = null,
        IReadOnlyDictionary<string, string>? files = null) =>
        Parse(template, syntax ?? Standard).Render(Options(variables, files ?? new Dictionary<string, string>()));

    /// <summary>The first mistake of a template that has one, found while reading or while rendering it.</summary>
    public static Diagnostic Mistake(string template, string variables = "{}", TemplateSyntax? syntax = null, IReadOnlyDictionary<string, string>? files = null)
    {
        var diagnostics = new DiagnosticBag();
        var parsed = TemplateReader.Read(new SourceText("t", template), diagnostics, syntax ?? Standard);
        if (parsed.HasErrors)
            return diagnostics.ToSortedList()[0];

        return Should.Throw<DiagnosticException>(() => parsed.Render(Options(variables, files ?? new Dictionary<string, string>()))).Diagnostic;
    }

    public static Template Parse(string template, TemplateSyntax syntax)
    {
        var diagnostics = new DiagnosticBag();
        var parsed = TemplateReader.Read(new SourceText("t", template), diagnostics, syntax);
        diagnostics.ToSortedList().ShouldBeEmpty();
        return parsed;
    }

    /// <summary>Jinja's defaults with <c>do</c>, which is always there.</summary>
    private static TemplateSyntax Standard => TemplateSyntax.Jinja;

    private static RenderOptions Options(string variables, IReadOnlyDictionary<string, string> files) => new()
    {
        Globals = new DictionaryScope(JsonDocument.Parse(variables).RootElement.EnumerateObject().ToDictionary(p => p.Name, p => Value(p.Value))),
        Loader = new DictionaryLoader(files),
    };

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var number) ? (object)number : element.GetDouble(),
        JsonValueKind.Array => new JinjaList(element.EnumerateArray().Select(Value)),
        _ => new JinjaDict(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Value(p.Value)))),
    };

    private sealed class DictionaryLoader(IReadOnlyDictionary<string, string> files) : ITemplateLoader
    {
        public Template? Load(string name) => files.TryGetValue(name, out var text)
            ? TemplateReader.Read(new SourceText(name, text), new DiagnosticBag(), TemplateSyntax.Jinja)
            : null;
    }
}
