using Models.Jinja.Rendering;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Nodes.Semantics;

/// <summary>
/// Reads the exports of a saved query: the tables and views into which another tool writes its result. Missing properties are taken from the saved
/// query's settings, then from the target. Source: docs.getdbt.com/docs/build/saved-queries.
/// </summary>
internal sealed class SavedQueryExports(DbtProject project)
{
    private const string Kinds = "table, view";

    public JinjaList Read(NodeProperties properties, SavedQueryNode query)
    {
        var exports = new JinjaList();
        foreach (var item in (properties.Yaml["exports"] as YamlSequence)?.Items ?? [])
        {
            if (item is not YamlMapping yaml || properties.File.Text(yaml["name"]) is not { Length: > 0 } name)
                project.Diagnostics.Add(ProjectDiagnostics.MissingKey(item.Span, $"an export of the saved query '{properties.Name}'", "name"));
            else
                exports.Add(Read(yaml, name, properties.File, query));
        }

        return exports;
    }

    private JinjaDict Read(YamlMapping yaml, string name, PropertiesFile file, SavedQueryNode query)
    {
        var config = yaml["config"] as YamlMapping;
        var kind = Setting("export_as");
        if (kind is null)
            project.Diagnostics.Add(ProjectDiagnostics.MissingKey(yaml["name"]!.Span, $"the export '{name}'", "export_as"));
        else if (kind is not ("table" or "view"))
            project.Diagnostics.Add(ProjectDiagnostics.InvalidValue((config?["export_as"] ?? yaml["name"]!).Span, kind, "export_as", Kinds));

        return new JinjaDict
        {
            ["name"] = name,
            ["config"] = new JinjaDict
            {
                ["export_as"] = kind,
                ["schema_name"] = Setting("schema_name") ?? Setting("schema") ?? project.Target.Schema,
                ["alias"] = Setting("alias") ?? name,
                ["database"] = Setting("database") ?? project.Target.Database,
            },
            ["unrendered_config"] = config?.ToTemplateValue() as JinjaDict ?? new JinjaDict(),
        };

        string? Setting(string key) => file.Text(config?[key]) ?? query.Config.GetString(key);
    }
}
