using Models.Compiler.Context.Macros;
using Models.Compiler.PartialParsing;
using Models.Compiler.Project.Yaml;

namespace Models.Compiler.Project.Properties;

/// <summary>What properties files say about macros.</summary>
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

    /// <summary>Gives macros what is said about them.</summary>
    public static void Apply(MacroIndex macros, IReadOnlyList<MacroDescription> descriptions)
    {
        if (descriptions.Count == 0)
            return;

        var byId = descriptions.DistinctBy(d => d.UniqueId).ToDictionary(d => d.UniqueId, StringComparer.Ordinal);
        foreach (var macro in macros.All)
        {
            if (!byId.TryGetValue(macro.Definition.UniqueId, out var description))
                continue;

            macro.Definition.Description = description.Description;
            macro.Definition.Meta = description.Meta;
            macro.Definition.PatchPath = description.PatchPath;
            macro.Definition.Arguments = description.Arguments;
        }
    }
}
