using Models.Compiler.Context.Macros;
using Models.Compiler.Project.Yaml;

namespace Models.Compiler.Project.Properties;

/// <summary>Gives macros the descriptions that properties files have for them.</summary>
internal static class MacroProperties
{
    public static void Apply(MacroIndex macros, PropertiesIndex index)
    {
        foreach (var properties in index.Section("macros"))
        {
            var package = properties.File.Package.Name;
            if (macros.FindIn(package, properties.Name) is not { } macro)
                continue;

            properties.IsUsed = true;
            var definition = macro.Definition;
            definition.Description = properties.File.Description(properties.Yaml["description"]);
            definition.Meta = properties.File.Dictionary(properties.Yaml["meta"]);
            definition.PatchPath = properties.File.PatchPath;
            definition.Arguments = properties.Yaml["arguments"] is YamlSequence arguments
                ? [.. arguments.Items.OfType<YamlMapping>().Select(a => new MacroArgument(
                    properties.File.Text(a["name"]) ?? "", properties.File.Text(a["type"]), properties.File.Description(a["description"])))]
                : [];
        }
    }
}
