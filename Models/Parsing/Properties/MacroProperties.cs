using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Macros;

namespace Models.Parsing.Properties;

/// <summary>Reads the properties of macros.</summary>
internal static class MacroProperties
{
    public static IReadOnlyList<MacroDescription> Read(MacroIndex macros, PropertiesIndex index)
    {
        var described = new List<MacroDescription>();
        foreach (var properties in index.Section("macros"))
        {
            var package = properties.File.Package.Name;
            if (macros.FindIn(package, properties.Name) is not { } macro)
                continue;

            properties.IsUsed = true;
            described.Add(new MacroDescription(
                macro.Definition.UniqueId,
                properties.File.Description(properties.Yaml["description"]),
                properties.File.Dictionary(properties.Yaml["meta"]),
                properties.File.PatchPath,
                properties.Yaml["arguments"] is YamlSequence arguments
                    ? [.. arguments.Items.OfType<YamlMapping>().Select(a => new MacroArgument(
                        properties.File.Text(a["name"]) ?? "", properties.File.Text(a["type"]), properties.File.Description(a["description"])))]
                    : []));
        }

        return described;
    }

    /// <summary>The macros with their descriptions from properties files, by unique id.</summary>
    public static IReadOnlyList<MacroDefinition> Describe(MacroIndex macros, IReadOnlyList<MacroDescription> descriptions)
    {
        var byId = descriptions.DistinctBy(d => d.UniqueId).ToDictionary(d => d.UniqueId, StringComparer.Ordinal);
        return
        [
            .. macros.All
                .Select(m => byId.TryGetValue(m.Definition.UniqueId, out var description)
                    ? m.Definition with
                    {
                        Description = description.Description,
                        Meta = description.Meta,
                        PatchPath = description.PatchPath,
                        Arguments = description.Arguments,
                    }
                    : m.Definition)
                .OrderBy(m => m.UniqueId, StringComparer.Ordinal),
        ];
    }
}
