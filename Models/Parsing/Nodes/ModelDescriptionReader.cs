using Models.Diagnostics;
using Models.Parsing.Properties;
using Models.Project.Diagnostics;
using Models.Project.Graph;
using Models.Project.Yaml;

namespace Models.Parsing.Nodes;

/// <summary>Reads the properties of a model from properties files.</summary>
internal static class ModelDescriptionReader
{
    public static ModelDescription Read(NodeProperties properties, ModelVersion? version, DiagnosticBag diagnostics)
    {
        var file = properties.File;
        var own = version is null ? null : new NodeProperties(file, properties.Name, version.Yaml);
        var columns = ColumnReader.Read(file, properties.Yaml["columns"]);
        var deprecation = version?.Yaml["deprecation_date"] ?? properties.Yaml["deprecation_date"];
        var date = file.Text(deprecation);
        if (date is not null && ModelNode.Moment(date) is null)
            diagnostics.Add(ProjectDiagnostics.InvalidValue(deprecation!.Span, date, "deprecation_date", "a date such as 2030-01-31"));

        return new ModelDescription
        {
            Settings = [.. properties.Settings(), .. own?.Settings() ?? []],
            NameSpan = properties.NameSpan,
            AccessSpan = properties.Yaml["access"]?.Span ?? properties.NameSpan,
            PatchPath = file.PatchPath,
            Description = file.Description(version?.Yaml["description"] ?? properties.Yaml["description"]),
            Columns = version is null ? columns : VersionColumns(file, columns, version.Yaml["columns"]),
            Properties = new ModelProperties
            {
                Constraints = ColumnReader.ReadConstraints(file, version?.Yaml["constraints"] ?? properties.Yaml["constraints"]),
                DeprecationDate = date,
                TimeSpine = file.Value(properties.Yaml["time_spine"]),
            },
        };
    }

    /// <summary>
    /// The columns of a version: the model's columns that it includes, and its own. Source: docs.getdbt.com/reference/resource-properties/versions.
    /// </summary>
    private static IReadOnlyList<ColumnDefinition> VersionColumns(PropertiesFile file, IReadOnlyList<ColumnDefinition> ofModel, YamlValue? written)
    {
        if (written is not YamlSequence items)
            return ofModel;

        var selection = items.Items.OfType<YamlMapping>().FirstOrDefault(m => m["include"] is not null || m["exclude"] is not null);
        var own = ColumnReader.Read(file, items);
        if (selection is null)
            return [.. ofModel.Where(c => !own.Any(o => o.Name == c.Name)), .. own];

        var included = file.Texts(selection["include"]);
        var excluded = file.Texts(selection["exclude"]);
        var all = selection["include"] is null || included is ["*" or "all"];
        return
        [
            .. ofModel.Where(c => (all || included.Contains(c.Name)) && !excluded.Contains(c.Name) && !own.Any(o => o.Name == c.Name)),
            .. own,
        ];
    }
}
