using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

/// <summary>One parsed entry of <c>data_tests</c>. Source: docs.getdbt.com/reference/resource-properties/data-tests.</summary>
internal sealed class GenericTestDeclaration
{
    private static readonly string[] s_settings =
    [
        "severity", "tags", "enabled", "where", "limit", "warn_if", "error_if", "fail_calc", "store_failures", "store_failures_as", "meta",
        "database", "schema", "alias", "group",
    ];

    public required SourceSpan Span { get; init; }

    /// <summary>The package before the test's name, or null.</summary>
    public string? Namespace { get; init; }

    public required string Name { get; init; }

    /// <summary>The custom name of the test, or null.</summary>
    public string? CustomName { get; init; }

    public string Description { get; init; } = "";

    public required Dictionary<string, object?> Arguments { get; init; }

    public required List<ConfigSetting> Settings { get; init; }

    /// <summary>Reads an entry; returns null, and adds a diagnostic, if it is invalid.</summary>
    public static GenericTestDeclaration? Read(YamlValue entry, PropertiesFile file, DiagnosticBag diagnostics)
    {
        switch (entry)
        {
            case YamlScalar { IsNull: false } scalar:
                return Create(scalar.Span, scalar.Text, body: null, file);
            case YamlMapping mapping when mapping["test_name"] is YamlScalar name:
                return Create(mapping.Span, name.Text, mapping, file);
            case YamlMapping { Entries: [var only] }:
                return only.Value is YamlMapping or YamlScalar { IsNull: true }
                    ? Create(only.KeySpan, only.Key, only.Value as YamlMapping, file)
                    : Refuse(
                        only.Value.Span, $"the arguments of the test '{only.Key}' are {only.Value.Kind}; write them as 'name: value' below it", diagnostics);
            case YamlMapping { Entries.Count: > 1 } mapping:
                var place = mapping.Entries[1];
                return Refuse(
                    place.KeySpan, $"'{place.Key}' stands beside the test '{mapping.Entries[0].Key}'; indent it, so that it belongs to the test", diagnostics);
            default:
                return Refuse(entry.Span, "a test is a name, or a name with arguments", diagnostics);
        }
    }

    private static GenericTestDeclaration? Refuse(SourceSpan span, string reason, DiagnosticBag diagnostics)
    {
        diagnostics.Add(ProjectDiagnostics.InvalidTest(span, reason));
        return null;
    }

    private static GenericTestDeclaration Create(SourceSpan span, string qualifiedName, YamlMapping? body, PropertiesFile file)
    {
        var dot = qualifiedName.IndexOf('.', StringComparison.Ordinal);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        var settings = new List<ConfigSetting>();
        foreach (var entry in body?.Entries ?? [])
        {
            switch (entry.Key)
            {
                case "name" or "test_name" or "description":
                    break;
                case "arguments" when entry.Value is YamlMapping named:
                    foreach (var argument in named.Entries)
                        arguments[argument.Key] = argument.Value.ToTemplateValue();
                    break;
                case "config" when entry.Value is YamlMapping config:
                    foreach (var setting in config.Entries)
                        settings.Add(
                            new ConfigSetting(setting.Key, SettingValue(setting, file), setting.KeySpan) { Unrendered = setting.Value.ToTemplateValue() });
                    break;
                case var key when Array.IndexOf(s_settings, key) >= 0:
                    settings.Add(new ConfigSetting(key, SettingValue(entry, file), entry.KeySpan) { Unrendered = entry.Value.ToTemplateValue() });
                    break;
                default:
                    arguments[entry.Key] = entry.Value.ToTemplateValue();
                    break;
            }
        }

        return new GenericTestDeclaration
        {
            Span = span,
            Namespace = dot < 0 ? null : qualifiedName[..dot],
            Name = qualifiedName[(dot + 1)..],
            CustomName = body?["name"] is { } name ? PythonText.Str(name.ToTemplateValue()) : null,
            Description = file.Description(body?["description"]),
            Arguments = arguments,
            Settings = settings,
        };
    }

    /// <summary>The <c>where</c> condition stays unrendered until the test runs, because it may query the data.</summary>
    private static object? SettingValue(YamlEntry entry, PropertiesFile file) => entry.Key == "where" ? entry.Value.ToTemplateValue() : file.Value(entry.Value);
}
