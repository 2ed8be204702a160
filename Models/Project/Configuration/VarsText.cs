using Models.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Project.Configuration;

/// <summary>Parses vars that are given as a YAML or JSON mapping: <c>{start: 2024-01-01, regions: [eu, us]}</c>.</summary>
public static class VarsText
{
    /// <param name="text">The mapping; an empty text means no vars.</param>
    /// <param name="origin">The name of the text in messages, for example <c>--vars</c>.</param>
    /// <exception cref="DiagnosticException">The text is not a mapping.</exception>
    public static IReadOnlyDictionary<string, object?> Parse(string text, string origin)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Dictionary<string, object?>();

        var found = new DiagnosticBag();
        var mapping = YamlReader.ReadMapping(new SourceText(origin, text), found);
        if (found.ToSortedList() is [var mistake, ..])
            throw new DiagnosticException(mistake);

        return MappingValue.Entries(mapping?.ToTemplateValue()).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
    }
}
